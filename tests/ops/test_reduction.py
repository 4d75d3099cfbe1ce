import numpy as np
import pytest
from forms import check_form
from slopes import curvature, slopes

import minigrad as mg

X = np.random.default_rng(2).normal(size=(2, 3, 4))
AXES = [None, 0, -1, 1, -3, (0, 1), (-1, 0), (0, 1, 2), (), [0, 2], np.int64(1)]
FUNCTIONS = [np.sum, np.mean, np.max, np.min, mg.logsumexp]


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("axis", AXES, ids=repr)
@pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: f.__name__)
def test_a_cotangent_reaches_exactly_the_entries_that_were_reduced(f, axis, keepdims):
    x = mg.Tensor(X)
    y = f(x, axis=axis, keepdims=keepdims)
    plain = tuple(axis) if isinstance(axis, list) else axis
    np.testing.assert_array_equal(y.shape, np.sum(X, axis=plain, keepdims=keepdims).shape)
    G = np.arange(1.0, 1.0 + y.size).reshape(y.shape)
    full = np.broadcast_to(G.reshape(np.sum(X, axis=plain, keepdims=True).shape), X.shape)
    value = np.broadcast_to(y.value.reshape(np.sum(X, axis=plain, keepdims=True).shape), X.shape)
    slope = {
        np.sum: np.ones_like(X),
        np.mean: np.full_like(X, y.size / X.size),
        np.max: (value == X).astype(float),
        np.min: (value == X).astype(float),
        mg.logsumexp: np.exp(X - value),
    }[f]
    np.testing.assert_allclose(mg.backprop(y, seed=G)[x], full * slope, rtol=1e-13)


@pytest.mark.parametrize("method", ["sum", "mean", "max", "min"])
def test_methods_are_the_functions(method):
    x, f = mg.Tensor(X), getattr(np, method)
    for axis, keepdims in [(None, False), (1, True), ((0, 2), False)]:
        got = getattr(x, method)(axis=axis, keepdims=keepdims)
        want = f(x, axis=axis, keepdims=keepdims)
        assert got.op == want.op
        np.testing.assert_array_equal(got.value, f(X, axis=axis, keepdims=keepdims))
    np.testing.assert_array_equal(getattr(x, method)(0).value, f(X, 0))


@pytest.mark.parametrize(("ufunc", "f"), [(np.add, np.sum), (np.maximum, np.max), (np.minimum, np.min)])
def test_reducing_by_a_ufunc_is_the_function(ufunc, f):
    x = mg.Tensor(X)
    assert ufunc.reduce(x).op == f(x, axis=0).op
    assert ufunc.reduce(x, axis=None).op == f(x).op
    assert ufunc.reduce(x, axis=(0, 2), keepdims=True).op == f(x, axis=(0, 2), keepdims=True).op


@pytest.mark.parametrize(("f", "sign"), [(np.max, 1), (np.min, -1)])
def test_entries_that_tie_share_evenly(f, sign):
    x = sign * np.array([[1.0, 2.0, 2.0], [2.0, 0.0, 2.0]])
    assert slopes(f, x).tolist() == [[0.0, 0.25, 0.25], [0.25, 0.0, 0.25]]
    assert slopes(lambda x: f(x, axis=1), x).tolist() == [[0.0, 0.5, 0.5], [0.5, 0.0, 0.5]]
    assert slopes(lambda x: f(x, axis=0), x).tolist() == [[0.0, 1.0, 0.5], [1.0, 0.0, 0.5]]
    assert slopes(f, [-np.inf, -np.inf]).tolist() == [0.5, 0.5]


def test_ties_at_order_2():
    got = curvature(lambda x: np.max(x * x, axis=0), [[1.0, 3.0], [1.0, 2.0]])
    assert got.tolist() == [[1.0, 2.0], [1.0, 0.0]]


@pytest.mark.parametrize("f", [np.sum, np.max, np.min, mg.logsumexp])
def test_an_empty_axis_that_is_not_reduced(f):
    assert slopes(lambda x: f(x, axis=1), np.zeros((0, 3))).shape == (0, 3)


def test_the_sum_over_an_empty_axis_is_0():
    x = mg.Tensor(np.zeros((0, 3)))
    y = np.sum(x, axis=0)
    assert y.value.tolist() == [0.0] * 3
    assert mg.backprop(y, seed=np.ones(3))[x].shape == (0, 3)


def test_the_mean_over_an_empty_axis_is_nan_as_in_numpy():
    x = mg.Tensor(np.zeros((0, 3)))
    with np.errstate(invalid="ignore"), pytest.warns(RuntimeWarning, match="Mean of empty slice"):
        y = np.mean(x, axis=0)
    assert np.isnan(y.value).all()
    assert mg.backprop(y, seed=np.ones(3))[x].shape == (0, 3)


@pytest.mark.parametrize("f", [np.max, np.min])
def test_the_greatest_of_nothing_is_refused_as_in_numpy(f):
    with pytest.raises(ValueError, match=r"zero-size array .* of x = p of shape \(0, 3\)"):
        f(mg.Tensor(np.zeros((0, 3)), name="p"), axis=0)


def test_logsumexp_of_large_and_of_infinite_entries():
    with np.errstate(over="raise", invalid="raise"):
        assert mg.logsumexp(np.array([1000.0, 1000.0])) == 1000 + np.log(2)
        assert mg.logsumexp(np.array([-1000.0, -np.inf])) == -1000
    with np.errstate(divide="ignore"):
        assert mg.logsumexp(np.array([-np.inf, -np.inf])) == -np.inf
    slope = slopes(mg.logsumexp, [1000.0, 1000.0, -np.inf])
    np.testing.assert_allclose(slope, [0.5, 0.5, 0.0], rtol=1e-12)
    assert slopes(mg.logsumexp, [-np.inf, -np.inf]).tolist() == [0.0, 0.0]
    rows = slopes(lambda x: mg.logsumexp(x, axis=1), [[-np.inf, -np.inf], [2.0, 2.0]])
    np.testing.assert_allclose(rows, [[0.0, 0.0], [0.5, 0.5]], rtol=1e-14)


def test_the_slopes_of_logsumexp_never_exceed_1():
    got = slopes(mg.logsumexp, [np.inf, 1.0, 0.0])
    assert not np.any(got[1:] > 0)
    assert not got[0] > 1


def test_float32_stays_float32():
    x = mg.Tensor(X.astype(np.float32))
    for f in FUNCTIONS:
        y = f(x, axis=1)
        assert y.dtype == np.float32
        assert mg.backprop(y, seed=np.ones(y.shape))[x].dtype == np.float32


def test_the_mean_of_many_small_floats_keeps_its_gradient():
    x = mg.Tensor(np.ones(70_000, np.float16))
    got = mg.backprop(np.mean(x))[x]
    np.testing.assert_allclose(got, 1 / 70_000, rtol=0.01)


@pytest.mark.parametrize("axis", [3, (0, 0), (1, 3)])
def test_a_bad_axis_is_named_with_the_tensor(axis):
    with pytest.raises((ValueError, IndexError), match="axis") as caught:
        np.sum(mg.Tensor(X, name="p"), axis=axis)
    message = str(caught.value) + "".join(getattr(caught.value, "__notes__", []))
    assert "x = p of shape (2, 3, 4)" in message


MASK = np.array([[True, False, True], [False, True, True]])
FORMS = {
    "sum where": lambda x: np.sum(x, axis=1, where=MASK),
    "sum initial": lambda x: np.sum(x, axis=0, initial=2.5),
    "mean where": lambda x: np.mean(x, axis=1, where=MASK, keepdims=True),
    "mean where one row": lambda x: np.mean(x, where=MASK[:1]),
    "max where": lambda x: np.max(x, axis=1, where=MASK, initial=-9.0),
    "min initial": lambda x: np.min(x, axis=1, initial=-9.0),
    "max initial": lambda x: np.max(x, axis=0, initial=-9.0, keepdims=True),
    "amax": np.amax,
    "amin": lambda x: np.amin(x, axis=1),
    "ptp": lambda x: np.ptp(x, axis=1, keepdims=True),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_slopes_of_other_forms(form):
    check_form(FORMS[form], np.array([[0.5, -1.0, 2.0], [1.5, 0.7, -0.3]]))


def test_the_greatest_of_nothing_with_an_initial_value():
    x = mg.Tensor(np.zeros((0, 3)))
    y = np.max(x, axis=0, initial=2.0)
    assert y.value.tolist() == [2.0] * 3
    assert mg.backprop(np.sum(y))[x].shape == (0, 3)


def test_a_masked_extremum_wants_an_initial_value():
    with pytest.raises(ValueError, match=r"numpy\.max of a tensor with where= wants initial="):
        np.max(mg.Tensor(X[0, 0]), where=[True, False, True, True])
