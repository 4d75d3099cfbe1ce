"""The check, before any formula is used, that arguments are arrays of agreeing shapes."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.result import Array


def admit(form: str, **arguments: tuple[ArrayLike, str]) -> tuple[Array, ...]:
    """Copies of the arguments in one floating or complex type, once their shapes agree.

    Python numbers, lists, integers and booleans take the type of the others (float64 if there are
    no others), so that float32 stays float32.

    Args:
        form: the function that asks, for the message.
        **arguments: name=(value, sizes), one letter an axis: W=(W, "HH"). The first argument that
            has a letter decides its size.

    Raises:
        ValueError: not an array of numbers, an axis of size 0, a shape that disagrees.

    Example:
        >>> W, h = admit("demo", W=([[1, 2], [3, 4]], "HH"), h=([1, 2], "H"))
        >>> h
        array([1., 2.])
        >>> admit("demo", W=([[1, 2], [3, 4]], "HH"), h=([1, 2, 3], "H"))
        Traceback (most recent call last):
        ...
        ValueError: demo: h has shape (3,), wanted (H) = (2), where H = 2 is set by W; resize h or W
    """
    arrays = {name: _numbers(form, name, value) for name, (value, _) in arguments.items()}
    typed = [arrays[name].dtype for name, (value, _) in arguments.items() if _has_type(value)]
    dtype = np.result_type(*typed) if typed else np.result_type(float, *arrays.values())
    owner: dict[str, tuple[str, int]] = {}
    for name, (_, letters) in arguments.items():
        _require_shape(form, name, arrays[name].shape, letters, owner)
    return tuple(array.astype(dtype) for array in arrays.values())


def require_distributions(form: str, name: str, targets: Array) -> None:
    """Refuse targets of shape `(T, ..., C)` with a row that does not sum to 1.

    ∂L(t)/∂o(t) = ŷ(t) − y(t) holds only then (Rossi 17, Huang 42–43).

    Raises:
        ValueError: names the first such row and its sum.

    Example:
        >>> require_distributions("demo", "y", np.array([[0.0, 1.0], [0.2, 0.7]]))
        Traceback (most recent call last):
        ...
        ValueError: demo: y at step t=2 has a row that sums to 0.9, wanted 1; normalise it
    """
    sums = targets.sum(axis=-1)
    tolerance = 8 * targets.shape[-1] * np.finfo(targets.dtype).eps
    wrong = np.argwhere(~(np.abs(sums - 1) <= tolerance))
    if wrong.size:
        index = tuple(wrong[0])
        where = f"step t={index[0] + 1}" + "".join(f", point n={n}" for n in index[1:])
        message = f"{form}: {name} at {where} has a row that sums to {sums[index]:.7g}, wanted 1"
        message += "; normalise it"
        raise ValueError(message)


def require_steps(form: str, k: int, t: int, last: int) -> None:
    """Refuse steps that are not 0 ≤ k ≤ t ≤ last.

    Raises:
        ValueError: says which steps were given and which there are.

    Example:
        >>> require_steps("demo", k=3, t=2, last=6)
        Traceback (most recent call last):
        ...
        ValueError: demo: steps k=3, t=2, wanted 0 <= k <= t <= 6; choose steps of the run
    """
    if not 0 <= k <= t <= last:
        message = f"{form}: steps k={k}, t={t}, wanted 0 <= k <= t <= {last}"
        message += "; choose steps of the run"
        raise ValueError(message)


def _has_type(value: ArrayLike) -> bool:
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "fc"


def _numbers(form: str, name: str, value: ArrayLike) -> Array:
    try:
        array = np.asarray(value)
    except ValueError as error:
        message = f"{form}: {name} is no array, wanted rows of equal length; {error}"
        raise ValueError(message) from error
    if array.dtype.kind not in "biufc":
        message = f"{form}: {name} has dtype {array.dtype}, wanted numbers; convert {name} first"
        raise ValueError(message)
    return array


def _require_shape(
    form: str, name: str, shape: tuple[int, ...], letters: str, owner: dict[str, tuple[str, int]]
) -> None:
    wanted = f"({', '.join(letters)})"
    if len(shape) != len(letters) or 0 in shape:
        message = f"{form}: {name} has shape {shape}, wanted {wanted} with every size at least 1"
        message += f"; reshape {name}"
        raise ValueError(message)
    before = {letter: owner[letter] for letter in letters if letter in owner}
    for letter, size in zip(letters, shape, strict=True):
        owner.setdefault(letter, (name, size))
    if any(owner[letter][1] != size for letter, size in zip(letters, shape, strict=True)):
        sizes = f"({', '.join(str(owner[letter][1]) for letter in letters)})"
        decided = " and ".join(f"{a} = {size} is set by {who}" for a, (who, size) in before.items())
        where = decided or f"{letters[0]} is one size"
        others = sorted({who for who, _ in before.values()})
        message = f"{form}: {name} has shape {shape}, wanted {wanted} = {sizes}, where {where}"
        message += f"; resize {' or '.join([name, *others])}"
        raise ValueError(message)
