"""Products of tensors at orders 1, 2 and 3."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg

RNG = np.random.default_rng(23)


def draw(*shape):
    return RNG.uniform(-2, 2, shape)


CASES = {
    "tensordot-0": (lambda a, b: np.tensordot(a, b, 0), (2, 3), (4,)),
    "tensordot-1": (lambda a, b: np.tensordot(a, b, 1), (2, 3, 4), (4, 5)),
    "tensordot-2": (np.tensordot, (2, 3, 4), (3, 4, 5)),
    "tensordot-all": (lambda a, b: np.tensordot(a, b, 3), (2, 3, 4), (2, 3, 4)),
    "tensordot-crossed": (lambda a, b: np.tensordot(a, b, ([0, 2], [2, 1])), (2, 3, 4), (5, 4, 2)),
    "tensordot-negative": (lambda a, b: np.tensordot(a, b, (-1, 0)), (2, 4), (4, 3, 5)),
    "tensordot-three": (lambda a, b: np.tensordot(a, b, ((2, 0, 1), (0, 3, 1))), (2, 3, 4), (4, 3, 5, 2)),
    "tensordot-empty": (lambda a, b: np.tensordot(a, b, 1), (2, 0), (0, 3)),
    "linalg.tensordot": (lambda a, b: np.linalg.tensordot(a, b, axes=1), (2, 3), (3, 4)),
    "inner": (np.inner, (2, 3, 4), (5, 4)),
    "inner-vectors": (np.inner, (4,), (4,)),
    "inner-scalar": (np.inner, (), (2, 3)),
    "vdot": (np.vdot, (2, 3), (2, 3)),
    "vdot-shapes": (np.vdot, (2, 3), (6,)),
    "linalg.outer": (np.linalg.outer, (3,), (4,)),
    "linalg.matmul": (np.linalg.matmul, (2, 3, 4), (4, 5)),
    "vecdot": (np.vecdot, (5, 3, 4), (3, 4)),
    "vecdot-copied": (np.vecdot, (1, 4), (3, 4)),
    "vecdot-axis": (lambda a, b: np.vecdot(a, b, axis=0), (4, 3), (4, 1)),
    "linalg.vecdot": (lambda a, b: np.linalg.vecdot(a, b, axis=-2), (2, 4, 3), (4, 3)),
    "kron": (np.kron, (2, 3), (4, 5)),
    "kron-ndims": (np.kron, (3,), (2, 4, 2)),
    "kron-scalar": (np.kron, (), (2, 3)),
    "kron-empty": (np.kron, (2, 0), (4, 5)),
    "trace": (np.trace, (4, 4)),
    "trace-wide": (lambda a: np.trace(a, 1), (3, 5)),
    "trace-low": (lambda a: np.trace(a, -2), (5, 3)),
    "trace-outside": (lambda a: np.trace(a, 7), (5, 3)),
    "trace-axes": (lambda a: np.trace(a, offset=1, axis1=-1, axis2=0), (3, 2, 4)),
    "linalg.trace": (lambda a: np.linalg.trace(a, offset=-1), (2, 4, 3)),
    "cross": (np.cross, (3,), (3,)),
    "cross-copied": (np.cross, (4, 3), (2, 1, 3)),
    "cross-axes": (lambda a, b: np.cross(a, b, axisa=0, axisb=1, axisc=0), (3, 4), (4, 3)),
    "cross-axis": (lambda a, b: np.cross(a, b, axis=1), (2, 3, 4), (2, 3, 4)),
    "linalg.cross": (lambda a, b: np.linalg.cross(a, b, axis=0), (3, 2), (3, 2)),
}
if hasattr(np, "matvec"):
    CASES |= {
        "matvec": (np.matvec, (2, 3, 4), (4,)),
        "matvec-copied": (np.matvec, (3, 4), (5, 2, 4)),
        "vecmat": (np.vecmat, (5, 3), (2, 1, 3, 4)),
        "vecmat-one": (np.vecmat, (3,), (3, 4)),
    }


@pytest.mark.parametrize(("f", "shapes"), [(c[0], c[1:]) for c in CASES.values()], ids=list(CASES))
def test_the_slopes(f, shapes):
    xs = [draw(*shape) for shape in shapes]
    check_orders(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    check_values_and_types(f, *xs)
    check_values_and_types(f, *[np.asarray(np.flip(x.T).copy().T, order="F") for x in xs])
    for k, x in enumerate(xs):
        check_values_and_types(lambda x, k=k: f(*xs[:k], x.astype(float), *xs[k + 1 :]), x)


@pytest.mark.parametrize("name", ["tensordot-2", "tensordot-crossed", "inner", "kron", "trace"])
def test_a_second_opinion(name):
    f, *shapes = CASES[name]
    xs = [draw(*shape) for shape in shapes]
    leaves = [mg.Tensor(x) for x in xs]
    y = f(*leaves)
    table = mg.backprop(np.sum(y * y))
    twin = {"tensordot-crossed": lambda a, b: anp.tensordot(a, b, ([0, 2], [2, 1]))}
    g = twin.get(name) or getattr(anp, name.split("-")[0])
    for i, x in enumerate(leaves):
        want = autograd.grad(lambda *xs, g=g: anp.sum(g(*xs) ** 2), i)(*xs)
        np.testing.assert_allclose(table[x], want, rtol=1e-12)


def test_one_contraction_is_one_node():
    a, b = mg.Tensor(draw(2, 3, 4)), mg.Tensor(draw(3, 4, 5))
    y = np.tensordot(a, b)
    assert y.inputs == (a, b)
    assert repr(y.op) == "Tensordot(a_axes=(1, 2), b_axes=(0, 1))"


def test_what_does_not_fit_is_refused():
    a = mg.Tensor(draw(2, 3))
    with pytest.raises(ValueError, match=r"length 3.*given: 2 and 3"):
        np.cross(a[:, :2], a)
    with pytest.raises(ValueError, match="two vectors"):
        np.linalg.outer(a, a)
    with pytest.raises(ValueError, match=r"in Tensordot.*\(2, 3\).*\(2, 3\)"):
        np.tensordot(a, a, 1)
    with pytest.raises(ValueError, match=r"in Vecdot.*\(2, 3\).*\(2, 1\)"):
        np.vecdot(a, a[:, :1])
    with pytest.raises(TypeError, match="dtype="):
        np.trace(a, dtype=float)
