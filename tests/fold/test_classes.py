import numpy as np
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import bare, label


def labelled(*outputs):
    nodes = graph.nodes(*outputs)
    return nodes, label(nodes)


def test_steps_share_their_classes_and_what_is_outside_of_time_has_its_own():
    W = r.tensor(1, r.H, r.H, name="W")
    with mg.time_step(0):
        h = h0 = r.tensor(2, r.H, name="h")
    for t in (1, 2, 3):
        with mg.time_step(t):
            h = np.tanh(W @ h).named("h")
    total = np.sum(h)
    nodes, labels = labelled(total)
    assert labels.unnamed
    assert labels.keys == [
        ("outside", W.order),
        ("name", "t", "h", 0),
        ("outside", total.order),
        ("term", 0, 0),
    ]
    assert [labels.of[n.order] for n in nodes] == [0, 1, 3, 1, 3, 1, 3, 1, 2]
    assert labels.of[h0.order] == labels.of[h.order]


def test_a_term_is_another_one_with_another_op_delay_or_source():
    states = []
    for t in range(5):
        with mg.time_step(t):
            states.append((r.tensor(t, 2, name="h"), r.tensor(t, 2, name="g")))
    made = {}
    for t in (2, 3, 4):
        with mg.time_step(t):
            h, g = states[t - 1]
            made[t] = [np.tanh(h), np.exp(h), np.tanh(states[t - 2][0]), np.tanh(g), np.tanh(h)]
    _, labels = labelled(*[node for row in made.values() for node in row])
    numbers = [[labels.of[node.order] for node in row] for row in made.values()]
    assert numbers[0] == numbers[1] == numbers[2]
    assert len(set(numbers[0])) == 5
    first, last = labels.keys[numbers[0][0]], labels.keys[numbers[0][4]]
    assert first[1] == last[1]  # one term, twice in a step
    assert (first[2], last[2]) == (0, 1)


def test_equal_names_in_a_step_are_told_apart_and_axes_are():
    with mg.time_step(1):
        a, b = r.tensor(1, 2, name="h"), r.tensor(2, 2, name="h")
    with mg.time_step(1, axis="s"):
        c = r.tensor(3, 2, name="h")
    _, labels = labelled(a, b, c)
    assert labels.keys == [("name", "t", "h", 0), ("name", "t", "h", 1), ("name", "s", "h", 0)]
    assert not labels.unnamed


def test_an_initial_state_belongs_to_the_layer_that_takes_it():
    """At its own step it is alone, and yet of the second layer."""
    with mg.time_step(0):
        start = second = r.tensor(1, 2, name="h")
    for t in (1, 2, 3):
        with mg.time_step(t):
            first = np.exp(r.tensor(t, 2, name="x")).named("h")
            second = np.tanh(second * first).named("h")
    _, labels = labelled(second)
    assert labels.of[start.order] == labels.of[second.order] != labels.of[first.order]


def test_indices_are_equal_up_to_their_integers():
    X = r.tensor(1, 6, 4)
    assert bare(X[2, :3].op)[0] == bare(X[5, :3].op)[0]
    assert bare(X[2, :3].op)[0] != bare(X[5, :2].op)[0]
    assert [bare(X[k].op)[1] for k in (0, 5)] == [(0,), (5,)]
    op = np.tanh(X).op
    assert bare(op) == (op, None)
