import math

import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.draw.copies import width
from minigrad.draw.folding import beside_scene, folded_scene
from minigrad.fold import FoldError, fold

NETWORKS = {
    "vanilla": lambda: r.vanilla(6),
    "rnn": lambda: mg.nn.RNN(4, 5, 3).unroll(r.inputs(5), [0] * 5),
    "tokens": lambda: mg.nn.RNN(4, 5, 3).unroll([0, 1, 2, 3], [0] * 4),
    "lstm": lambda: mg.nn.LSTM(4, 5, 3).unroll(r.inputs(5), [0] * 5),
    "gru": lambda: mg.nn.GRU(4, 5, 3).unroll(r.inputs(5), [0] * 5),
    "gru, reset after": lambda: mg.nn.GRU(4, 5, 3, reset="after").unroll(r.inputs(5), [0] * 5),
    "two layers": lambda: r.two_layers(5),
    "equal names": lambda: r.two_layers(5, ("h", "h")),
    "bidirectional": lambda: r.bidirectional(6),
    "lag two": lambda: r.lag_two(6),
    "clockwork": lambda: r.clockwork(8),
    "period three": lambda: r.clockwork(10, 3),
    "last step": lambda: r.last_step_only(5),
    "output to hidden": lambda: r.output_to_hidden(5),
    "encoder-decoder": lambda: r.encoder_decoder(5, 4),
    "unnamed": lambda: r.unnamed_state(6),
    "one tensor": lambda: r.all_sequence_as_tensor(5),
    "gradient": lambda: mg.backprop(r.vanilla(7), record=True)["W"],
}
SCENES = {"folded": folded_scene, "beside": beside_scene}


def curve(line, n=24):
    """Points of the spline of a line."""
    p = line.points
    for k in range(0, len(p) - 1, 3):
        for i in range(n + 1):
            t = i / n
            w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            yield tuple(sum(w[j] * p[k + j][c] for j in range(4)) for c in (0, 1))


def inside(point, mark, less=2.0):
    (x, y), (w, h) = mark.at, mark.size
    dx, dy = abs(point[0] - x), abs(point[1] - y)
    if mark.role in {"hidden", "output", "loss", "op"}:
        return math.hypot(dx / (w / 2 - less), dy / (h / 2 - less)) < 1
    return dx < w / 2 - less and dy < h / 2 - less


@pytest.fixture(scope="module", params=[(n, s) for n in NETWORKS for s in SCENES], ids=" ".join)
def scene(request):
    network, kind = request.param
    return SCENES[kind](NETWORKS[network]())


def solid(scene):
    return [m for m in scene.nodes if m.role not in {"delay", "note"}]


def test_nothing_overlaps(scene):
    marks = solid(scene)
    for i, a in enumerate(marks):
        for b in marks[i + 1 :]:
            apart = [abs(a.at[c] - b.at[c]) >= (a.size[c] + b.size[c]) / 2 for c in (0, 1)]
            assert any(apart), (a.name, b.name)


def test_no_edge_leads_through_a_node_that_is_not_its_end(scene):
    marks = {m.key: m for m in solid(scene)}
    for line in scene.lines:
        others = [m for key, m in marks.items() if key not in {line.source, line.target}]
        for point in curve(line):
            assert not any(inside(point, m) for m in others), line


def test_edges_end_at_the_border_of_their_nodes(scene):
    marks = {m.key: m for m in scene.nodes}
    for line in scene.lines:
        for end, key in ((line.points[0], line.source), (line.points[-1], line.target)):
            mark = marks[key]
            if mark.role != "note":
                assert inside(end, mark, less=-1.5), line
                assert not inside(end, mark, less=2.5), line
        assert len(line.points) % 3 == 1


def test_everything_is_in_the_picture_and_keys_are_plain(scene):
    keys = [m.key for m in scene.nodes] + [line.key for line in scene.lines]
    assert len(set(keys)) == len(keys)
    assert all(key.isalnum() and key.isascii() for key in keys)
    w, h = scene.size
    points = [p for line in scene.lines for p in curve(line)] + [m.at for m in scene.nodes]
    assert all(0 < x < w and 0 < y < h for x, y in points)
    for mark in solid(scene):
        assert mark.at[1] + mark.size[1] / 2 <= h - 16 * len(scene.notes)


def test_labels_cover_no_node(scene):
    for line in scene.lines:
        if line.label:
            assert not any(inside(line.label_at, m) for m in solid(scene)), line


def test_labels_do_not_overlap(scene):
    labelled = [line for line in scene.lines if line.label]
    for i, a in enumerate(labelled):
        for b in labelled[i + 1 :]:
            wide = (width(a.label) + width(b.label)) / 2
            dx, dy = (abs(a.label_at[c] - b.label_at[c]) for c in (0, 1))
            assert dx > wide or dy > 9, (a.label, b.label)


@pytest.mark.parametrize("network", NETWORKS)
def test_each_delay_has_its_square_on_its_edge(network):
    made = folded_scene(NETWORKS[network]())
    squares = [m for m in made.nodes if m.role == "delay"]
    assert squares
    for square in squares:
        near = [
            line for line in made.lines if min(math.dist(p, square.at) for p in curve(line)) < square.size[0]
        ]
        ((_, delay),) = {(line.source, line.delay) for line in near}
        assert delay, square


def names(scene):
    return {m.key: m.name for m in scene.nodes}


def edges(scene):
    name = names(scene)
    return {(name[e.source], name[e.target], e.label, e.delay, e.kind) for e in scene.lines}


def test_the_folded_vanilla_network_is_the_figure_of_the_book():
    assert edges(folded_scene(NETWORKS["rnn"]())) == {
        ("x", "a", "U", 0, "forward"),
        ("h", "a", "W", 1, "recurrent"),
        ("b", "a", "", 0, "parameter"),
        ("a", "h", "", 0, "forward"),
        ("h", "o", "V", 0, "forward"),
        ("c", "o", "", 0, "parameter"),
        ("o", "L", "", 0, "forward"),
        ("y", "L", "", 0, "forward"),
    }
    assert edges(folded_scene(NETWORKS["tokens"]())) == edges(folded_scene(NETWORKS["rnn"]()))


def test_rows_ascend_from_the_input_to_the_target():
    made = folded_scene(NETWORKS["rnn"]())
    height = {m.name: -m.at[1] for m in made.nodes if m.name}
    assert sorted("xahoLy", key=height.get) == list("xahoLy")
    layers = {m.name: -m.at[1] for m in folded_scene(NETWORKS["two layers"]()).nodes if m.name}
    assert layers["x"] < layers["h1"] < layers["h2"] < layers["L"]


def test_delays_that_are_not_one_are_written():
    assert {e[2] for e in edges(folded_scene(NETWORKS["lag two"]())) if e[3] == 2} == {"W2, from t−2"}
    assert {e[2] for e in edges(folded_scene(NETWORKS["bidirectional"]())) if e[3] == -1} == {"R, from t+1"}
    assert {e[2] for e in edges(folded_scene(NETWORKS["gradient"]())) if e[3] == -1} == {"from t+1"}


def test_the_steps_beside_the_folded_one():
    made = beside_scene(NETWORKS["rnn"]())
    hidden = [m for m in made.nodes if m.name == "h"]
    assert [m.step for m in hidden] == [None, "…", "t−1", "t", "t+1", "…"]
    steps = {m.key: m.step for m in made.nodes}
    name = names(made)
    leaving = [e for e in made.lines if name[e.source] == "h" != name[e.target]]
    across = {(steps[e.source], steps[e.target]) for e in leaving}
    assert {("t−1", "t"), ("t", "t+1"), ("…", "t−1"), ("t", "t")} <= across
    assert [m.name for m in made.nodes if m.name == "unfold"] == ["unfold"]


def test_layers_that_run_backwards_lead_to_the_left():
    made = beside_scene(NETWORKS["bidirectional"]())
    name = names(made)
    for e in made.lines:
        if e.kind == "recurrent" and name[e.source] == name[e.target] and e.source != e.target:
            forward = e.points[0][0] < e.points[-1][0]
            assert forward == (name[e.source] == "h")


def test_periods_and_axes_have_frames():
    assert [b.heading for b in folded_scene(NETWORKS["clockwork"]()).boxes] == ["t = 1, 3, …", "t = 2, 4, …"]
    boxes = folded_scene(NETWORKS["encoder-decoder"]()).boxes
    assert [b.heading for b in boxes] == ["t = 1 … 5", "s = 1 … 4"]
    assert folded_scene(NETWORKS["rnn"]()).boxes == ()
    crossing = [e for e in edges(folded_scene(NETWORKS["encoder-decoder"]())) if e[:2] == ("h", "g")]
    assert crossing == [("h", "g", "C, t = 5", 0, "forward")]


def test_what_is_there_at_one_step_alone_is_not_in_the_steps_beside():
    losses = [m.step for m in beside_scene(r.last_step_only(5)).nodes if m.role == "loss"]
    assert losses == [None]


def test_notes_are_under_the_picture():
    made = folded_scene(r.last_step_only(5))
    assert "o and L are there at t = 5 only." in made.notes
    assert "h⁽⁰⁾ is the initial state." in made.notes


def test_a_result_after_the_last_step_says_of_which_step_it_is_made():
    made = folded_scene(r.lag_two(6))
    assert ("h", "L", "t = 6", 0, "forward") in edges(made)


def test_a_factor_is_written_at_its_edge_however_it_is_computed():
    W, V, u = r.tensor(1, 3, 3, name="W"), r.tensor(2, 3, 3, name="V"), r.tensor(3, 3, name="u")
    turned = V.T
    h = np.zeros(3)
    for t in range(1, 6):
        with mg.time_step(t):
            x = r.tensor(t, 3, name="x")
            h = np.tanh(h @ W.T + x @ turned + u * 2.0).named("h")
    found = edges(folded_scene(h))
    assert ("h", "h", "W", 1, "recurrent") in found
    assert ("x", "h", "V", 0, "forward") in found
    assert ("u", "h", "", 0, "parameter") in found


HOSTILE = ["<script>alert(1)</script>", 'a:b"]; evil [label="', "\\", "&amp;", "\0", "x" * 10_000, "🙂"]


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_is_only_text(name):
    with mg.time_step(0):
        h = r.tensor(1, 3, name=name)
    W = r.tensor(2, 3, 3, name=name + "W")
    for t in range(1, 5):
        with mg.time_step(t):
            h = np.tanh(W @ h).named(name)
    for draw in SCENES.values():
        made = draw(h)
        count = 1 if draw is folded_scene else 4
        assert [m.name for m in made.nodes if m.role == "hidden"] == [name] * count
        assert all(m.key.isalnum() for m in made.nodes)
        assert all(max(m.size) < 100 for m in made.nodes)


def test_what_does_not_fold_is_not_drawn_folded():
    for draw in SCENES.values():
        with pytest.raises(FoldError):
            draw(r.by_data(20))


def test_a_folded_graph_can_be_drawn_as_it_is():
    folded = fold(r.vanilla(5))
    assert folded_scene(folded) == folded_scene(folded)
