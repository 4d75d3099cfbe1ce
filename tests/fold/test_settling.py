import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import label
from minigrad.fold.equations import equate
from minigrad.fold.settling import settled


def settle(output):
    nodes = graph.nodes(output)
    labels = label(nodes)
    equations, changes = settled(nodes, labels, equate(nodes, labels))
    number = labels.of[output.order]
    return equations, changes, number


def unroll(T, make):
    """h⁽ᵗ⁾ = make(t, h⁽⁰⁾ … h⁽ᵗ⁻¹⁾)."""
    with mg.time_step(0):
        hs = [r.tensor(1, 3, name="h")]
    for t in range(1, T + 1):
        with mg.time_step(t):
            hs.append(make(t, hs).named("h"))
    return hs[-1]


def ends(equations, number):
    return [(p.kind, p.first, p.last) for p in equations.pieces[number]]


def test_an_argument_at_one_step_is_found():
    equations, changes, h = settle(unroll(8, lambda t, hs: hs[-1] * hs[0]))
    assert changes == []
    (rule,) = [p for p in equations.pieces[h] if p.kind == "rule"]
    assert (rule.first, rule.last) == (1, 8)
    assert [(i.delay, i.at) for i in rule.inputs] == [(1, None), (None, 0)]


def test_two_arguments_at_two_fixed_steps():
    equations, changes, h = settle(unroll(12, lambda t, hs: mg.add_n([hs[-1], hs[0], hs[min(1, t - 1)]])))
    assert changes == []
    rule = equations.pieces[h][-1]
    assert (rule.first, rule.last) == (2, 12)
    assert [(i.delay, i.at) for i in rule.inputs] == [(1, None), (None, 0), (None, 1)]


def test_a_delay_that_grows_otherwise_stays_a_change():
    _, changes, h = settle(unroll(12, lambda t, hs: mg.add_n([hs[-1], hs[t // 2]])))
    assert [number for number, _ in changes] == [h]


@pytest.mark.parametrize(("T", "at", "repeats"), [(12, 11, True), (12, 10, False), (12, 6, False)])
def test_two_steps_at_an_end_may_differ(T, at, repeats):
    equations, changes, h = settle(unroll(T, lambda t, hs: (np.sin if t >= at else np.tanh)(hs[-1])))
    assert (changes == []) is repeats
    if repeats:
        assert ends(equations, h) == [("initial", 0, 0), ("rule", 1, at - 1), ("boundary", at, T)]
    else:
        ((_, change),) = changes
        assert (change.before.step, change.after.step) == (at - 1, at)


def test_longer_delays_let_more_steps_differ():
    """With h⁽ᵗ⁻⁴⁾ from t = 4 on, the three steps before take h⁽⁰⁾ in its place."""
    equations, changes, h = settle(unroll(12, lambda t, hs: mg.add_n([hs[-1], hs[max(t - 4, 0)]])))
    assert changes == []
    wanted = [("initial", 0, 0), *[("boundary", t, t) for t in (1, 2, 3)], ("rule", 4, 12)]
    assert ends(equations, h) == wanted
