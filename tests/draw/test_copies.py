import pytest

from minigrad.draw.copies import LANE, NODE, SMALL, Cell, width


def test_nothing_is_as_wide_as_nothing_and_more_is_wider():
    assert width("") == 0.0
    assert 0.0 < width("W") < width("W, U") < width("W, U, from t−2")


def test_a_plain_node_needs_half_of_itself_and_a_lane():
    assert Cell("h", "hidden").extents() == (NODE / 2 + LANE, NODE / 2 + LANE) == (42.0, 42.0)
    assert Cell("loss", "loss", size=(80.0, 60.0)).extents() == (56.0, 56.0)


def test_a_parameter_needs_room_at_the_right_once():
    one, two = Cell("a", "op", biases=["b"]), Cell("a", "op", biases=["b", "c"])
    assert one.extents() == two.extents() == (42.0, 42.0 + SMALL + 2.0)


@pytest.mark.parametrize("side", [-1, 1])
def test_a_loop_needs_room_at_its_side_for_its_text(side):
    cell = Cell("h", "hidden", loops=[(side, "W", 1, 0, "x"), (side, "", 2, 0, "x")])
    wanted = 42.0 + (26.0 + 14.0 + width("W")) + (26.0 + 14.0)
    left, right = cell.extents()
    assert (left if side < 0 else right) == pytest.approx(wanted)
    assert (right if side < 0 else left) == 42.0


def test_cells_share_no_lists():
    first, second = Cell("h", "hidden"), Cell("g", "hidden")
    first.biases.append("b")
    assert second.biases == []
