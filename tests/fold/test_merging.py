import numpy as np
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import label
from minigrad.fold.equations import equate
from minigrad.fold.merging import equated


def both(output):
    """The labels after merging, and the equations before and after."""
    nodes = graph.nodes(output)
    before = equate(nodes, label(nodes))
    labels = label(nodes)
    return labels, before, equated(nodes, labels)


def unnamed_steps(labels, equations):
    return sorted(m.steps for k, m in equations.members.items() if labels.keys[k][0] == "term")


def summed(T, extra=None):
    """h = tanh(a) with an unnamed product of another source in the first step; `extra` adds one more."""
    W, V = r.tensor(1, r.H, r.H, name="W"), r.tensor(2, r.H, r.H, name="V")
    z = r.tensor(3, r.H, name="z")
    h = None
    for t in range(1, T + 1):
        with mg.time_step(t):
            product = W @ (z if h is None else h)
            if t == extra:
                product = product + V @ h
            h = np.tanh(product).named("h")
    return h


def test_an_unnamed_term_that_differs_at_the_first_step_is_one_class():
    labels, before, after = both(summed(5))
    assert unnamed_steps(labels, before) == [[1], [2, 3, 4, 5]]
    assert unnamed_steps(labels, after) == [[1, 2, 3, 4, 5]]


def test_another_op_in_one_step_is_not_merged():
    labels, _, after = both(summed(5, extra=3))
    # The products with W, and the sum and the product with V that only one step has.
    assert unnamed_steps(labels, after) == [[1, 2, 3, 4, 5], [3], [3]]


def test_a_difference_deep_below_a_name_is_found():
    z, h = r.tensor(3, r.H, name="z"), None
    for t in range(1, 6):
        with mg.time_step(t):
            h = np.tanh(np.sin(np.exp(z if h is None else h) + 1.0)).named("h")
    labels, before, after = both(h)
    assert unnamed_steps(labels, after) == [[1, 2, 3, 4, 5]] * 3
    assert len(unnamed_steps(labels, before)) == 6


def test_what_is_there_in_the_same_steps_is_not_merged():
    """In the first step h and k take each other's."""
    found = []
    for t in (1, 2, 3, 4):
        with mg.time_step(t):
            pair = np.exp(r.tensor(t, 2, name="x")), np.exp(r.tensor(t, 2, name="z"))
            found += [np.tanh(pair[t == 1]).named("h"), np.sin(pair[t != 1]).named("k")]
    labels, before, after = both(mg.add_n(found))
    assert unnamed_steps(labels, before) == unnamed_steps(labels, after) == [[1, 2, 3, 4]] * 2


def test_two_of_one_step_stay_two():
    W = r.tensor(1, r.H, r.H, name="W")
    with mg.time_step(0):
        h = r.tensor(2, r.H, name="h")
    for t in (1, 2, 3):
        with mg.time_step(t):
            x = r.tensor(t, r.H, name="x")
            h = ((W @ x) * (W @ h)).named("h")
    labels, before, after = both(h)
    assert unnamed_steps(labels, before) == unnamed_steps(labels, after) == [[1, 2, 3], [1, 2, 3]]


def test_a_sum_that_gets_its_name_after_the_loop_is_one_class():
    total = 0.0
    for t in (1, 2, 3, 4):
        with mg.time_step(t):
            total = total + np.sum(r.tensor(t, 2, name="x")).named("y")
    total = total.named("L")
    labels, _, found = both(total)
    assert sorted(found.members[labels.of[total.order]].steps) == [1, 2, 3, 4]


def test_without_unnamed_nodes_nothing_is_done():
    with mg.time_step(0):
        h = r.tensor(1, 2, name="h")
    for t in (1, 2):
        with mg.time_step(t):
            h = np.tanh(h).named("h")
    labels, before, after = both(h)
    assert not labels.unnamed
    assert after.keys == before.keys
