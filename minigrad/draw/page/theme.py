"""The colours of the picture as rules of a style sheet, each for the light and for the dark."""

from __future__ import annotations

from minigrad.draw.palette import DARK, LIGHT


def theme() -> str:
    """Variables for what both palettes have: `--paper`, `--forward` …, by role `--fill` and `--edge`.

    Example:
        >>> "--paper: light-dark(#FFFFFF, #14171C);" in theme()
        True
    """
    names = ("paper", "ink", "notes", "frame", "quiet")
    rules = [_rule(":root", {name: (getattr(LIGHT, name), getattr(DARK, name)) for name in names})]
    rules.append(_rule(":root", {kind: (LIGHT.lines[kind], DARK.lines[kind]) for kind in LIGHT.lines}))
    for role, (fill, edge) in LIGHT.nodes.items():
        dark_fill, dark_edge = DARK.nodes[role]
        rules.append(_rule(f".{role}", {"fill": (fill, dark_fill), "edge": (edge, dark_edge)}))
    for k, (fill, ink) in enumerate(zip(LIGHT.ramp, LIGHT.ramp_ink, strict=True)):
        rules.append(_rule(f".f{k}", {"ramp": (fill, DARK.ramp[k]), "on": (ink, DARK.ramp_ink[k])}))
    for state in ("unknown", "bad"):
        pairs = zip(getattr(LIGHT, state), getattr(DARK, state), strict=True)
        rules.append(_rule(":root", dict(zip((state, f"{state}-edge"), pairs, strict=True))))
    return "".join(rules)


def _rule(selector: str, variables: dict[str, tuple[str, str]]) -> str:
    inner = " ".join(f"--{name}: light-dark({light}, {dark});" for name, (light, dark) in variables.items())
    return f"{selector} {{ {inner} }}\n"
