import numpy as np
import pytest
from forms import check_form
from slopes import curvature, slopes

import minigrad as mg

GAPS = np.array([[1.0, np.nan, 2.0, -3.0], [np.nan, 3.0, 0.5, np.nan], [4.0, 1.0, 2.0, 7.0]])
QUANTILES = [np.quantile, np.nanquantile]

CASES = {
    "sort": (np.sort, (3, 4)),
    "sort axis": (lambda x: np.sort(x, axis=0), (3, 4)),
    "sort all": (lambda x: np.sort(x, axis=None, kind="stable"), (3, 4)),
    "sort empty": (np.sort, (3, 0)),
    "median": (np.median, (3, 4)),
    "median odd": (np.median, (3, 3)),
    "median axis": (lambda x: np.median(x, axis=1), (3, 4)),
    "median axis kept": (lambda x: np.median(x, axis=0, keepdims=True), (3, 4)),
    "median axes": (lambda x: np.median(x, axis=(0, -1)), (2, 3, 4)),
    "median axes kept": (lambda x: np.median(x, axis=(2, 0), keepdims=True), (2, 3, 4)),
    "median all kept": (lambda x: np.median(x, keepdims=True), (2, 3)),
    "median of a number": (np.median, ()),
    "nanmedian": (lambda x: np.nanmedian(x * GAPS), (3, 4)),
    "nanmedian axis": (lambda x: np.nanmedian(x * GAPS, axis=1), (3, 4)),
    "nanmedian kept": (lambda x: np.nanmedian(x * GAPS, axis=0, keepdims=True), (3, 4)),
    "quantile": (lambda x: np.quantile(x, 0.3), (3, 4)),
    "quantile 0": (lambda x: np.quantile(x, 0), (3, 4)),
    "quantile 1": (lambda x: np.quantile(x, 1), (3, 4)),
    "quantile axis": (lambda x: np.quantile(x, 0.7, axis=1), (3, 4)),
    "quantile kept": (lambda x: np.quantile(x, 0.7, axis=(0, 1), keepdims=True), (3, 4, 2)),
    "percentile": (lambda x: np.percentile(x, 40, axis=0), (3, 4)),
    "nanquantile": (lambda x: np.nanquantile(x * GAPS, 0.3, axis=1), (3, 4)),
    "nanpercentile": (lambda x: np.nanpercentile(x * GAPS, 80, axis=0, keepdims=True), (3, 4)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes, h=2e-4)


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 2)])
@pytest.mark.parametrize("q", [0.25, np.array([0.0, 0.4, 1.0]), np.array([[0.5, 0.9]])], ids=np.shape)
@pytest.mark.parametrize("f", QUANTILES, ids=lambda f: f.__name__)
def test_quantiles_have_the_values_of_numpy(f, q, axis, keepdims):
    x = np.random.default_rng(3).normal(size=(3, 4, 2))
    if f is np.nanquantile and np.ndim(q) > 1 and axis == (0, 2):
        return  # there NumPy puts the axes of q last
    got, want = f(mg.Tensor(x), q, axis=axis, keepdims=keepdims), f(x, q, axis=axis, keepdims=keepdims)
    np.testing.assert_allclose(got.value, want, rtol=1e-14, strict=True)


@pytest.mark.parametrize("method", ["linear", "lower", "higher", "midpoint", "nearest"])
def test_the_methods_of_quantiles(method):
    x = np.random.default_rng(5).normal(size=(4, 6))
    for f in QUANTILES:
        for q in (0.0, 0.11, 0.5, 0.83, 1.0):
            got = f(mg.Tensor(x), q, axis=1, method=method)
            np.testing.assert_allclose(got.value, f(x, q, axis=1, method=method), rtol=1e-14)
    check_form(lambda x: np.quantile(x, 0.37, axis=0, method=method), (4, 3), h=2e-4)


def test_a_quantile_has_a_slope_in_its_level():
    x, q = np.array([4.0, 1.0, 2.0, 9.0]), np.array([0.2, 0.55])
    check_form(np.quantile, x, q)
    check_form(lambda q: np.percentile(x, q), np.array(30.0))


@pytest.mark.parametrize("f", [lambda x: np.quantile(x, 0.5), np.median, lambda x: np.percentile(x, 10)])
def test_what_is_no_number_makes_all_of_it_none(f):
    x = np.array([1.0, np.nan, 2.0])
    assert np.isnan(f(mg.Tensor(x)).value)
    assert np.isnan(f(x))


def test_where_nothing_is_left_there_is_no_median():
    x = mg.Tensor([[np.nan, np.nan], [1.0, np.nan]])
    y = np.nanmedian(x, axis=1)
    np.testing.assert_array_equal(y.value, [np.nan, 1.0])
    assert mg.backprop(y, seed=[1.0, 1.0])[x][1].tolist() == [1.0, 0.0]


def test_the_median_of_nothing_is_that_of_numpy():
    for f in (np.median, np.nanmedian):
        with np.errstate(all="ignore"), pytest.warns(RuntimeWarning):
            got, want = f(mg.Tensor(np.zeros((0, 3))), axis=0), f(np.zeros((0, 3)), axis=0)
        np.testing.assert_array_equal(got.value, want)


@pytest.mark.parametrize("kth", [0, 2, -1, [1, 3]])
@pytest.mark.parametrize("axis", [-1, 0, None])
def test_a_partition_is_that_of_numpy(kth, axis):
    x = np.random.default_rng(6).normal(size=(5, 6))
    np.testing.assert_array_equal(np.partition(mg.Tensor(x), kth, axis).value, np.partition(x, kth, axis))
    check_form(lambda x: np.partition(x, kth, axis), x, h=2e-4)


def test_entries_that_are_equal_keep_their_order():
    x = mg.Tensor([2.0, 1.0, 2.0, 1.0])
    assert mg.backprop(np.sort(x), seed=[1.0, 10.0, 100.0, 1000.0])[x].tolist() == [100.0, 1.0, 1000.0, 10.0]
    assert slopes(np.median, [1.0, 2.0, 2.0, 3.0]).tolist() == [0.0, 0.5, 0.5, 0.0]
    assert curvature(lambda x: np.median(x) ** 2, [1.0, 2.0, 2.0, 3.0]).tolist() == [0.0, 1.0, 1.0, 0.0]


def test_what_is_no_level_or_method_is_refused():
    x = mg.Tensor([1.0, 2.0])
    with pytest.raises(ValueError, match=r"quantiles lie in \[0, 1\].*given: 1.5"):
        np.quantile(x, 1.5)
    with pytest.raises(TypeError, match="linear, lower, higher, midpoint, nearest; given: 'hazen'"):
        np.quantile(x, 0.5, method="hazen")
    with pytest.raises(TypeError, match="no argument order="):
        np.sort(x, order="a")
