import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg

LARGE = np.array([1000.0, 0.0, -1000.0, 999.0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_softmax_of_large_scores(dtype):
    with np.errstate(over="raise", invalid="raise"):
        p = mg.softmax(LARGE.astype(dtype))
    want = np.array([1, 0, 0, np.exp(-1)]) / (1 + np.exp(-1))
    assert p.dtype == dtype
    np.testing.assert_allclose(p, want, rtol=1e-6)
    slope = slopes(lambda x: mg.softmax(x)[0], LARGE, dtype=dtype)
    np.testing.assert_allclose(slope, want[0] * (np.eye(4)[0] - want), rtol=1e-5, atol=1e-12)


def test_the_log_softmax_of_large_scores_is_finite_where_the_softmax_is_0():
    y = mg.log_softmax(LARGE)
    np.testing.assert_allclose(y, LARGE - 1000 - np.log1p(np.exp(-1)), rtol=1e-14)
    assert slopes(lambda x: mg.log_softmax(x)[2], LARGE)[2] == 1.0


def test_a_masked_score_gets_no_gradient():
    x = np.array([0.0, -np.inf, 1.0])
    for f in (mg.softmax, mg.log_softmax):
        got = slopes(lambda x, f=f: f(x)[0], x)
        assert got[1] == 0.0
        want = slopes(lambda x, f=f: f(x)[0], x[[0, 2]])
        np.testing.assert_allclose(got[[0, 2]], want, rtol=1e-14)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_the_axis_of_the_classes(axis):
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    p = mg.softmax(x, axis=axis)
    np.testing.assert_allclose(p.sum(axis), 1.0, rtol=1e-15)
    np.testing.assert_allclose(mg.log_softmax(x, axis), np.log(p), rtol=1e-13)


def test_a_softmax_does_not_change_when_all_scores_rise_together():
    x = np.array([0.3, 1.0, -2.0])
    np.testing.assert_allclose(slopes(mg.softmax, x), 0, atol=1e-15)
    np.testing.assert_allclose(curvature(lambda x: mg.softmax(x) ** 2, x), 0, atol=1e-15)


def test_classes_may_be_none_at_all():
    for f in (mg.softmax, mg.log_softmax):
        x = mg.Tensor(np.zeros((3, 0)))
        assert mg.backprop(np.sum(f(x)))[x].shape == (3, 0)
    x = mg.Tensor(np.zeros((3, 0)))
    y = mg.logsumexp(x, 1)
    assert y.value.tolist() == [-np.inf] * 3
    assert mg.backprop(np.sum(np.exp(y)))[x].shape == (3, 0)
