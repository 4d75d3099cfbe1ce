"""Linear algebra of well-conditioned matrices."""

import numpy as np

from fuzz.program import NAME
from fuzz.source import Source
from fuzz.table import Both, Call, makes

WORST = 8.0
"""The condition number that a matrix has at most."""

SMALLEST = 0.05
"""The size that its determinant has at least."""


def positive(s: Source) -> tuple[str, int]:
    """A symmetric positive definite matrix as text, and its size."""
    x = s.value(lambda x: x.ndim in {2, 3} and 0 < x.shape[-2] < 5 and x.shape[-1] > 0)
    n = s[x].shape[-2]
    scaled = s[x] @ np.swapaxes(s[x], -1, -2)
    s.require(np.linalg.cond(scaled + 1.5 * np.eye(n)) < WORST)
    return f"({x} @ np.swapaxes({x}, -1, -2) + 1.5 * np.eye({n}, dtype=F))", n


def regular(s: Source) -> tuple[str, int]:
    """A well-conditioned square matrix, symmetric or not, as text, and its size."""
    if s.chance(0.3):
        return positive(s)
    x = s.value(lambda x: x.ndim in {2, 3} and x.shape[-1] == x.shape[-2] and 0 < x.shape[-1] < 5)
    n = s[x].shape[-1]
    if np.all(np.linalg.cond(s[x]) < WORST) and np.all(np.abs(np.linalg.det(s[x])) > SMALLEST):
        return x, n
    shifted = s[x] + 2.5 * np.eye(n)
    s.require(np.linalg.cond(shifted) < WORST)
    s.require(np.abs(np.linalg.det(shifted)) > SMALLEST)
    return f"({x} + 2.5 * np.eye({n}, dtype=F))", n


@makes("np.linalg.inv", "np.linalg.det", "np.linalg.pinv")
def of_square(name: str, s: Source) -> Call:
    return f"{name}({regular(s)[0]})"


@makes("np.linalg.slogdet")
def slogdet(name: str, s: Source) -> Call:
    return f"{name}({regular(s)[0]})[1]"


@makes("np.linalg.solve")
def solve(name: str, s: Source) -> Call:
    a, n = regular(s)
    b = s.value(lambda b: b.shape == (n,) or (b.ndim == 2 and b.shape[0] == n))
    return f"{name}({a}, {b})"


@makes("np.linalg.cholesky")
def cholesky(name: str, s: Source) -> Call:
    return f"{name}({positive(s)[0]})"


@makes("np.linalg.eigvalsh")
def eigvalsh(name: str, s: Source) -> Call:
    a, _ = _separated(s)
    return f"{name}({a})"


@makes("np.linalg.eigh")
def eigh(name: str, s: Source) -> Call:
    """The inverse, which does not depend on the signs of the vectors."""
    a, _ = _separated(s)
    vectors = "(lambda w, V: (V / w[..., None, :]) @ V.mT)"
    return Both(f"{vectors}(*{name}({a}))", f"np.linalg.inv({a})")


def _separated(s: Source) -> tuple[str, int]:
    a, n = positive(s)
    names = {"np": np, "F": float, **s.values}
    w = np.linalg.eigvalsh(eval(a, names))  # noqa: S307  # a matrix that we wrote
    s.require(np.diff(w, axis=-1) > 0.2)
    return a, n


@makes("np.linalg.svdvals")
def svdvals(name: str, s: Source) -> Call:
    a, _ = _separated(s)
    return f"{name}({a})"


@makes("np.linalg.matrix_power")
def matrix_power(name: str, s: Source) -> Call:
    return f"{name}({regular(s)[0]}, {s.one_of(0, 1, 2, 3, -1, -2)})"


@makes("np.linalg.multi_dot")
def multi_dot(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.ndim == 2)
    b = s.value(lambda b: b.ndim == 2 and b.shape[0] == s[a].shape[1])
    c = s.value(lambda c: c.ndim == 2 and c.shape[0] == s[b].shape[1])
    return f"{name}([{a}, {b}, {c}])"


@makes("np.linalg.svd")
def svd(name: str, s: Source) -> Call:
    """The inverse, which does not depend on the signs of the vectors."""
    a, _ = _separated(s)
    vectors = "(lambda U, w, V: (U / w[..., None, :]) @ V)"
    full = s.one_of("", ", full_matrices=False")
    return Both(f"{vectors}(*{name}({a}{full}))", f"np.linalg.inv({a})")


@makes("np.linalg.cond")
def cond(name: str, s: Source) -> Call:
    return f"{name}({_separated(s)[0]})"


@makes("np.linalg.lstsq", "np.linalg.tensorsolve", "np.linalg.tensorinv")
def of_one_matrix(name: str, s: Source) -> Call:
    a, n = regular(s)
    s.require(np.ndim(s[NAME.findall(a)[0]]) == 2)
    if name == "np.linalg.tensorinv":
        return Both(f"{name}({a}, ind=1)", f"np.linalg.inv({a})")
    b = s.value(lambda b: b.shape == (n,))
    return Both(f"{name}({a}, {b}){'[0]' * ('lstsq' in name)}", f"np.linalg.solve({a}, {b})")


@makes("np.linalg.qr")
def qr(name: str, s: Source) -> Call:
    """The sizes of the diagonal of R, whose signs are a convention."""
    a, _ = regular(s)
    return f"np.absolute(np.diagonal({name}({a}, mode='r'), 0, -2, -1))"
