"""The legend of the gradients' colours and the bars below the grid, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from minigrad.draw.label import safe
from minigrad.draw.numbers import short
from minigrad.draw.scene import Bar, Legend

SWATCH, LEFT = 34.0, 100.0
MOST_LETTERS = 12


def place(value: float) -> str:
    """A coordinate, to a tenth of a point.

    Example:
        >>> place(3.04), place(-0.55)
        ('3', '-0.6')
    """
    return f"{value:.1f}".removesuffix(".0")


def legend(of: Legend) -> str:
    """The ramp with its ticks, and what a backward line is."""
    x, y = of.corner
    colours = len(of.ticks) - 1
    parts = ['<g class="legend">', _text(of.title, x, y + 12, "small left")]
    x += LEFT
    size = f'width="{place(SWATCH)}" height="16"'
    parts += [
        f'<rect class="r{k}" x="{place(x + SWATCH * k)}" y="{place(y)}" {size}/>' for k in range(colours)
    ]
    parts += [_text(short(of.ticks[k]), x + SWATCH * k, y + 28) for k in shown_ticks(colours)]
    x += SWATCH * colours + 24.0
    parts.append(f'<path class="edge backward" d="M{place(x + 30)} {place(y + 8)}H{place(x + 7)}"/>')
    parts += [_text("gradient contribution", x + 36, y + 11, "small left"), "</g>"]
    return "".join(parts)


def shown_ticks(colours: int) -> tuple[int, ...]:
    """Which borders of the colours have a number."""
    return (0, colours // 3, 2 * colours // 3, colours)


def bars(of: Sequence[Bar]) -> list[str]:
    """The bars with their norms, and the name of each parameter to the left of its own."""
    parts = []
    named: set[str] = set()
    for bar in of:
        (x, y), (w, h) = bar.corner, bar.size
        if bar.parameter not in named:
            named.add(bar.parameter)
            parts.append(_text(bar_name(bar.parameter), 20, y + h - 2, "small left"))
        size = f'width="{place(w)}" height="{place(max(h, 0.6))}"'
        tip = f"{escape(safe(bar.parameter))}, step {bar.step}: {short(bar.norm)}"
        shape = f'class="bar r{bar.fill}" x="{place(x)}" y="{place(y)}" {size}'
        parts.append(f"<rect {shape}><title>{tip}</title></rect>")
        parts.append(_text(short(bar.norm), x + w / 2, y + h + 9))
    return parts


def bar_name(parameter: str) -> str:
    """What stands to the left of a parameter's bars.

    Example:
        >>> bar_name("W")
        '‖∇W⁽ᵗ⁾‖'
    """
    short_name = parameter if len(parameter) <= MOST_LETTERS else parameter[: MOST_LETTERS - 1] + "…"
    return f"‖∇{short_name}⁽ᵗ⁾‖"


def _text(text: str, x: float, y: float, kind: str = "small") -> str:
    return f'<text class="{kind}" x="{place(x)}" y="{place(y)}">{escape(safe(text))}</text>'
