"""The unrolled states as a small picture that marks the first departure in red."""

from __future__ import annotations

from html import escape

from minigrad.diagnosis.departure import Departure

_STEP, _TOP, _RADIUS, _MOST = 84, 62, 19, 12
_RIGHT = "var(--good)"


def strip(found: Departure) -> str:
    """An SVG of h(1) … h(T) with the edges of the way back: exact in green, the departure in red.

    Args:
        found: the departure; of a long sequence the steps around it are drawn.
    """
    first = max(1, min(found.step - 2, found.last - _MOST + 1))
    last = min(found.last, first + _MOST - 1)
    steps = range(first, last + 1)
    width = _STEP * len(steps) + 40
    drawn = [_state(t, first, found) for t in steps]
    drawn += [_edge(t, first, found) for t in steps if t < last]
    title = escape(found.title)
    return (
        f'<svg role="img" aria-label="{title}" viewBox="0 0 {width} 104" width="{width}" '
        f'font-family="ui-monospace,monospace" font-size="12">{"".join(drawn)}</svg>'
    )


def _x(t: int, first: int) -> int:
    return 40 + _STEP * (t - first)


def _colour(t: int, found: Departure) -> str:
    if t == found.step:
        return "var(--bad)"
    return _RIGHT if t > found.step else "var(--dim)"


def _state(t: int, first: int, found: Departure) -> str:
    """A state, and the edge into it from its output."""
    x, colour = _x(t, first), _colour(t, found)
    width = 3 if t == found.step else 1.5
    into, thick = (colour, width) if found.differs("from y") else (_RIGHT, 1.5)
    if t != found.step:
        into, thick = colour, width
    return (
        f'<circle cx="{x}" cy="{_TOP}" r="{_RADIUS}" fill="none" stroke="{colour}" stroke-width="{width}"/>'
        f'<text x="{x}" y="{_TOP + 4}" text-anchor="middle" fill="currentColor">h({t})</text>'
        f'<text x="{x}" y="12" text-anchor="middle" fill="currentColor">y({t})</text>'
        f'<path d="M{x} 17V{_TOP - _RADIUS - 2}" stroke="{into}" stroke-width="{thick}"/>'
        f'<path d="M{x - 4} {_TOP - _RADIUS - 8}l4 6l4 -6" fill="none" stroke="{into}"/>'
    )


def _edge(t: int, first: int, found: Departure) -> str:
    """The edge that leads back from h(t+1) to h(t)."""
    left, right = _x(t, first) + _RADIUS + 2, _x(t + 1, first) - _RADIUS
    colour, width = _colour(t, found), 1.5
    if t == found.step:
        colour, width = (colour, 3) if found.differs("from h") else (_RIGHT, 1.5)
    return (
        f'<path d="M{right} {_TOP}H{left}" stroke="{colour}" stroke-width="{width}"/>'
        f'<path d="M{left + 6} {_TOP - 4}l-6 4l6 4" fill="none" stroke="{colour}"/>'
    )
