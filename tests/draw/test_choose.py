"""What of a graph is drawn."""

import numpy as np
import pytest
from draw.networks import own_lstm, plain, vanilla

import minigrad as mg
from minigrad.draw import TooLargeError
from minigrad.draw.choose import choose


def test_named_nodes_alone():
    part = choose([plain()])
    assert {item.name for item in part.items} == {"x", "h", "o", "L", "y", "W", "U", "V"}
    into = [k for k in part.links if k.target.step == 2]
    assert sorted((k.source.name, str(k.source.step), k.target.name) for k in into) == [
        ("U", "None", "h"),
        ("V", "None", "o"),
        ("W", "None", "h"),
        ("h", "1", "h"),
        ("h", "2", "o"),
        ("o", "2", "L"),
        ("x", "2", "h"),
        ("y", "2", "L"),
    ]


def test_every_operation():
    loss = plain()
    part = choose([loss], detail="ops")
    assert len([i for i in part.items if i.tensor is not None]) == len(mg.graph.nodes(loss))
    targets = sum(link.source.tensor is None for link in part.links)
    assert len(part.links) - targets == len(list(mg.graph.edges(loss)))


def test_x_times_x_has_two_edges():
    x = mg.Tensor(3.0, "x")
    assert [link.position for link in choose([(x * x).named("y")]).links] == [0, 1]


def test_tokens_and_targets_are_nodes():
    part = choose([mg.nn.RNN(4, 5, 3).unroll([0, 3], [1, 2]).loss])
    found = {(i.name, i.step): i for i in part.items}
    assert found["x", 2].constant == 3
    assert found["y", 1].constant == 1


def test_long_runs_are_collapsed():
    part = choose([vanilla(20)])
    assert {item.step for item in part.items} == {None, 0, 1, 2, 3, 4, 19, 20}
    rests = [item for item in part.items if item.omitted]
    assert {(item.name, item.omitted) for item in rests} == {("h", 15), ("L", 15)}
    links = {(k.source.name, k.source.step, k.target.name, k.target.step) for k in part.links}
    assert {("h", 3, "h", 4), ("h", 4, "a", 19), ("L", 4, "L", None)} <= links
    assert part.notes == ["Steps t = 4 … 18 are left out: collapse=False draws them."]
    assert len(choose([vanilla(20)], collapse=False).items) > 100


def test_the_output_may_lie_in_what_is_left_out():
    run = mg.unroll(lambda x, h: np.tanh(h + x), np.ones((20, 1)), np.zeros(1))
    part = choose(run["h"])
    assert {item.step for item in part.items} == {0, 1, 2, 3, 4, 19, 20}


def test_too_much_is_refused_with_advice():
    with pytest.raises(
        TooLargeError, match=r"there are \d+ nodes .*max_nodes=10: .*detail='named'.*max_nodes="
    ):
        choose([own_lstm()], detail="ops", max_nodes=10)
    with pytest.raises(TooLargeError, match="collapse"):
        choose([vanilla()], max_nodes=10)


def test_unnamed_leaves_show_their_number():
    assert [i.name for i in choose([mg.Tensor(2.5) * mg.Tensor([1.0, 2.0])]).items] == ["2.5", "leaf", "×"]
