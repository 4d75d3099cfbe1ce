"""Many writes to one tensor: what each consumer saw, and what it costs."""

import sys

import numpy as np

import minigrad as mg


def test_each_consumer_keeps_the_version_that_it_saw():
    x = mg.Tensor([1.0], name="x")
    y = x * 1.0
    seen = []
    for _ in range(40):
        seen.append(y * 2.0)
        y += 1.0
    assert [s.item() for s in seen] == [2.0 * (k + 1) for k in range(40)]
    grads = mg.backprop(np.sum(np.stack(seen)), [x])
    assert grads[x].tolist() == [80.0]


def test_versions_that_nobody_uses_are_forgotten():
    w = mg.Tensor(np.ones(3), name="w")
    for _ in range(1000):
        loss = np.sum(w * w)
        w -= 0.001 * mg.backprop(loss, [w])[w]
    assert len(w.versions()) <= 3
    assert w.op is None


def test_a_leaf_in_time_is_a_state_and_its_update_is_part_of_the_graph():
    with mg.time_step(0):
        h = mg.Tensor([3.0], name="h")
    first = h.frozen()
    h *= 2.0
    assert mg.backprop(np.sum(h), [first])[first].tolist() == [2.0]


def test_finding_a_version_takes_no_walk_through_all_of_them():
    y = mg.Tensor([0.0]) * 1.0
    consumers = []
    for _ in range(2000):
        consumers.append(y + 0.0)
        y += 1.0
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = [y.seen_by(c) for c in consumers]
    finally:
        sys.setprofile(None)
    assert [v.item() for v in found] == list(range(2000))
    assert calls < 5 * 2000


def test_a_computed_number_is_replaced_and_not_written_to():
    x = mg.Tensor([1.0, 2.0])
    total = keep = np.sum(x)
    total += x[0]
    assert (keep.item(), total.item()) == (3.0, 4.0)
    assert total is not keep
    assert mg.backprop(total * keep, [x])[x].tolist() == [10.0, 7.0]


def test_an_array_without_dimensions_that_was_given_is_written_to():
    x = mg.Tensor(np.array(3.0))
    other = x
    other += 1.0
    assert other is x
    assert x.item() == 4.0


def test_a_number_that_was_written_to_before_is_written_to_again():
    x = mg.Tensor([1.0, 2.0])
    y = np.sum(x)
    y[...] = x[0]
    other = y
    y += 1.0
    assert other is y
    assert mg.backprop(y, [x])[x].tolist() == [1.0, 0.0]
