import pytest

from minigrad.draw.copies import Cell, Copy, Edge
from minigrad.draw.panel import panel
from minigrad.draw.trunks import Trunks


def copies(*rows, loops=()):
    """Copies of one row each; the nodes in `loops` have one at the right."""
    made = []
    for names in rows:
        cells = {n: Cell(n, "hidden", loops=[(1, "", 1, 0, "x")] * (n in loops)) for n in names}
        made.append(Copy(cells, panel(dict.fromkeys(names, (42.0, 42.0)), [], {})))
    return made


def test_a_neighbour_is_reached_straight():
    ways = Trunks(copies("h", "h"), [Edge((0, "h"), (1, "h"), exit=1), Edge((0, "h"), (0, "h"))])
    (trunk,) = ways.all
    assert (trunk.gap, trunk.direct, trunk.up, trunk.buses) == (1, True, False, {})
    assert (ways.taken, ways.stubs, ways.span(trunk)) == ({}, {}, 0)


def test_backwards_the_lane_is_to_the_left_of_its_source():
    (trunk,) = Trunks(copies("h", "h"), [Edge((1, "h"), (0, "h"), exit=-1)]).all
    assert (trunk.gap, trunk.direct) == (1, True)


def test_edges_of_one_source_and_delay_share_a_way():
    edges = [Edge((0, "h"), (2, "h"), delay=1, exit=1), Edge((0, "h"), (1, "h"), delay=1, exit=1)]
    other = Edge((0, "h"), (2, "h"), delay=2, exit=1)
    first, second = Trunks(copies("h", "h", "h"), [*edges, other]).all
    assert first.edges == edges
    assert second.edges == [other]
    assert not first.direct


@pytest.mark.parametrize(("target", "direct"), [("a", True), ("b", False)])
def test_a_target_behind_another_node_is_reached_from_below(target, direct):
    ways = Trunks(copies("h", "ab"), [Edge((0, "h"), (1, target), exit=1)])
    (trunk,) = ways.all
    assert trunk.direct is direct
    assert trunk.buses == ({} if direct else {0: 0})
    assert ways.taken == ({} if direct else {0: [{1}]})
    assert ways.stubs == ({} if direct else {((1, "b"), -1): [trunk]})


def test_a_source_that_is_walled_in_is_left_upwards():
    looped = Trunks(copies("h", "h", loops="h"), [Edge((0, "h"), (1, "h"), exit=1)])
    (trunk,) = looped.all
    assert trunk.up
    assert trunk.buses == {1: 0}
    assert looped.taken == {1: [{0}]}
    (inner,) = Trunks(copies("ab", "h"), [Edge((0, "a"), (1, "h"), exit=1)]).all
    assert inner.up


def test_lines_along_a_row_that_meet_have_their_own_places():
    edges = [
        Edge((0, "a"), (1, "d"), exit=1),
        Edge((0, "b"), (1, "d"), exit=1),
        Edge((2, "b"), (3, "d"), exit=1),
    ]
    ways = Trunks(copies("ab", "cd", "ab", "cd"), edges)
    assert [trunk.buses[0] for trunk in ways.all] == [0, 1, 0]
    assert ways.taken[0] == [{1, 3}, {1}]


def test_texts_of_one_target_are_written_once():
    edges = [Edge((0, "h"), (1, "h"), text, delay=1, exit=1) for text in ("W", "", "R", "W")]
    other = Edge((0, "h"), (2, "h"), "V", delay=1, exit=1)
    Trunks(copies("h", "h", "h"), [*edges, other])
    assert [edge.text for edge in (*edges, other)] == ["W, R", "", "", "", "V"]
