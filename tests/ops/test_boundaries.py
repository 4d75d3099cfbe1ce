"""The conventions at kinks, poles and infinities, at orders 1 and 2."""

import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg

INF = np.inf

POINTS = {
    # name: function, point, slope, curvature
    "√0": (np.sqrt, 0.0, INF, -INF),
    "√x where x > 0, at 0": (lambda x: np.where(x > 0, np.sqrt(x), 0.0), 0.0, 0, 0),
    "√x where x > 0, at -1": (lambda x: np.where(x > 0, np.sqrt(x), 0.0), -1.0, 0, 0),
    "∛0": (np.cbrt, 0.0, INF, -INF),
    "ln 0": (np.log, 0.0, INF, -INF),
    "ln x where x > 0, at 0": (lambda x: np.where(x > 0, np.log(x), 0.0), 0.0, 0, 0),
    "log1p(-1)": (np.log1p, -1.0, INF, -INF),
    "1 / 0": (lambda x: 1 / x, 0.0, -INF, INF),
    "1 / x where x ≠ 0, at 0": (lambda x: np.where(x != 0, 1 / x, 5.0), 0.0, 0, 0),
    "reciprocal(0)": (np.reciprocal, 0.0, -INF, INF),
    "x / 0": (lambda x: x / 0, 1.0, INF, 0),
    "x⁰ at 0": (lambda x: x**0, 0.0, 0, 0),
    "x⁰ at 2": (lambda x: x**0, 2.0, 0, 0),
    "x¹ at 0": (lambda x: x**1, 0.0, 1, 0),
    "x² at 0": (lambda x: x**2, 0.0, 0, 2),
    "x² at 0, array exponent": (lambda x: x ** np.array(2.0), 0.0, 0, 2),
    "x⁰ at 0, array exponent": (lambda x: x ** np.array(0.0), 0.0, 0, 0),
    "x^1.5 at 0": (lambda x: x**1.5, 0.0, 0, INF),
    "x^0.5 at 0": (lambda x: x**0.5, 0.0, INF, -INF),
    "0ˣ at 0": (lambda x: 0.0**x, 0.0, 0, 0),
    "0ˣ at 2": (lambda x: 0.0**x, 2.0, 0, 0),
    "|0|": (np.abs, 0.0, 0, 0),
    "relu(0)": (mg.relu, 0.0, 0, 0),
    "copysign(0, 1)": (lambda x: np.copysign(x, 1.0), 0.0, 0, 0),
    "max(x, 0) at the tie": (lambda x: np.maximum(x, 0.0), 0.0, 0.5, 0),
    "min(x, 0) at the tie": (lambda x: np.minimum(x, 0.0), 0.0, 0.5, 0),
    "fmax(x, 0) at the tie": (lambda x: np.fmax(x, 0.0), 0.0, 0.5, 0),
    "fmax(x, nan)": (lambda x: np.fmax(x, np.nan), 1.0, 1, 0),
    "fmin(nan, x)": (lambda x: np.fmin(np.nan, x), 1.0, 1, 0),
    "fmax(x, 0) at nan": (lambda x: np.fmax(x, 0.0), np.nan, 0, 0),
    "max(x², x) at the tie 1": (lambda x: np.maximum(x * x, x), 1.0, 1.5, 1),
    "clip on the lower bound": (lambda x: np.clip(x * x, 1.0, 4.0), 1.0, 2, 2),
    "clip on the upper bound": (lambda x: np.clip(x * x, 1.0, 4.0), 2.0, 4, 2),
    "clip outside": (lambda x: np.clip(x * x, 1.0, 4.0), 3.0, 0, 0),
    "sign(0) x": (lambda x: np.sign(x) * x, 0.0, 0, 0),
    "heaviside(0, ½)": (lambda x: np.heaviside(x, 0.5) + 0 * x, 0.0, 0, 0),
    "hypot(0, 0)": (lambda x: np.hypot(x, 0.0), 0.0, 0, 0),
    "hypot(1e300, 1e300)": (lambda x: np.hypot(x, 1e300), 1e300, 0.5**0.5, 2**-1.5 / 1e300),
    "arctan2(0, 0)": (lambda x: np.arctan2(x, 0.0), 0.0, 0, 0),
    "arctan2(0, x) at 0": (lambda x: np.arctan2(0.0, x), 0.0, 0, 0),
    "arcsin 1": (np.arcsin, 1.0, INF, INF),
    "arccos -1": (np.arccos, -1.0, -INF, INF),
    "arccosh 1": (np.arccosh, 1.0, INF, -INF),
    "arccosh 1e200": (np.arccosh, 1e200, 1e-200, 0),
    "arcsin -1": (np.arcsin, -1.0, INF, -INF),
    "arctanh 1": (np.arctanh, 1.0, INF, INF),
    "arctan 1e200": (np.arctan, 1e200, 0, 0),
    "arcsinh 1e200": (np.arcsinh, 1e200, 1e-200, 0),
    "tanh 800": (np.tanh, 800.0, 0, 0),
    "sigmoid -800": (mg.sigmoid, -800.0, 0, 0),
    "sigmoid 800": (mg.sigmoid, 800.0, 0, 0),
    "sigmoid 0": (mg.sigmoid, 0.0, 0.25, 0),
    "logaddexp(-∞, -∞)": (lambda x: np.logaddexp(x, -INF), -INF, 0, 0),
    "logaddexp(x, -∞)": (lambda x: np.logaddexp(x, -INF), 1.0, 1, 0),
    "logaddexp(-∞, x) in -∞": (lambda x: np.logaddexp(x, 1.0), -INF, 0, 0),
    "logaddexp(∞, 1)": (lambda x: np.logaddexp(x, 1.0), INF, 1, 0),
    "logaddexp(800, -800)": (lambda x: np.logaddexp(x, -800.0), 800.0, 1, 0),
    "logaddexp(0, 0)": (lambda x: np.logaddexp(x, 0.0), 0.0, 0.5, 0.25),
    "logaddexp2(-∞, -∞)": (lambda x: np.logaddexp2(-INF, x), -INF, 0, 0),
    "logaddexp2(0, 0)": (lambda x: np.logaddexp2(x, 0.0), 0.0, 0.5, np.log(2) / 4),
    "logsumexp of -∞": (lambda x: mg.logsumexp(np.stack([x, x])), -INF, 0, 0),
    "sinc 0": (np.sinc, 0.0, 0, -(np.pi**2) / 3),
    "remainder(0, 2)": (lambda x: np.remainder(x, 2.0), 0.0, 1, 0),
    "floor(x) x at 1": (lambda x: np.floor(x) * x, 1.0, 1, 0),
    "eˣ where x < 9, at 1000": (lambda x: np.where(x < 9, np.exp(x), 1.0), 1000.0, 0, 0),
    "2ˣ where x < 9, at 9000": (lambda x: np.where(x < 9, np.exp2(x), 1.0), 9000.0, 0, 0),
    "eˣ - 1 where x < 9, at 1000": (lambda x: np.where(x < 9, np.expm1(x), 1.0), 1000.0, 0, 0),
    "sinh x where x < 9, at 1000": (lambda x: np.where(x < 9, np.sinh(x), 1.0), 1000.0, 0, 0),
    "cosh x where x < 9, at 1000": (lambda x: np.where(x < 9, np.cosh(x), 1.0), 1000.0, 0, 0),
    "x⁹ where x < 9, at 1e300": (lambda x: np.where(x < 9, x**9, 1.0), 1e300, 0, 0),
    "arcsin x where x < 1, at 2": (lambda x: np.where(x < 1, np.arcsin(x), 1.0), 2.0, 0, 0),
    "5 mod x where x > 0, at 0": (lambda x: np.where(x > 0, np.remainder(5.0, x), 0.0), 0.0, 0, 0),
    "fmod(5, x) where x > 0, at 0": (lambda x: np.where(x > 0, np.fmod(5.0, x), 0.0), 0.0, 0, 0),
    "sin x where x is finite, at ∞": (lambda x: np.where(np.isfinite(x), np.sin(x), 0.0), INF, 0, 0),
    "hypot(x, 1) where x is finite, at ∞": (
        lambda x: np.where(np.isfinite(x), np.hypot(x, 1), 0.0),
        INF,
        0,
        0,
    ),
    "nan_to_num at nan": (np.nan_to_num, np.nan, 0, 0),
    "eˣ - 1 at -800": (np.expm1, -800.0, 0, 0),
}


@pytest.mark.parametrize(("f", "point", "slope", "second"), POINTS.values(), ids=list(POINTS))
def test_slope_and_curvature(f, point, slope, second):
    for shape in ((), (2,)):
        x = np.full(shape, point)
        np.testing.assert_allclose(slopes(f, x), np.full(shape, slope), rtol=1e-13)
        np.testing.assert_allclose(curvature(f, x), np.full(shape, second), rtol=1e-14, atol=1e-300)


def test_there_are_enough_points():
    assert len(POINTS) >= 25


def mixed(f, a, b):
    """∂²f/∂a∂b and ∂²f/∂b∂a."""
    x, y = mg.Tensor(a), mg.Tensor(b)
    with np.errstate(all="ignore"):
        table = mg.backprop(f(x, y), record=True)
        gx, gy = table[x], table[y]
    return float(mg.backprop(gx)[y]), float(mg.backprop(gy)[x])


@pytest.mark.parametrize(
    ("a", "b", "want"), [(2.0, 0.0, 0.5), (0.0, 0.0, 0.0), (0.0, 2.0, 0.0), (2.0, 1.0, 1 + np.log(2))]
)
def test_the_mixed_derivatives_of_a_power_agree(a, b, want):
    np.testing.assert_allclose(mixed(np.power, a, b), (want, want), rtol=1e-14)


@pytest.mark.parametrize("f", [np.hypot, np.arctan2, np.logaddexp], ids=lambda f: f.__name__)
def test_the_mixed_derivatives_of_others_agree(f):
    assert len(set(np.round(mixed(f, 0.7, 1.3), 14))) == 1
    if f is not np.logaddexp:
        assert mixed(f, 0.0, 0.0) == (0, 0)


def test_ties_share_evenly_between_both_sides():
    for f in (np.maximum, np.minimum, np.fmax, np.fmin):
        a, b = slopes(f, [1.0, 2.0], [1.0, 2.0])
        np.testing.assert_array_equal((a, b), 0.5)


def test_numbers_beside_a_float32_tensor_keep_its_type():
    x = mg.Tensor(np.array([0.5, 2.0], np.float32))
    for f in (
        lambda x: 2.0**x, lambda x: x**0.5, lambda x: x**-1, lambda x: x**0, lambda x: x / 3,
        lambda x: x / 0.5, lambda x: 3 / x, lambda x: np.hypot(x, 1), lambda x: np.arctan2(1.0, x),
        lambda x: np.logaddexp(x, 0), lambda x: np.remainder(5, x), lambda x: np.fmod(x, 2),
        lambda x: np.copysign(x, -1), lambda x: np.fmax(x, 1),
    ):  # fmt: skip
        with np.errstate(all="ignore"):
            y = f(x)
        g = mg.backprop(np.sum(y), record=True)[x]
        assert y.dtype == g.dtype == np.float32
        assert mg.backprop(np.sum(g))[x].dtype == np.float32
