"""What a differentiable operation is, and the table that leads from NumPy's functions to ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, TypeVar, dataclass_transform

from numpy import ndarray

Array: TypeAlias = Any
"""What rules are written in: anything that speaks NumPy, so an array or a tensor."""

Builder = TypeVar("Builder", bound=Callable[..., Any])

DIFFERENTIABLE: dict[Callable[..., Any], Callable[..., Any]] = {}
"""NumPy function → the function of the same signature that records a node."""

CONSTANT: set[Callable[..., Any]] = set()
"""NumPy functions whose result does not change, or not continuously: an array comes out."""

REFUSED: dict[Callable[..., Any], str] = {}
"""NumPy function → what to use in its place."""


def differentiates(*functions: Callable[..., Any]) -> Callable[[Builder], Builder]:
    """Enter an op, or a function that builds one, as the derivative-bearing form of `functions`.

    An `Op` class is entered as the value that it makes without parameters; a function is entered as it
    is and has the parameter names of the NumPy function that it stands for.

    Args:
        functions: NumPy functions and ufuncs.
    """

    def enter(builder: Builder) -> Builder:
        for function in functions:
            DIFFERENTIABLE[function] = builder() if isinstance(builder, type) else builder
        return builder

    return enter


@dataclass_transform(frozen_default=True)
class Op:
    """y = f(inputs), an immutable value with one rule for each edge that enters it.

    A subclass gives its parameters that are no arrays as annotated fields, `f`, and for each argument
    of `f` a rule `bprop_<argument>(G, y, *inputs)`. With G = ∂L/∂y for a scalar L, of the shape of y,
    the rule returns the edge's contribution to ∂L/∂argument, of the shape of that argument
    (Goodfellow, section 6.5.6: the inputs count as distinct even when they are the same node). `None`
    says that y does not change with that argument. Rules are NumPy code without in-place writes, so
    that they run on arrays as well as on tensors, where the gradient becomes a graph of its own.

    An op whose `f` takes any number of inputs overrides `bprops` instead: one call for all of its edges,
    so that n inputs cost O(n).

    Raises:
        TypeError: when a subclass lacks a rule or has one for an argument that `f` does not take.

    Example:
        >>> class Cube(Op):
        ...     def f(self, x):
        ...         return x**3
        ...     def bprop_x(self, G, y, x):
        ...         return G * 3 * x**2
        >>> Cube()(2.0), Cube().bprop(0, 1.0, 8.0, 2.0)
        (8.0, 12.0)
    """

    arguments: ClassVar[tuple[str, ...]] = ()
    rules: ClassVar[tuple[Callable[..., Any], ...]] = ()
    variadic: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        if cls.__annotations__:
            dataclass(frozen=True)(cls)
        if cls.f is not Op.f:
            _enter_rules(cls)

    def f(self, *inputs: Any, **_: Any) -> Any:
        """The value of y for arrays `inputs`."""
        raise NotImplementedError

    def bprop(self, i: int, G: Array, y: Array, *inputs: Array) -> Any:
        """The contribution of the edge from input `i`, by the i-th rule."""
        return self.bprops(G, y, inputs, (i,))[0]

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        """The contributions of the edges from the inputs at `positions`."""
        return [self.rules[i](self, G, y, *inputs) for i in positions]

    def __call__(self, *inputs: Any) -> Any:
        """A node if one of `inputs` is a tensor, else the value `f(*inputs)`."""
        for x in inputs:
            if type(x) is not ndarray and hasattr(x, "__record__"):
                return x.__record__(self, inputs)
        return self.f(*inputs)

    @property
    def write_back(self) -> Op | None:
        """Where y is NumPy's view of x, the op that makes of x and a new y the new x; else None."""
        return None

    def argument(self, i: int) -> str:
        """The name of input `i`; those of a variadic op are counted: `xs[2]`."""
        if self.variadic:
            return f"{self.arguments[0]}[{i}]"
        return self.arguments[i] if i < len(self.arguments) else f"input {i}, one too many,"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    @property
    def label(self) -> str:
        """What a drawing writes into the node."""
        return type(self).__name__.lower()


def _enter_rules(cls: type[Op]) -> None:
    """Find the rule of each argument of `cls.f`, by name."""
    code = cls.f.__code__
    variable_arguments = 0x04
    cls.variadic = bool(code.co_flags & variable_arguments)
    names = code.co_varnames[1 : code.co_argcount]
    if cls.variadic:
        cls.arguments = (code.co_varnames[code.co_argcount + code.co_kwonlyargcount],)
        if names or cls.bprops is Op.bprops:
            msg = f"{cls.__name__}.f takes *{cls.arguments[0]}: let it take nothing else, and define bprops"
            raise TypeError(msg)
        return
    cls.arguments = names
    given = {name.removeprefix("bprop_") for name in dir(cls) if name.startswith("bprop_")}
    for name in (*names, *sorted(given)):
        if name not in given or name not in names:
            problem = "is missing" if name in names else "has no such argument"
            msg = f"{cls.__name__}.f takes {list(names)}, but bprop_{name} {problem}"
            raise TypeError(msg)
    cls.rules = tuple(getattr(cls, f"bprop_{name}") for name in names)
