"""Closed forms of several sequences put together."""

import numpy as np
from oracles import assert_gradient

from minigrad.bptt.by_hand import state_products, together
from minigrad.closed_form import ClosedForm, huang_vector


def form(scale):
    gradients = {"W": scale * np.ones((2, 2)), ("W", 1): scale * np.ones((2, 2)), ("L", 1): np.ones(())}
    gradients[("h", 1)] = scale * np.ones(2)
    tables = ({("h", 0): scale * np.ones((2, 2))}, {("W", 1): scale * np.ones((2, 2))})
    return ClosedForm({}, gradients, *tables)


def test_one_sequence_is_left_alone():
    one = form(1.0)
    assert together([one]) is one


def test_parameters_are_added_and_nodes_stacked():
    both = together([form(1.0), form(2.0)])
    assert both.gradients["W"].tolist() == both.gradients["W", 1].tolist() == [[3, 3], [3, 3]]
    assert both.gradients["h", 1].tolist() == [[1, 1], [2, 2]]
    assert both.gradients["L", 1].shape == ()
    assert both.jacobians["h", 0].shape == (2, 2, 2)
    assert both.loss_terms["W", 1].tolist() == [[3, 3], [3, 3]]


def test_products_of_jacobians(rng):
    U, W, V, s0 = (rng.normal(size=s) for s in [(3, 2), (3, 3), (2, 3), (3,)])
    x, y = np.eye(2)[[0, 1, 1, 0]], np.eye(2)[[1, 1, 0, 0]]
    one = huang_vector(U, W, V, s0, x, y, products=True)
    found = state_products(one, W, [0, 2], 4)
    assert set(found) == {("h", 4, 0), ("h", 4, 2)}
    for key, product in found.items():
        assert_gradient(product, one.jacobians[key])


def test_products_of_scalars():
    one = ClosedForm({("h", 0): np.array(0.9), ("h", 1): np.array(0.5), ("h", 2): np.array(0.0)}, {}, {})
    found = state_products(one, np.array(2.0), [0, 1], 2)
    assert {key: float(value) for key, value in found.items()} == {("h", 2, 0): 3.0, ("h", 2, 1): 2.0}
