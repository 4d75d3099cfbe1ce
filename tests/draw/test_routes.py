import math

import pytest

from minigrad.draw.routes import cornered, curved, loop, rim, straight


def test_a_straight_line_is_cut_in_thirds():
    assert straight((0.0, 0.0), (9.0, 3.0)) == ((0.0, 0.0), (3.0, 1.0), (6.0, 2.0), (9.0, 3.0))


def test_corners_are_rounded_and_the_pieces_between_stay_straight():
    points = cornered([(0.0, 0.0), (50.0, 0.0), (50.0, 80.0)])
    assert points[0] == (0.0, 0.0)
    assert points[-1] == (50.0, 80.0)
    assert len(points) % 3 == 1
    assert all(y == 0.0 for _, y in points[:4])
    assert all(x == 50.0 for x, _ in points[-4:])
    assert all(0 <= x <= 50 and 0 <= y <= 80 for x, y in points)


def test_a_corner_without_room_is_rounded_less():
    points = cornered([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)])
    assert all(0 <= x <= 4 and 0 <= y <= 4 for x, y in points)


def test_points_that_are_the_same_count_once():
    assert cornered([(0.0, 0.0), (0.0, 0.0), (9.0, 0.0)]) == straight((0.0, 0.0), (9.0, 0.0))


def test_a_curve_is_vertical_where_it_passes():
    points = curved([(0.0, 90.0), (20.0, 50.0), (5.0, 0.0)])
    assert points[1][0] == points[0][0]
    assert points[2][0] == points[3][0] == points[4][0]


@pytest.mark.parametrize("side", [-1, 1])
def test_a_loop_begins_and_ends_on_the_circle_and_reaches_out(side):
    points = loop((10.0, 20.0), 26.0, 60.0, side)
    for x, y in (points[0], points[-1]):
        assert math.hypot(x - 10, y - 20) == pytest.approx(26.0, rel=1e-3)
    assert points[3] == (10.0 + side * 60.0, 20.0)
    assert points[0][1] < 20 < points[-1][1]


def test_the_border_of_round_and_square_nodes():
    assert rim((52.0, 52.0), 0.0, round_=True) == 26.0
    assert rim((52.0, 52.0), 10.0, round_=True) == pytest.approx(24.0)
    assert rim((52.0, 52.0), 10.0, round_=False) == 26.0
    assert rim((52.0, 52.0), 99.0, round_=True) == 0.0
