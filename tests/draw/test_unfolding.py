import pytest
from fold import recurrences as r

from minigrad.draw.copies import Copy
from minigrad.draw.panel import panel
from minigrad.draw.sheet import Sheet
from minigrad.draw.steps import Steps
from minigrad.draw.unfolding import unfold
from minigrad.fold import fold


def unfolded(graph, axis="t", before=()):
    """The columns as names with steps, and the edges between columns by column and name."""
    steps, sheet = Steps(fold(graph)), Sheet(list(before), [])
    unfold(steps, sheet, steps.of.axis(axis))
    columns = [[(cell.name, cell.step) for cell in copy.cells.values()] for copy in sheet.copies]

    def of(place):
        return place[0], sheet.copies[place[0]].cells[place[1]].name

    edges = [(of(e.source), of(e.target), e.text, e.exit, e.kind) for e in sheet.edges]
    return columns, edges, sheet


def test_three_copies_with_what_comes_before_and_after():
    columns, edges, _ = unfolded(r.two_layers(5))
    assert [sorted(column) for column in columns] == [
        [("h1", "…"), ("h2", "…")],
        *[[(name, step) for name in ("L", "h1", "h2", "x")] for step in ("t−1", "t", "t+1")],
        [("h1", "…"), ("h2", "…")],
    ]
    crossing = [e for e in edges if e[3]]
    assert {e for e in crossing if e[0][1] == "h1"} == {
        *[((k, "h1"), (k + 1, "h1"), "W1", 1, "recurrent") for k in (0, 1, 2)],
        ((3, "h1"), (4, "h1"), "", 1, "recurrent"),
    }
    assert len(crossing) == 8
    inner = {e for e in edges if not e[3] and e[0][0] == 2}
    assert inner == {
        ((2, "x"), (2, "h1"), "U1", 0, "forward"),
        ((2, "h1"), (2, "h2"), "U2", 0, "forward"),
        ((2, "h2"), (2, "L"), "", 0, "forward"),
    }


def test_backwards_in_time_edges_lead_to_the_left():
    _, edges, _ = unfolded(r.bidirectional(6))
    assert {e for e in edges if e[3] and e[0][1] == "g"} == {
        *[((k + 1, "g"), (k, "g"), "R", -1, "recurrent") for k in (1, 2, 3)],
        ((1, "g"), (0, "g"), "", -1, "recurrent"),
    }


def test_a_delay_of_two_passes_a_copy():
    _, edges, _ = unfolded(r.lag_two(6))
    assert [(a[0], b[0]) for a, b, text, *_ in edges if text == "W2"] == [(0, 1), (0, 2), (1, 3)]
    assert [(a[0], b[0]) for a, b, text, *_ in edges if text == "W1"] == [(0, 1), (1, 2), (2, 3)]


def test_what_is_at_one_step_for_all_has_a_column_of_its_own():
    columns, edges, _ = unfolded(r.encoder_decoder(5, 4), "s")
    assert columns[0] == [("h", "5")]
    assert columns[1] == columns[-1] == [("g", "…")]
    assert sorted(columns[3]) == [("L", "s"), ("g", "s")]
    assert [(a, b) for a, b, text, *_ in edges if text == "C"] == [((0, "h"), (k, "g")) for k in (2, 3, 4)]


def test_a_period_alternates_and_the_middle_copy_is_the_first_phase():
    _, edges, _ = unfolded(r.clockwork(8))
    assert [b[0] for _, b, text, *_ in edges if text == "R"] == [1, 3]


@pytest.mark.parametrize("count", [0, 2])
def test_it_adds_to_what_is_on_the_sheet(count):
    columns, edges, sheet = unfolded(r.lag_two(6), before=[Copy({}, panel({}, [], {})) for _ in range(count)])
    assert len(columns) == count + 5
    assert min(a[0] for a, *_ in edges) == count
    # A remark stands in the row of what it stands for.
    first, inner = sheet.copies[count], sheet.copies[count + 1]
    assert [(first.panel.row[n], first.panel.left) for n in first.cells] == [
        (inner.panel.row[n], -19.0) for n in first.cells
    ]
