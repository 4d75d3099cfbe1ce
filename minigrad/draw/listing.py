"""A scene as text: its nodes by time step, each with how it is computed."""

from __future__ import annotations

from minigrad.draw.label import safe
from minigrad.draw.numbers import short
from minigrad.draw.scene import Mark, Numbers, Scene

_SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
LONGEST = 60


def listing(scene: Scene) -> str:
    """An indented list for terminals, each step under its heading; copies of parameters are left out.

    Example:
        >>> import minigrad as mg
        >>> from minigrad.draw.compose import compose
        >>> from minigrad.draw.options import Options
        >>> x = mg.Tensor(3.0, name="x")
        >>> print(listing(compose([(x * x).named("L")], Options())))
        outside of time
          x = 3
          L = x ∘ x = 9
    """
    groups: dict[str, list[Mark]] = {}
    rest: dict[str, int] = {box.heading: box.collapsed for box in scene.boxes if box.collapsed}
    for mark in sorted(scene.nodes, key=_place):
        if not mark.copies and mark.role not in ("note", "delay"):
            groups.setdefault(_heading(mark), []).append(mark)
    shaded = bool(scene.order) or scene.legend is not None
    lines = []
    for heading, marks in groups.items():
        lines.append(heading)
        lines += [f"  {_line(mark, shaded=shaded)}" for mark in marks]
    lines += list(rest)
    return "\n".join(lines + [safe(note) for note in scene.notes])


def _place(mark: Mark) -> tuple[int, str, int]:
    """What lies outside of time first, then the axes and their steps."""
    if mark.step is None:
        return (0, "", 0)
    return (1, mark.axis, mark.step) if isinstance(mark.step, int) else (2, mark.axis, 0)


def _heading(mark: Mark) -> str:
    if mark.step is None:
        return "outside of time"
    return f"{safe(mark.axis)} = {str(mark.step).replace('-', '−')}"


def _line(mark: Mark, *, shaded: bool) -> str:
    name = safe(mark.name)
    name = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    step = "" if mark.step is None else f"⁽{str(mark.step).translate(_SUPERSCRIPT)}⁾"
    parts = [name + step]
    if mark.formula:
        parts.append(safe(mark.formula))
    if mark.value is not None:
        parts.append(_value(mark.value))
    text = " = ".join(parts)
    if not shaded:
        return text
    words = {"zero": "zero gradient", "not-finite": "gradient not finite", "not-computed": "no gradient"}
    gradient = f"‖∇‖ = {short(mark.gradient.norm)}" if mark.gradient is not None else ""
    return f"{text}   [{words.get(mark.state, gradient)}]"


def _value(value: Numbers) -> str:
    """Up to three entries, else the shape and the norm."""
    if value.shape == ():
        return short(value.entries[0])
    if value.entries and len(value.entries) <= 3 and len(value.shape) == 1:  # noqa: PLR2004  # one short line
        return f"[{', '.join(map(short, value.entries))}]"
    shape = str(value.shape).replace(",)", ")")
    return f"{shape} of norm {short(value.norm)}"
