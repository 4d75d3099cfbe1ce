"""The scene as SVG, drawn once: scripts move its elements and change their classes, no more."""

from __future__ import annotations

from minigrad.draw.page.markup import element
from minigrad.draw.page.ramp import bars, legend
from minigrad.draw.page.shapes import outline, small_lines, writing
from minigrad.draw.page.splines import path
from minigrad.draw.page.wording import escaped, spoken
from minigrad.draw.scene import Box, Line, Mark, Scene

# The length of the arrow head of each kind of edge.
HEADS = {"forward": 9.0, "recurrent": 11.0, "parameter": 6.0, "backward": 10.0, "tie": 6.0}
_BASELINE = 9.0


def picture(scene: Scene, title: str = "") -> str:
    """The scene as an SVG element.

    A node with key k has the id `node-k`, an edge `line-k`; classes say role, kind, state and place on
    the ramp. A style sheet gives them their colours.

    Args:
        scene: the picture.
        title: its name for readers who do not see it.

    Example:
        >>> picture(Scene((), (), (), (10.0, 20.0)))[:37]
        '<svg id="figure" xmlns="http://www.w3'
    """
    w, h = scene.size
    classes = ("gradients" if scene.order else "", "ramped" if _ramped(scene) else "")
    parts = (
        _definitions(),
        element("g", *map(_box, range(len(scene.boxes)), scene.boxes), id="boxes"),
        element("g", *map(_line, scene.lines), id="lines"),
        element("g", *bars(scene.bars), id="bars"),
        element("g", *map(_node, scene.nodes), id="nodes"),
        legend(scene.legend) if scene.legend else "",
    )
    return element(
        "svg",
        *parts,
        id="figure",
        xmlns="http://www.w3.org/2000/svg",
        class_=" ".join(filter(None, classes)),
        role="group",
        aria_label=title or scene.title or "graph",
        viewBox=f"0 0 {w:.2f} {h:.2f}",
        width=w,
        height=h,
    )


def _ramped(scene: Scene) -> bool:
    return any(mark.fill is not None for mark in scene.nodes)


def _definitions() -> str:
    """Arrow heads, and the hatching of what is not finite."""
    tip = element("path", d="M0 1 10 5 0 9z")
    place = {
        "orient": "auto",
        "markerUnits": "userSpaceOnUse",
        "viewBox": "0 0 10 10",
        "refX": "1",
        "refY": "5",
    }
    heads = [
        element("marker", tip, id=f"head-{k}", class_=f"head {k}", markerWidth=w, markerHeight=w, **place)
        for k, w in HEADS.items()
    ]
    paper = element("rect", class_="hatch-paper", width=6, height=6)
    ink = element("rect", class_="hatch-ink", width=2.5, height=6)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return element("defs", *heads, element("pattern", paper, ink, id="hatch", width=6, height=6, **turned))


def _box(index: int, box: Box) -> str:
    w, h = box.size
    frame = element("rect", width=w, height=h, rx=12)
    heading = element("text", escaped(box.heading), text_anchor="middle", x=w / 2, y=h - _BASELINE)
    return element("g", frame, heading, class_="box", data_box=str(index), transform=_moved(*box.corner))


def _line(line: Line) -> str:
    text = ""
    if line.label and line.label_at:
        place = {"text_anchor": "middle", "dy": "0.32em", "transform": _moved(*line.label_at)}
        text = element("text", escaped(line.label), **place)
    kind = line.kind if line.kind in HEADS else "forward"
    d, end = path(line.points, HEADS[kind]), f"url(#head-{kind})"
    stroke = element("path", d=d, stroke_width=line.width, marker_end=end)
    return element("g", stroke, text, id=f"line-{line.key}", class_=f"line {kind} done")


def _node(mark: Mark) -> str:
    fill = "" if mark.fill is None else f" f{mark.fill}"
    return element(
        "g",
        outline(mark),
        writing(mark),
        small_lines(mark),
        id=f"node-{mark.key}",
        class_=f"node {mark.role} {mark.state}{fill} done",
        role="button",
        tabindex="-1",
        aria_label=spoken(mark),
        transform=_moved(*mark.at),
    )


def _moved(x: float, y: float) -> str:
    return f"translate({x:.2f} {y:.2f})"
