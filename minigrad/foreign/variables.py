"""The variables of a made-up call: arrays of the shapes that names, guesses and the file's text say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minigrad.foreign.layouts import Layout, fill
from minigrad.foreign.meaning import Sizes, ends, kind_of
from minigrad.foreign.names import normal
from minigrad.foreign.signatures import Signature

_SIGMOID = "1 / (1 + np.exp(-z))"
_FUNCTIONS = {
    "sigmoid": _SIGMOID,
    "softmax": "np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z)), axis={axis}, keepdims=True)",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
}


@dataclass(frozen=True)
class Style:
    """The guesses that the names leave open.

    Attributes:
        sizes: how long everything is.
        layout: the form of the inputs.
        target: which of the layout's targets.
        form: which of the forms of upstream gradients that come into question.
        softmax: whether outputs go through a softmax, and their gradients past it.
        left: whether weights multiply from the left.
        bias: the shape of biases, with {H} for their length.
        gates: how many gates share one matrix.
        state: whether initial states with a default are given.
        documented: whether the shapes that the text tells are believed.
        maker: the function of the file that makes the parameters; None to make them here.
        wrapped: whether a loss that goes over several sequences is given a list of one.
        trained: whether the function that trains is called instead of the gradient function itself.
    """

    sizes: Sizes
    layout: Layout
    target: int = 0
    form: int = 0
    softmax: bool = False
    left: bool = True
    bias: str = "({H}, 1)"
    gates: int = 1
    state: bool = True
    documented: bool = True
    maker: Signature | None = None
    wrapped: bool = False
    trained: bool = False


class Variables:
    """Lines that define variables.

    Args:
        style: the guesses.
        shapes: the shapes that the file's text tells, by name.
        weights: the names of all the weights that are wanted.

    Attributes:
        lines: the lines so far.
        made: the variables so far, by their names without case and underscores.
        by_kind: the variables so far, by what they are for.
        weights: the variables that are parameters.
    """

    def __init__(self, style: Style, shapes: Mapping[str, tuple[str, ...]], weights: tuple[str, ...]) -> None:
        self.style = style
        self.lines: list[str] = []
        self.made: dict[str, str] = {}
        self.by_kind: dict[str, list[str]] = {}
        self.weights: list[str] = []
        self.names = weights
        self._shapes = shapes

    def absent(self, name: str) -> None:
        """Give the module a name that its functions read and that it doesn't have."""
        size = self.style.sizes.of(name)
        if name in {"np", "numpy"}:
            self.lines.append(f"m.{name} = np")
        elif kind_of(name) == "weight":
            self.lines.append(f"m.{name} = {self.weight(name)}")
        elif size is not None:
            self.lines.append(f"m.{name} = {size}")
        elif name in _FUNCTIONS:
            axis = 0 if self.style.left else -1
            self.lines.append(f"m.{name} = lambda z, *_: {_FUNCTIONS[name].format(axis=axis)}")

    def params(self) -> str:
        """The parameters, as a case file gives them."""
        names = dict.fromkeys(self.weights)
        held = next(
            (
                line.split(" = ")[0]
                for line in self.lines
                if line.endswith("}") and all(f": {n}" in line for n in names)
            ),
            "",
        )
        return held or f"dict({', '.join(f'{name}={name}' for name in names)})"

    def target(self) -> str:
        """The targets that go with the inputs."""
        targets = self.style.layout.targets
        return targets[min(self.style.target, len(targets) - 1)]

    def define(self, name: str, expression: str) -> str:
        """A line that defines a variable; what it is called."""
        variable = name if name not in {"m", "np", "net"} else f"{name}_"
        self.lines.append(f"{variable} = {fill(expression, self.style.sizes)}")
        self.made[normal(name)] = variable
        self.by_kind.setdefault(kind_of(name), []).append(variable)
        return variable

    def state(self, name: str) -> str:
        """A variable for a state."""
        return self.define(name, self.told(name) or random_numbers(self.style.layout.state))

    def told(self, name: str) -> str | None:
        """Random numbers of the shape that the text of the file tells, if it does."""
        shape = self.shape(name)
        return random_numbers(shape) if shape else None

    def shape(self, name: str) -> str | None:
        """The shape that the text of the file tells, with our sizes."""
        if not self.style.documented or name not in self._shapes:
            return None
        sizes = [self.style.sizes.evaluate(size) for size in self._shapes[name]]
        return None if None in sizes else f"({', '.join(map(str, sizes))},)"

    def weight(self, name: str) -> str:
        """A variable for a weight."""
        variable = self.define(name, self._random_weight(name))
        self.weights.append(variable)
        return variable

    def _random_weight(self, name: str) -> str:
        """Random numbers of order one over the square root of how many are added up."""
        start, end = ends(name, self.names)
        sizes = self.style.sizes
        height = getattr(sizes, end) * (self.style.gates if end == "H" else 1)
        if not start:
            shape = self.shape(name) or self.style.bias.replace("{H}", str(height))
            return random_numbers(shape)
        width = sum(getattr(sizes, letter) for letter in start)
        shape = f"({height}, {width})" if self.style.left else f"({width}, {height})"
        return f"{random_numbers(self.shape(name) or shape)} / np.sqrt({width})"


def random_numbers(shape: str) -> str:
    """Random numbers of a shape that is written as a tuple."""
    return f"np.random.randn{shape.replace(',)', ')')}"
