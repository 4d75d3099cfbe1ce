"""What each edge contributes is what the engine adds up."""

import numpy as np
import pytest
from draw.networks import ALL

import minigrad as mg
from minigrad.draw.choose import choose
from minigrad.draw.contributions import enter_contributions, gradients


@pytest.mark.parametrize("detail", ["named", "ops"])
@pytest.mark.parametrize("network", ALL)
def test_they_add_up_to_the_gradient(network, detail):
    loss = ALL[network]()
    grads = mg.backprop(loss)
    part = choose([loss], detail=detail)
    enter_contributions(part, gradients(part, grads))
    sums = {}
    for link in part.links:
        if link.source.tensor is not None:
            sums[link.source] = sums.get(link.source, 0.0) + link.contribution
    assert len(sums) > 4
    for item, total in sums.items():
        np.testing.assert_allclose(total, grads[item.tensor], rtol=1e-12, atol=1e-15)


def test_each_edge_has_its_own():
    x = mg.Tensor(3.0, "x")
    L = (x * x + 5.0 * x).named("L")
    part = choose([L])
    enter_contributions(part, gradients(part, mg.backprop(L)))
    assert [float(link.contribution) for link in part.links] == [6.0, 5.0]


def test_recorded_gradients_serve_too():
    x = mg.Tensor(3.0, "x")
    L = (x * x).named("L")
    part = choose([L])
    assert {type(G) for G in gradients(part, mg.backprop(L, record=True)).values()} == {np.ndarray}


def test_those_of_another_graph_are_refused():
    x = mg.Tensor(3.0, "x")
    other = mg.backprop((x * x).named("M"))
    with pytest.raises(ValueError, match="gradient of M, which is no node of the graph"):
        gradients(choose([np.tanh(x).named("L")]), other)


def test_an_edge_without_a_slope_contributes_zero():
    x = mg.Tensor([3.0, 1.0], "x")
    L = np.sum(x * np.ones_like(x) + np.sign(x) * 0.0).named("L")
    part = choose([L])
    enter_contributions(part, gradients(part, mg.backprop(L)))
    assert all(link.contribution is not None for link in part.links)


def test_what_was_not_asked_for_is_not_known():
    x, w = mg.Tensor(3.0, "x"), mg.Tensor(2.0, "w")
    a = (x * w).named("a")
    L = (a * a).named("L")
    part = choose([L])
    assert set(gradients(part, mg.backprop(L, wrt=[w]))) == {w.order}
