"""What is written to a view, or to a view of a view, is written to what it shows."""

import re

import numpy as np

from fuzz.families.indexing import operand, writable
from fuzz.source import Source
from fuzz.table import Call, Write, makes

SHOWN = re.compile(r"\be\b")


def look(s: Source, shape: tuple[int, ...]) -> str:
    """A view of e, an array of that shape."""
    n = len(shape)
    axis, other = s.integer(-n, n - 1), s.integer(-n, n - 1)
    start = s.integer(0, max(shape[0] - 1, 0))
    return s.one_of(
        f"e[{start}:]", "e[::-1]", "e[..., ::2]", "e[None]", f"e[{start}]" if n > 1 and shape[0] else "e[:]",
        "np.transpose(e)", f"np.swapaxes(e, {axis}, {other})", f"np.flip(e, {axis})",
        f"np.moveaxis(e, {axis}, {other})", f"np.expand_dims(e, {axis})",
    )  # fmt: skip


@makes("view = v", "view += v", "view *= v")
def write_through(name: str, s: Source) -> Call:
    x = writable(s)
    view = s.memory[x]
    whole, lines = "e", []
    w = x.replace("v", "w")
    for k in range(s.integer(1, 3)):
        text = look(s, view.shape)
        shown = eval(text, {"np": np, "e": view})  # noqa: S307  # a view that we wrote
        s.require(shown.ndim and np.may_share_memory(shown, s.memory[x]))
        lines.append(f"{w} = " + SHOWN.sub(w if k else x, text))
        whole = SHOWN.sub(lambda _, inner=whole: inner, text)
        view = shown
    v = operand(s, view.shape)
    s.require(v != x)
    sign = name.split()[1]
    lines.append(f"{w}[...] = {v}" if sign == "=" else f"{w} {sign} {v}")
    new = v if sign == "=" else f"np.look({x}, {whole!r}) {sign[0]} {v}"
    return Write(x, "\n".join(lines), f"np.put_view({x}, {whole!r}, {new})")
