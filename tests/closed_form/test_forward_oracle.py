import numpy as np
import pytest
from forward_oracle import (
    derivative,
    disagreements,
    forward,
    network,
    relative_distance,
    sampled,
    softmax_loss,
)

from minigrad.closed_form import goodfellow

NET = network()
FORM = goodfellow(**NET)
WANTED = {key: derivative(NET, key) for key in FORM.gradients}


def test_complex_step_agrees_with_central_differences():
    key, size, step = ("h", 3), 5, 1e-6
    nudge = step * np.eye(size)
    difference = forward(NET, nudges={key: nudge})["L"] - forward(NET, nudges={key: -nudge})["L"]
    np.testing.assert_allclose(derivative(NET, key), difference / (2 * step), rtol=1e-7, atol=1e-9)


def test_the_oracle_loss_is_the_cross_entropy_of_the_softmax():
    o, y = np.array([0.3, -1.0, 2.0]), np.array([0.0, 0.25, 0.75])
    y_hat = np.exp(o) / np.exp(o).sum()
    np.testing.assert_allclose(softmax_loss(o, y), -(y * np.log(y_hat)).sum(), rtol=1e-14)


@pytest.mark.parametrize("key", WANTED, ids=str)
def test_a_relative_fault_of_1e_minus_9_in_any_gradient_is_named(key):
    faulty = FORM.gradients | {key: FORM.gradients[key] * (1 + 1e-9)}
    assert disagreements(faulty, WANTED) == [key]


@pytest.mark.parametrize("key", ["U", "W", ("V", 3), ("h", 2)], ids=str)
def test_a_missing_a_misshapen_and_a_nan_gradient_are_named(key):
    good = FORM.gradients
    missing = {name: value for name, value in good.items() if name != key}
    assert disagreements(missing, WANTED) == [key]
    assert disagreements(good | {key: good[key][..., np.newaxis]}, WANTED) == [key]
    assert disagreements(good | {key: good[key] * np.nan}, WANTED) == [key]


@pytest.mark.parametrize("name", ["W", "U", "V"])
def test_a_transposed_gradient_is_named(name):
    assert disagreements(FORM.gradients | {name: FORM.gradients[name].T}, WANTED) == [name]


def test_a_dropped_tanh_factor_is_named():
    fault = {("a", 4): FORM.gradients["h", 4], ("W", 4): FORM.gradients["W", 3]}
    assert disagreements(FORM.gradients | fault, WANTED) == [("a", 4), ("W", 4)]


def test_sampled_keys_are_the_parameters_and_a_few_steps():
    keys = sampled(FORM.gradients, 6)
    assert "W" in keys
    assert ("h", 0) in keys
    assert ("h", 4) not in keys


def test_relative_distance_is_one_for_twice_the_vector():
    assert relative_distance([2.0, 4.0], [1.0, 2.0]) == 1.0
