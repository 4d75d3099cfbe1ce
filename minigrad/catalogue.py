"""What is differentiable, read off the tables that the rules filled."""

from __future__ import annotations

from minigrad import ops
from minigrad.dispatch import full_name
from minigrad.op import CONSTANT, DIFFERENTIABLE, REFUSED


def families() -> dict[str, list[str]]:
    """NumPy's differentiable functions by family of mathematics, the module with their rule.

    Each has derivatives of any order, in reverse mode and in forward mode.

    Example:
        >>> families()["trigonometric"][:3]
        ['arccos', 'arcsin', 'arctan']
    """
    found: dict[str, list[str]] = {name: [] for name in ops.__all__}
    for function, builder in DIFFERENTIABLE.items():
        module = getattr(builder, "__module__", type(builder).__module__).rsplit(".", 1)[-1]
        name = full_name(function)
        if name.startswith("numpy.") and module in found:
            found[module].append(name.removeprefix("numpy."))
    return {module: sorted(set(names)) for module, names in found.items() if names}


def markdown() -> str:
    """The table of the README: a row for each family."""
    rows = [f"| {module} | {', '.join(names)} |" for module, names in families().items()]
    total = sum(map(len, families().values()))
    counts = (
        f"{total} functions of NumPy are differentiable, to any order and in both modes; {len(CONSTANT)} are "
        f"piecewise constant or ask about shapes, and give arrays; {len(REFUSED)} are refused by name, with "
        "what to use instead."
    )
    return "\n".join([counts, "", "| family | functions |", "|---|---|", *rows])
