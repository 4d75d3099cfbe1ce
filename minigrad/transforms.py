"""Functions in, derivatives out: gradients, Jacobians, Hessians, and products with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import numpy as np

from minigrad import tree
from minigrad.linearisation import Argnums, Linearisation
from minigrad.tensor import Tensor

Function = Callable[..., Any]


def grad(f: Function, argnums: Argnums = 0) -> Function:
    """The function that gives ∂f/∂(argument `argnums`) in place of f.

    The gradient has the containers, shapes and types of the argument; it is zero for what f does not
    depend on, also when f returns a constant. An argument that is a number gives a NumPy number. What f
    writes into an argument (x += 1, x[i] = v) counts, and the caller's array stays as it is. Tensors
    come out when an argument is one, or when f uses tensors from outside, so that grad(grad(f)) and
    gradients inside of gradients are derivatives like any other.

    Args:
        f: returns one number, as an array or tensor of one entry.
        argnums: the position of the argument, or a tuple of positions, which gives a tuple; an argument
            is a float, an array or tensor, or dicts, lists and tuples of these.

    Raises:
        TypeError: if an argument is no float (an int has no small changes), or f returns no number.
        ValueError: if f returns more than one number, or `argnums` does not fit the call.

    Example:
        >>> import numpy as np
        >>> grad(lambda p: np.sum(p["w"] ** 2))({"w": np.array([1.0, 2.0])})
        {'w': array([2., 4.])}
        >>> float(grad(grad(lambda x: x**3))(2.0))
        12.0
    """
    both = value_and_grad(f, argnums)

    @wraps(f)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        return both(*args, **kwargs)[1]

    return gradient


def value_and_grad(f: Function, argnums: Argnums = 0) -> Function:
    """The function that gives (f, ∂f/∂(argument `argnums`)) with one call of f; see `grad`.

    Example:
        >>> value, slope = value_and_grad(lambda x, y: x * y, argnums=1)(2.0, 3.0)
        >>> float(value), float(slope)
        (6.0, 2.0)
    """
    _check_callable(f)

    @wraps(f)
    def value_and_gradient(*args: Any, **kwargs: Any) -> Any:
        near = Linearisation(f, args, kwargs, argnums)
        near.scalar()
        seed = tree.build(near.shape, [np.ones(np.shape(near.value))])
        return near.value, near.arranged(near.pull(near.cotangents(seed)))

    return value_and_gradient


def vjp(f: Function, *primals: Any) -> tuple[Any, Function]:
    """f(*primals), and the function that pulls a cotangent of it back to the primals.

    Args:
        f: returns an array or tensor of any shape, or dicts, lists and tuples of these.
        primals: the arguments, of the kinds that `grad` takes.

    Returns:
        The value and `pull`: for G = ∂L/∂f, in the containers and shapes of the value, pull(G) is the
        tuple of ∂L/∂primal. A tensor G gives tensors, which depend on it.

    Raises:
        TypeError: as `grad`.
        ValueError: from `pull`, if G has other containers or shapes than the value.

    Example:
        >>> import numpy as np
        >>> value, pull = vjp(lambda x: x**2, np.array([1.0, 2.0]))
        >>> pull(np.array([1.0, 10.0]))
        (array([ 2., 40.]),)
    """
    _check_callable(f)
    near = Linearisation(f, primals, {}, tuple(range(len(primals))))

    def pull(cotangent: Any) -> Any:
        return near.arranged(near.pull(near.cotangents(cotangent)))

    return near.value, pull


def jvp(f: Function, primals: Any, tangents: Any) -> tuple[Any, Any]:
    """f(*primals), and its change along `tangents`, that is forward mode.

    Back-propagation is linear in the cotangent; back-propagating through it once more is its transpose,
    the derivative itself. So an op needs no rule beside its `bprop_…`.

    Args:
        f: as for `vjp`.
        primals: a tuple or list with the arguments.
        tangents: their changes, in the same containers and shapes.

    Raises:
        TypeError: as `grad`, or if `primals` is no tuple or list.
        ValueError: if the tangents have other containers or shapes than the primals.

    Example:
        >>> value, tangent = jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 10.0))
        >>> float(value), float(tangent)
        (6.0, 23.0)
    """
    _check_callable(f)
    if not isinstance(primals, (list, tuple)):
        msg = f"primals is a tuple or list with one entry per argument, not {type(primals).__name__}"
        raise TypeError(msg)
    near = Linearisation(f, tuple(primals), {}, tuple(range(len(primals))))
    return near.value, tree.build(near.shape, near.push(near.tangents(tangents)))


def jacobian(f: Function, argnums: Argnums = 0) -> Function:
    """The function that gives ∂f/∂(argument `argnums`), of shape f.shape + argument.shape.

    It is made of rows by `vjp` or of columns by `jvp`, whichever are fewer. Where f or the argument is a
    dict, list or tuple, the blocks stand in the containers of f and in them in those of the argument.

    Args:
        f: as for `vjp`.
        argnums: as for `grad`.

    Raises:
        TypeError: as `grad`.
        ValueError: if `argnums` does not fit the call.

    Example:
        >>> import numpy as np
        >>> jacobian(lambda x: x[:2] * x[2])(np.array([1.0, 2.0, 3.0])).tolist()
        [[3.0, 0.0, 1.0], [0.0, 3.0, 2.0]]
    """
    _check_callable(f)

    @wraps(f)
    def blocks(*args: Any, **kwargs: Any) -> Any:
        near = Linearisation(f, args, kwargs, argnums)
        rows = sum(y.size for y in near.outputs if isinstance(y, Tensor))
        columns = sum(x.size for x in near.points)
        found = _rows(near) if rows <= columns else _columns(near)
        return tree.build(near.shape, [near.arranged(row) for row in found])

    return blocks


def hessian(f: Function, argnums: Argnums = 0) -> Function:
    """The function that gives ∂²f/∂(argument)², of shape argument.shape + argument.shape.

    Args:
        f: returns one number.
        argnums: as for `grad`; a tuple gives a tuple of tuples of blocks.

    Raises:
        TypeError, ValueError: as `grad`.

    Example:
        >>> import numpy as np
        >>> hessian(lambda x: x[0] * x[1] ** 2)(np.array([3.0, 2.0])).tolist()
        [[0.0, 4.0], [4.0, 6.0]]
    """
    return jacobian(grad(f, argnums), argnums)


def hvp(f: Function, argnums: Argnums = 0) -> Function:
    """The function that takes the arguments of f and then v, and gives ∂²f/∂(argument)² · v.

    Args:
        f: returns one number.
        argnums: as for `grad`; v and the product have the containers and shapes of the gradient.

    Raises:
        TypeError: as `grad`, or if v is missing.
        ValueError: as `grad`, or if v has other containers or shapes than the gradient.

    Example:
        >>> import numpy as np
        >>> hvp(lambda x: np.sum(x**3))(np.array([1.0, 2.0]), np.array([1.0, 10.0])).tolist()
        [6.0, 120.0]
    """
    gradient = grad(f, argnums)

    @wraps(f)
    def product(*args_and_v: Any, **kwargs: Any) -> Any:
        if len(args_and_v) < 2:  # noqa: PLR2004  # one argument and v
            msg = "hvp(f) takes the arguments of f and then v, the vector that the Hessian multiplies"
            raise TypeError(msg)
        *args, v = args_and_v
        near = Linearisation(gradient, tuple(args), kwargs, argnums)
        # The Hessian is symmetric, so that the product from the left is the one from the right.
        return near.arranged(near.pull(near.cotangents(v)))

    return product


def _rows(near: Linearisation) -> list[list[Any]]:
    """The block of each output and point, by one pull per entry of an output."""
    blocks = []
    for k, y in enumerate(near.outputs):
        pulled = [near.pull(near.cotangents(tree.build(near.shape, u))) for u in _units(near.outputs, k)]
        blocks.append([_joined([g[j] for g in pulled], 0, y, x) for j, x in enumerate(near.points)])
    return blocks


def _columns(near: Linearisation) -> list[list[Any]]:
    """The block of each output and point, by one push per entry of a point."""
    blocks: list[list[Any]] = [[] for _ in near.outputs]
    for j, x in enumerate(near.points):
        pushed = [near.push(unit) for unit in _units(near.points, j)]
        for k, y in enumerate(near.outputs):
            blocks[k].append(_joined([t[k] for t in pushed], -1, y, x))
    return blocks


def _units(spaces: list[Any], k: int) -> Iterator[list[Any]]:
    """The unit vectors of the k-th of `spaces`, beside 0 in the others."""
    for entry in range(np.size(spaces[k])):
        unit = [np.zeros(np.shape(x), getattr(x, "dtype", float)) for x in spaces]
        unit[k].flat[entry] = 1
        yield unit


def _joined(parts: list[Any], axis: int, y: Any, x: Tensor) -> Any:
    """The block ∂y/∂x of a Jacobian from its rows or columns, in the type of x."""
    shape = np.shape(y) + x.shape
    if not parts:
        return np.zeros(shape, x.dtype)
    return np.reshape(np.stack(parts, axis=axis), shape).astype(x.dtype)


def _check_callable(f: Any) -> None:
    if not callable(f):
        msg = f"a function is wanted, not {f!r} of type {type(f).__name__}: grad(f)(x), not grad(f(x))"
        raise TypeError(msg)
