"""A scene as DOT, with fixed positions, so that every engine draws the same picture."""

from __future__ import annotations

from html import escape
from typing import Any

import graphviz

from minigrad.draw.curves import shortened
from minigrad.draw.label import INDEX, SMALL, Label, label, safe
from minigrad.draw.numbers import short
from minigrad.draw.palette import DARK, LIGHT, Palette
from minigrad.draw.scene import Bar, Box, Legend, Line, Mark, Scene
from minigrad.draw.sizes import letters
from minigrad.draw.svg import name_room, shown_step
from minigrad.draw.svg_legend import LEFT, SWATCH, bar_name, shown_ticks

TIP = 7.5
POINTS_PER_INCH = 72.0
_SHAPES = {"input": "box", "target": "box", "parameter": "box", "delay": "box", "note": "none"}
_STYLES = {"backward": "dashed", "tie": "dotted"}
_TIP_SIZES = {"parameter": "0.55", "tie": "0.45", "recurrent": "0.85"}


def dot(scene: Scene, *, theme: str = "light") -> graphviz.Digraph:
    """A graph of the package `graphviz`, for the engine `neato` with fixed positions (`-n2`, or `nop2`).

    Ids are opaque, and names stand in labels alone, so no name can be read as anything else.

    Args:
        scene: what is drawn.
        theme: "dark" for light letters on dark paper, anything else for the opposite.

    Example:
        >>> dot(Scene((), (), (), (60.0, 40.0))).source.startswith("digraph")
        True
    """
    palette = DARK if theme == "dark" else LIGHT
    shaded = scene.legend is not None or bool(scene.order)
    width, height = scene.size
    graph = graphviz.Digraph(
        "unrolled",
        engine="neato",
        graph_attr={
            "bb": f"0,0,{width:.1f},{height:.1f}",
            "bgcolor": palette.paper,
            "splines": "true",
            "outputorder": "edgesfirst",
            "pad": "0.1",
        },
        node_attr={
            "fixedsize": "true",
            "fontname": "Times-Roman",
            "fontcolor": palette.ink,
            "penwidth": "1.4",
        },
        edge_attr={"fontname": "Helvetica", "fontsize": "9", "arrowsize": "0.75"},
    )
    for k, box in enumerate(scene.boxes):
        graph.subgraph(_cluster(box, k, height, palette))
    known = set()
    for mark in scene.nodes:
        known.add(mark.key)
        graph.node(mark.key, **_node(mark, height, palette, shaded=shaded))
    for line in scene.lines:
        if line.source in known and line.target in known:
            graph.edge(line.source, line.target, **_edge(line, height, palette, shaded=shaded))
    _below(graph, scene, palette)
    return graph


def _below(graph: graphviz.Digraph, scene: Scene, palette: Palette) -> None:
    """What stands below the picture: bars, legend, notes."""
    width, height = scene.size
    for k, note in enumerate(scene.notes):
        y = scene.size[1] - 16.0 * (len(scene.notes) - k) + 6.0
        _write(graph, f"note{k}", note, (width / 2, y), height, palette)
    if scene.legend is not None:
        _legend(graph, scene.legend, height, palette)
    named: set[str] = set()
    for k, bar in enumerate(scene.bars):
        _bar(graph, f"bar{k}", bar, height, palette)
        if bar.parameter not in named:
            named.add(bar.parameter)
            y = bar.corner[1] + bar.size[1] - 6.0
            _write(graph, f"bar{k}name", bar_name(bar.parameter), (40.0, y), height, palette)


def _write(
    graph: graphviz.Digraph, key: str, text: str, at: tuple[float, float], height: float, palette: Palette
) -> None:
    """A small text in the picture."""
    words = _html(f'<FONT FACE="Helvetica" POINT-SIZE="9">{_text(text)}</FONT>')
    place = f"{at[0]:.1f},{height - at[1]:.1f}"
    graph.node(key, words, shape="none", pos=place, width="0.1", height="0.1", fontcolor=palette.notes)


def _fill(
    graph: graphviz.Digraph,
    key: str,
    corner: tuple[float, float],
    size: tuple[float, float],
    height: float,
    fill: str,
) -> None:
    """A rectangle of one colour."""
    graph.node(
        key,
        "",
        shape="box",
        style="filled",
        fillcolor=fill,
        color=fill,
        pos=f"{corner[0] + size[0] / 2:.1f},{height - corner[1] - size[1] / 2:.1f}",
        width=f"{size[0] / POINTS_PER_INCH:.3f}",
        height=f"{max(size[1], 0.6) / POINTS_PER_INCH:.3f}",
        penwidth="0",
    )


def _legend(graph: graphviz.Digraph, legend: Legend, height: float, palette: Palette) -> None:
    x, y = legend.corner
    _write(graph, "legend", legend.title, (x + 40.0, y + 8.0), height, palette)
    x += LEFT
    colours = len(legend.ticks) - 1
    for k in range(colours):
        _fill(graph, f"legend{k}", (x + SWATCH * k, y), (SWATCH, 16.0), height, palette.ramp[k])
    for k in shown_ticks(colours):
        _write(graph, f"tick{k}", short(legend.ticks[k]), (x + SWATCH * k, y + 24.0), height, palette)


def _bar(graph: graphviz.Digraph, key: str, bar: Bar, height: float, palette: Palette) -> None:
    _fill(graph, key, bar.corner, bar.size, height, palette.ramp[bar.fill])
    middle, foot = bar.corner[0] + bar.size[0] / 2, bar.corner[1] + bar.size[1]
    _write(graph, f"{key}size", short(bar.norm), (middle, foot + 6.0), height, palette)


def _cluster(box: Box, k: int, height: float, palette: Palette) -> graphviz.Digraph:
    """The frame of a step, which `nop2` draws where a bounding box is set."""
    (x, y), (w, h) = box.corner, box.size
    bottom = height - y - h
    return graphviz.Digraph(
        f"cluster{k}",
        graph_attr={
            "bb": f"{x:.1f},{bottom:.1f},{x + w:.1f},{height - y:.1f}",
            "label": _html(f'<FONT FACE="Helvetica" POINT-SIZE="11">{_text(box.heading)}</FONT>'),
            "lp": f"{x + w / 2:.1f},{bottom + 11:.1f}",
            "style": "dashed,rounded",
            "color": palette.frame,
            "fontcolor": palette.notes,
        },
    )


def _node(mark: Mark, height: float, palette: Palette, *, shaded: bool) -> dict[str, str]:
    (x, y), (w, h) = mark.at, mark.size
    ring = mark.role == "loss"
    fill, border, ink, style = _colours(mark, palette, shaded=shaded)
    found = {
        "label": "" if mark.role == "delay" else _label(mark),
        "shape": _SHAPES.get(mark.role, "ellipse"),
        "pos": f"{x:.1f},{height - y:.1f}",
        # Graphviz adds the outer ring of a double circle to the size.
        "width": f"{(w - 8.0 * ring) / POINTS_PER_INCH:.3f}",
        "height": f"{(h - 8.0 * ring) / POINTS_PER_INCH:.3f}",
        "style": style,
        "fillcolor": fill,
        "color": border,
        "fontcolor": ink,
    }
    if mark.role == "note":
        del found["style"], found["fillcolor"], found["color"]
    return found | ({"peripheries": "2"} if ring else {})


def _colours(mark: Mark, palette: Palette, *, shaded: bool) -> tuple[str, str, str, str]:
    """Fill, border, ink and style of a node."""
    fill, border = palette.nodes.get(mark.role, (palette.paper, palette.ink))
    ink = palette.ink
    style = "filled,rounded" if mark.role in ("input", "target") else "filled"
    if mark.fill is not None:
        return palette.ramp[mark.fill], border, palette.ramp_ink[mark.fill], style
    if not shaded or mark.role in ("note", "delay"):
        remark = mark.role == "note" and mark.key.startswith("r")
        return fill, border, palette.nodes["parameter"][1] if remark else ink, style
    if mark.state == "zero":
        return palette.paper, border, ink, f"{style},dashed"
    if mark.state == "not-finite":
        return palette.bad[0], palette.bad[1], ink, f"{style},dashed"
    return palette.unknown[0], palette.unknown[1], ink, style


def _label(mark: Mark) -> str:
    """The name with its indices and the small lines, as an HTML-like label of our own tags alone."""
    small = bool(mark.copies) or (mark.role == "note" and mark.key.startswith("r"))
    made = label(mark.name, shown_step(mark), name_room(mark), letters(mark.role, small=small))
    rows = [_name(made, upright=mark.role == "op")]
    rows += [f'<FONT FACE="Helvetica" POINT-SIZE="{SMALL:g}">{_text(line)}</FONT>' for line in mark.lines]
    return _html("<BR/>".join(rows))


def _name(made: Label, *, upright: bool) -> str:
    base = _text(made.base)
    if not upright:
        base = f"<I>{base}</I>"
    index = f"{made.size * INDEX:.1f}"
    below = f'<SUB><FONT POINT-SIZE="{index}">{_text(made.below)}</FONT></SUB>' if made.below else ""
    above = f'<SUP><FONT POINT-SIZE="{index}">{_text(made.above)}</FONT></SUP>' if made.above else ""
    return f'<FONT POINT-SIZE="{made.size:.1f}">{base}{below}{above}</FONT>'


def _text(text: str) -> str:
    """Text for an HTML-like label; an empty one would be no label."""
    return escape(safe(text)) or " "


def _html(text: str) -> str:
    return f"<{text}>"


def _edge(line: Line, height: float, palette: Palette, *, shaded: bool) -> dict[str, str]:
    points = shortened(line.points, TIP)
    tip = line.points[-1]
    curve = " ".join(f"{x:.1f},{height - y:.1f}" for x, y in points)
    colour = palette.quiet if shaded and line.kind == "forward" else palette.lines[line.kind]
    found: dict[str, Any] = {
        "pos": f"e,{tip[0]:.1f},{height - tip[1]:.1f} {curve}",
        "color": colour,
        "penwidth": f"{line.width:.1f}",
    }
    if line.kind in _STYLES:
        found["style"] = _STYLES[line.kind]
    if line.kind in _TIP_SIZES:
        found["arrowsize"] = _TIP_SIZES[line.kind]
    if line.label and line.label_at is not None:
        italic = line.kind != "backward"
        text = _text(line.label if len(line.label) < 40 else line.label[:39] + "…")  # noqa: PLR2004  # one line
        found["label"] = _html(
            f'<FONT FACE="Times-Roman" POINT-SIZE="13"><I>{text}</I></FONT>' if italic else text
        )
        found["lp"] = f"{line.label_at[0]:.1f},{height - line.label_at[1]:.1f}"
        found["fontcolor"] = palette.nodes["parameter"][1] if italic else palette.lines["backward"]
    return found
