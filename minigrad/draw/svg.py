"""A scene as SVG, in pure Python."""

from __future__ import annotations

import hashlib
from html import escape

from minigrad.draw.curves import BOXES, shortened
from minigrad.draw.label import INDEX, label, safe
from minigrad.draw.numbers import short
from minigrad.draw.options import THEMES, check
from minigrad.draw.scene import Box, Line, Mark, Point, Scene
from minigrad.draw.sizes import LINE, letters
from minigrad.draw.svg_legend import bars, legend, place
from minigrad.draw.svg_style import ARROWS, style

TIP = 7.5
_STATE = {"zero": " zero", "not-finite": " bad", "not-computed": " unknown"}


def svg(scene: Scene, *, theme: str = "auto", scope: str | None = None) -> str:
    """A picture that needs no program to be made and nothing but itself to be shown.

    Each node is a `g` and each edge a `path` with its key as `data-key`, and with its role or kind,
    its state and its place on the ramp (`g0` … `g8`) as classes.

    Args:
        scene: what is drawn.
        theme: "light", "dark", or "auto" for what the reader's system prefers.
        scope: the id of the picture, of letters and digits; None for one made of its content, so that two
            pictures on one page do not disturb each other.

    Raises:
        ValueError: for an unknown theme.

    Example:
        >>> svg(Scene((), (), (), (60.0, 40.0), title="nothing")).startswith("<svg ")
        True
    """
    check("theme", theme, THEMES)
    body = _body(scene)
    if scope is None:
        scope = "mg" + hashlib.sha256(body.encode("utf-8", "replace") + theme.encode()).hexdigest()[:10]
    width, height = place(scene.size[0]), place(scene.size[1])
    title = escape(safe(scene.title))
    quiet = " quiet" if _shaded(scene) else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{scope}" class="minigrad{quiet}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{title}">'
        f"<title>{title}</title><style>{style(scope, theme)}</style>"
    )
    paper = f'<rect class="paper" width="{width}" height="{height}"/>'
    return f"{head}{_definitions(scope)}{paper}{body}</svg>\n"


def _body(scene: Scene) -> str:
    shaded = _shaded(scene)
    parts = ['<g class="scene"><g class="frames">']
    parts += [_box(box) for box in scene.boxes]
    parts.append('</g><g class="edges">')
    parts += [_line(line) for line in scene.lines]
    parts.append('</g><g class="nodes">')
    parts += [_node(mark, shaded=shaded) for mark in scene.nodes]
    parts.append('</g><g class="labels">')
    parts += [_line_label(line) for line in scene.lines if line.label and line.label_at is not None]
    parts.append("</g>")
    parts += bars(scene.bars)
    if scene.legend is not None:
        parts.append(legend(scene.legend))
    top = scene.size[1] - 16.0 * len(scene.notes)
    for k, note in enumerate(scene.notes):
        parts.append(f'<text class="small left" x="20" y="{place(top + 16 * k)}">{escape(safe(note))}</text>')
    parts.append("</g>")
    return "".join(parts)


def _shaded(scene: Scene) -> bool:
    """Whether gradients are shown."""
    return bool(scene.order) or scene.legend is not None


def _definitions(scope: str) -> str:
    """The arrowheads and the hatching."""
    tips = "".join(
        f'<marker id="{scope}-{kind}" viewBox="0 0 8 8" refX="0.4" refY="4" markerWidth="{size}" '
        f'markerHeight="{size}" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path class="{kind}-tip" d="M0 0.6L8 4L0 7.4z"/></marker>'
        for kind, size in zip(ARROWS, (8, 9, 6.5, 8, 5), strict=True)
    )
    hatch = (
        f'<pattern id="{scope}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect class="hatch" width="6" height="6"/>'
        f'<path class="hatching" d="M0 0V6"/></pattern>'
    )
    return f"<defs>{tips}{hatch}</defs>"


def _node(mark: Mark, *, shaded: bool) -> str:
    state = _STATE.get(mark.state, "") if shaded and mark.role not in ("note", "delay") else ""
    if mark.fill is not None:
        state = f" g{mark.fill}"
    remark = " remark" if mark.role == "note" and mark.key.startswith("r") else ""
    copy = " copy" if mark.copies else ""
    tip = escape(safe(_tip(mark)))
    return (
        f'<g class="node {mark.role}{remark}{copy}{state}" data-key="{mark.key}"><title>{tip}</title>'
        f"{_shape(mark)}{_name(mark)}{_small(mark)}</g>"
    )


def _tip(mark: Mark) -> str:
    """What a reader sees who points at a node."""
    step = "" if mark.step is None else f" ({mark.axis} = {mark.step})"
    formula = f" = {mark.formula}" if mark.formula else ""
    return f"{mark.name}{step}{formula}"


def _shape(mark: Mark) -> str:
    (x, y), (w, h) = mark.at, mark.size
    if mark.role == "note":
        return ""
    if mark.role in BOXES or mark.role == "delay":
        return _rectangle(
            "shape fill", (x - w / 2, y - h / 2), (w, h), 9 * (mark.role in ("input", "target"))
        )
    if mark.role != "loss":
        return _round("shape fill", x, y, w, h)
    return _round("shape ring", x, y, w, h) + _round("shape fill", x, y, w - 8.0, h - 8.0)


def _rectangle(kind: str, corner: Point, size: Point, radius: float) -> str:
    at = f'x="{place(corner[0])}" y="{place(corner[1])}"'
    turned = f' rx="{place(radius)}"' if radius else ""
    return f'<rect class="{kind}" {at} width="{place(size[0])}" height="{place(size[1])}"{turned}/>'


def _round(kind: str, x: float, y: float, w: float, h: float) -> str:
    middle = f'class="{kind}" cx="{place(x)}" cy="{place(y)}"'
    if abs(w - h) < 0.05:  # noqa: PLR2004  # it is a circle
        return f'<circle {middle} r="{place(w / 2)}"/>'
    return f'<ellipse {middle} rx="{place(w / 2)}" ry="{place(h / 2)}"/>'


def _name(mark: Mark) -> str:
    if mark.role == "delay":
        return ""
    small = bool(mark.copies) or (mark.role == "note" and mark.key.startswith("r"))
    made = label(mark.name, shown_step(mark), name_room(mark), letters(mark.role, small=small))
    x, y = mark.at
    y += made.size * 0.3 - LINE / 2 * len(mark.lines)
    index = place(made.size * INDEX)
    text = escape(made.base)
    raised = 0.0
    if made.below:
        text += f'<tspan dy="{place(made.size * 0.22)}" font-size="{index}">{escape(made.below)}</tspan>'
        raised = made.size * 0.22
    if made.above:
        up = place(-raised - made.size * 0.34)
        text += f'<tspan class="up" dy="{up}" font-size="{index}">{escape(made.above)}</tspan>'
    return f'<text x="{place(x)}" y="{place(y)}" font-size="{place(made.size)}">{text}</text>'


def shown_step(mark: Mark) -> int | str | None:
    """The step that is written with a name; an op's is that of its frame."""
    return None if mark.role == "op" else mark.step


def name_room(mark: Mark) -> float:
    """How wide a name may be within its node."""
    return max(mark.size[0] - (8.0 if mark.role in (*BOXES, "note") else 12.0), 8.0)


def _small(mark: Mark) -> str:
    x, y = mark.at
    y += 15.0 - LINE / 2 * (len(mark.lines) - 1)
    return "".join(
        f'<text class="small" x="{place(x)}" y="{place(y + LINE * k)}">{escape(safe(line))}</text>'
        for k, line in enumerate(mark.lines)
    )


def _line(line: Line) -> str:
    width = "" if line.width == 1.2 else f' stroke-width="{place(line.width)}"'  # noqa: PLR2004  # the default
    shape = f'class="edge {line.kind}" data-key="{line.key}" d="{path(line)}"{width}'
    if line.kind != "backward" or line.norm is None:
        return f"<path {shape}/>"
    return f"<path {shape}><title>contribution {short(line.norm)}</title></path>"


def path(line: Line) -> str:
    """The path of an edge up to the arrowhead, horizontal and vertical pieces as such."""
    points = shortened(line.points, TIP if line.kind != "parameter" else TIP - 1.5)
    x, y = points[0]
    found = [f"M{place(x)} {place(y)}"]
    for k in range(1, len(points), 3):
        (ax, ay), (bx, by), (ex, ey) = points[k : k + 3]
        if x == ax == bx == ex:
            found.append(f"V{place(ey)}")
        elif y == ay == by == ey:
            found.append(f"H{place(ex)}")
        else:
            found.append(f"C{place(ax)} {place(ay)} {place(bx)} {place(by)} {place(ex)} {place(ey)}")
        x, y = ex, ey
    return "".join(found)


def _line_label(line: Line) -> str:
    x, y = line.label_at or (0.0, 0.0)
    text = escape(safe(line.label if len(line.label) < 40 else line.label[:39] + "…"))  # noqa: PLR2004  # one line
    if line.kind == "backward":
        return f'<text class="small halo of-backward" x="{place(x)}" y="{place(y + 3)}">{text}</text>'
    return f'<text class="halo of-parameter" font-size="13" x="{place(x)}" y="{place(y + 4)}">{text}</text>'


def _box(box: Box) -> str:
    (x, y), (w, h) = box.corner, box.size
    middle = f'x="{place(x + w / 2)}" y="{place(y + h - 8)}"'
    heading = f'<text class="small heading" {middle}>{escape(safe(box.heading))}</text>'
    return _rectangle("frame", box.corner, box.size, 14.0) + heading
