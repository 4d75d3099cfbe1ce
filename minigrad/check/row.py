"""One quantity on both sides: how far apart they are, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minigrad.check.arrays import as_array
from minigrad.check.quantity import ABSENT, Absent, Quantity, Step

VERDICTS = {
    "equal": "within the tolerance; infinities of the same sign in the same place count as equal",
    "different": "an entry is further off than the tolerance",
    "nan": "one side or both have a NaN, also when both have it in the same place",
    "shape": "the shapes differ, and nothing is broadcast",
    "type": "one side is no array of real numbers: strings, objects, booleans, complex or masked",
    "ambiguous": "several nodes go by this name",
    "missing": "required, and not on the manual side",
    "extra": "on the manual side and not on the automatic one",
    "key": "a key that is no name, no (name, step) and no tensor",
}
"""Each verdict and its meaning, the mildest first."""

_SEVERITY = {verdict: rank for rank, verdict in enumerate(VERDICTS)}


class Tolerance(NamedTuple):
    """|manual - automatic| ≤ atol + rtol · the largest |automatic| entry of the same quantity."""

    rtol: float
    atol: float


@dataclass(frozen=True)
class Gap:
    """The largest difference of two arrays of one shape, and where it is.

    Attributes:
        absolute: the largest |manual - automatic|; NaN if there is a NaN.
        relative: that, divided by the largest finite |automatic| entry.
        allowed: the absolute difference that the tolerance allows.
        index: where; None for arrays without entries.
        manual: the manual number there.
        auto: the automatic number there.
    """

    absolute: float = 0.0
    relative: float = 0.0
    allowed: float = 0.0
    index: tuple[int, ...] | None = None
    manual: float | None = None
    auto: float | None = None

    @property
    def excess(self) -> float:
        """The difference in units of what is allowed."""
        return _ratio(self.absolute, self.allowed)

    def __str__(self) -> str:
        return (
            f"{self.manual!r} (manual) ≠ {self.auto!r} (automatic) at {list(self.index or ())}, "
            f"off by {self.absolute:.2g} = {self.relative:.2g} of the largest entry"
        )


@dataclass(frozen=True)
class Row:
    """One line of a comparison.

    Attributes:
        name: of the quantity.
        step: its time step, or None; for a folded row the worst step.
        verdict: a key of `VERDICTS`.
        manual_shape: the shape on the manual side, None where there is no array.
        auto_shape: the same for the automatic side.
        gap: the largest difference and its place, None where nothing could be subtracted.
        source: the equation that the manual side follows.
        note: what else is to be said.
        folded: how many time steps the row stands for; 0 for a row that was not folded.

    Example:
        >>> row = judge(Quantity("b"), [1.0, 2.0], [1.0, 4.0], Tolerance(1e-10, 0.0))
        >>> row.verdict, row.absolute, row.relative, row.index, row.manual, row.auto
        ('different', 2.0, 0.5, (1,), 2.0, 4.0)
    """

    name: str
    step: Step
    verdict: str
    manual_shape: tuple[int, ...] | None
    auto_shape: tuple[int, ...] | None
    gap: Gap | None = None
    source: str = ""
    note: str = ""
    folded: int = 0

    @property
    def ok(self) -> bool:
        """Whether the verdict is "equal"."""
        return self.verdict == "equal"

    @property
    def label(self) -> str:
        """The quantity as a table writes it: `h⁽³⁾`, folded `h⁽ᵗ⁾`."""
        return f"{Quantity(self.name).label}⁽ᵗ⁾" if self.folded else self._quantity.label

    @property
    def _quantity(self) -> Quantity:
        return Quantity(self.name, self.step)

    @property
    def absolute(self) -> float | None:
        """The largest |manual - automatic|."""
        return None if self.gap is None else self.gap.absolute

    @property
    def relative(self) -> float | None:
        """The largest difference divided by the largest |automatic| entry of the quantity."""
        return None if self.gap is None else self.gap.relative

    @property
    def index(self) -> tuple[int, ...] | None:
        """Where the largest difference is."""
        return None if self.gap is None else self.gap.index

    @property
    def manual(self) -> float | None:
        """The manual number at `index`."""
        return None if self.gap is None else self.gap.manual

    @property
    def auto(self) -> float | None:
        """The automatic number at `index`."""
        return None if self.gap is None else self.gap.auto

    def __str__(self) -> str:
        where = f" (step {self.step})" if self.folded else ""
        text = f"{self.label}{where}: {self.verdict}"
        if self.gap is not None and not self.ok:
            text += f": {self.gap}"
        note = f": {self.note}" if self.note else ""
        return text + note + (f" [{self.source}]" if self.source else "")

    @property
    def badness(self) -> tuple[int, float]:
        """What rows are ranked by: the verdict, then the difference in units of the tolerance."""
        excess = 0.0 if self.gap is None else self.gap.excess
        return _SEVERITY[self.verdict], np.inf if np.isnan(excess) else excess


def judge(quantity: Quantity, manual: Any, auto: Any, tolerance: Tolerance, source: str = "") -> Row:
    """The row for one quantity; it never raises, whatever the two values are.

    Args:
        quantity: what it is.
        manual: an array, a tensor, anything that NumPy makes an array of, or `Absent`.
        auto: the same for the automatic side.
        tolerance: how far off counts as equal.
        source: the equation that the manual side follows.
    """
    left, right = _numbers(manual), _numbers(auto)
    gap, note = None, ""
    if isinstance(left, Absent) or isinstance(right, Absent):
        verdict, note = _blank(left, right)
    elif left.shape != right.shape:
        verdict, note = "shape", f"manual {left.shape}, automatic {right.shape}"
    else:
        gap = measure(left, right, tolerance)
        verdict, note = _weigh(gap, left, right)
    shapes = [None if isinstance(x, Absent) else x.shape for x in (left, right)]
    return Row(*quantity, verdict, shapes[0], shapes[1], gap, source, note)


def measure(manual: NDArray[Any], auto: NDArray[Any], tolerance: Tolerance) -> Gap:
    """The largest difference of two arrays of one shape; a NaN counts as the largest."""
    if not auto.size:
        return Gap(allowed=tolerance.atol)
    with np.errstate(all="ignore"):
        # Equal infinities would give inf - inf; argmax puts the first NaN before any number.
        gaps = np.where(manual == auto, 0.0, np.abs(manual - auto))
        worst = int(np.argmax(gaps))
        scale = float(np.max(np.abs(auto), initial=0.0, where=np.isfinite(auto)))
    absolute = float(gaps.flat[worst])
    return Gap(
        absolute,
        _ratio(absolute, scale),
        tolerance.atol + tolerance.rtol * scale,
        tuple(int(i) for i in np.unravel_index(worst, auto.shape)),
        float(manual.flat[worst]),
        float(auto.flat[worst]),
    )


def _weigh(gap: Gap, manual: NDArray[Any], auto: NDArray[Any]) -> tuple[str, str]:
    """The verdict on two arrays of one shape, and the note to it."""
    if np.isnan(gap.absolute):
        counts = [int(np.sum(np.isnan(x))) for x in (manual, auto)]
        return "nan", f"NaN in {counts[0]} manual and {counts[1]} automatic entries of {auto.size}"
    if not gap.absolute <= gap.allowed or np.isinf(gap.absolute):
        return "different", ""
    infinite = int(np.sum(np.isinf(auto)))
    return "equal", f"{infinite} equal infinities" if infinite else ""


def _blank(manual: Any, auto: Any) -> tuple[str, str]:
    """The verdict where one side, or both, has no array of numbers."""
    sides = {"manual": manual, "automatic": auto}
    absent = {name: x for name, x in sides.items() if isinstance(x, Absent)}
    others = [x.verdict for x in absent.values() if x.verdict != ABSENT]
    verdict = max(others, key=_SEVERITY.__getitem__, default=ABSENT)
    notes = [f"{name}: {x.note}" for name, x in absent.items() if x.verdict == verdict and x.note]
    if verdict == ABSENT and "manual" not in absent:
        verdict = "extra"
    return verdict, "; ".join(notes)


def _numbers(value: Any) -> NDArray[Any] | Absent:
    """The value as an array of at least double precision, or why it is none."""
    if isinstance(value, Absent):
        return value
    if isinstance(value, np.ma.MaskedArray):
        return Absent("a masked array; fill or compress it", "type")
    try:
        array = as_array(value)
    except Exception as error:  # noqa: BLE001  # a value of any type may be met, and none may stop the others
        return Absent(f"{type(value).__name__} that is no array ({error})", "type")
    if array.dtype.kind not in "fiu":
        return Absent(f"{type(value).__name__} of {array.dtype}; wanted: real numbers", "type")
    return array.astype(np.result_type(array.dtype, np.float64))


def _ratio(a: float, b: float) -> float:
    """a / b, in which 0 / 0 is 0."""
    if b:
        return a / b
    return 0.0 if a == 0 else float(np.copysign(np.inf, a)) if not np.isnan(a) else a
