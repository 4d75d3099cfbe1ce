import numpy as np
import pytest
from oracles import assert_gradient, complex_step
from smooth import energy

import minigrad as mg
from minigrad.transforms import grad, hessian, jacobian, jvp, value_and_grad, vjp


@pytest.fixture
def x(rng):
    return rng.normal(size=4)


def test_grad_is_that_of_the_complex_step(x):
    assert_gradient(grad(energy)(x), complex_step(energy, x), rtol=1e-13)


def test_value_and_grad_calls_once_and_gives_what_f_gives_for_arrays(x):
    calls = []
    value, gradient = value_and_grad(lambda x: calls.append(1) or energy(x))(x)
    assert len(calls) == 1
    assert value == energy(x)
    assert type(value) is np.float64
    assert_gradient(gradient, complex_step(energy, x), rtol=1e-13)


def test_containers_come_back_as_they_went_in(rng):
    p = {"W": rng.normal(size=(2, 3)), "rest": [rng.normal(size=2).astype(np.float32), (0.5, np.array(0.25))]}

    def f(p):
        b, (c, d) = p["rest"]
        return np.sum((p["W"] @ np.ones(3) * c + b) ** 2) * d

    g = grad(f)(p)
    inner = p["W"] @ np.ones(3) * 0.5 + p["rest"][0]
    assert list(g) == ["W", "rest"]
    assert_gradient(g["W"], np.outer(2 * inner * 0.5 * 0.25, np.ones(3)))
    b, (c, d) = g["rest"]
    assert (b.dtype, b.shape, type(c), type(d), d.shape) == (np.float32, (2,), np.float64, np.ndarray, ())
    np.testing.assert_allclose(b, 2 * inner * 0.25, rtol=2e-7)
    np.testing.assert_allclose(c, np.sum(2 * inner * (p["W"] @ np.ones(3))) * 0.25)
    np.testing.assert_allclose(d, np.sum(inner**2))
    assert type(p["rest"][1]) is tuple


def test_argnums_may_be_several_and_count_from_the_end():
    def f(a, b, c, *, scale):
        return scale * a * b**2 * c**3

    assert grad(f, argnums=1)(2.0, 3.0, 5.0, scale=7.0) == 7 * 2 * 6 * 125
    assert grad(f, argnums=(2, 0))(2.0, 3.0, 5.0, scale=7.0) == (7 * 2 * 9 * 75, 7 * 9 * 125)
    assert grad(f, argnums=-1)(2.0, 3.0, 5.0, scale=7.0) == 7 * 2 * 9 * 75
    assert grad(f, argnums=())(2.0, 3.0, 5.0, scale=7.0) == ()


def test_a_number_gives_a_number_and_an_array_without_axes_an_array():
    assert type(grad(np.sin)(0.5)) is np.float64
    assert isinstance(grad(np.sin)(0.5), float)
    assert type(grad(np.sin)(np.float32(0.5))) is np.float32
    zero_d = grad(np.sin)(np.array(0.5))
    assert (type(zero_d), zero_d.shape) == (np.ndarray, ())


def test_every_order_of_a_sine():
    f, wanted = np.sin, [np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x), np.sin, np.cos]
    for slope in wanted:
        f = grad(f)
        np.testing.assert_allclose(f(0.7), slope(0.7), rtol=1e-13)


def test_a_gradient_inside_of_a_function_is_no_confusion_of_levels():
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert grad(lambda a: grad(lambda b: a * b**2)(3.0))(2.0) == 6.0
    inner = grad(lambda x: grad(lambda y: x**2 * y**3)(x))
    np.testing.assert_allclose(inner(2.0), 12 * 2.0**3)
    assert jvp(lambda x: jvp(lambda y: x * y**2, (3.0,), (1.0,))[1], (2.0,), (1.0,))[1] == 6.0
    assert grad(lambda x: jvp(lambda y: x * y**2, (3.0,), (x,))[1])(2.0) == 2 * 2 * 2 * 3.0


def test_what_depends_on_an_outer_tensor_is_a_tensor(x):
    W = mg.Tensor(2.0, name="W")
    g = grad(lambda x: np.sum(W * x**2))(x)
    assert isinstance(g, mg.Tensor)
    np.testing.assert_array_equal(g.value, 4 * x)
    np.testing.assert_allclose(mg.backprop(np.sum(g))[W], np.sum(2 * x))
    leaf = mg.Tensor(x)
    gradient, zero = grad(lambda a, b: np.sum(a**3), argnums=(0, 1))(leaf, leaf)
    np.testing.assert_allclose(mg.backprop(np.sum(gradient))[leaf], 6 * x)
    assert isinstance(zero, mg.Tensor)
    assert not np.any(zero.value)
    assert grad(lambda x: W)(3.0).item() == 0.0


def test_gradients_that_are_tensors_are_different_nodes():
    leaf = mg.Tensor(2.0)
    a, b = grad(lambda a, b: a + b, argnums=(0, 1))(leaf, leaf)
    a += 1.0
    assert (a.item(), b.item()) == (2.0, 1.0)


def test_tensors_made_inside_of_f_do_not_make_the_result_a_tensor(x):
    assert type(grad(lambda x: np.sum(x * mg.Tensor(x.value)))(x)) is np.ndarray
    assert type(grad(lambda x: np.sum(grad(lambda y: np.sum(y**3))(x * 2)))(x)) is np.ndarray


def test_what_f_does_not_depend_on_has_zero_gradient(x):
    g, zero = grad(lambda a, b: np.sum(a), argnums=(0, 1))(x, x[:3].astype(np.float32))
    np.testing.assert_array_equal(g, np.ones(4))
    assert (zero.shape, zero.dtype, np.any(zero)) == ((3,), np.float32, False)


@pytest.mark.parametrize("constant", [1.5, 0, np.float32(2.0), np.array([3.0]), np.array(4)])
def test_a_constant_function_has_zero_gradient(constant, x):
    value, g = value_and_grad(lambda x: constant)(x)
    assert value is constant
    np.testing.assert_array_equal(g, np.zeros(4))
    np.testing.assert_array_equal(grad(lambda x: np.sum(np.floor(x)))(x), np.zeros(4))
    assert grad(grad(lambda x: 3.0 * x))(2.0) == 0.0


def test_float32_stays_float32(x):
    single = x.astype(np.float32)
    value, g = value_and_grad(energy)(single)
    assert g.dtype == np.float32
    assert hessian(lambda x: np.sum(np.sin(x) * x[0]))(single).dtype == np.float32
    for entries in (1, 2, 4):
        f = jacobian(lambda x, n=entries: np.outer(x.astype(np.float64) ** 2, x[:n].astype(np.float64)))
        assert f(single).dtype == np.float32
    value, tangent = jvp(np.sin, (single,), (x,))
    assert value.dtype == tangent.dtype == np.float32
    np.testing.assert_allclose(g, complex_step(energy, x), rtol=2e-3, atol=1e-5)


def test_gradients_share_memory_with_nothing(x):
    a, b = grad(lambda a, b: np.sum(a + b), argnums=(0, 1))(x, x)
    a += 1
    np.testing.assert_array_equal(b, np.ones(4))
    cotangent = np.ones(4)
    value, pull = vjp(lambda x: x, x)
    (g,) = pull(cotangent)
    assert not any(np.shares_memory(g, other) for other in (x, cotangent, value))
    assert not np.shares_memory(value, x)
    g += 1
    np.testing.assert_array_equal(pull(cotangent)[0], np.ones(4))


def write_add(x):
    x += 1.0
    return np.sum(x**2)


def write_entry(x):
    x[1] = x[0] * 3.0
    return np.sum(x**2)


def write_constant(x):
    x[1] = 5.0
    x *= 2.0
    return np.sum(x**2)


@pytest.mark.parametrize(
    ("f", "curvature"),
    [(write_add, [2, 2, 2, 2]), (write_entry, [20, 0, 2, 2]), (write_constant, [8, 0, 8, 8])],
)
def test_what_f_writes_into_an_argument_counts_and_stays_inside(f, curvature, x):
    before = x.copy()
    g = grad(f)(x)
    np.testing.assert_array_equal(x, before)
    assert_gradient(g, complex_step(lambda z: f(z.copy()), x))
    leaf = mg.Tensor(x)
    assert_gradient(grad(f)(leaf).value, g)
    np.testing.assert_array_equal(leaf.value, before)
    assert_gradient(hessian(f)(x), np.diag(np.array(curvature, float)))


def test_containers_that_f_changes_are_its_own(x):
    p = {"x": x}

    def f(p):
        p["x"] = p["x"] * 2
        p["y"] = p["x"]
        return np.sum(p["y"])

    np.testing.assert_array_equal(grad(f)(p)["x"], np.full(4, 2.0))
    assert list(p) == ["x"]
    assert p["x"] is x


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (3, r"args\[0\] is of type int, .* pass a float \(3.0"),
        (np.arange(3), r"args\[0\] is of type array of int64"),
        (True, "of type bool"),
        (1j, "of type complex"),
        (None, "of type NoneType"),
        ({"W": [1.0, "x"]}, r"args\[0\]\['W'\]\[1\] is of type str"),
    ],
)
def test_what_has_no_small_changes_is_refused_with_its_place(bad, message):
    with pytest.raises(TypeError, match=message):
        grad(lambda p: 1.0)(bad)


def test_integers_are_welcome_where_no_gradient_is_wanted(x):
    np.testing.assert_array_equal(grad(lambda x, n, key: np.sum(x[key] ** n))(x, 2, 1), [0, 2 * x[1], 0, 0])


def test_a_gradient_wants_one_number(x):
    with pytest.raises(ValueError, match=r"returned shape \(4,\); a gradient is that of one number: "):
        grad(lambda x: x * 2)(x)
    with pytest.raises(ValueError, match=r"returned shape \(3,\)"):
        grad(lambda x: np.zeros(3))(x)
    with pytest.raises(TypeError, match="returned a tuple; a gradient is that of one number"):
        grad(lambda x: (np.sum(x), 1.0))(x)
    with pytest.raises(TypeError, match="is None of type NoneType; wanted: tensors, arrays or real numbers"):
        grad(lambda x: None)(x)
    assert_gradient(grad(lambda x: np.sum(x, keepdims=True))(x), np.ones(4))


def test_argnums_that_do_not_fit_are_named(x):
    with pytest.raises(ValueError, match="argnums names argument 2, but 1 positional arguments were given"):
        grad(energy, argnums=2)(x)
    with pytest.raises(ValueError, match="names an argument twice"):
        grad(lambda a, b: a * b, argnums=(0, -2))(1.0, 2.0)
    with pytest.raises(TypeError, match=r"a function is wanted, .* not grad\(f\(x\)\)"):
        grad(3.0)


def test_a_long_recurrence_needs_no_recursion():
    def f(h):
        for _ in range(20_000):
            h = np.tanh(h)
        return h

    h, slope = 0.9, 1.0
    for _ in range(20_000):
        h = np.tanh(h)
        slope *= 1 - h * h
    np.testing.assert_allclose(grad(f)(0.9), slope, rtol=1e-9)
