"""Which equation of the sources gives a quantity."""

from collections.abc import Mapping

from minigrad.closed_form.result import Key

_PARAMETERS = frozenset({"U", "W", "V", "b", "c"})


def cite(equations: Mapping[str, str], key: Key, last: int) -> str:
    """The source equation of the gradient stored under `key`.

    A table of equations has a node's or parameter's base name, "W_t" for the dummy copy W⁽ᵗ⁾ (and
    so for each parameter), "h_last" for h(T) and "h_0" for the initial state.

    Args:
        equations: the EQUATIONS of the form.
        key: a key of `ClosedForm.gradients`.
        last: T, the number of steps.

    Raises:
        KeyError: the form does not define this quantity.

    Example:
        >>> cite({"h": "G 10.20", "h_last": "G 10.19"}, ("h", 6), last=6)
        'G 10.19'
    """
    name = _base_name(key, last)
    if name not in equations:
        message = f"no equation for {key!r} (looked up as {name!r}); it has {sorted(equations)}"
        raise KeyError(message)
    return equations[name]


def _base_name(key: Key, last: int) -> str:
    if isinstance(key, str):
        return key
    name, step = key[:2]
    if name in _PARAMETERS:
        return f"{name}_t"
    if name == "h":
        return {0: "h_0", last: "h_last"}.get(step, "h")
    return name
