"""The forms against each other, on every quantity that both define."""

from itertools import combinations

import numpy as np
import pytest
from forward_oracle import disagreements, network

from minigrad.closed_form import goodfellow, huang_batch, huang_scalar, huang_vector, rossi

FORMS = ("goodfellow", "rossi", "huang_vector", "huang_batch")
PAIRS = list(combinations(FORMS, 2))


def all_gradients(net):
    """One sequence without biases in every form, each in column orientation."""
    U, W, V, h0, x, y = (net[name] for name in ("U", "W", "V", "h0", "x", "y"))
    batch = huang_batch(U.T, W.T, V.T, h0[np.newaxis], x[:, np.newaxis], y[:, np.newaxis])
    return {
        "goodfellow": goodfellow(**net).gradients,
        "rossi": rossi(**net).gradients,
        "huang_vector": huang_vector(U, W, V, h0, x, y).gradients,
        "huang_batch": {key: column(key, value) for key, value in batch.gradients.items()},
    }


def column(key, value):
    """A gradient of a batch of one point as the column form has it."""
    if value.ndim == 0:
        return value
    return value.T if key[0] in "UWV" else value[0]


GRADIENTS = {T: all_gradients(network(T=T, biases=False)) for T in (6, 200)}


@pytest.mark.parametrize("T", GRADIENTS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_forms_agree_on_every_gradient(one, other, T):
    first, second = GRADIENTS[T][one], GRADIENTS[T][other]
    common = {key: second[key] for key in second if key in first}
    assert len(common) >= 7 * T + 4
    assert disagreements(first, common) == []


def test_goodfellow_and_rossi_agree_with_biases_on_values_and_jacobians():
    net = network(T=200)
    one, other = goodfellow(**net), rossi(**net)
    assert disagreements(one.gradients, other.gradients) == []
    assert disagreements(one.forward, other.forward) == []
    assert disagreements(one.jacobians, other.jacobians) == []


def test_every_point_of_a_batch_is_its_own_column_form():
    nets = [network(seed=seed, biases=False) for seed in range(3)]
    nets = [net | {name: nets[0][name] for name in "UWV"} for net in nets]
    batch = huang_batch(
        *(nets[0][name].T for name in "UWV"),
        np.stack([net["h0"] for net in nets]),
        np.stack([net["x"] for net in nets], axis=1),
        np.stack([net["y"] for net in nets], axis=1),
    )
    singles = [goodfellow(**net).gradients for net in nets]
    nodes = {key: np.stack([s[key] for s in singles]) for key in singles[0] if key[0] in "oha"}
    sums = {name: sum(s[name] for s in singles).T for name in "UWV"}
    assert disagreements(batch.gradients, nodes | sums) == []


def test_the_scalar_form_is_the_column_form_with_outputs_o_and_zero():
    rng = np.random.default_rng(0)
    x, U, W, V, s0 = rng.normal(size=6), 0.7, 0.8, -1.3, 0.4
    scalar = huang_scalar(U, W, V, s0, x, np.ones(6)).gradients
    wide = goodfellow([[U]], [[W]], [[V], [0]], [0], [0, 0], [s0], x[:, np.newaxis], [[1, 0]] * 6).gradients
    wanted = {key: scalar[key] for key in scalar if key[0] in "haUW"}
    assert disagreements({key: np.squeeze(wide[key]) for key in wanted}, wanted) == []
    np.testing.assert_allclose(wide["V"][0, 0], scalar["V"], rtol=1e-12)


def test_a_fault_in_one_form_is_seen_by_every_other():
    faulty = GRADIENTS[6]["goodfellow"] | {"W": GRADIENTS[6]["goodfellow"]["W"].T}
    for other in FORMS[1:]:
        assert disagreements(faulty, {"W": GRADIENTS[6][other]["W"]}) == ["W"]
