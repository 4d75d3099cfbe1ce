from itertools import pairwise

import numpy as np
import pytest

from minigrad.draw.panel import SLOT, panel


def room(names, half=30.0):
    return dict.fromkeys(names, (half, half))


def test_a_chain_stands_in_a_straight_line():
    made = panel(room("xhoL"), [("x", "h"), ("h", "o"), ("o", "L")], {})
    assert [made.row[n] for n in "xhoL"] == [0, 1, 2, 3]
    assert len({round(made.x[n], 6) for n in "xhoL"}) == 1
    assert made.rows == 4


def test_an_input_stands_just_below_its_first_use_and_a_target_above_the_loss():
    made = panel(room("xhkzLy"), [("x", "h"), ("h", "k"), ("z", "L"), ("k", "L"), ("y", "L")], {"y": "L"})
    assert made.row["z"] == made.row["L"] - 1
    assert made.row["y"] == made.row["L"] + 1


def test_states_have_rows_of_their_own():
    edges = [("x", "h"), ("x", "g"), ("x", "a"), ("h", "o"), ("g", "o"), ("a", "o")]
    made = panel(room("xhgao"), edges, {}, {"h", "g"})
    assert len({made.row["h"], made.row["g"], made.row["a"]}) == 3
    assert made.outermost("h", -1)
    assert made.outermost("h", 1)


def test_an_edge_over_several_rows_keeps_clear_of_the_nodes_between():
    made = panel(room("xhoL"), [("x", "h"), ("h", "o"), ("o", "L"), ("x", "L")], {})
    (first, second) = made.paths["x", "L"]
    assert abs(first - made.x["h"]) >= 30 + SLOT / 2 - 1e-9
    assert abs(second - made.x["o"]) >= 30 + SLOT / 2 - 1e-9


@pytest.mark.parametrize("seed", range(10))
def test_nodes_of_one_row_keep_their_distance(seed):
    rng = np.random.default_rng(seed)
    names = list(range(14))
    extents = {n: (float(rng.uniform(20, 60)), float(rng.uniform(20, 60))) for n in names}
    edges = [(a, b) for a in names for b in names[a + 1 :] if rng.random() < 0.2]
    made = panel(extents, edges, {})
    assert all(made.row[a] < made.row[b] for a, b in edges)
    for row in range(made.rows):
        mates = sorted((n for n in names if made.row[n] == row), key=made.x.get)
        for a, b in pairwise(mates):
            assert made.x[b] - made.x[a] >= extents[a][1] + extents[b][0] - 1e-6
    for n in names:
        assert made.left <= made.x[n] - extents[n][0] + 1e-9
        assert made.right >= made.x[n] + extents[n][1] - 1e-9
