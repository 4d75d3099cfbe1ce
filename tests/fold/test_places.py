import numpy as np
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.classes import label
from minigrad.fold.equations import equate
from minigrad.fold.places import LONGEST_PATH, places


def named(output, *more):
    """What the class of each node is called, by the creation counter of the node."""
    nodes = graph.nodes(output, *more)
    labels = label(nodes)
    equations = equate(nodes, labels)
    apart = [node for node in nodes if node.step is None]
    found = places(list(range(len(labels.keys))), labels, equations, apart)
    return {node.order: found[labels.of[node.order]] for node in nodes}


def test_an_unnamed_class_is_called_by_the_path_from_a_name():
    W, x = r.tensor(1, r.H, r.H, name="W"), r.tensor(2, r.H, name="z")
    with mg.time_step(1):
        product = W @ x
        total = product + 1.0
        h = np.tanh(total).named("h")
    found = named(h)
    assert found[h.order] == "h"
    assert found[total.order] == "the add h.x"
    assert found[product.order] == "the matmul h.x.a"


def test_without_a_name_near_by_there_is_no_path():
    with mg.time_step(1):
        y = first = np.exp(r.tensor(1, 2, name="x"))
        for _ in range(LONGEST_PATH - 1):
            y = np.tanh(y)
        near = y.named("h")
        z = second = np.exp(r.tensor(2, 2, name="g"))
        for _ in range(LONGEST_PATH + 1):
            z = np.sin(z)
        far = z.named("k")
        alone = np.exp(r.tensor(3, 2, name="o"))
    found = named(near, far, alone)
    assert found[first.order] == "the exp h" + ".x" * (LONGEST_PATH - 1)
    assert found[second.order] == "an unnamed exp"
    assert found[alone.order] == "an unnamed exp"


def test_the_second_of_a_name_in_a_step_says_so():
    with mg.time_step(1):
        first = r.tensor(1, 2, name="h")
        inner = np.exp(first)
        second = np.tanh(inner).named("h")
    found = named(second)
    assert [found[n.order] for n in (first, second, inner)] == ["h", "h (2)", "the exp h (2).x"]


def test_equal_names_outside_of_time_are_told_apart():
    one, two, other = r.tensor(1, 2, name="W"), r.tensor(2, 2, name="W"), r.tensor(3, 2, name="V")
    with mg.time_step(1):
        h = (one * two + other).named("h")
    found = named(h)
    assert found[one.order] == f"W#{one.order}"
    assert found[two.order] == f"W#{two.order}"
    assert found[other.order] == "V"


def test_a_consumer_in_another_step_is_no_way():
    with mg.time_step(1):
        a = np.exp(r.tensor(1, 2, name="x"))
    with mg.time_step(2):
        h = np.tanh(a).named("h")
    assert named(h)[a.order] == "an unnamed exp"
