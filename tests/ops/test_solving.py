"""Inverse, solution, determinant and Cholesky factor at orders 1, 2 and 3."""

import numpy as np
import pytest
from orders import check_orders, check_values_and_types
from slopes import curvature, slopes

import minigrad as mg
from minigrad.ops import solving

RNG = np.random.default_rng(31)


def draw(*shape):
    """Numbers, with 3 added on the diagonal of square matrices so that they are far from singular."""
    x = RNG.uniform(-1, 1, shape)
    return x + 3 * np.eye(shape[-1]) if len(shape) > 1 and shape[-1] == shape[-2] else x


def logarithm(a):
    return np.linalg.slogdet(a)[1]


CASES = {
    "inv": (np.linalg.inv, (3, 3)),
    "inv-batch": (np.linalg.inv, (2, 4, 3, 3)),
    "inv-empty": (np.linalg.inv, (0, 3, 3)),
    "inv-0": (np.linalg.inv, (0, 0)),
    "solve": (np.linalg.solve, (3, 3), (3, 2)),
    "solve-vector": (np.linalg.solve, (3, 3), (3,)),
    "solve-vector-batch": (np.linalg.solve, (2, 3, 3), (3,)),
    "solve-batch": (np.linalg.solve, (2, 3, 3), (2, 3, 4)),
    "solve-copied-a": (np.linalg.solve, (3, 3), (2, 3, 4)),
    "solve-copied-b": (np.linalg.solve, (2, 1, 3, 3), (4, 3, 2)),
    "solve-empty": (np.linalg.solve, (0, 0), (0, 2)),
    "det": (np.linalg.det, (3, 3)),
    "det-1": (np.linalg.det, (1, 1)),
    "det-0": (np.linalg.det, (0, 0)),
    "det-batch": (np.linalg.det, (2, 4, 3, 3)),
    "slogdet": (logarithm, (3, 3)),
    "slogdet-negative": (lambda a: logarithm(a[..., ::-1]), (2, 2, 2)),
    "slogdet-0": (logarithm, (2, 0, 0)),
    "cholesky": (lambda a: np.linalg.cholesky(a @ a.mT), (3, 3)),
    "cholesky-batch": (lambda a: np.linalg.cholesky(a @ a.mT), (2, 4, 3, 5)),
    "cholesky-triangle": (np.linalg.cholesky, (3, 3)),
    "cholesky-upper": (lambda a: np.linalg.cholesky(a, upper=True), (2, 3, 3)),
    "cholesky-0": (np.linalg.cholesky, (0, 0)),
    "tensorinv": (lambda a: np.linalg.tensorinv(a + np.eye(6).reshape(2, 3, 3, 2) * 4), (2, 3, 3, 2)),
    "tensorinv-1": (lambda a: np.linalg.tensorinv(a + np.eye(6).reshape(6, 3, 2) * 4, ind=1), (6, 3, 2)),
    "tensorsolve": (
        lambda a, b: np.linalg.tensorsolve(a + np.eye(6).reshape(2, 3, 3, 2) * 4, b), (2, 3, 3, 2), (2, 3),
    ),
    "tensorsolve-axes": (
        lambda a, b: np.linalg.tensorsolve(a + np.moveaxis(np.eye(6).reshape(2, 3, 3, 2) * 4, 2, 0), b, (0,)),
        (3, 2, 3, 2), (2, 3),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("f", "shapes"), [(c[0], c[1:]) for c in CASES.values()], ids=list(CASES))
def test_the_slopes(f, shapes):
    xs = [draw(*shape) for shape in shapes]
    check_orders(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    check_values_and_types(f, *xs)
    check_values_and_types(f, *[np.asarray(np.flip(x.T).copy().T, order="F") for x in xs])


def test_a_solution_in_float32_for_a_matrix_in_float64():
    a, b = mg.Tensor(draw(3, 3)), mg.Tensor(draw(3, 2).astype(np.float32))
    table = mg.backprop(np.sum(np.linalg.solve(a, b)))
    assert (table[a].dtype, table[b].dtype) == (np.float64, np.float32)


def minors(a):
    """Cofactors by their definition."""
    n = len(a)
    return np.array(
        [
            [
                (-1) ** (i + j) * np.linalg.det(np.delete(np.delete(a, i, 0), j, 1))
                for j in range(n)
            ]
            for i in range(n)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("rank", [0, 1, 2, 3, 4])
def test_the_slope_of_a_determinant_at_a_matrix_of_any_rank(rank):
    a = RNG.normal(size=(4, rank)) @ RNG.normal(size=(rank, 4))
    want = minors(a)
    np.testing.assert_allclose(slopes(np.linalg.det, a), want, atol=1e-13 * max(1, np.abs(want).max()))
    exact = np.diag(np.arange(4) < rank).astype(float)
    np.testing.assert_allclose(slopes(np.linalg.det, exact), minors(exact), atol=1e-15)


def test_second_slopes_of_the_determinant_of_a_singular_matrix_are_refused():
    with pytest.raises(np.linalg.LinAlgError, match=r"Singular matrix .*Cofactors\(\)"):
        curvature(np.linalg.det, np.zeros((2, 2)))


def test_the_parts_of_slogdet_have_names_and_the_sign_is_a_constant():
    a = draw(2, 3, 3)
    result = np.linalg.slogdet(mg.Tensor(a))
    np.testing.assert_array_equal(result.sign, np.linalg.slogdet(a).sign)
    np.testing.assert_array_equal(result.logabsdet.value, np.linalg.slogdet(a).logabsdet)


def test_a_singular_matrix_has_an_infinite_slope_unless_nobody_asks_for_it():
    a = np.array([[[1.0, 2.0], [2.0, 4.0]], [[2.0, 0.0], [0.0, 4.0]]])

    def guarded(a):
        sign, y = np.linalg.slogdet(a)
        return np.where(sign > 0, y, 0.0)

    np.testing.assert_array_equal(slopes(guarded, a), [np.zeros((2, 2)), [[0.5, 0], [0, 0.25]]])
    assert np.all(np.isposinf(slopes(logarithm, a)[0]))


@pytest.mark.parametrize("upper", [False, True])
def test_the_gradient_of_a_cholesky_factor_lies_in_the_triangle_that_is_read(upper):
    a = draw(3, 3)
    a = a @ a.T
    G = RNG.normal(size=(3, 3))
    g = slopes(lambda a: np.linalg.cholesky(a, upper=upper) * G, a)
    assert not np.any(np.tril(g, -1) if upper else np.triu(g, 1))
    # As a function of (a + aᵀ) / 2 it is symmetric, and the same for both triangles.
    symmetric = slopes(lambda a: np.linalg.cholesky((a + a.T) / 2, upper=upper) * G, a)
    np.testing.assert_allclose(symmetric, (g + g.T) / 2, rtol=1e-13)


def test_what_is_no_equation_is_refused():
    a = mg.Tensor(np.zeros((2, 2)))
    with pytest.raises(np.linalg.LinAlgError, match=r"Singular matrix \[in Inverse\(\) of a = "):
        np.linalg.inv(a)
    with pytest.raises(np.linalg.LinAlgError, match=r"positive definite \[in Cholesky"):
        np.linalg.cholesky(a)
    with pytest.raises(ValueError, match="ind ≥ 1"):
        np.linalg.tensorinv(a, 0)
    with pytest.raises(ValueError, match="reshape"):
        np.linalg.tensorinv(mg.Tensor(draw(2, 3)), 1)


def test_the_types_that_come_out_are_those_of_numpy():
    assert type(np.linalg.slogdet(mg.Tensor(draw(2, 2)))) is solving.SlogdetResult
