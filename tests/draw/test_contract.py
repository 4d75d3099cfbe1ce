"""Unnamed nodes vanish into edges, in linear time."""

import numpy as np

import minigrad as mg
from minigrad.draw.contract import MOST_LABELS, MOST_SHARED, origins, shown


def test_each_argument_has_its_own_sources():
    x, b = mg.Tensor(2.0, "x"), mg.Tensor(1.0, "b")
    y = (np.tanh(x * b) + x * x).named("y")
    found = [(o.source.name, o.position, o.through) for o in origins(y, {x.order, b.order})]
    assert found == [
        ("x", 0, ("multiply", "tanh")),
        ("b", 0, ("multiply", "tanh")),
        ("x", 1, ("multiply",)),
    ]


def test_constants_are_told_with_their_place():
    x = mg.Tensor(2.0, "x")
    found = [(o.constant, o.position) for o in origins((x * 3.0).named("y"), {x.order})]
    assert found == [(-1, 0), (1, 1)]


def test_a_deep_chain_has_few_labels():
    x = mg.Tensor(1.0, "x")
    y = x
    for _ in range(5000):
        y = np.tanh(y + y)
    (origin,) = [o for o in origins(y, {x.order}) if o.position == 0]
    assert len(origin.through) == MOST_LABELS


def test_what_steps_hand_on_is_drawn_though_it_has_no_name():
    W = mg.Tensor(1.0, "W")
    with mg.time_step(1):
        a = np.tanh(W)
    with mg.time_step(2):
        b = np.exp(np.sin(a)).named("b")
    assert shown(mg.graph.nodes(b), [b], "named") == {W.order, a.order, b.order}


def test_a_large_expression_that_many_use_is_drawn_once():
    base = mg.Tensor(1.0, "x")
    deep = base
    for _ in range(MOST_SHARED + 5):
        deep = np.tanh(deep)
    ends = [(deep * float(k)).named(f"y{k}") for k in range(3)]
    keep = shown(mg.graph.nodes(*ends), ends, "named")
    assert deep.order in keep
    assert len(keep) == len(ends) + 2
