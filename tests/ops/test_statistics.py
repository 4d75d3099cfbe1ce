import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from forms import check_form
from slopes import curvature, slopes

import minigrad as mg

GAPS = np.array([[1.0, np.nan, 2.0, -3.0], [np.nan, 3.0, 0.5, np.nan], [4.0, 1.0, 2.0, 7.0]])
WEIGHTS = np.array([0.5, 2.0, 1.0])
NAN_FUNCTIONS = ["nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax", "nanmin"]
FORMS = {
    "all": {},
    "axis 0": {"axis": 0},
    "axis -1 kept": {"axis": -1, "keepdims": True},
    "axes": {"axis": (0, 1)},
    "no axes": {"axis": ()},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["var", "std", "ptp", *NAN_FUNCTIONS])
def test_the_slopes_along_axes(name, form):
    f, about = getattr(np, name), FORMS[form]
    if form == "no axes" and name not in {"var", "nansum", "nanprod"}:
        return  # of a single entry there is no slope, or no number
    x = np.random.default_rng(8).uniform(0.5, 2.0, (3, 4))
    check_form(lambda x: f(x * GAPS if name.startswith("nan") else x, **about), x, h=1e-4)


CASES = {
    "var ddof": (lambda x: np.var(x, axis=1, ddof=1), (3, 4)),
    "var correction": (lambda x: np.var(x, axis=(0, 2), correction=1.5), (2, 3, 4)),
    "var of a number": (np.var, ()),
    "var method": (lambda x: x.var(axis=0), (3, 2)),
    "std ddof": (lambda x: np.std(x, axis=0, ddof=1, keepdims=True), (3, 4)),
    "std correction": (lambda x: np.std(x, correction=1), (3, 4)),
    "std method": (lambda x: x.std(1), (3, 4)),
    "nanvar ddof": (lambda x: np.nanvar(x * GAPS, axis=1, ddof=0.5), (3, 4)),
    "nanstd ddof": (lambda x: np.nanstd(x * GAPS, ddof=1), (3, 4)),
    "average": (np.average, (3, 4)),
    "average axis": (lambda x: np.average(x, axis=1, keepdims=True), (3, 4)),
    "average weighted": (lambda x, w: np.average(x, axis=0, weights=w * w), (3, 4), (3,)),
    "average fully weighted": (lambda x, w: np.average(x, weights=w * w), (3, 4), (3, 4)),
    "average weights along two axes": (
        lambda x, w: np.average(x, axis=(2, 0), weights=w * w),
        (2, 3, 4),
        (4, 2),
    ),
    "average weights alone": (lambda w: np.average(GAPS[2], weights=w * w), (4,)),
    "average returned": (
        lambda x, w: np.average(x, axis=0, weights=w * w, returned=True),
        (3, 4),
        (3,),
    ),
    "cov": (np.cov, (3, 5)),
    "cov of a vector": (np.cov, (5,)),
    "cov of two": (np.cov, (5,), (5,)),
    "cov of columns": (lambda x: np.cov(x, rowvar=False), (5, 3)),
    "cov bias": (lambda x: np.cov(x, bias=True), (3, 5)),
    "cov ddof": (lambda x, y: np.cov(x, y, ddof=2), (2, 5), (1, 5)),
    "corrcoef": (np.corrcoef, (3, 5)),
    "corrcoef of two": (lambda x, y: np.corrcoef(x, y)[0, 1], (5,), (5,)),
    "corrcoef of columns": (lambda x: np.corrcoef(x, rowvar=False), (5, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes, h=1e-3)


@pytest.mark.parametrize("entry", [0.0, 2.0, 0.1, 1e200, 1e-200])
@pytest.mark.parametrize("f", [np.std, np.nanstd], ids=lambda f: f.__name__)
def test_the_slope_of_the_standard_deviation_of_equal_entries_is_0(f, entry):
    x = np.full(3, entry)
    assert slopes(f, x).tolist() == [0.0, 0.0, 0.0]
    assert curvature(f, x).tolist() == [0.0, 0.0, 0.0]
    assert slopes(f, [entry]).tolist() == [0.0]
    rows = slopes(lambda x: f(x, axis=1), [[entry, entry], [1.0, 3.0]])
    assert rows.tolist() == [[0.0, 0.0], [-0.5, 0.5]]


@pytest.mark.parametrize("f", [np.var, np.nanvar])
def test_the_variance_of_equal_entries(f):
    assert slopes(f, [2.0, 2.0, 2.0]).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("name", NAN_FUNCTIONS)
def test_where_nothing_is_a_number_the_value_is_that_of_numpy(name):
    f, x = getattr(np, name), np.array([[np.nan, np.nan], [1.0, np.nan]])
    with np.errstate(all="ignore"):
        got = f(mg.Tensor(x), axis=1)
    want = {"nansum": [0.0, 1.0], "nanprod": [1.0, 1.0], "nanvar": [np.nan, 0.0], "nanstd": [np.nan, 0.0]}
    np.testing.assert_array_equal(got.value, want.get(name, [np.nan, 1.0]))
    with np.errstate(all="ignore"):
        slope = slopes(lambda x: f(x, axis=1), x)
    assert slope[1].tolist() == [0.0 if name in {"nanvar", "nanstd"} else 1.0, 0.0]


def test_ties_of_the_greatest_share_evenly():
    assert slopes(np.nanmax, [1.0, 3.0, np.nan, 3.0]).tolist() == [0.0, 0.5, 0.0, 0.5]
    assert slopes(np.ptp, [1.0, 3.0, 1.0]).tolist() == [-0.5, 1.0, -0.5]


def test_weights_are_returned_as_numpy_does():
    x = np.arange(12.0).reshape(3, 4)
    for about in ({}, {"axis": 0, "weights": WEIGHTS}, {"weights": x + 1}):
        got, want = np.average(mg.Tensor(x), returned=True, **about), np.average(x, returned=True, **about)
        for a, b in zip(got, want, strict=True):
            np.testing.assert_allclose(getattr(a, "value", a), b, rtol=1e-15)


def test_weights_that_do_not_fit_are_named():
    x = mg.Tensor(np.ones((3, 4)))
    with pytest.raises(TypeError, match=r"weights of shape \(3,\) wants to know their axis="):
        np.average(x, weights=WEIGHTS)
    with pytest.raises(ValueError, match=r"weights of shape \(3,\) do not fit axis 1"):
        np.average(x, axis=1, weights=WEIGHTS)
    with pytest.raises(ZeroDivisionError, match="sum to 0 over axis 0"):
        np.average(x, axis=0, weights=[1.0, -1.0, 0.0])
    with pytest.raises(ValueError, match=r"vector or a matrix; given: shape \(1, 2, 3\)"):
        np.cov(mg.Tensor(np.ones((1, 2, 3))))
    with pytest.raises(TypeError, match="no argument aweights="):
        np.cov(x, aweights=WEIGHTS)


def test_a_variable_without_spread_next_to_itself():
    x = mg.Tensor([1.0, 2.0, 4.0])
    assert np.corrcoef(x).value == 1.0
    np.testing.assert_allclose(mg.backprop(np.corrcoef(x))[x], 0.0, atol=1e-16)


@pytest.mark.parametrize(("f", "g"), [(np.var, anp.var), (np.std, anp.std)], ids=["var", "std"])
def test_autograd_agrees(f, g):
    x = np.random.default_rng(4).normal(size=(3, 4))
    want = autograd.grad(lambda x: anp.sum(g(x, axis=1, ddof=1)))(x)
    np.testing.assert_allclose(slopes(lambda x: f(x, axis=1, ddof=1), x), want, rtol=1e-12)
