import numpy as np
import pytest
from forward_oracle import (
    STEP,
    derivative,
    derivatives,
    disagreements,
    forward,
    network,
    node_keys,
    sampled,
)

from minigrad.closed_form import huang_vector, huang_vector_loss, state_jacobian

NAMES = ("U", "W", "V", "s0", "x", "y")


def problem(**sizes):
    net = network(**sizes, biases=False)
    return net, {name: net["h0" if name == "s0" else name] for name in NAMES}


@pytest.mark.parametrize("T", [1, 6])
def test_every_gradient_is_the_complex_step_of_the_forward_loss(T):
    net, arguments = problem(T=T)
    form = huang_vector(**arguments)
    assert set(form.gradients) == node_keys(T, "Loha", "UWV")
    assert disagreements(form.gradients, derivatives(net, form.gradients)) == []


def test_gradients_over_200_steps_are_the_complex_step():
    net, arguments = problem(T=200, seed=1)
    form = huang_vector(**arguments)
    wanted = derivatives(net, sampled(form.gradients, 200))
    assert disagreements(form.gradients, wanted) == []


def test_loss_terms_are_the_complex_step_of_one_loss():
    net, arguments = problem()
    form = huang_vector(**arguments)
    assert set(form.loss_terms) == {(name, t) for name in "UWV" for t in range(1, 7)}
    wanted = {(name, t): derivative(net, name, of=("L", t)) for name, t in form.loss_terms}
    assert disagreements(form.loss_terms, wanted) == []


def test_forward_values_are_the_oracle_s():
    net, arguments = problem()
    form = huang_vector(**arguments)
    wanted = {key: value[0] for key, value in forward(net).items()}
    assert disagreements(form.forward, wanted) == []
    for t in range(1, 7):
        weights = np.exp(wanted["o", t])
        np.testing.assert_allclose(form.forward["ŷ", t], weights / weights.sum(), rtol=1e-14)


def test_jacobians_are_the_complex_step_of_the_later_state():
    net, arguments = problem()
    form = huang_vector(**arguments, products=True)
    wanted = {("h", k): derivative(net, ("h", k), of=("h", k + 1)) for k in range(6)}
    pairs = [(t, k) for t in range(1, 7) for k in range(t)]
    wanted |= {("h", t, k): derivative(net, ("h", k), of=("h", t)) for t, k in pairs}
    assert set(form.jacobians) == set(wanted)
    assert disagreements(form.jacobians, wanted) == []
    assert set(huang_vector(**arguments).jacobians) == {("h", t) for t in range(6)}


def test_state_jacobian_is_the_product_in_order():
    net, arguments = problem()
    form = huang_vector(**arguments)
    states = np.stack([form.forward["h", t] for t in range(7)])
    wanted = {("h", 5, 2): derivative(net, ("h", 2), of=("h", 5))}
    actual = {("h", 5, 2): state_jacobian(net["W"], states, t=5, k=2)}
    assert disagreements(actual, wanted) == []
    np.testing.assert_array_equal(state_jacobian(net["W"], states, t=3, k=3), np.eye(5))


@pytest.mark.parametrize(("t", "k"), [(2, 3), (7, 0), (3, -1)])
def test_state_jacobian_refuses_steps_that_the_run_does_not_have(t, k):
    with pytest.raises(ValueError, match=rf"state_jacobian: steps k={k}, t={t}, wanted 0 <= k"):
        state_jacobian(np.eye(5), np.zeros((7, 5)), t=t, k=k)


@pytest.mark.parametrize("name", ["U", "W", "V", "s0"])
def test_the_public_loss_takes_a_complex_step_in_every_argument(name):
    _, arguments = problem()
    form = huang_vector(**arguments)
    gradient = np.empty_like(arguments[name])
    for index in np.ndindex(gradient.shape):
        moved = arguments[name].astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = huang_vector_loss(**arguments | {name: moved}).imag / STEP
    wanted = form.gradients[("h", 0) if name == "s0" else name]
    assert disagreements({name: gradient}, {name: wanted}) == []
    assert huang_vector_loss(**arguments) == form.forward["L"]


def test_float32_in_is_float32_out():
    _, arguments = problem(dtype=np.float32)
    form = huang_vector(**arguments, products=True)
    tables = form.forward | form.gradients | form.jacobians
    assert {a.dtype for a in (*tables.values(), *form.loss_terms.values())} == {np.dtype(np.float32)}
    wanted = huang_vector(**{name: value.astype(float) for name, value in arguments.items()})
    assert disagreements(form.gradients, wanted.gradients, rtol=1e-5) == []


def test_bad_arguments_are_refused_with_their_name():
    _, arguments = problem()
    with pytest.raises(ValueError, match=r"huang_vector: s0 has shape \(4,\), wanted \(H\)"):
        huang_vector(**arguments | {"s0": np.zeros(4)})
    with pytest.raises(ValueError, match=r"huang_vector_loss: y at step t=1 has a row that sums"):
        huang_vector_loss(**arguments | {"y": np.zeros((6, 7))})
