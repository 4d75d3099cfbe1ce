import numpy as np
import pytest
from forward_oracle import (
    STEP,
    derivative,
    disagreements,
    forward,
    network,
    node_keys,
    sampled,
)

from minigrad.closed_form import huang_batch, huang_batch_loss
from minigrad.closed_form.huang_batch import EQUATIONS

N = 3
PARAMETERS = ("U", "W", "V")


def problem(dtype=np.float64, **sizes):
    """N networks with the same parameters, and the arguments of the batch form for them."""
    nets = [network(**sizes, seed=seed, dtype=dtype, biases=False) for seed in range(N)]
    nets = [net | {name: nets[0][name] for name in PARAMETERS} for net in nets]
    arguments = {name: nets[0][name].T for name in PARAMETERS}
    arguments["S0"] = np.stack([net["h0"] for net in nets])
    for name in ("X", "Y"):
        arguments[name] = np.stack([net[name.lower()] for net in nets], axis=1)
    return nets, arguments


def batched(key, values):
    """What the batch form has for the N values of single networks: a sum, or a row each."""
    if key[0] == "L":
        return sum(values)
    if key[0] in PARAMETERS:
        return sum(values).T
    return np.stack(values)


def derivatives(nets, keys, of="L"):
    return {key: batched(key, [derivative(net, key, of=of) for net in nets]) for key in keys}


@pytest.mark.parametrize("T", [1, 6])
def test_every_gradient_is_the_complex_step_of_the_forward_loss(T):
    nets, arguments = problem(T=T)
    form = huang_batch(**arguments)
    assert set(form.gradients) == node_keys(T, "Loha", "UWV")
    keys = {key for key in form.gradients if key[0] != "L"}
    assert disagreements(form.gradients, derivatives(nets, keys)) == []
    assert all(form.gradients["L", t] == 1 for t in range(1, T + 1))


def test_gradients_over_200_steps_are_the_complex_step():
    nets, arguments = problem(T=200)
    form = huang_batch(**arguments)
    keys = [key for key in sampled(form.gradients, 200) if key[0] != "L"]
    assert disagreements(form.gradients, derivatives(nets, keys)) == []


def test_loss_terms_are_the_complex_step_of_one_loss():
    nets, arguments = problem()
    form = huang_batch(**arguments)
    assert set(form.loss_terms) == {(name, t) for name in "UWV" for t in range(1, 7)}
    for t in range(1, 7):
        actual = {name: form.loss_terms[name, t] for name in PARAMETERS}
        assert disagreements(actual, derivatives(nets, PARAMETERS, of=("L", t))) == []


def test_forward_values_are_the_oracle_s():
    nets, arguments = problem()
    form = huang_batch(**arguments)
    singles = [{key: value[0] for key, value in forward(net).items()} for net in nets]
    wanted = {key: batched(key, [single[key] for single in singles]) for key in singles[0]}
    assert disagreements(form.forward, wanted) == []
    for t in range(1, 7):
        weights = np.exp(wanted["o", t])
        wanted_y = weights / weights.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(form.forward["ŷ", t], wanted_y, rtol=1e-14)


@pytest.mark.parametrize("name", ["U", "W", "V", "S0"])
def test_the_public_loss_takes_a_complex_step_in_every_argument(name):
    _, arguments = problem()
    form = huang_batch(**arguments)
    gradient = np.empty_like(arguments[name])
    for index in np.ndindex(gradient.shape):
        moved = arguments[name].astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = huang_batch_loss(**arguments | {name: moved}).imag / STEP
    wanted = form.gradients[("h", 0) if name == "S0" else name]
    assert disagreements({name: gradient}, {name: wanted}) == []
    assert huang_batch_loss(**arguments) == form.forward["L"]


def test_there_are_no_jacobians_of_more_than_two_dimensions():
    form = huang_batch(**problem()[1])
    assert form.jacobians == {}
    assert max(a.ndim for a in form.gradients.values()) == 2
    assert "∂h/∂h" not in EQUATIONS


def test_float32_in_is_float32_out():
    _, arguments = problem(dtype=np.float32)
    form = huang_batch(**arguments)
    tables = form.forward | form.gradients
    assert {a.dtype for a in (*tables.values(), *form.loss_terms.values())} == {np.dtype(np.float32)}
    wanted = huang_batch(**{name: value.astype(float) for name, value in arguments.items()})
    assert disagreements(form.gradients, wanted.gradients, rtol=1e-5) == []


def test_bad_arguments_are_refused_with_their_name():
    _, arguments = problem()
    with pytest.raises(ValueError, match=r"huang_batch: V has shape \(7, 5\), wanted \(M, C\)"):
        huang_batch(**arguments | {"V": arguments["V"].T})
    with pytest.raises(ValueError, match=r"S0 has shape \(5,\), wanted \(N, M\) with every size"):
        huang_batch(**arguments | {"S0": np.zeros(5)})
    arguments["Y"][1, 2] = 0
    with pytest.raises(ValueError, match=r"Y at step t=2, point n=2 has a row that sums to 0"):
        huang_batch_loss(**arguments)
