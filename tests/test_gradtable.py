import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.gradtable import UnknownTensorError


@pytest.fixture
def net():
    """h⁽ᵗ⁾ = tanh(W h⁽ᵗ⁻¹⁾), t = 1, 2, 3, and W once more outside of time."""
    W = mg.Tensor(np.array([[0.5, -0.3], [0.2, 0.4]]), "W")
    h = mg.Tensor(np.array([1.0, -2.0]), "h0")
    states = []
    for t in (1, 2, 3):
        with mg.time_step(t):
            h = np.tanh(W @ h).named("h")
        states.append(h)
    loss = (np.sum(h * h) + W[0, 0]).named("L")
    return W, states, loss


def test_three_keys_for_one_gradient(net):
    W, states, loss = net
    grads = mg.backprop(loss)
    np.testing.assert_array_equal(grads["W"], grads[W])
    for t, h in enumerate(states, 1):
        np.testing.assert_array_equal(grads["h", t], grads[h])
    assert_gradient(grads["h", 3], 2 * states[2].value)
    assert grads["L"] == grads[loss] == 1.0


def test_it_is_a_mapping_over_nodes(net):
    W, states, loss = net
    grads = mg.backprop(loss)
    assert set(grads) == set(mg.graph.nodes(loss))
    assert len(grads) == len(list(grads)) == len(mg.graph.nodes(loss))
    assert W in grads
    assert "W" in grads
    assert ("h", 4) not in grads
    assert mg.Tensor(1.0) not in grads
    assert grads.get("nothing") is None
    assert len(mg.backprop(loss, [W, states[0]])) == 2


def test_contributions_come_one_for_each_edge_in_the_order_of_use(net):
    W, _, loss = net
    grads = mg.backprop(loss)
    found = grads.contributions(W)
    assert [(c.step, c.argument) for c in found] == [(1, "a"), (2, "a"), (3, "a"), (None, "x")]
    assert_gradient(sum(c.value for c in found), grads[W])
    assert all(W in c.consumer.inputs for c in found)
    assert grads.contributions(loss) == []
    assert [c.argument for c in grads.contributions(("h", 3))] == ["a", "b"]


def test_the_contribution_of_a_step_is_the_product_of_the_book(net):
    W, states, loss = net
    grads = mg.backprop(loss)
    h0 = np.array([1.0, -2.0])
    before = [h0, *[h.value for h in states]]
    steps = grads.per_step(W)
    assert list(steps) == [1, 2, 3, None]
    for t, h in enumerate(states, 1):
        slope = (1 - h.value**2) * grads[h]
        assert_gradient(steps[t], np.outer(slope, before[t - 1]))
    assert steps[None].tolist() == [[1, 0], [0, 0]]


def test_uses_within_a_step_are_added_up():
    x = mg.Tensor(3.0, "x")
    with mg.time_step(2):
        y = x * x + x
    assert mg.backprop(y).per_step("x") == {2: 7.0}


def test_contributions_are_there_for_what_was_asked_for(net):
    W, _, loss = net
    whole, part = mg.backprop(loss), mg.backprop(loss, [W])
    for one, other in zip(whole.contributions(W), part.contributions(W), strict=True):
        assert (one.consumer, one.argument, one.step) == (
            other.consumer,
            other.argument,
            other.step,
        )
        np.testing.assert_array_equal(one.value, other.value)


def test_recorded_contributions_are_tensors_with_a_graph(net):
    W, _, loss = net
    found = mg.backprop(loss, record=True).contributions(W)
    plain = mg.backprop(loss).contributions(W)
    for c, p in zip(found, plain, strict=True):
        assert isinstance(c.value, mg.Tensor)
        assert_gradient(c.value.value, p.value)


def test_named_has_every_named_node_once(net):
    W, _, loss = net
    named = mg.backprop(loss).named()
    assert list(named) == ["W", "h0", ("h", 1), ("h", 2), ("h", 3), "L"]
    np.testing.assert_array_equal(named["W"], mg.backprop(loss)[W])


def test_named_loses_nothing_when_names_repeat():
    a, b = mg.Tensor(1.0, "a"), mg.Tensor(2.0, "a")
    named = mg.backprop(a * b).named()
    assert sorted(map(float, named.values())) == [1.0, 2.0]
    assert "a" in named


def test_what_is_not_there_is_refused_by_name(net):
    W, states, loss = net
    grads = mg.backprop(loss, [W])
    with mg.time_step(4):
        stranger = mg.Tensor(np.ones(2), "z")
    for error in (KeyError, ValueError, UnknownTensorError):
        with pytest.raises(error, match=r"z⁽⁴⁾ of shape \(2,\): L does not depend on it"):
            grads[stranger]
    with pytest.raises(UnknownTensorError, match=r"h⁽¹⁾ .* not among the tensors asked for"):
        grads[states[0]]
    with pytest.raises(UnknownTensorError, match=r"'q': the names in the table are W"):
        grads["q"]
    with pytest.raises(UnknownTensorError, match=r"'h': there are 3 such nodes: add the step"):
        mg.backprop(loss)["h"]
    with pytest.raises(UnknownTensorError):
        grads.contributions("q")


def test_an_array_is_no_key(net):
    with pytest.raises(UnknownTensorError):
        mg.backprop(net[-1])[np.ones((2, 2))]


def test_what_it_gives_is_shared_with_nothing(net):
    W, _, loss = net
    seed = np.array(2.0)
    grads = mg.backprop(loss, seed=seed)
    arrays = [grads[x] for x in grads]
    arrays += [c.value for c in grads.contributions(W)] + list(grads.per_step(W).values())
    arrays += [x.value for x in grads] + [seed]
    for i, a in enumerate(arrays):
        assert not any(np.shares_memory(a, b) for b in arrays[i + 1 :])


def test_a_gradient_that_is_written_to_spoils_no_later_answer(net):
    W, _, loss = net
    grads = mg.backprop(loss)
    wanted = mg.backprop(loss)
    for x in grads:
        grads[x][...] = np.nan
    for c in grads.contributions(W):
        c.value[...] = np.nan
    for x in grads:
        np.testing.assert_array_equal(grads[x], wanted[x])
    np.testing.assert_array_equal(grads.per_step(W)[1], wanted.per_step(W)[1])


def test_the_table_stays_about_the_versions_that_it_differentiated(net):
    W, _, loss = net
    grads = mg.backprop(loss)
    wanted, uses = grads[W].copy(), [c.value for c in grads.contributions(W)]
    W -= 0.1 * grads[W]
    W.value = np.zeros((2, 2))
    loss += 1.0
    assert len(list(grads)) == len(grads)
    np.testing.assert_array_equal(grads[W], wanted)
    np.testing.assert_array_equal(grads["W"], wanted)
    for c, value in zip(grads.contributions(W), uses, strict=True):
        np.testing.assert_array_equal(c.value, value)


def test_a_loss_that_grows_afterwards_adds_no_uses(net):
    W, _, loss = net
    grads = mg.backprop(loss)
    value = loss.item()
    loss += np.sum(W)
    assert grads.loss.item() == value
    assert len(grads.contributions(W)) == 4
    assert len(mg.backprop(loss).contributions(W)) == 5


def test_a_node_without_slope_has_a_gradient_of_zeros_in_its_type():
    x = mg.Tensor(np.ones((2, 3), np.float32), "x")
    y = mg.Tensor(np.float32(2.0))
    loss = y * mg.ops.broadcasting.SIZE_RATIO(y, x)
    g = mg.backprop(loss)[x]
    assert (g.dtype, g.shape, g.any()) == (np.float32, (2, 3), False)
    assert isinstance(mg.backprop(loss, record=True)[x], mg.Tensor)


def test_what_is_shown(net):
    *_, loss = net
    text = repr(mg.backprop(loss))
    assert text.startswith("GradTable(of L: ")
    assert "h⁽²⁾" in text


def test_uses_on_two_time_axes_are_kept_apart():
    x = mg.Tensor(2.0, "x")
    with mg.time_step(1):
        p = x * 2.0
    with mg.time_step(1, "s"):
        q = x * 3.0
    grads = mg.backprop(p + q + x)
    assert grads.per_step(x) == {1: 2.0, ("s", 1): 3.0, None: 1.0}
