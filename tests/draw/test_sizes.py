"""Nodes are as large as what is in them."""

import pytest

from minigrad.draw.part import Item
from minigrad.draw.scene import NODE_ROLES
from minigrad.draw.sizes import LEAST, WIDEST, size


@pytest.mark.parametrize("role", NODE_ROLES)
def test_every_role_has_a_size(role):
    found = size(Item("n0", "h", 3, "t", 0, role=role))
    assert found[0] >= LEAST[role][0]
    assert size(Item("n0", "h" * 999, 3, "t", 0, role=role))[0] <= WIDEST


def test_lines_make_it_taller():
    plain = size(Item("n0", "h", 3, "t", 0, role="hidden"))
    lined = size(Item("n0", "h", 3, "t", 0, role="hidden", lines=("(5)", "‖·‖ 0.123")))
    assert lined[1] > plain[1] + 20
    assert lined[0] > plain[0]


def test_a_copy_is_small_and_what_is_left_out_has_room_for_its_heading():
    user = Item("n1", "a", 3, "t", 1)
    assert size(Item("c0", "W", 3, "t", 0, role="parameter", beside=user))[1] < LEAST["parameter"][1]
    assert size(Item("n2", "h", 3, "t", 0, role="note", omitted=99995))[0] > 60
