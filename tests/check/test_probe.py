from itertools import count

import numpy as np
import pytest

import minigrad as mg
from minigrad.check.probe import Probe, argument_names, check_form, differentiate, projected_gradient

RNG = np.random.default_rng(0)
W, X = RNG.normal(size=(3, 4)), RNG.normal(size=4)


def tanh_layer(W, x):
    return np.tanh(W @ x)


def test_value_and_gradient_belong_to_the_same_fixed_weighting():
    probe = Probe(tanh_layer, (W, X))
    slope = probe.G * (1 - np.tanh(W @ X) ** 2)
    assert np.allclose(probe.gradients[0], np.outer(slope, X), rtol=1e-14)
    assert np.allclose(probe.gradients[1], W.T @ slope, rtol=1e-14)
    direction = RNG.normal(size=(3, 4))
    moved = probe.line(0, direction)(0.5)
    assert moved == pytest.approx(np.sum(probe.G * np.tanh((W + 0.5 * direction) @ X)))
    assert np.array_equal(Probe(tanh_layer, (W, X)).G, probe.G)


def test_the_projected_gradient_is_the_same_on_arrays_and_tensors():
    projection = projected_gradient(Probe(tanh_layer, (W, X)))
    recorded = projection(mg.Tensor(W), mg.Tensor(X))
    assert isinstance(recorded, mg.Tensor)
    assert recorded.item() == pytest.approx(float(projection(W, X)), rel=1e-14)


def test_the_projected_gradient_of_a_function_without_slope_is_a_tensor_all_the_same():
    probe = Probe(lambda x: np.sum(mg.Tensor([3.0]) * 1.0) if x is not None else x, (X,))
    assert isinstance(projected_gradient(probe)(mg.Tensor(X)), mg.Tensor)


def test_a_function_that_writes_to_its_argument_is_differentiated_by_what_it_was_given():
    def f(x):
        y = x * x
        x += 1.0
        return np.sum(x * y)

    (gradient,) = Probe(f, (X,)).gradients
    assert np.allclose(gradient, 3 * X**2 + 2 * X, rtol=1e-14)
    assert X.max() < 5


def test_a_function_for_tensors_alone_and_one_that_makes_tensors():
    named = Probe(lambda x: np.sum(x * x).named("L"), (X,))
    assert np.array_equal(named.gradients[0], 2 * X)
    by_unrolling = Probe(lambda h: mg.nn.unroll(lambda x, h: h * x, X, h)["h", 4], (W[0],))
    assert np.allclose(by_unrolling.gradients[0], by_unrolling.G * np.prod(X), rtol=1e-14)


def test_a_random_function_is_told():
    noise = np.random.default_rng(1)
    with pytest.raises(AssertionError, match=r"<lambda> is not deterministic: .* gave .* and .* at"):
        Probe(lambda x: np.sum(x) * noise.normal(), (X,))
    sizes = count(1)
    with pytest.raises(AssertionError, match=r"not deterministic: .*shape \(2,\) and shape \(3,\)"):
        Probe(lambda x: np.ones(next(sizes)) * x[0], (X,))


def test_another_value_for_tensors_is_told():
    with pytest.raises(AssertionError, match=r"of arrays is .* and of tensors .* one function"):
        Probe(lambda x: np.sum(x * (2.0 if isinstance(x, mg.Tensor) else 1.0)), (X,))


def test_a_value_that_left_the_graph_is_told():
    with pytest.raises(AssertionError, match="returned float64, not a tensor: its value left the"):
        Probe(lambda x: np.sum(x.value), (X,))


@pytest.mark.parametrize("args", [(), (3, np.arange(2)), ("W", None)])
def test_arguments_without_a_variable_are_refused(args):
    with pytest.raises(TypeError, match="wanted: a floating-point array among the arguments"):
        Probe(lambda *args: 1.0, args)


def test_complex_arguments_are_refused_not_skipped():
    with pytest.raises(TypeError, match="complex128 has no gradient"):
        Probe(np.sum, (X + 0j,))


def test_a_value_that_is_no_array_or_not_finite_is_refused():
    with pytest.raises(TypeError, match="returned object; check_grads wants one array"):
        Probe(lambda x: {"y": x}, (X,))
    with pytest.raises(ValueError, match=r"is inf at \[2\]; check_grads wants finite values"):
        Probe(lambda x: 1 / x, (np.array([1.0, 2.0, 0.0]),))


@pytest.mark.parametrize(
    ("gradient", "what"), [(np.zeros((4, 3)), "shape"), (np.zeros((3, 4), "f"), "dtype"), (0, "shape")]
)
def test_a_gradient_of_the_wrong_form_is_told(gradient, what):
    with pytest.raises(AssertionError, match=f"gradient of f with respect to W has {what} .*wanted"):
        check_form("f", "W", W, gradient)
    check_form("f", "W", W, W)


def test_the_form_is_checked_for_each_gradient(monkeypatch):
    def narrowed(*args, **kwargs):
        y, gradients = differentiate(*args, **kwargs)
        return y, [g.astype("f") for g in gradients]

    monkeypatch.setattr("minigrad.check.probe.differentiate", narrowed)
    with pytest.raises(AssertionError, match="respect to W has dtype float32; wanted: float64"):
        Probe(tanh_layer, (W, X))


def test_names_of_arguments():
    assert argument_names(lambda a, /, b, *rest, c=1: 0, 4) == ["a", "b", "args[2]", "args[3]"]
    assert argument_names(np.add, 1) in (["x1"], ["args[0]"])
    assert argument_names(max, 2) == ["args[0]", "args[1]"]
