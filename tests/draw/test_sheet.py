import pytest

from minigrad.draw.copies import Cell, Copy, Edge
from minigrad.draw.panel import panel
from minigrad.draw.sheet import LEAST, SQUARE, Sheet


def copy(cells, edges=(), **options):
    return Copy(cells, panel({name: cell.extents() for name, cell in cells.items()}, edges, {}), **options)


def chain(**options):
    return copy({"x": Cell("x", "input"), "h": Cell("h", "hidden")}, [("x", "h")], **options)


def test_a_chain_stands_upright_in_the_middle():
    sheet = Sheet([chain()], [Edge((0, "x"), (0, "h"), "U", "b", 1)])
    scene = sheet.scene((), "a chain")
    # From above: a margin of 26 and half a loss; then a node and a gap.
    assert [(m.key, m.name, m.at) for m in scene.nodes] == [
        ("c0n0", "x", (150.0, 56.0 + 52.0 + 44.0)),
        ("c0n1", "h", (150.0, 56.0)),
    ]
    assert scene.size == (LEAST, 152.0 + 26.0 + 26.0)
    (line,) = scene.lines
    assert (line.source, line.target, line.kind, line.argument, line.position) == (
        "c0n0",
        "c0n1",
        "forward",
        "b",
        1,
    )
    assert line.points[0] == (150.0, 152.0 - 26.0)
    assert line.points[-1] == (150.0, 56.0 + 26.0)
    assert line.label == "U"
    assert line.label_at[0] > 150.0
    assert scene.title == "a chain"


def test_copies_stand_apart_with_their_headings_and_lines_between():
    copies = [chain(heading="t = 1", step=1), chain(heading="t = 2", step=2)]
    scene = Sheet(copies, [Edge((0, "h"), (1, "h"), "W", delay=1, exit=1, kind="recurrent")]).scene((), "")
    at = {m.key: m.at for m in scene.nodes}
    assert at["c1n1"][1] == at["c0n1"][1] == 56.0
    assert at["c1n1"][0] - at["c0n1"][0] >= 2 * 42.0
    first, second = scene.boxes
    assert (first.heading, first.step, second.heading, second.step) == ("t = 1", 1, "t = 2", 2)
    assert first.corner[0] + first.size[0] < second.corner[0]
    (line,) = scene.lines
    assert line.points[0] == (at["c0n1"][0] + 26.0, 56.0)
    assert line.points[-1] == (at["c1n1"][0] - 26.0, 56.0)
    assert (line.delay, line.width) == (1, 2.0)


def test_a_marked_edge_and_a_loop_carry_a_square():
    cells = {"h": Cell("h", "hidden", loops=[(-1, "W", 1, 0, "x")])}
    scene = Sheet([copy(cells)], []).scene((), "")
    node, square = scene.nodes
    assert (square.role, square.size) == ("delay", (SQUARE, SQUARE))
    assert square.at == (node.at[0] - (26.0 + 26.0 + 6.0), node.at[1])
    (line,) = scene.lines
    assert (line.source, line.target, line.kind, line.delay) == ("c0n0", "c0n0", "recurrent", 1)
    edge = Edge((0, "h"), (1, "h"), delay=1, exit=1, kind="recurrent")
    for marked in (False, True):
        edge.marked = marked
        scene = Sheet([chain(), chain()], [edge]).scene((), "")
        assert sum(m.role == "delay" for m in scene.nodes) == marked


def test_a_parameter_stands_at_the_lower_right_of_its_node():
    scene = Sheet([copy({"a": Cell("a", "output", biases=["b", "c"])})], []).scene((), "")
    node, first, second = scene.nodes
    x, y = node.at
    assert [(m.key, m.name, m.role) for m in (first, second)] == [
        ("c0n0b0", "b", "parameter"),
        ("c0n0b1", "c", "parameter"),
    ]
    assert first.at == (x + 26.0 + 9.0 + 10.0, y + 15.0)
    assert second.at == (first.at[0], first.at[1] + 24.0)
    assert [(k.source, k.target, k.kind) for k in scene.lines] == [
        ("c0n0b0", "c0n0", "parameter"),
        ("c0n0b1", "c0n0", "parameter"),
    ]


@pytest.mark.parametrize("space", [0.0, 96.0])
def test_a_space_moves_what_is_to_its_right(space):
    sheet = Sheet([chain(), chain(), chain()], [], {1: space})
    sheet.scene((), "")
    gaps = [sheet.at((k + 1, "h"))[0] - sheet.at((k, "h"))[0] for k in (0, 1)]
    assert gaps == [2 * 42.0 + 56.0 + space, 2 * 42.0 + 56.0]


@pytest.mark.parametrize(("sources", "room"), [("", 0.0), ("h", 42.0), ("hx", 42.0 + 16.0)])
def test_lines_below_a_row_have_room(sources, room):
    """What leads to the second of two nodes in a row comes from below."""
    pair = {name: Cell(name, "hidden") for name in "xab"}
    copies = [chain(), copy(pair, [("x", "a"), ("x", "b")])]
    sheet = Sheet(copies, [Edge((0, name), (1, "b"), exit=1) for name in sources])
    scene = sheet.scene((), "")
    assert sheet.at((1, "x"))[1] - sheet.at((1, "b"))[1] == 52.0 + 44.0 + room
    assert all(line.points[-1][1] > sheet.at((1, "b"))[1] for line in scene.lines)
    assert len(scene.lines) == len(sources)


def test_notes_stand_below():
    plain, noted = (Sheet([chain()], []).scene(notes, "") for notes in ((), ("h⁽⁰⁾ is the initial state.",)))
    assert noted.notes == ("h⁽⁰⁾ is the initial state.",)
    assert noted.size == (plain.size[0], plain.size[1] + 24.0)
