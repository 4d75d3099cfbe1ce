import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import label
from minigrad.fold.equations import CONSTANT, Members, equate
from minigrad.fold.folded import Input


def equated(output, **options):
    nodes = graph.nodes(output)
    labels = label(nodes)
    return labels, equate(nodes, labels, **options)


def loop(T=4):
    """The states of h = tanh(W @ h), h(0) a leaf."""
    W = r.tensor(1, r.H, r.H, name="W")
    with mg.time_step(0):
        hs = [r.tensor(2, r.H, name="h")]
    for t in range(1, T + 1):
        with mg.time_step(t):
            hs.append(np.tanh(W @ hs[-1]).named("h"))
    return W, hs


def test_a_recurrence_is_three_equations_whatever_its_length():
    W, hs = loop()
    labels, found = equated(hs[-1])
    w, h = labels.of[W.order], labels.of[hs[0].order]
    a = labels.keys.index(("term", 0, 0))
    assert [(key[0], key[2]) for key in found.keys] == [(h, ()), (a, (w, None, h, 1)), (h, (a, 0))]
    assert found.members[h].steps == [0, 1, 2, 3, 4]
    assert found.members[h].equations == [0, 2, 2, 2, 2]
    assert found.firsts[2] is hs[1]
    assert found.outside() == {w}
    assert [found.in_time(k) for k in range(3)] == [False, True, True]
    assert found.inputs(1) == (Input(0, "a", w, None), Input(1, "b", h, 1))
    assert len(equated(loop(9)[1][-1])[1].keys) == 3


def test_an_argument_at_one_step_is_told_by_that_step_where_it_is_fixed():
    _, hs = loop(0)
    for t in (1, 2, 3):
        with mg.time_step(t):
            hs.append((hs[-1] * hs[0]).named("h"))
    labels, apart = equated(hs[-1])
    h = labels.of[hs[0].order]
    assert [key[2] for key in apart.keys] == [(), (h, 1, h, 1), (h, 1, h, 2), (h, 1, h, 3)]
    _, found = equated(hs[-1], fixed={(h, 1)})
    assert [key[2] for key in found.keys] == [(), (h, 1, h, ("t", 0))]
    assert found.inputs(1)[1] == Input(1, "b", h, None, 0)


def test_constants_and_other_axes_have_no_delay():
    with mg.time_step(5):
        h = r.tensor(1, 2, name="h")
    with mg.time_step(1, axis="s"):
        g = (h + 1.0).named("g")
    labels, found = equated(g)
    assert found.keys[1][2] == (labels.of[h.order], ("t", 5), CONSTANT, None)
    assert found.inputs(1) == (Input(0, "a", labels.of[h.order], None, 5), Input(1, "b", None))
    assert found.outside() == set()
    assert not found.in_time(1)


def test_integers_of_indices_are_beside_the_equation():
    X = r.tensor(1, 6, 4, name="X")
    xs = []
    for t in (1, 2, 3):
        with mg.time_step(t):
            xs.append(X[2 * t - 1].named("x"))
    labels, found = equated(mg.add_n(xs))
    own = found.members[labels.of[xs[0].order]]
    assert own.equations == [0, 0, 0]
    assert own.integers == [(1,), (3,), (5,)]
    assert own[1] == (2, 0, xs[1], (3,))


@pytest.mark.parametrize("steps", [[3, 1, 2], [1, 2, 3]])
def test_members_are_sorted_by_step_in_all_columns(steps):
    nodes = [r.tensor(k, 1) for k in steps]
    members = Members(list(steps), [10 * k for k in steps], list(nodes), [(k,) for k in steps])
    members.sort()
    assert members.steps == [1, 2, 3]
    assert members.equations == [10, 20, 30]
    assert members.integers == [(1,), (2,), (3,)]
    assert [members[k].node for k in range(3)] == [nodes[steps.index(k)] for k in (1, 2, 3)]
