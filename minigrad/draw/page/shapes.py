"""The outlines of nodes and the names in them, as SVG around their own centre."""

from __future__ import annotations

from minigrad.draw.label import INDEX, LONGEST, label
from minigrad.draw.page.markup import element
from minigrad.draw.page.wording import escaped, shortened
from minigrad.draw.scene import Mark
from minigrad.draw.sizes import LINE, letters

RIM = 5.0
_ROUND = {"hidden", "output", "loss"}
_CORNER = 9.0
_FIRST = 15.0
_PADDING = 6.0


def outline(mark: Mark) -> str:
    """The shape of a node: its body, and for a loss the rim around it."""
    w, h = mark.size
    if mark.role == "note":
        return ""
    if mark.role == "loss":
        return _ellipse(w, h, "rim") + _ellipse(w - 2 * RIM, h - 2 * RIM, "body")
    if mark.role in _ROUND:
        return _ellipse(w, h, "body")
    corner = {"op": h / 2, "input": _CORNER, "target": _CORNER}.get(mark.role, 0.0)
    return element("rect", class_="body", x=-w / 2, y=-h / 2, width=w, height=h, rx=corner)


def writing(mark: Mark) -> str:
    """The name of a node in the largest type that fits, its index lowered and its time step raised."""
    if mark.role == "delay":
        return ""
    place = {"text_anchor": "middle", "dy": "0.32em", "y": f"{-LINE / 2 * len(mark.lines):.1f}"}
    # A note whose key starts with r is the name of a parameter at the foot of a node.
    remark = mark.role == "note" and mark.key.startswith("r")
    largest = letters(mark.role, small=bool(mark.copies) or remark)
    if mark.role == "op" or (mark.role == "note" and not remark):
        return element("text", escaped(shortened(mark.name, LONGEST)), font_size=largest, **place)
    room = mark.size[0] - (2 * RIM if mark.role == "loss" else _PADDING)
    made = label(mark.name, mark.step, max(room, 1.0), largest)
    # An index starts where the one before it went, so each says the way back to the line.
    below = _index(made.below, "0.25em", "lowered") if made.below else ""
    above = _index(made.above, "-0.8em" if below else "-0.5em", "raised") if made.above else ""
    return element("text", escaped(made.base), below, above, font_size=made.size, **place)


def small_lines(mark: Mark) -> str:
    """What stands below the name: numbers, a shape."""
    top = _FIRST - LINE / 2 * (len(mark.lines) - 1)
    return "".join(
        element(
            "text", escaped(shortened(line, LONGEST)), class_="small", text_anchor="middle", y=top + LINE * k
        )
        for k, line in enumerate(mark.lines)
    )


def _index(text: str, shift: str, kind: str) -> str:
    return element("tspan", escaped(text), class_=kind, dy=shift, font_size=f"{INDEX}em")


def _ellipse(w: float, h: float, part: str) -> str:
    return element("ellipse", class_=part, rx=w / 2, ry=h / 2)
