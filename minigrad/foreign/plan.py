"""What is called to reach a gradient function, and in which order the guesses of its arguments are tried."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minigrad.foreign.companions import (
    BACKWARD,
    caller_of,
    forward_of,
    is_loss,
    loss_of,
    makers,
    parts_of,
    sets_globals,
    takes_many,
)
from minigrad.foreign.constants import constants, imported
from minigrad.foreign.layouts import LAYOUTS, STEPS, TOKENS, Layout, fill
from minigrad.foreign.meaning import Sizes, kind_of, size_letter
from minigrad.foreign.proposal import Proposal
from minigrad.foreign.signatures import Signature, keys_of, multiplies_from_the_left, undefined
from minigrad.foreign.variables import Style
from minigrad.foreign.writing import Writer, is_carried

_GUESSES = 4
_DEEP = 2


class Plan:
    """What is called for one gradient function, in which order.

    Args:
        tree: the file.
        known: its functions.
        gradient: the gradient function.
        folder: where the file lies.
    """

    def __init__(
        self,
        tree: ast.Module,
        known: Mapping[str, Signature],
        gradient: Signature,
        folder: Path | None = None,
    ) -> None:
        self.tree = tree
        self.known = known
        self.gradient = gradient
        self.constructor = known.get(f"{gradient.owner}.__init__")
        near = [s for s in known.values() if s.owner == gradient.owner and s.name != gradient.name]
        self.near = [s for s in near if s.short != "__init__"]
        self.forward = forward_of(self.near, gradient)
        # A gradient that is handed in is that of any loss, and not of the file's.
        handed = any(kind_of(n) == "upstream" and not is_carried(n) for n in gradient.arguments)
        self.loss = None if handed else loss_of(self.near, gradient)
        self.caller = caller_of(self.near, gradient)
        self.makers = makers(self.near, gradient, self.constructor)[:2]
        self.called = [s for s in (self.constructor, self.forward, self.loss, gradient) if s is not None]
        self.absent = [n for s in (gradient, *near) for n in undefined(tree, s, folder)]
        self.absent = [n for n in dict.fromkeys(self.absent) if n not in imported(tree)]
        self.constants = constants(tree, [s.node for s in self.called], self.absent)
        order = [s for s in (self.forward, gradient) if s is not None]
        self.shapes = {k: v for s in reversed([*order, *near]) for k, v in s.shapes.items()}
        self._told = {k: v for s in [*order, *near] for k, v in s.shapes.items() if kind_of(k) == "input"}
        self.weights = tuple(dict.fromkeys(self._weights()))

    def _weights(self) -> Iterator[str]:
        for signature in self.called:
            for name in signature.arguments:
                kind = kind_of(name)
                if kind == "weight":
                    yield name
                elif kind == "params":
                    # A loop over the sequence hands the dict on to the function of one step.
                    yield from (key for other in [signature, *self.near] for key in keys_of(other, name))
        yield from (name for name in self.absent if kind_of(name) == "weight")

    def styles(self, text: str) -> Iterator[Style]:
        """The guesses, those that change least of the likeliest first."""
        options = self._options(text)
        lengths = [len(option) for name, option in options.items() if name != "layout"]
        layouts = options["layout"]
        ranks = [
            # The function that trains is called where the gradient function itself can't be.
            (2 * sum(rank) + 0.5 * i + 4 * rank[-1], i, rank)
            for rank in _within(lengths, _GUESSES)
            for i in range(len(layouts))
        ]
        for _, i, rank in sorted(ranks):
            others = (n for n in options if n != "layout")
            chosen = {n: options[n][k] for n, k in zip(others, rank, strict=True)}
            layout = layouts[i]
            left = chosen.pop("left")
            bias = chosen.pop("bias") or layout.bias
            yield Style(layout=layout, left=layout.left if left is None else left, bias=bias, **chosen)

    def _options(self, text: str) -> dict[str, Sequence[Any]]:
        """What comes into question for each field of a style, the likeliest first."""
        kinds = {kind_of(name) for s in self.called for name in s.arguments}
        weights = bool(self.weights)
        both, yes, no = (True, False), (True,), (False,)
        optional = any(any(s.arguments.values()) for s in self.called)
        return {
            "sizes": self._sizes(),
            "layout": self._layouts(text),
            "target": range(3) if kinds & {"target", "upstream"} else range(1),
            "form": range(6) if "upstream" in kinds else range(1),
            "softmax": (self._past_softmax(),),
            "left": self._sides() if weights else (None,),
            "bias": (None, "({H},)", "({H}, 1)", "(1, {H})") if weights else (None,),
            "gates": self._gates() if weights else (1,),
            "state": both if optional else yes,
            "documented": both if self.shapes else yes,
            "maker": (*self.makers, None),
            "wrapped": self._wrapped(),
            "trained": (False, True) if self.caller is not None else no,
        }

    def _wrapped(self) -> tuple[bool, ...]:
        """Whether the loss, or the function that trains, is given a list of one sequence."""
        over = [s for s in (self.loss, self.caller) if s is not None]
        if any(takes_many(s, self.gradient) for s in over):
            return (True, False)
        return (False,) if self.caller is None else (False, True)

    def _past_softmax(self) -> bool:
        """Whether the outputs of the forward pass have gone through a softmax."""
        called = set() if self.forward is None else set(self.forward.called)
        for _ in range(_DEEP):
            called |= {name for s in self.known.values() if s.short in called for name in s.called}
        return any("softmax" in name for name in called)

    def _sizes(self) -> list[Sizes]:
        """With one vocabulary where one is spoken of, and where there is no size of the output."""
        fixed = self.constants.sizes
        if fixed:
            return [Sizes(**fixed)]
        given = self.constructor if self.constructor is not None else self.gradient
        sized = [n for n in given.arguments if n not in self.weights]
        names = [*sized, *self.absent, *self.constants.names, *(n for s in self.makers for n in s.arguments)]
        letters = {size_letter(name) for name in names}
        if "V" in letters:
            return [Sizes(D=7) if "O" in letters else Sizes.vocabulary()]
        if self.constructor is not None and "D" in letters and "O" not in letters:
            return [Sizes(O=3), Sizes()]
        return [Sizes()]

    def _layouts(self, text: str) -> list[Layout]:
        """Tokens first where a vocabulary is spoken of."""
        tokens = re.search("vocab|char_to|word_to|onehot|one_hot|idx_to", text, re.IGNORECASE) is not None
        told = self._told_layouts()
        every = sorted(LAYOUTS, key=lambda layout: (layout in told, layout is not TOKENS or not tokens))
        return [*told, *STEPS, *every] if self._is_step() else [*told, *every, *STEPS]

    def _is_step(self) -> bool:
        """Whether there is no loop over time, so that one step is what is computed."""
        passed = [s for s in (self.forward, self.gradient) if s is not None]
        names = {name for s in passed for name in s.called}
        near = [*passed, *(s for s in self.near if s.short in names)]
        return not any(
            isinstance(n, (ast.For, ast.While, ast.comprehension)) for s in near for n in ast.walk(s.node)
        )

    def _told_layouts(self) -> list[Layout]:
        """The layouts that have the shape that the text tells of the inputs."""
        sizes = self._sizes()[0]
        for shape in self._told.values():
            wanted = f"np.random.randn({', '.join(str(sizes.evaluate(size)) for size in shape)})"
            return [layout for layout in (*LAYOUTS, *STEPS) if fill(layout.x, sizes) == wanted]
        return []

    def _sides(self) -> tuple[bool | None, ...]:
        """Whether weights stand on the left in the forward pass; None for as the layout has it."""
        for signature in (self.forward, *self.near):
            found = None if signature is None else multiplies_from_the_left(signature)
            if found is not None and not BACKWARD.search(signature.short if signature else ""):
                return (found, not found)
        return (None, True, False)

    def _gates(self) -> tuple[int, ...]:
        words = " ".join([self.gradient.name, *(s.name for s in self.called)]).lower()
        separate = any(re.match("^[wub]_?[fiozr]", name.lower()) for name in self.weights)
        cells = any(kind_of(name) == "cell" for s in self.called for name in s.arguments)
        cell = "lstm" in words or cells
        if separate or not (cell or "gru" in words):
            return (1,)
        return (4, 1) if cell else (3, 1)

    def write(self, style: Style) -> Proposal:
        """The proposal with these guesses."""
        writer = Writer(style, self.shapes, self.weights, self.tree, self.known)
        for name in [*self.absent, *self.constants.names]:
            writer.absent(name)
        owner = "m."
        if self.gradient.owner:
            writer.lines.append(f"net = {writer.instance(self.gradient.owner)}")
            owner = "net."
        if style.maker is not None:
            self._make(writer, owner, style.maker)
        if style.trained and self.caller is not None:
            loss, call = (
                "",
                writer.call(owner + self.caller.short, self.caller, many=style.wrapped),
            )
        else:
            loss = self._before(writer, owner)
            call = writer.call(owner + self.gradient.short, self.gradient)
            loss = loss or writer.loss()
        kept = self.gradient.owner and (self.constructor is not None or not writer.weights)
        params = "net" if kept else writer.params()
        return Proposal(self.gradient.name, tuple(writer.lines), call, loss, params)

    @staticmethod
    def _make(writer: Writer, owner: str, maker: Signature) -> None:
        """The line that makes the parameters; of a function that returns a dict only how it is made."""
        made = writer.call(owner + maker.short, maker, whole=True)
        if len(maker.returned) == 1 and not sets_globals(maker):
            writer.init = made
        elif maker.returned and all(maker.returned):
            writer.assign(maker.returned, made)
            writer.weights += [name for name in maker.returned if kind_of(name) == "weight"]
        else:
            writer.lines.append(made)

    def _before(self, writer: Writer, owner: str) -> str:
        """The lines of the forward pass and of the loss; what the loss is called, if it is computed."""
        if self.forward is not None:
            call = writer.call(owner + self.forward.short, self.forward)
            writer.assign(self.forward.returned, call, parts_of(self.forward))
            for name in self.forward.returned:
                if is_loss(name):
                    return name
        if self.loss is None:
            return ""
        writer.prepare(self.gradient)
        many = writer.style.wrapped and takes_many(self.loss, self.gradient)
        call = writer.call(owner + self.loss.short, self.loss, many=many)
        place = next((i for i, name in enumerate(self.loss.returned) if is_loss(name)), 0)
        writer.lines.append(f"loss = {call}{f'[{place}]' if len(self.loss.returned) > 1 else ''}")
        return "loss"


def _within(lengths: Sequence[int], budget: int) -> Iterator[tuple[int, ...]]:
    """The ways to choose from options that change little: ranks whose sum is at most `budget`."""
    if not lengths:
        yield ()
        return
    for rank in range(min(lengths[0], budget + 1)):
        yield from ((rank, *rest) for rest in _within(lengths[1:], budget - rank))
