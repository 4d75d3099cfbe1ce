"""The forms in which people hand over a sequence: lists of columns, arrays of every order of axes, tokens."""

from __future__ import annotations

from dataclasses import dataclass

from minigrad.foreign.meaning import Sizes


@dataclass(frozen=True)
class Layout:
    """One form.

    Attributes:
        x: the inputs, an expression in which {D}, {T} and {B} stand for sizes and {tokens} for a list.
        state: the shape of a state.
        bias: the shape of a bias whose length is {H}.
        left: whether weights multiply from the left, as in W @ x.
        targets: targets that go with it.
    """

    x: str
    state: str
    bias: str
    left: bool
    targets: tuple[str, ...]

    def sequence(self, letter: str) -> str:
        """Random numbers laid out as the inputs are, of another length."""
        text = self.x if "randn" in self.x else COLUMNS.x
        return text.replace("{D}", f"{{{letter}}}")


def fill(text: str, sizes: Sizes) -> str:
    """An expression with its sizes."""
    filled = text
    for letter in "HDOVTB":
        filled = filled.replace(f"{{{letter}}}", str(getattr(sizes, letter)))
    tokens = [(3 * t + t * t) % sizes.D for t in range(sizes.T)]
    labels = [(2 * t + t * t + 1) % sizes.O for t in range(sizes.T)]
    return filled.replace("{tokens}", str(tokens)).replace("{labels}", str(labels))


_ONE_HOTS = "[np.eye({O})[[k]].T for k in {labels}]"
_ROWS = "np.eye({O})[{labels}]"
_LABELS = "np.array({labels})"
_MANY = "np.random.randint({O}, size=({B}, {T}))"

_BATCH_ROWS = "np.eye({O})[np.arange({B}) % {O}]"
_BATCH_LABELS = "np.arange({B}) % {O}"


def _columns(x: str, *targets: str) -> Layout:
    return Layout(x, "({H}, 1)", "({H}, 1)", left=True, targets=targets)


def _flat(x: str, *targets: str) -> Layout:
    return Layout(x, "({H},)", "({H},)", left=True, targets=targets)


def _rows(x: str, *targets: str) -> Layout:
    return Layout(x, "(1, {H})", "(1, {H})", left=False, targets=targets)


def _batch(x: str, *targets: str) -> Layout:
    return Layout(x, "({B}, {H})", "({H},)", left=False, targets=targets)


def _batch_last(x: str, *targets: str) -> Layout:
    return Layout(x, "({H}, {B})", "({H}, 1)", left=True, targets=targets)


COLUMNS = _columns(
    "[np.random.randn({D}, 1) for _ in range({T})]", _ONE_HOTS, "{labels}", "np.eye({O})[:, [1]]", "1"
)
TOKENS = _columns("{tokens}", "{labels}", _ONE_HOTS, _LABELS, _ROWS)
LAYOUTS = (
    COLUMNS,
    _flat("np.random.randn({T}, {D})", _ROWS, _LABELS, "np.eye({O})[1]", "1"),
    _columns("np.random.randn({T}, {D}, 1)", "np.eye({O})[{labels}][..., None]", _LABELS),
    TOKENS,
    _batch("np.random.randn({B}, {T}, {D})", f"np.eye({{O}})[{_MANY}]", _MANY, _BATCH_ROWS, _BATCH_LABELS),
    _batch(
        "np.random.randn({T}, {B}, {D})",
        f"np.eye({{O}})[{_MANY}.T]",
        f"{_MANY}.T",
        _BATCH_ROWS,
        _BATCH_LABELS,
    ),
    _batch_last(
        "np.random.randn({D}, {B}, {T})",
        f"np.moveaxis(np.eye({{O}})[{_MANY}], 2, 0)",
        "np.eye({O})[:, np.arange({B}) % {O}]",
    ),
    _flat("[np.random.randn({D}) for _ in range({T})]", f"list({_ROWS})", "{labels}", "1"),
    _columns("np.random.randn({D}, {T})", f"{_ROWS}.T", _LABELS),
    _batch(
        "[np.random.randn({B}, {D}) for _ in range({T})]",
        "[np.eye({O})[np.arange(k, k + {B}) % {O}] for k in {labels}]",
        "[np.arange(k, k + {B}) % {O} for k in {labels}]",
    ),
    _rows(
        "[np.random.randn(1, {D}) for _ in range({T})]",
        "[np.eye({O})[[k]] for k in {labels}]",
        "{labels}",
        "np.eye({O})[[1]]",
    ),
    _rows("np.random.randn({T}, 1, {D})", "np.eye({O})[{labels}][:, None]", _LABELS),
    _flat("np.array({tokens})", _LABELS, _ROWS),
    _flat("np.eye({D})[{tokens}]", _ROWS, _LABELS),
    _batch("np.random.randint({D}, size=({B}, {T}))", _MANY),
    _batch_last(
        "[np.random.randn({D}, {B}) for _ in range({T})]",
        "[np.eye({O})[:, np.arange(k, k + {B}) % {O}] for k in {labels}]",
    ),
)
"""Every form of a sequence, the likeliest first."""

STEPS = (
    _columns("np.random.randn({D}, 1)", "np.eye({O})[:, [1]]", "1"),
    _batch("np.random.randn({B}, {D})", _BATCH_ROWS, _BATCH_LABELS),
    _flat("np.random.randn({D})", "np.eye({O})[1]", "1"),
    _batch_last("np.random.randn({D}, {B})", "np.eye({O})[:, np.arange({B}) % {O}]"),
)
"""Every form of the input of one step."""
