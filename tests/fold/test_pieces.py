import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import label
from minigrad.fold.equations import equate
from minigrad.fold.folded import Input, Piece
from minigrad.fold.pieces import Change, pieces, renumbered


def cut(ops, most=2):
    """The pieces of h, which at step t is made of the one before by the t-th of `ops`."""
    with mg.time_step(0):
        h = r.tensor(1, 2, name="h")
    for t, op in enumerate(ops, 1):
        with mg.time_step(t):
            h = op(h).named("h")
    return of_class(h, h, most)


def of_class(node, output, most):
    nodes = graph.nodes(output)
    labels = label(nodes)
    equations = equate(nodes, labels)
    members = equations.members[labels.of[node.order]]
    members.sort()
    return pieces(members, equations, most)


def summary(found):
    return [(p.kind, p.first, p.last, p.stride, p.op and p.op.label) for p in found]


def test_an_initial_state_a_first_step_a_rule_and_a_last_step():
    assert summary(cut([np.exp, *[np.tanh] * 6, np.sin])) == [
        ("initial", 0, 0, 1, None),
        ("boundary", 1, 1, 1, "exp"),
        ("rule", 2, 7, 1, "tanh"),
        ("boundary", 8, 8, 1, "sin"),
    ]


def test_backwards_in_time_the_initial_state_is_the_last_piece():
    with mg.time_step(6):
        g = r.tensor(1, 2, name="g")
    for t in range(5, 0, -1):
        with mg.time_step(t):
            g = np.tanh(g).named("g")
    found = of_class(g, g, 2)
    assert summary(found) == [("rule", 1, 5, 1, "tanh"), ("initial", 6, 6, 1, None)]
    assert found[0].inputs[0].delay == -1


def test_a_period_has_a_rule_for_each_phase():
    found = cut([np.tanh, np.exp] * 4)
    assert summary(found)[1:] == [("rule", 1, 7, 2, "tanh"), ("rule", 2, 8, 2, "exp")]


def test_what_changes_in_the_middle_is_told_with_its_members():
    with pytest.raises(Change) as caught:
        cut([np.tanh] * 6 + [np.sin] * 5)
    change = caught.value
    assert (change.before.step, change.after.step, change.n) == (6, 7, 11)
    assert change.before.node.op.label == "tanh"
    assert change.after.node.op.label == "sin"


def test_so_many_steps_at_an_end_may_differ_and_no_more():
    ops = [np.exp] * 3 + [np.tanh] * 9
    with pytest.raises(Change):
        cut(ops, most=2)
    assert summary(cut(ops, most=3))[1:] == [("boundary", 1, 3, 1, "exp"), ("rule", 4, 12, 1, "tanh")]


@pytest.mark.parametrize(("of", "repeats"), [(lambda t: 2 * t - 1, True), (lambda t: t * t, False)])
def test_an_index_may_grow_with_the_step_but_evenly(of, repeats):
    X = r.tensor(1, 50, 2, name="X")
    xs = []
    for t in range(1, 8):
        with mg.time_step(t):
            xs.append(X[of(t)].named("x"))
    total = mg.add_n(xs)
    if repeats:
        assert [(p.kind, p.first, p.last) for p in of_class(xs[0], total, 2)] == [("rule", 1, 7)]
    else:
        with pytest.raises(Change):
            of_class(xs[0], total, 2)


def test_renumbered_inputs_keep_all_else():
    piece = Piece(1, 5, 1, None, (Input(0, "a", 7, 1), Input(1, "b", None)))
    assert renumbered(piece, {7: 2}) == Piece(1, 5, 1, None, (Input(0, "a", 2, 1), Input(1, "b", None)))
