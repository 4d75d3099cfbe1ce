import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.draw.steps import Steps, written
from minigrad.fold import fold
from minigrad.fold.named import Link


def steps(graph):
    return Steps(fold(graph))


def cells(made, **options):
    (axis,) = made.of.axes
    copy = made.copy(axis, **({"phase": 0, "step": None, "loops": True} | options))
    return {cell.name: cell for cell in copy.cells.values()}, copy


def tokens():
    return steps(mg.nn.RNN(r.K, r.H, r.N_OUT).unroll([0, 1, 2, 3], [0] * 4))


def test_roles_come_from_ops_names_and_what_other_steps_take():
    made = tokens()
    found = {c.place: made.role(c) for c in made.of.classes if c.axis is not None and c.name is not None}
    assert found == {"h": "hidden", "a": "output", "o": "output", "L": "loss"}
    lookup = next(c for c in made.of.classes if c.place == "the lookup a.b")
    assert made.role(lookup) == "op"
    assert made.role(made.of["W"]) == "parameter"
    other = steps(r.vanilla(6))
    assert other.role(other.of["x"]) == "input"


def test_a_copy_has_tokens_targets_and_small_parameters():
    found, copy = cells(tokens(), step="t−1", loops=False)
    assert {name: (c.role, c.biases) for name, c in found.items()} == {
        "x": ("input", []),
        "y": ("target", []),
        "a": ("output", ["b"]),
        "h": ("hidden", []),
        "o": ("output", ["c"]),
        "L": ("loss", []),
    }
    assert {c.step for c in found.values()} == {"t−1"}
    row = {cell.name: copy.panel.row[name] for name, cell in copy.cells.items()}
    assert sorted(row, key=row.get) == ["x", "a", "h", "o", "L", "y"]


@pytest.mark.parametrize("loops", [False, True])
def test_loops_say_their_parameters_and_longer_delays(loops):
    found, _ = cells(steps(r.lag_two(6)), loops=loops)
    wanted = [(-1, "W1", 1, 0, "x"), (-1, "W2, from t−2", 2, 0, "x")]
    assert found["h"].loops == (wanted if loops else [])
    both, _ = cells(steps(r.bidirectional(6)), loops=loops)
    assert both["g"].loops == ([(1, "R, from t+1", -1, 0, "x")] if loops else [])


def test_what_is_there_at_one_step_alone_is_not_at_t_minus_1():
    made = steps(r.last_step_only(5))
    assert set(cells(made)[0]) == {"h", "x", "o", "L"}
    assert set(cells(made, step="t−1", loops=False)[0]) == {"h", "x"}


def test_links_are_of_one_axis_and_phase():
    made = steps(r.encoder_decoder(5, 4))
    name = {c.index: c.name for c in made.of.classes}
    found = {
        axis.name: {(name[e.source], name[e.target], e.parameters) for e in made.links(axis, 0)}
        for axis in made.of.axes
    }
    assert found["t"] == {("h", "h", ("W",)), ("x", "h", ("U",))}
    assert found["s"] == {("g", "g", ("R",)), ("h", "g", ("C",)), ("g", "L", ("V",))}
    clock = steps(r.clockwork(8))
    (axis,) = clock.of.axes
    used = [{p for e in clock.links(axis, k) for p in e.parameters} for k in (0, 1)]
    assert used == [{"W", "U"}, {"W", "U", "R"}]


def test_a_sum_over_time_is_told_and_other_results_are_drawn():
    assert steps(r.encoder_decoder(5, 4)).results == []
    (result,) = steps(r.lag_two(6)).results
    assert result.through == ("sum",)
    assert steps(r.lag_two(6)).title("folded") == "The graph of h, x, folded."


@pytest.mark.parametrize(
    ("delay", "parameters", "text"),
    [
        (1, ("W",), "W"),
        (0, (), ""),
        (2, ("W", "R"), "W, R, from t−2"),
        (-1, (), "from t+1"),
        (None, ("C",), "C"),
    ],
)
def test_what_is_written_beside_an_edge(delay, parameters, text):
    assert written(Link(0, 1, "x", 0, delay, parameters=parameters), "t") == text
