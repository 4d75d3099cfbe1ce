"""The colours of a picture, in the light and in the dark."""

from __future__ import annotations

from dataclasses import dataclass

RAMP = ("#FFF7EC", "#FEE8C8", "#FDD49E", "#FDBB84", "#FC8D59", "#EF6548", "#D7301F", "#B30000", "#7F0000")
INK, PAPER = "#1F2328", "#FFFFFF"
FIRST_DARK = 6
"""From this place on the ramp is so dark that letters on it are white."""


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for.

    Attributes:
        paper: behind everything.
        ink: of letters.
        notes: of small letters.
        frame: of the frames of the steps.
        nodes: fill and border by role.
        lines: by kind of edge.
        quiet: forward edges where gradients are shown.
        ramp: from small to large gradients.
        ramp_ink: of letters on them.
        unknown: fill and border where no gradient was computed.
        bad: the hatching where one is not finite.
    """

    paper: str
    ink: str
    notes: str
    frame: str
    nodes: dict[str, tuple[str, str]]
    lines: dict[str, str]
    quiet: str
    ramp: tuple[str, ...]
    ramp_ink: tuple[str, ...]
    unknown: tuple[str, str]
    bad: tuple[str, str]


LIGHT = Palette(
    paper=PAPER,
    ink=INK,
    notes="#5F6672",
    frame="#C9CED6",
    nodes={
        "input": ("#DCEAF7", "#1F5FA8"),
        "parameter": ("#FBE8C6", "#A86200"),
        "hidden": ("#E2F2E6", "#1B7A43"),
        "output": ("#FFFFFF", "#4A4F57"),
        "loss": ("#FBE3E1", "#B3261E"),
        "target": ("#ECE6F5", "#6A4BA3"),
        "op": ("#F3F4F6", "#6B7280"),
        "delay": ("#111111", "#111111"),
    },
    lines={
        "forward": "#3A3F47",
        "recurrent": "#1B7A43",
        "parameter": "#B98A3A",
        "backward": "#C2410C",
        "tie": "#B98A3A",
    },
    quiet="#9AA1AC",
    ramp=RAMP,
    ramp_ink=(INK,) * FIRST_DARK + (PAPER,) * (len(RAMP) - FIRST_DARK),
    unknown=("#E3E5E8", "#8A919C"),
    bad=("#FFD6F5", "#C4149B"),
)
DARK = Palette(
    paper="#14171C",
    ink="#E6E8EB",
    notes="#9AA3AF",
    frame="#3B424D",
    nodes={
        "input": ("#16324D", "#7DB4EE"),
        "parameter": ("#3D2C0E", "#E2B04A"),
        "hidden": ("#14372A", "#6FD39A"),
        "output": ("#22262D", "#B6BDC7"),
        "loss": ("#431D1B", "#FF8F85"),
        "target": ("#2D2542", "#B9A1EC"),
        "op": ("#22262D", "#9AA3AF"),
        "delay": ("#E6E8EB", "#E6E8EB"),
    },
    lines={
        "forward": "#C3C9D2",
        "recurrent": "#6FD39A",
        "parameter": "#C99B45",
        "backward": "#FB923C",
        "tie": "#C99B45",
    },
    quiet="#6B7482",
    ramp=RAMP[::-1],
    ramp_ink=(PAPER,) * (len(RAMP) - FIRST_DARK) + (INK,) * FIRST_DARK,
    unknown=("#2A2F37", "#7B838F"),
    bad=("#4A1040", "#FF7ADF"),
)
