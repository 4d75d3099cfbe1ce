"""Elements as text whose attributes are always escaped."""

from __future__ import annotations

from minigrad.draw.page.wording import escaped


def element(tag: str, *content: str, **attributes: str | float | None) -> str:
    """An element with its content, which is markup already.

    Args:
        tag: its name.
        content: what it holds, in order.
        attributes: `stroke_width=2` is the attribute stroke-width, `class_` is class; None: not there.

    Example:
        >>> element("g", class_='"', x=0.50)
        '<g class="&quot;" x="0.5"/>'
    """
    opening = tag + "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    return f"<{opening}>{inner}</{tag}>" if inner else f"<{opening}/>"


def coordinate(x: float) -> str:
    """A length in points, to a hundredth.

    Example:
        >>> coordinate(12345678.0), coordinate(-0.125)
        ('12345678', '-0.12')
    """
    text = f"{x:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _written(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else coordinate(value)
