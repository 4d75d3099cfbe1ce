import sys

import numpy as np

import minigrad as mg
from minigrad import graph


def network():
    W, x = mg.Tensor(np.ones((2, 3)), "W"), mg.Tensor(np.ones(3), "x")
    with mg.time_step(1):
        h = np.tanh(W @ x).named("h")
    with mg.time_step(2):
        k = (h * h).named("k")
    return W, x, h, k, np.sum(k).named("L")


def test_nodes_come_once_and_after_their_inputs():
    _, _, _, _, loss = network()
    found = graph.nodes(loss)
    assert [n.name for n in found] == ["W", "x", None, "h", "k", "L"]
    assert len({n.order for n in found}) == len(found)
    place = {n: i for i, n in enumerate(found)}
    assert all(place[e.source] < place[e.consumer] for e in graph.edges(loss))


def test_nodes_of_several_outputs_share_what_they_share():
    W, _, h, _, loss = network()
    other = np.sum(h)
    assert len(graph.nodes(loss, other)) == len(graph.nodes(loss)) + 1
    assert graph.nodes(loss, loss) == graph.nodes(loss)
    assert graph.nodes(W) == [W]


def test_a_product_with_itself_has_two_edges():
    *_, h, k, loss = network()
    found = list(graph.inputs(k))
    assert [(e.source is h, e.argument, e.position) for e in found] == [
        (True, "a", 0),
        (True, "b", 1),
    ]
    assert len(list(graph.edges(loss))) == 6


def test_consumers_are_the_uses_in_the_graph_of_the_outputs_alone():
    _, _, h, k, loss = network()
    other = np.exp(h)
    assert [e.consumer for e in graph.consumers(h, loss)] == [k, k]
    assert [e.consumer for e in graph.consumers(h, loss, other)] == [k, k, other]
    assert graph.consumers(loss, loss) == []


def test_a_constant_has_no_edge():
    x = mg.Tensor(2.0)
    assert [e.position for e in graph.inputs(3.0 * x)] == [1]
    assert list(graph.inputs(x)) == []


def test_steps_are_told_by_axis():
    *_, loss = network()
    with mg.time_step(8, axis="s"):
        loss = loss * 2.0
    assert graph.steps(loss) == [1, 2]
    assert graph.steps(loss, axis="s") == [8]


def test_each_version_that_was_used_is_a_node():
    p = mg.Tensor([1.0, 2.0], "p")
    first = np.sum(p * p)
    p.value = [3.0, 4.0]
    p.value = [5.0, 6.0]
    loss = first + np.sum(p)
    versions = [n for n in graph.nodes(loss) if n.name == "p"]
    assert [n.value.tolist() for n in versions] == [[1, 2], [5, 6]]
    uses = [e.source.value.tolist() for e in graph.edges(loss) if e.source.name == "p"]
    assert uses == [[1, 2], [1, 2], [5, 6]]


def test_walking_takes_time_linear_in_nodes_and_edges_of_a_diamond_ladder():
    x = mg.Tensor(1.0)
    for _ in range(200):
        x = x * 0.5 + x * 0.5
    assert len(graph.nodes(x)) == 601
    assert len(list(graph.edges(x))) == 800


def calls_of(n):
    """How many Python and C functions n writings and their back-propagation call."""
    total, one, count = mg.Tensor(0.0) * 1.0, mg.Tensor(1.0), 0

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        for _ in range(n):
            total += one
        mg.backprop(total)
    finally:
        sys.setprofile(None)
    return count


def test_writing_n_times_takes_work_linear_in_n():
    assert calls_of(800) < 5 * calls_of(200)
