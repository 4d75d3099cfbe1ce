"""Products with the derivative from both sides, and the matrices that are made of them."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from oracles import assert_gradient, complex_step
from smooth import energy, field

import minigrad as mg
from minigrad.linearisation import Linearisation
from minigrad.transforms import _columns, _rows, grad, hessian, hvp, jacobian, jvp, vjp


class Cube(mg.Op):
    """A user's own op, which has nothing but bprop."""

    def f(self, x):
        return x**3

    def bprop_x(self, G, y, x):
        # A rule that asks whether the cotangent is zero must not make the derivative zero.
        return np.where(np.equal(G, 0), 0.0, G * 3 * x**2)


@pytest.fixture
def x(rng):
    return rng.normal(size=4)


def test_vjp_pulls_back_through_trees_of_outputs(rng, x):
    y = rng.normal(size=3)

    def f(x, y):
        return {"a": field(x) * y, "b": (np.sum(y) * x[0], 7.0)}

    value, pull = vjp(f, x, y)
    assert value["b"][1] == 7.0
    np.testing.assert_array_equal(value["a"], field(x) * y)
    c, d = rng.normal(size=3), 0.5
    gx, gy = pull({"b": (d, 100.0), "a": c})
    assert_gradient(gx, complex_step(lambda x: np.sum(c * field(x) * y) + d * np.sum(y) * x[0], x), 1e-13)
    assert_gradient(gy, c * field(x) + d * x[0], 1e-13)
    _, pull = vjp(lambda x: (x, x), x)
    np.testing.assert_array_equal(pull((np.ones(4), np.ones(4)))[0], np.full(4, 2.0))


def test_a_pull_is_of_the_call_whatever_is_written_later(x):
    leaf = mg.Tensor(x)
    value, pull = vjp(lambda x: x**2, leaf)
    value *= 3.0
    leaf *= 0.0
    np.testing.assert_allclose(pull(np.ones(4))[0].value, 2 * x)
    value, pull = vjp(np.exp, x)
    value += 1.0
    np.testing.assert_allclose(pull(np.ones(4))[0], np.exp(x))


def test_a_cotangent_that_is_a_tensor_is_differentiated(x):
    _, pull = vjp(np.sin, x)
    u = mg.Tensor(np.ones(4))
    np.testing.assert_allclose(mg.backprop(np.sum(pull(u)[0]), u)[u], np.cos(x))


def test_a_tangent_that_is_a_tensor_is_differentiated(x):
    v = mg.Tensor(np.ones(4))
    _, tangent = jvp(np.sin, (x,), (v,))
    np.testing.assert_allclose(mg.backprop(np.sum(tangent), v)[v], np.cos(x))


def test_cotangents_and_tangents_of_the_wrong_form_are_named(x):
    _, pull = vjp(lambda x: (x, x), x)
    with pytest.raises(ValueError, match=r"the cotangent\[1\] has shape \(3,\); wanted: \(4,\)"):
        pull((x, x[:3]))
    with pytest.raises(ValueError, match=r"the cotangent is entries \[0\]; wanted: a tuple with entries"):
        pull((x,))
    with pytest.raises(TypeError, match=r"the tangent\[0\] is of complex128; wanted: real numbers"):
        jvp(np.sin, (x,), (x * 1j,))
    with pytest.raises(TypeError, match="primals is a tuple or list with one entry per argument"):
        jvp(np.sin, x, x)
    with pytest.raises(TypeError, match=r"hvp\(f\) takes the arguments of f and then v"):
        hvp(energy)(x)


def test_jvp_is_the_complex_step_along_the_tangent(rng, x):
    v = rng.normal(size=4)
    value, tangent = jvp(field, (x,), (v,))
    np.testing.assert_array_equal(value, field(x))
    assert_gradient(tangent, np.imag(field(x + 1e-30j * v)) / 1e-30, rtol=1e-13)


def test_jvp_agrees_with_a_library_that_has_forward_rules(rng, x):
    v = rng.normal(size=4)
    push = autograd.make_jvp(lambda x: field(x, anp))(x)
    for ours, theirs in zip(jvp(field, [x], [v]), push(v), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-13)


def test_forward_mode_of_an_op_that_has_only_bprop(x):
    v = np.array([1.0, -2.0, 0.0, 3.0])
    value, tangent = jvp(Cube(), (x,), (v,))
    np.testing.assert_array_equal(value, x**3)
    np.testing.assert_allclose(tangent, 3 * x**2 * v, rtol=1e-14)
    np.testing.assert_allclose(jvp(lambda x: jvp(Cube(), (x,), (v,))[1], (x,), (v,))[1], 6 * x * v * v)


def test_jvp_of_constants_and_unused_arguments(x):
    value, tangent = jvp(lambda x, y: (np.sum(y), 3, np.floor(x)), (x, 2.0), (x, 5.0))
    assert value[:2] == (2.0, 3)
    assert tangent[:2] == (5.0, 0.0)
    np.testing.assert_array_equal(tangent[2], np.zeros(4))
    np.testing.assert_array_equal(jvp(lambda x, y: x, (x, 2.0), (0 * x, 5.0))[1], np.zeros(4))


def test_a_zero_tangent_wins_over_an_infinite_slope():
    _, tangent = jvp(np.sqrt, (np.array([0.0, 4.0]),), (np.array([0.0, 1.0]),))
    np.testing.assert_array_equal(tangent, [0.0, 0.25])


def test_integer_tangents_are_numbers_too(x):
    np.testing.assert_allclose(jvp(np.sin, (x,), ([1, 0, 0, 2],))[1], np.cos(x) * [1, 0, 0, 2])


@pytest.mark.parametrize("outputs", [2, 5])
def test_jacobian_by_rows_and_by_columns(outputs, rng, x):
    B = rng.normal(size=(outputs, 4))

    def f(x):
        return np.sin(B @ x)[:, np.newaxis] * x[:2]

    wanted = np.stack([np.imag(f(x + 1e-30j * e)) / 1e-30 for e in np.eye(4)], axis=-1)
    assert_gradient(jacobian(f)(x), wanted, rtol=1e-13)
    near = Linearisation(f, (x,), {}, 0)
    for blocks in (_rows(near), _columns(near)):
        assert_gradient(blocks[0][0], wanted, rtol=1e-13)


def test_jacobian_takes_the_fewer_passes(x, monkeypatch):
    passes = []
    for way in ("pull", "push"):
        method = getattr(Linearisation, way)
        monkeypatch.setattr(Linearisation, way, lambda *args, w=way, m=method: passes.append(w) or m(*args))
    jacobian(lambda x: x[:3])(x)
    assert passes == ["pull"] * 3
    passes.clear()
    jacobian(lambda x: np.outer(x, x[:2]))(x)
    assert passes == ["push"] * 4


def test_jacobian_shapes_are_those_of_the_function_and_then_of_the_argument(rng):
    X = rng.normal(size=(2, 3))
    assert jacobian(np.sum)(X).shape == (2, 3)
    assert jacobian(lambda X: X.T)(X).shape == (3, 2, 2, 3)
    assert jacobian(lambda X: X[:, :0])(X).shape == (2, 0, 2, 3)
    assert jacobian(lambda x: x * X)(2.0).shape == (2, 3)
    assert jacobian(lambda x: np.stack([x, x * x]))(np.array([])).shape == (2, 0, 0)
    assert jacobian(lambda x: np.zeros((5, 1)))(X).shape == (5, 1, 2, 3)
    np.testing.assert_array_equal(jacobian(lambda X: X.T)(X)[2, 1], [[0, 0, 0], [0, 0, 1]])


def test_jacobian_of_trees_is_a_tree_of_trees(rng):
    a, b = rng.normal(size=3), 2.0
    blocks = jacobian(lambda a, b: {"s": np.sum(a**2) * b, "p": [a * b]}, argnums=(0, 1))(a, b)
    s, p = blocks["s"], blocks["p"][0]
    assert_gradient(s[0], 2 * a * b)
    np.testing.assert_allclose(s[1], np.sum(a**2))
    assert_gradient(p[0], np.eye(3) * b)
    assert_gradient(p[1], a)
    many = jacobian(lambda a, b: [np.outer(a, a) * b], argnums=(0, 1))(a, b)[0]
    assert_gradient(many[1], np.outer(a, a))


def test_hessian_agrees_with_another_library(x):
    wanted = autograd.hessian(lambda x: energy(x, anp))(x)
    assert_gradient(hessian(energy)(x), wanted, rtol=1e-12)


def test_third_derivatives_agree_with_another_library(x):
    wanted = autograd.jacobian(autograd.hessian(lambda x: energy(x, anp)))(x)
    assert_gradient(jacobian(hessian(energy))(x), wanted, rtol=1e-11)


def test_hessian_blocks_of_two_arguments(rng):
    a, b = rng.normal(size=2), rng.normal(size=3)
    (aa, ab), (ba, bb) = hessian(lambda a, b: np.sum(a**2) * np.sum(b**3), argnums=(0, 1))(a, b)
    assert_gradient(aa, 2 * np.eye(2) * np.sum(b**3))
    assert_gradient(ab, np.outer(2 * a, 3 * b**2))
    assert_gradient(ba, ab.T)
    assert_gradient(bb, np.sum(a**2) * np.diag(6 * b))


def test_hvp_is_the_hessian_times_v(rng, x):
    v = rng.normal(size=4)
    assert_gradient(hvp(energy)(x, v), hessian(energy)(x) @ v, rtol=1e-13)
    f = hvp(lambda n, p: np.sum(p["a"] ** n) * p["b"], argnums=1)
    product = f(3, {"a": x, "b": 2.0}, {"a": v, "b": 0.5})
    assert_gradient(product["a"], 12 * x * v + 3 * x**2 * 0.5, rtol=1e-13)
    np.testing.assert_allclose(product["b"], np.sum(3 * x**2 * v))
    np.testing.assert_allclose(grad(lambda v: np.sum(hvp(energy)(x, v)))(v), hessian(energy)(x).sum(axis=0))
