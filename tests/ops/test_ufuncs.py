"""NumPy's elementwise functions at orders 1, 2 and 3."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg
from minigrad.op import CONSTANT, REFUSED

RNG = np.random.default_rng(17)


def between(low, high, *shape):
    return RNG.uniform(low, high, shape)


ANY = between(-2, 2, 3, 4)
POSITIVE = between(0.4, 2.5, 3, 4)
INSIDE = between(-0.8, 0.8, 3, 4)
ABOVE_1 = between(1.2, 3, 3, 4)
OFF_0 = POSITIVE * RNG.choice([-1, 1], (3, 4))

ONE = {
    "negative": ANY, "positive": ANY, "conjugate": ANY, "real": ANY, "real_if_close": ANY, "copy": ANY,
    "square": ANY, "reciprocal": OFF_0, "sqrt": POSITIVE, "cbrt": OFF_0, "absolute": OFF_0, "fabs": OFF_0,
    "exp": ANY, "exp2": ANY, "expm1": ANY, "log": POSITIVE, "log2": POSITIVE, "log10": POSITIVE,
    "log1p": INSIDE, "sin": ANY, "cos": ANY, "tan": INSIDE, "arcsin": INSIDE, "arccos": INSIDE,
    "arctan": ANY, "sinh": ANY, "cosh": ANY, "tanh": ANY, "arcsinh": ANY, "arccosh": ABOVE_1,
    "arctanh": INSIDE, "deg2rad": ANY, "radians": ANY, "rad2deg": ANY, "degrees": ANY, "sinc": ANY,
    "nan_to_num": ANY, "unwrap": 9 * ANY,
}  # fmt: skip

ROW = between(0.5, 1.5, 4)
GRID = RNG.permutation(12).reshape(3, 4) * 0.31 + 0.17
"""Entries whose differences from ROW's multiples stay clear of 0."""

TWO = {
    "add": (ANY, ROW), "subtract": (ANY, ROW), "multiply": (ANY, ROW), "divide": (ANY, ROW),
    "power": (POSITIVE, ROW), "float_power": (POSITIVE, ROW), "arctan2": (OFF_0, ROW), "hypot": (OFF_0, ROW),
    "logaddexp": (ANY, ROW), "logaddexp2": (ANY, ROW), "maximum": (OFF_0, np.full(4, 0.1)),
    "minimum": (OFF_0, np.full(4, 0.1)), "fmax": (OFF_0, np.full(4, 0.1)), "fmin": (OFF_0, np.full(4, 0.1)),
    "remainder": (np.arange(-6, 6).reshape(3, 4) + 0.5, np.array([1.13, -1.7, 2.3, 0.97])),
    "fmod": (np.arange(-6, 6).reshape(3, 4) + 0.5, np.array([1.13, -1.7, 2.3, 0.97])),
    "copysign": (OFF_0, np.array([1.0, -1.0, 2.0, -0.3])), "nextafter": (ANY, np.zeros(4)),
    "heaviside": (OFF_0, ROW),
}  # fmt: skip


def test_every_elementwise_function_of_numpy_is_tested_here_or_not_differentiable():
    own = {"clip", "divmod", "modf", "frexp", "ldexp"}
    products = {"matmul", "vecdot", "matvec", "vecmat"}
    ufuncs = {name for name in dir(np) if isinstance(getattr(np, name), np.ufunc)}
    known = {f.__name__ for f in CONSTANT | REFUSED.keys()} | {*ONE, *TWO} | own | products
    assert {getattr(np, name).__name__ for name in ufuncs} - known == set()


@pytest.mark.parametrize("name", ONE)
def test_functions_of_one_argument(name):
    check_orders(getattr(np, name), ONE[name])
    check_values_and_types(getattr(np, name), ONE[name])
    for x in (ONE[name][1, 2], ONE[name][:0], ONE[name].T):
        if name != "unwrap" or np.ndim(x):
            check_values_and_types(getattr(np, name), x)


@pytest.mark.parametrize("name", TWO)
def test_functions_of_two_arguments(name):
    f, (a, b) = getattr(np, name), TWO[name]
    check_orders(f, a, b)
    for pair in ((a, b), (a[0, 0], b), (a, b[1]), (a[0, 0], b[1]), (a[:0], b), (a[:, :1], b)):
        check_values_and_types(f, *pair)
    for number in (2, 0.5, np.float64(0.5), np.array([3])):
        one_side = [lambda b, n=number: f(n, b), lambda a, n=number: f(a, n)]
        for g, x in zip(one_side, (b + 3.01, abs(a) + 3.01), strict=True):
            check_values_and_types(g, x)


# What HIPS/autograd has, and derives without a kink.
SECOND = ["tan", "arcsin", "arccos", "arctan", "sinh", "arccosh", "log1p", "exp2", "sinc"]


@pytest.mark.parametrize("name", SECOND)
def test_a_second_opinion_on_functions_of_one_argument(name):
    x = mg.Tensor(ONE[name])
    want = autograd.elementwise_grad(getattr(anp, name))(ONE[name])
    y = getattr(np, name)(x)
    np.testing.assert_allclose(mg.backprop(y, seed=np.ones(y.shape))[x], want, rtol=1e-12)


@pytest.mark.parametrize("name", ["arctan2", "logaddexp", "logaddexp2", "remainder"])
def test_a_second_opinion_on_functions_of_two_arguments(name):
    a, b = map(mg.Tensor, TWO[name])
    y = getattr(np, name)(a, b)
    table = mg.backprop(y, seed=np.ones(y.shape))
    for i, x in enumerate((a, b)):
        want = autograd.elementwise_grad(getattr(anp, name), i)(a.value, b.value)
        np.testing.assert_allclose(table[x], want, rtol=1e-12)


@pytest.mark.parametrize("order", range(1, 7))
def test_sinc_at_any_order_near_its_branches(order):
    """Derivatives of ∫₀¹ cos πxt dt under the integral, which has no cancellation."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    t, w = (nodes + 1) / 2, weights / 2
    x = np.array([0.0, 1e-9, 1e-4, 0.1, (order + 0.999) / np.pi, (order + 1.001) / np.pi, -1.5, 4.0])
    want = np.sum(w * (np.pi * t) ** order * np.cos(np.pi * x[:, None] * t + order * np.pi / 2), 1)
    leaf = mg.Tensor(x)
    y = np.sinc(leaf)
    for _ in range(order):
        y = mg.backprop(np.sum(y), record=True)[leaf]
    np.testing.assert_allclose(y.value, want, rtol=1e-11, atol=1e-12 * np.pi**order)


def test_functions_with_two_results():
    x, b = mg.Tensor([-3.7, 0.3, 5.2]), mg.Tensor([1.5, 1.5, -2.0])
    for f, args, slopes in (
        (np.divmod, (x, b), [1, 1, 1]),
        (np.modf, (x,), [1, 1, 1]),
        (np.frexp, (x,), [0.25, 2, 0.125]),
    ):
        want = f(*[arg.value for arg in args])
        got = f(*args)
        tensor, array = got if isinstance(got[0], mg.Tensor) else got[::-1]
        value, constant = want if isinstance(got[0], mg.Tensor) else want[::-1]
        assert isinstance(array, np.ndarray)
        np.testing.assert_array_equal(array, constant)
        np.testing.assert_array_equal(tensor.value, value)
        np.testing.assert_array_equal(mg.backprop(np.sum(tensor))[x], slopes)
    assert isinstance(np.divmod(x, 2.0)[1], mg.Tensor)
    check_orders(lambda x: np.sin(np.frexp(x)[0]), x.value)
    check_orders(lambda x: np.sin(np.modf(x)[0]), x.value)


def test_powers_of_two():
    n = np.array([[3], [-2]])
    check_orders(lambda x: np.ldexp(x, n), [1.5, -0.3, 2.0])
    check_values_and_types(lambda x: np.ldexp(x, n), [1.5, -0.3, 2.0])


def test_the_quotient_of_fmod_is_exact_where_the_division_rounds_up():
    a, b = mg.Tensor(np.nextafter(3.0, 0.0) * 1e15), mg.Tensor(1e15)
    assert mg.backprop(np.fmod(a, b))[b] == -2


def test_unwrap_takes_numpys_arguments():
    p = np.cumsum(between(-3, 3, 5, 6), axis=1) % 4.0
    for kwargs in ({"axis": 0}, {"period": 4.0}, {"discont": 3.5, "axis": 1}):
        check_values_and_types(lambda p, kwargs=kwargs: np.unwrap(p, **kwargs), p)
        check_orders(lambda p, kwargs=kwargs: np.sin(np.unwrap(p, **kwargs)), p, h=1e-5)


def test_nan_to_num():
    x = mg.Tensor([np.nan, 1.0, np.inf, -np.inf, -2.0])
    y = np.nan_to_num(x, nan=7.0, posinf=8.0)
    np.testing.assert_array_equal(y.value, np.nan_to_num(x.value, nan=7.0, posinf=8.0))
    np.testing.assert_array_equal(mg.backprop(np.sum(y))[x], [0, 1, 0, 0, 1])
    with pytest.raises(TypeError, match="copy=False"):
        np.nan_to_num(x, copy=False)


def test_full_like_keeps_the_tensor_that_fills_it_in_the_graph():
    fill = mg.Tensor(3.0)
    y = np.full_like(mg.Tensor(np.ones((2, 3), np.float32)), fill)
    assert (y.shape, y.dtype) == ((2, 3), np.float32)
    assert mg.backprop(np.sum(y))[fill] == 6
    assert isinstance(np.full_like(fill, 2.0), np.ndarray)


def test_where_with_a_condition_alone_gives_the_places():
    x = mg.Tensor([[0.0, 2.0], [3.0, 0.0]])
    np.testing.assert_array_equal(np.where(x), np.where(x.value))


def test_an_argument_that_is_not_supported_is_named():
    x = mg.Tensor([1.0])
    with pytest.raises(TypeError, match="where="):
        np.arctan(x, where=np.array([True]))
    with pytest.raises(TypeError, match="tol="):
        np.real_if_close(x, tol=3)
