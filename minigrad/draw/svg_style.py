"""The style sheet of an SVG picture."""

from __future__ import annotations

from minigrad.draw.palette import DARK, LIGHT, Palette

SERIF = "'Times New Roman',Times,'Liberation Serif',serif"
SANS = "Helvetica,Arial,'Liberation Sans',sans-serif"
ARROWS = ("forward", "recurrent", "parameter", "backward", "tie")


def style(scope: str, theme: str) -> str:
    """The rules of a picture, all of them for what is inside of the element with the id `scope`.

    Args:
        scope: the id.
        theme: "light", "dark", or "auto" for what the reader's system prefers; print is always light.
    """
    rules = _fixed(scope)
    rules += _colours(f"#{scope}", DARK if theme == "dark" else LIGHT)
    if theme == "auto":
        rules += f"@media (prefers-color-scheme:dark){{{_colours(f'#{scope}', DARK)}}}"
    if theme != "light":
        rules += f"@media print{{{_colours(f'#{scope}', LIGHT)}}}"
    return rules


def _fixed(scope: str) -> str:
    """What has no colour."""
    s = f"#{scope}"
    rules = [
        f"{s} text{{font-family:{SERIF};font-style:italic;text-anchor:middle}}",
        f"{s} .up{{font-style:normal}}",
        f"{s} .small,{s} .op text{{font-family:{SANS};font-style:normal}}",
        f"{s} .small{{font-size:9px}}",
        f"{s} .heading{{font-size:11px}}",
        f"{s} .left{{text-anchor:start}}",
        f"{s} .edge{{fill:none}}",
        f"{s} .node .shape{{stroke-width:1.4}}",
        f"{s} .frame{{fill:none;stroke-width:1;stroke-dasharray:6 5}}",
        f"{s} .edge.backward{{stroke-dasharray:5 3.5}}",
        f"{s} .edge.tie{{stroke-dasharray:1.5 4}}",
        f"{s} .zero .shape{{stroke-dasharray:3.5 3}}",
        f"{s} .halo{{paint-order:stroke;stroke-width:3;stroke-linejoin:round}}",
    ]
    rules += [f"{s} .edge.{kind}{{marker-end:url(#{scope}-{kind})}}" for kind in ARROWS]
    return "".join(rules)


def _colours(s: str, p: Palette) -> str:
    rules = [
        f"{s} .paper{{fill:{p.paper}}}",
        f"{s} text{{fill:{p.ink}}}",
        f"{s} .small{{fill:{p.notes}}}",
        f"{s} .frame{{stroke:{p.frame}}}",
        f"{s} .halo{{stroke:{p.paper}}}",
        f"{s} .note .shape{{fill:none;stroke:none}}",
    ]
    for role, (fill, border) in p.nodes.items():
        rules.append(f"{s} .{role} .shape{{fill:{fill};stroke:{border}}}")
    rules.append(f"{s} .loss .ring{{fill:none}}")
    for kind, colour in p.lines.items():
        rules.append(f"{s} .edge.{kind}{{stroke:{colour}}}{s} .{kind}-tip{{fill:{colour}}}")
    rules.append(f"{s}.quiet .edge.forward{{stroke:{p.quiet}}}{s}.quiet .forward-tip{{fill:{p.quiet}}}")
    rules.append(f"{s} .of-parameter,{s} .remark text{{fill:{p.nodes['parameter'][1]}}}")
    rules.append(f"{s} .of-backward{{fill:{p.lines['backward']}}}")
    for k, (fill, ink) in enumerate(zip(p.ramp, p.ramp_ink, strict=True)):
        rules.append(f"{s} .g{k} .fill{{fill:{fill}}}{s} .g{k} text{{fill:{ink}}}{s} .r{k}{{fill:{fill}}}")
    rules.append(f"{s} .unknown .fill{{fill:{p.unknown[0]};stroke:{p.unknown[1]}}}")
    rules.append(f"{s} .zero .fill{{fill:{p.paper}}}")
    rules.append(f"{s} .bad .fill{{fill:url(#{s[1:]}-hatch);stroke:{p.bad[1]}}}")
    rules.append(f"{s} .hatch{{fill:{p.bad[0]}}}{s} .hatching{{stroke:{p.bad[1]};stroke-width:1.5}}")
    return "".join(rules)
