"""The draft of a case file: what could be found out about how somebody's functions are called."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from minigrad.foreign.case import case_path
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Options, examine, wanted
from minigrad.foreign.made_up import proposals
from minigrad.foreign.source import read_source

_TEMPLATE = """\
# How {file} is called; everything that it makes with rng or NumPy is traced.
def case(m, rng):                         # m: the module, rng: a seeded generator
    x = [rng.normal(size=(3, 1)) for _ in range(5)]
    y = m.forward(x)
    loss = ((y[-1] - 1) ** 2).sum()       # or ("upstream", output, G)
    return dict(loss=loss, params=["Wxh", "Whh", "Why"], call=lambda: m.backward(2 * (y[-1] - 1)))
"""


def draft(path: Path, options: Options) -> Path:
    """Write a case file for the file at `path`, by the calls that work, or else those that come closest.

    Returns:
        Where it was written.

    Raises:
        ForeignError: if there is one already, or the file can't be read.
    """
    target = options.case or case_path(path)
    if target.exists():
        msg = "there is a case file already; it is not overwritten"
        raise ForeignError(msg, target)
    source = read_source(path)
    found = examine(path, options)
    worked = found.chosen.driver.source if found.chosen is not None else ""
    first = next(islice(proposals(source.tree, wanted(source, options)), 1), None)
    text = worked or (first.case() if first is not None else _TEMPLATE.format(file=path.name))
    target.write_text(text, encoding="utf-8")
    return target
