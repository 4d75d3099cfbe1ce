"""Norms at orders 1, 2 and 3, and where they have no slope."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from orders import check_orders, check_values_and_types
from slopes import curvature, slopes

import minigrad as mg

RNG = np.random.default_rng(47)
INF = np.inf


def draw(*shape):
    """Numbers away from 0, all different; matrices far from singular."""
    x = RNG.uniform(0.5, 1.5, shape) * RNG.choice([-1.0, 1.0], shape)
    return x + 6 * np.eye(*shape[-2:]) if len(shape) > 1 else x


def norm(ord=None, axis=None, *, keepdims=False):  # noqa: A002  # as NumPy has it
    return lambda x: np.linalg.norm(x, ord, axis, keepdims)


VECTOR = [None, 1, 2, 3, 4, 2.5, 0.5, -1, -2.5, INF, -INF]
MATRIX = [None, "fro", "nuc", 1, -1, 2, -2, INF, -INF]
CASES = {
    **{f"vector-{p}": (norm(p), (5,)) for p in VECTOR},
    **{f"rows-{p}": (norm(p, -1, keepdims=True), (2, 3, 4)) for p in VECTOR},
    **{f"matrix-{p}": (norm(p), (3, 4)) for p in MATRIX},
    **{f"matrices-{p}": (norm(p, (2, 0)), (3, 2, 4)) for p in MATRIX},
    **{f"matrices-keepdims-{p}": (norm(p, (0, -1), keepdims=True), (3, 2, 4)) for p in MATRIX},
    **{f"vector_norm-{p}": (lambda x, p=p: np.linalg.vector_norm(x, ord=p), (2, 3)) for p in VECTOR[1:]},
    "all": (norm(), (2, 3, 4)),
    "all-keepdims": (norm(keepdims=True), (2, 3)),
    "number": (norm(), ()),
    "empty": (norm(), (0, 3)),
    "empty-rows": (norm(2, 1), (0, 3)),
    "vector_norm": (np.linalg.vector_norm, (2, 3, 4)),
    "vector_norm-axes": (lambda x: np.linalg.vector_norm(x, axis=(0, 2), keepdims=True, ord=3), (2, 3, 4)),
    "vector_norm-axis": (lambda x: np.linalg.vector_norm(x, axis=-2), (2, 3, 4)),
    "matrix_norm": (np.linalg.matrix_norm, (2, 3, 4)),
    "matrix_norm-nuc": (lambda x: np.linalg.matrix_norm(x, keepdims=True, ord="nuc"), (2, 3, 4)),
    **{f"cond-{p}": (lambda x, p=p: np.linalg.cond(x, p), (2, 3, 3)) for p in (*MATRIX[1:], None)},
    "cond-wide": (np.linalg.cond, (3, 4)),
}


@pytest.mark.parametrize(("f", "shape"), CASES.values(), ids=list(CASES))
def test_the_slopes(f, shape):
    x = draw(*shape)
    check_orders(f, x)
    check_orders(lambda x: np.sin(f(x)), x)
    check_values_and_types(f, x)


@pytest.mark.parametrize("p", [None, 2, 3])
def test_a_second_opinion(p):
    x = draw(3, 4)
    want = autograd.grad(lambda x: anp.sum(anp.linalg.norm(x, p, 1)))(x)
    np.testing.assert_allclose(slopes(norm(p, 1), x), want, rtol=1e-13)


@pytest.mark.parametrize("p", [*VECTOR, 0])
def test_the_slopes_at_the_zero_vector_count_as_0(p):
    for order in (slopes, curvature):
        if p != 0:
            np.testing.assert_array_equal(order(norm(p), np.zeros(3)), np.zeros(3))
            np.testing.assert_array_equal(order(norm(p, 1), np.zeros((2, 3))), np.zeros((2, 3)))


@pytest.mark.parametrize("p", MATRIX)
def test_the_slopes_at_the_zero_matrix_count_as_0(p):
    np.testing.assert_array_equal(slopes(norm(p), np.zeros((2, 3))), np.zeros((2, 3)))


@pytest.mark.parametrize("p", [1, 3, 4, 2.5, INF])
def test_a_zero_entry_of_a_vector_adds_nothing(p):
    x = np.array([3.0, 0.0, -4.0])
    g, c = slopes(norm(p), x), curvature(norm(p), x)
    assert g[1] == c[1] == 0
    np.testing.assert_allclose(g[::2], slopes(norm(p), x[::2]), rtol=1e-15)
    np.testing.assert_allclose(c[::2], curvature(norm(p), x[::2]), rtol=1e-14)


def test_an_even_norm_has_all_its_derivatives_at_a_zero_entry():
    check_orders(lambda x: norm(4)(x) ** 4, np.array([0.0, 1.0]))


def test_entries_that_tie_share_evenly():
    np.testing.assert_array_equal(slopes(norm(INF), [2.0, -2.0, 1.0]), [0.5, -0.5, 0])
    np.testing.assert_array_equal(slopes(norm(1), np.ones((2, 2))), np.full((2, 2), 0.5))


def test_the_count_of_entries_is_a_constant():
    x = mg.Tensor(np.array([[3.0, 0.0], [1.0, 2.0]], np.float32))
    for y, want in ((norm(0, 1)(x), [1, 2]), (np.linalg.vector_norm(x, ord=0), 3)):
        assert not isinstance(y, mg.Tensor)
        assert y.dtype == np.float32
        np.testing.assert_array_equal(y, want)


def test_the_condition_of_a_singular_matrix_is_infinite():
    assert np.linalg.cond(mg.Tensor(np.diag([1.0, 0.0]))).value == INF


@pytest.mark.parametrize(
    ("ord", "axis", "message"),
    [
        ("fro", 0, "no norm of a vector"),
        (3, (0, 1), "no norm of a matrix; known"),
        ("abc", (0, 1), "no norm of a matrix"),
        (2, (0, 1, 2), "one axis"),
        (2, None, "one axis"),
        (2, (1, 1), "repeated axis"),
    ],
)
def test_what_is_no_norm_is_refused(ord, axis, message):  # noqa: A002  # as NumPy has it
    with pytest.raises(ValueError, match=message):
        np.linalg.norm(mg.Tensor(np.ones((2, 3, 4))), ord, axis)
