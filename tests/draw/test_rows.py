"""The rows of an unrolled graph."""

import numpy as np
from draw.networks import ALL

import minigrad as mg
from minigrad.draw.choose import choose
from minigrad.draw.roles import assign_roles
from minigrad.draw.rows import rows


def laid(network, **options):
    part = choose([ALL[network]()], **options)
    assign_roles(part)
    return rows([i for i in part.items if i.step is not None], part.links)


def test_each_name_has_a_row_above_what_it_is_computed_from():
    found = laid("vanilla")
    order = [found.row["t", name, 1] for name in ("x", "a", "h", "o", "L", "y")]
    assert order == sorted(order) == list(range(found.count))


def test_gates_stand_side_by_side_around_the_middle():
    found = laid("own_lstm")
    assert len({found.row["t", name, 1] for name in "fiog"}) == 1
    assert sorted(found.column["t", name, 1] for name in "fiog") == [0, 1, 3, 4]
    assert found.widths == {"t": 5}
    assert found.column["t", "x", 1] == 2


def test_states_have_rows_of_their_own():
    found = laid("bidirectional")
    assert found.row["t", "h", 1] != found.row["t", "g", 1]


def test_no_two_classes_share_a_place():
    for network in ALL:
        if network != "tree":
            for detail in ("named", "ops"):
                found = laid(network, detail=detail)
                places = [(c[0], found.row[c], found.column[c]) for c in found.row]
                assert len(places) == len(set(places))
                assert all(0 <= found.column[c] < found.widths[c[0]] for c in found.row)


def test_several_unnamed_ones_of_an_op_are_told_apart():
    with mg.time_step(1):
        x = mg.Tensor([1.0], "x")
        y = np.tanh(x) + np.tanh(x * 2.0)
    part = choose([y], detail="ops")
    assign_roles(part)
    found = rows(part.items, part.links)
    assert {c for c in found.row if "tanh" in c[1]} == {("t", "\0tanh", 1), ("t", "\0tanh", 2)}
