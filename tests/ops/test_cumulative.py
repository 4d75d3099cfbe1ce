import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from forms import check_form
from orders import check_orders
from slopes import curvature, slopes

import minigrad as mg
from minigrad.ops.cumulative import Recurrence, Shift

GAPS = np.array([[1.0, np.nan, 2.0], [np.nan, 3.0, 0.5]])

CASES = {
    "prod": (np.prod, (2, 3, 2)),
    "prod of a number": (np.prod, ()),
    "prod of a number over axis 0": (lambda x: np.prod(x, axis=()), ()),
    "prod axis": (lambda x: np.prod(x, 1), (2, 3, 4)),
    "prod negative axis kept": (lambda x: np.prod(x, axis=-1, keepdims=True), (2, 3)),
    "prod axes": (lambda x: np.prod(x, axis=(0, -1)), (2, 3, 4)),
    "prod axes kept": (lambda x: np.prod(x, axis=(2, 0), keepdims=True), (2, 3, 4)),
    "prod no axes": (lambda x: np.prod(x, axis=()), (2, 3)),
    "prod initial": (lambda x: np.prod(x, axis=0, initial=2.5), (2, 3)),
    "prod where": (lambda x: np.prod(x, axis=1, where=np.array([True, False, True])), (2, 3)),
    "prod of nothing": (lambda x: np.prod(x, axis=0), (0, 3)),
    "prod of an empty array along the other axis": (lambda x: np.prod(x, axis=1), (0, 3)),
    "prod method": (lambda x: x.prod(axis=1), (2, 3)),
    "multiply.reduce": (np.multiply.reduce, (2, 3)),
    "cumsum": (np.cumsum, (2, 3)),
    "cumsum axis": (lambda x: np.cumsum(x, axis=1), (2, 3, 4)),
    "cumsum of a number": (np.cumsum, ()),
    "cumsum of a number along axis 0": (lambda x: np.cumsum(x, axis=0), ()),
    "cumsum empty": (lambda x: np.cumsum(x, axis=0), (0, 3)),
    "cumsum method": (lambda x: x.cumsum(-1), (2, 3)),
    "add.accumulate": (np.add.accumulate, (2, 3)),
    "cumprod": (np.cumprod, (2, 3)),
    "cumprod axis": (lambda x: np.cumprod(x, axis=-2), (2, 3, 4)),
    "cumprod empty": (lambda x: np.cumprod(x, axis=1), (3, 0)),
    "cumprod method": (lambda x: x.cumprod(axis=0), (2, 3)),
    "multiply.accumulate": (np.multiply.accumulate, (3, 2)),
    "nancumsum": (lambda x: np.nancumsum(x * GAPS, axis=1), (2, 3)),
    "nancumsum of all": (lambda x: np.nancumsum(x * GAPS), (2, 3)),
    "nancumprod": (lambda x: np.nancumprod(x * GAPS, axis=0), (2, 3)),
    "nancumprod of all": (lambda x: np.nancumprod(x * GAPS), (2, 3)),
}
if hasattr(np, "cumulative_sum"):
    CASES |= {
        "cumulative_sum": (np.cumulative_sum, (3,)),
        "cumulative_sum axis": (lambda x: np.cumulative_sum(x, axis=1, include_initial=True), (2, 3)),
        "cumulative_prod": (lambda x: np.cumulative_prod(x, include_initial=True), (3,)),
        "cumulative_prod axis": (lambda x: np.cumulative_prod(x, axis=-2), (2, 3)),
    }


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


@pytest.mark.parametrize("zeros", [(), (1,), (1, 3), (0, 1, 3)])
def test_products_with_zeros_among_the_factors(zeros):
    x = np.array([2.0, -3.0, 0.5, 5.0])
    x[list(zeros)] = 0.0
    rest = np.array([np.prod(np.delete(x, i)) for i in range(4)])
    np.testing.assert_array_equal(slopes(np.prod, x), rest)
    pairs = [[np.prod(np.delete(x, [i, j])) * (i != j) for j in range(4)] for i in range(4)]
    np.testing.assert_allclose(curvature(np.prod, x), np.sum(pairs, 0), rtol=1e-15)
    for f in (np.prod, np.cumprod, lambda x: np.sin(np.cumprod(x)), lambda x: np.exp(np.prod(x))):
        check_orders(f, x)


def test_zeros_in_a_product_over_two_axes():
    x = np.array([[[2.0, 0.0], [3.0, 4.0]], [[0.0, 5.0], [6.0, 0.0]]])
    check_orders(lambda x: np.prod(x, axis=(0, 2)), x)
    want = [[[0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 72.0]]]
    assert slopes(lambda x: np.prod(x, axis=(0, 2)), x).tolist() == want


def test_a_product_that_overflows_only_in_its_middle():
    x = np.array([1e200, 1e200, 1e-300, 1e-100])
    assert np.isfinite(slopes(np.prod, x * 1e-50)).all()


def test_a_zero_cotangent_stops_a_running_product_that_has_overflown():
    x = mg.Tensor([2.0, 1e200, 1e200, 1e200])
    with np.errstate(over="ignore"):
        y = np.cumprod(x)
    np.testing.assert_array_equal(mg.backprop(y, seed=[1.0, 0.0, 0.0, 0.0])[x], [1.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize("back", [False, True])
def test_a_recurrence_is_the_loop_that_it_stands_for(back):
    rng = np.random.default_rng(1)
    g, a = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    s = g.copy()
    for t in range(3, -1, -1) if back else range(1, 5):
        s[t] += a[t + 1] * s[t + 1] if back else a[t] * s[t - 1]
    np.testing.assert_allclose(Recurrence(0, back)(g, a), s, rtol=1e-15)
    check_orders(Recurrence(0, back), g, a)
    check_orders(Recurrence(1, back), g, a)


def test_shifting_fills_the_end_that_is_left_free():
    x = np.array([[1.0, 2.0, 3.0]])
    assert Shift(1, fill=7.0)(x).tolist() == [[7.0, 1.0, 2.0]]
    assert Shift(-1, back=True)(x).tolist() == [[2.0, 3.0, 0.0]]


@pytest.mark.skipif(not hasattr(np, "cumulative_sum"), reason="it came with NumPy 2.1")
def test_a_running_sum_of_a_matrix_wants_an_axis():
    for f in (np.cumulative_sum, np.cumulative_prod):
        with pytest.raises(ValueError, match=r"of shape \(2, 3\) wants to know along which axis="):
            f(mg.Tensor(np.ones((2, 3))))


@pytest.mark.parametrize("name", ["prod", "cumsum", "cumprod", "sum", "mean"])
def test_the_type_of_the_result_can_be_given(name):
    x = mg.Tensor(np.ones(3, np.float32))
    y = getattr(np, name)(x, dtype=np.float64)
    assert y.dtype == np.float64
    assert mg.backprop(np.sum(y))[x].dtype == np.float32


def test_autograd_agrees():
    x = np.random.default_rng(4).normal(size=(3, 4))
    for f, g in [
        (lambda x: np.prod(x, 1), lambda x: anp.sum(anp.prod(x, 1))),
        (lambda x: np.cumsum(x, 0) ** 2, lambda x: anp.sum(anp.cumsum(x, 0) ** 2)),
    ]:
        np.testing.assert_allclose(slopes(f, x), autograd.grad(g)(x), rtol=1e-13)
