"""What the quantities of a comparison are called, and the equation that each one comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigrad.closed_form import cite

PARAMETERS = frozenset("UWVbc")
JACOBIAN = "∂h(t)/∂h(t−1)"
PRODUCT = "∂h(T)/∂h(T−l)"
ORDER = ("∂L/∂L(t)", "∇o(t)", "∇h(T)", "∇h(t)", "∇h(0)", "∇a(t)", JACOBIAN, PRODUCT)
"""The quantities that a table begins with."""


def gradient_key(key: Any, last: int) -> Any:
    """The name, or (name, step), of the gradient stored under `key` in a closed form.

    The ends of the time axis have other equations than its middle, so they have names of their own.

    Args:
        key: a key of `ClosedForm.gradients`.
        last: T.

    Example:
        >>> gradient_key("W", 6), gradient_key(("W", 2), 6), gradient_key(("h", 6), 6)
        ('∇W', ('∇W⁽ᵗ⁾', 2), '∇h(T)')
    """
    if isinstance(key, str):
        return f"∇{key}"
    name, t = key
    if name in PARAMETERS:
        return (f"∇{name}⁽ᵗ⁾", t)
    if name == "h" and t in (0, last):
        return "∇h(0)" if t == 0 else "∇h(T)"
    return ("∂L/∂L(t)" if name == "L" else f"∇{name}(t)", t)


def jacobian_key(key: Any) -> tuple[str, int]:
    """The name and step of the Jacobian under `key` in a closed form; of a product, name and lag.

    Example:
        >>> jacobian_key(("h", 2)), jacobian_key(("h", 6, 2))
        (('∂h(t)/∂h(t−1)', 3), ('∂h(T)/∂h(T−l)', 4))
    """
    if len(key) > 2:  # noqa: PLR2004  # (h, T, k)
        return (PRODUCT, key[1] - key[2])
    return (JACOBIAN, key[1] + 1)


def loss_term_key(key: Any) -> tuple[str, int]:
    """The name and step of one loss term's gradient.

    Example:
        >>> loss_term_key(("W", 3))
        ('∂L(t)/∂W', 3)
    """
    return (f"∂L(t)/∂{key[0]}", key[1])


def sources(gradients: Any, equations: Mapping[str, str], last: int) -> dict[str, str]:
    """The source equation of each gradient by the name that it has in a comparison.

    Args:
        gradients: the keys of `ClosedForm.gradients`.
        equations: the EQUATIONS of the form.
        last: T.

    Example:
        >>> sources([("h", 6), "W"], {"h_last": "G 10.19", "W": "G 10.26"}, 6)
        {'∇h(T)': 'G 10.19', '∇W': 'G 10.26'}
    """
    found = {}
    for key in gradients:
        shown = gradient_key(key, last)
        found[shown if isinstance(shown, str) else shown[0]] = cite(equations, key, last)
    return found


def in_order(table: Mapping[Any, Any]) -> dict[Any, Any]:
    """A table of named quantities in the order in which they are shown: nodes, shares, parameters.

    Example:
        >>> list(in_order({"∇W": 1, ("∇W⁽ᵗ⁾", 1): 2, ("∇o(t)", 1): 3}))
        [('∇o(t)', 1), ('∇W⁽ᵗ⁾', 1), '∇W']
    """

    def rank(key: Any) -> int:
        name = key if isinstance(key, str) else key[0]
        known = ORDER.index(name) if name in ORDER else len(ORDER)
        return known + (isinstance(key, str) and name not in ORDER)

    return {key: table[key] for key in sorted(table, key=rank)}
