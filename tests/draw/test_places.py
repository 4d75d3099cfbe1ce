"""The grid of an unrolled graph."""

from draw.networks import ALL

from minigrad.draw.choose import choose
from minigrad.draw.parameters import as_copies
from minigrad.draw.places import places
from minigrad.draw.roles import assign_roles


def placed(network, *, copies=False, **options):
    part = choose([ALL[network]()], **options)
    assign_roles(part)
    if copies:
        as_copies(part)
    return places(part), {(item.name, item.step): item for item in part.items if item.master is None}


def test_no_two_share_a_cell_and_everything_has_a_place():
    for network in ALL:
        if network != "tree":
            found, items = placed(network)
            assert len(found.cells) == len(set(found.cells.values()))
            assert set(found.masters) | set(found.cells) == set(items.values()) | set(found.cells)


def test_groups_are_steps_in_order():
    found, items = placed("vanilla")
    assert [group.step for group in found.groups] == [0, 1, 2, 3, 4, 5, None]
    assert [group.framed for group in found.groups] == [False, *[True] * 5, False]
    assert found.columns == 7
    assert {item.name for item in found.masters} == set("UWVbc")
    assert found.cells[items["L", None]][0] == found.cells[items["L", 5]][0]


def test_initial_states_outside_of_time_stand_before_the_first_step():
    found, items = placed("own_lstm")
    assert found.cells[items["h0", None]] == (found.cells[items["h", 1]][0], 0)
    assert found.cells[items["c0", None]][0] == found.cells[items["c", 1]][0]


def test_what_lies_between_two_axes_stands_between_them():
    found, items = placed("encoder_decoder")
    column = {key: found.cells[item][1] for key, item in items.items() if item in found.cells}
    assert column["h", 3] < column["c", None] < column["s", None] < column["s", 1]


def test_a_collapsed_run_has_a_group_for_what_is_left_out():
    found, _ = placed("vanilla", collapse=True)
    assert [group.omitted for group in found.groups] == [0] * len(found.groups)
    part = choose([ALL["vanilla"](20)])
    assign_roles(part)
    assert [group.omitted for group in places(part).groups] == [0, 0, 0, 0, 15, 0, 0, 0]


def test_copies_stand_at_the_feet_of_their_users():
    found, items = placed("vanilla", copies=True)
    assert sorted(item.name for item in found.feet[items["a", 2]]) == ["U", "W", "b"]
    assert not set(found.feet[items["a", 2]]) & set(found.cells)
