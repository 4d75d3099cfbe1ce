import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg
from minigrad.dispatch import full_name, plain
from minigrad.op import CONSTANT


@pytest.fixture
def X():
    return mg.Tensor(np.arange(1.0, 7.0).reshape(2, 3), name="X")


@pytest.mark.parametrize("function", [np.linalg.eig, np.i0, np.roots])
def test_a_function_without_a_rule_is_named(X, function):
    with pytest.raises(TypeError, match=rf"no derivative of {full_name(function)}: "):
        function(X)


def test_a_ufunc_without_a_rule_is_named(X):
    with pytest.raises(TypeError, match=r"no derivative of numpy\.gcd"):
        np.gcd(X, 2)
    with pytest.raises(TypeError, match=r"no derivative of numpy\.add\.reduceat"):
        np.add.reduceat(X, [0, 1])
    with pytest.raises(TypeError, match=r"no derivative of numpy\.add\.at"):
        np.add.at(np.zeros(3), [0], X)
    with pytest.raises(TypeError, match=r"no derivative of numpy\.divide\.reduce"):
        np.divide.reduce(X)


@pytest.mark.parametrize(
    "call",
    [
        lambda X: np.add(np.ones((2, 3)), X, out=np.ones((2, 3))),
        lambda X: np.tanh(np.ones((2, 3)), out=X),
        lambda X: np.sum(X, out=np.zeros(())),
        lambda X: np.ones((2, 3)).__iadd__(X),
        lambda X: np.add.reduce(X, out=np.zeros(3)),
    ],
)
def test_out_is_refused_with_what_to_do(X, call):
    with pytest.raises(TypeError, match=r"out=….*assign the result instead"):
        call(X)


def test_an_argument_that_the_recorded_form_lacks_is_named(X):
    with pytest.raises(TypeError, match=r"numpy\.tanh of a tensor has no argument where="):
        np.tanh(X, where=np.ones((2, 3), bool))
    with pytest.raises(TypeError, match=r"numpy\.stack of a tensor has no argument casting=.* a"):
        np.stack([X, X], casting="no")


@pytest.mark.parametrize(
    ("method", "form"),
    [
        (np.add.reduce, lambda x: np.sum(x, axis=0)),
        (lambda x: np.add.reduce(x, axis=1), lambda x: np.sum(x, axis=1)),
        (lambda x: np.add.reduce(x, axis=None), np.sum),
        (np.maximum.reduce, lambda x: np.max(x, axis=0)),
        (lambda x: np.minimum.reduce(x, axis=1), lambda x: np.min(x, axis=1)),
        (lambda x: np.multiply.outer(x, np.ones(4)), lambda x: x[:, :, None] * np.ones(4)),
        (lambda x: np.subtract.outer(np.ones(4), x), lambda x: np.ones((4, 1, 1)) - x),
    ],
)
def test_a_method_of_a_ufunc_is_the_function_that_it_abbreviates(X, method, form):
    y = method(X)
    np.testing.assert_array_equal(y.value, method(X.value))
    weights = np.cos(np.arange(y.size)).reshape(y.shape)
    assert_gradient(
        mg.backprop(np.sum(weights * y))[X], mg.backprop(np.sum(weights * form(X)))[X], rtol=1e-15
    )


def test_an_array_on_the_left_does_not_swallow_the_tensor(rng):
    A, x = rng.normal(size=(3, 2)), rng.normal(size=2)
    t = mg.Tensor(x)
    loss = np.sum(A @ t) + np.sum(A * t) + np.sum(A[0] - t) + np.float64(2.5) * np.sum(t * t)
    assert isinstance(loss, mg.Tensor)

    def f(z):
        return np.sum(A @ z) + np.sum(A * z) + np.sum(A[0] - z) + 2.5 * np.sum(z * z)

    assert_gradient(mg.backprop(loss)[t], complex_step(f, x))


@pytest.mark.parametrize(
    "function", [np.sign, np.floor, np.isfinite, np.argmax, np.argsort, np.zeros_like, np.shape]
)
def test_what_has_no_slope_comes_out_as_an_array(X, function):
    assert function in CONSTANT
    y = function(X)
    assert not isinstance(y, mg.Tensor)
    np.testing.assert_array_equal(y, function(X.value))


@pytest.mark.parametrize(
    "attempt",
    [
        np.asarray,
        np.array,
        lambda X: np.array([X, X]),
        lambda X: np.array([1.0, X[0, 0]]),
        lambda X: np.asarray(X, object),
        lambda X: np.zeros((2, 3)).__setitem__(slice(None), X),
        lambda X: np.full(3, X[0, 0]),
        lambda X: np.ones(2)[X],
        lambda X: mg.Tensor([X[0, 0], 1.0]),
        lambda X: np.add(np.ones(3), [X[0, 0], X[0, 1], X[0, 2]]),
    ],
)
def test_a_tensor_does_not_become_an_array_by_accident(X, attempt):
    with pytest.raises(TypeError, match=r"would cut it out of the graph: use its \.value"):
        attempt(X)


def test_the_accident_names_the_tensor():
    with mg.time_step(3):
        h = mg.Tensor(np.ones(2), name="h")
    with pytest.raises(TypeError, match="h⁽³⁾ was to become a plain array"):
        np.asarray(h)


def test_operands_of_other_types_are_refused_by_name(X):
    with pytest.raises(TypeError, match="operand of type NoneType is neither a tensor"):
        X + None
    with pytest.raises(TypeError, match="operand of type dict"):
        X * {}


def test_plain_reaches_into_containers(X):
    found = plain(([X, 1], {"a": (X,)}))
    assert found[0][0] is X.value
    assert found[1]["a"] == (X.value,)
    assert found[0][1] == 1
