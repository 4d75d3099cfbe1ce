"""What explains the ramp of gradient norms: its legend, and the bars of the steps."""

from __future__ import annotations

from minigrad.draw.numbers import short
from minigrad.draw.page.markup import element
from minigrad.draw.page.wording import escaped, shortened
from minigrad.draw.ramp import COLOURS
from minigrad.draw.scene import Bar, Legend

_WIDTH, _HEIGHT = 34.0, 16.0
_TITLE, _UNDER = 100.0, 28.0


def legend(ramp: Legend) -> str:
    """The colours of the ramp with the norms at their borders."""
    swatches = [
        element("rect", class_=f"body f{i}", x=_TITLE + i * _WIDTH, y=0, width=_WIDTH, height=_HEIGHT)
        for i in range(COLOURS)
    ]
    # With fewer ticks than ends of colours, the two ends of the ramp are open.
    first = 0 if len(ramp.ticks) > COLOURS - 1 else 1
    every = 3 if len(ramp.ticks) > COLOURS // 2 else 1
    ticks = [
        element(
            "text",
            short(norm),
            class_="tick",
            text_anchor="middle",
            x=_TITLE + (i + first) * _WIDTH,
            y=_UNDER,
        )
        for i, norm in enumerate(ramp.ticks)
        if i % every == 0
    ]
    title = element("text", escaped(ramp.title), x=0, y=12)
    place = f"translate({ramp.corner[0]:.2f} {ramp.corner[1]:.2f})"
    end = _TITLE + COLOURS * _WIDTH + 24.0
    arrow = element("path", class_="sample", d=f"M{end + 30} 8H{end + 8}", marker_end="url(#head-backward)")
    meaning = element("text", "gradient contribution", x=end + 36, y=11)
    return element("g", title, *swatches, *ticks, arrow, meaning, id="legend", transform=place)


def bars(drawn: tuple[Bar, ...]) -> list[str]:
    """The bars of the steps, each row with the name of its parameter to the left."""
    rows = {bar.parameter: bar for bar in reversed(drawn)}
    names = [
        element(
            "text",
            escaped(f"‖∇{shortened(name, 12)}⁽ᵗ⁾‖"),
            class_="row",
            x=20,
            y=bar.corner[1] + bar.size[1] - 2,
        )
        for name, bar in rows.items()
    ]
    return [*map(_bar, range(len(drawn)), drawn), *names]


def _bar(index: int, bar: Bar) -> str:
    told = element("title", escaped(f"{bar.parameter}, step {bar.step}: {bar.norm!r}"))
    w, h = bar.size
    body = element("rect", class_="body", width=w, height=max(h, 0.5))
    place = f"translate({bar.corner[0]:.2f} {bar.corner[1]:.2f})"
    under = {"text_anchor": "middle", "x": f"{w / 2:.2f}", "y": f"{h + 9:.2f}"}
    norm = element("text", short(bar.norm), class_="tick", **under)
    return element("g", told, body, norm, class_=f"bar f{bar.fill}", data_bar=str(index), transform=place)
