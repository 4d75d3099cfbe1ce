import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.nn.network import preactivation, sum_of_products

K, H, C, N = 4, 5, 7, 3
NETWORKS = [mg.nn.RNN, mg.nn.LSTM, mg.nn.GRU]


@pytest.mark.parametrize("network", NETWORKS)
def test_all_have_the_same_output_layer_and_loss(network, rng):
    for task in mg.nn.rnn.TASKS:
        run = (net := network(K, H, C, task=task)).unroll(
            rng.normal(size=(2, N, K)), np.eye(C)[[[1, 2, 6]] * 2]
        )
        o = run["h", 2].value @ net.V.value.T
        assert_gradient(run["o", 2].value, o)
        p = np.exp(o) / np.exp(o).sum(1, keepdims=True)
        y = np.eye(C)[[1, 2, 6]]
        wanted = -np.log(p[y == 1]).sum() if task == "classification" else 0.5 * np.sum((o - y) ** 2)
        assert run["L", 2].item() == pytest.approx(wanted, rel=1e-13)
        assert ("ŷ" in run.names()) is (task == "classification")


@pytest.mark.parametrize("network", NETWORKS)
def test_parameters_have_names_sizes_and_a_seed(network):
    one, same, other = (network(K, H, C, seed=s) for s in (1, 1, 2))
    shapes = {"U": (H, K), "W": (H, H), "b": (H,), "V": (C, H), "c": (C,)}
    for name, p in one.parameters().items():
        assert (p.name, p.shape) == (name, shapes[name[0]])
        assert np.array_equal(p.value, same.parameters()[name].value)
        assert np.any(p.value) == (p.ndim == 2)
    assert not np.array_equal(one.V.value, other.V.value)


@pytest.mark.parametrize("network", NETWORKS)
def test_bad_sizes_and_tasks_are_named(network):
    with pytest.raises(ValueError, match=rf"{network.__name__} wants sizes ≥ 1.*given: 4, 0, 7"):
        network(K, 0, C)
    with pytest.raises(ValueError, match="'guess'"):
        network(K, H, C, task="guess")


@pytest.mark.parametrize("network", NETWORKS)
def test_a_leaf_as_initial_state_gets_a_gradient(network, rng):
    h0 = mg.Tensor(rng.normal(size=H), "h")
    grads = mg.backprop(network(K, H, C).unroll(rng.normal(size=(3, K)), [1, 2, 0], h0).loss)
    assert_gradient(grads[h0], grads["h", 0])
    assert np.any(grads[h0])


def test_products_with_and_without_bias_states_and_tokens(rng):
    U, W, b = rng.normal(size=(H, K)), rng.normal(size=(H, H)), rng.normal(size=H)
    x, h = rng.normal(size=(N, K)), rng.normal(size=(N, H))
    tokens = np.array([1, 0, 3])
    for bias in (b, None):
        add = 0 if bias is None else bias
        assert_gradient(sum_of_products(bias, (h, W)), h @ W.T + add)
        assert_gradient(preactivation(bias, x, U, (h, W)), x @ U.T + h @ W.T + add)
        assert_gradient(preactivation(bias, x, U), x @ U.T + add)
        assert_gradient(preactivation(bias, tokens, U, (h, W)), U.T[tokens] + h @ W.T + add)
        assert_gradient(preactivation(bias, tokens, U), U.T[tokens] + add)
        assert_gradient(preactivation(bias, 2, U), U[:, 2] + add)
