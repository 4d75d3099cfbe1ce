"""Splines keep to the lines that they are made of."""

import math

import pytest

from minigrad.draw.curves import at, boundary, shifted, shortened, spline, swung

CORNERS = [(0.0, 0.0), (40.0, 0.0), (40.0, 60.0), (90.0, 60.0)]


def samples(points):
    return [at(points, k, t / 20) for k in range((len(points) - 1) // 3) for t in range(21)]


def test_a_spline_stays_near_its_corners():
    points = spline(CORNERS)
    assert (points[0], points[-1]) == (CORNERS[0], CORNERS[-1])
    assert (len(points) - 1) % 3 == 0
    for x, y in samples(points):
        near = min(
            abs(y) if x <= 40 else 99, abs(x - 40) if 0 <= y <= 60 else 99, abs(y - 60) if x >= 40 else 99
        )
        assert near < 4.0
        assert -1e-9 <= x <= 90 + 1e-9
        assert -1e-9 <= y <= 60 + 1e-9


def test_repeated_points_do_no_harm():
    assert spline([(0.0, 0.0), (0.0, 0.0), (9.0, 0.0)])[-1] == (9.0, 0.0)
    assert len(spline([(1.0, 1.0), (1.0, 1.0)])) == 1


def test_a_line_beside_another_keeps_its_distance():
    left = shifted(CORNERS, 3.0)
    assert left == [(0.0, -3.0), (43.0, -3.0), (43.0, 57.0), (90.0, 57.0)]
    assert shifted(left, -3.0) == CORNERS
    assert shifted([(0.0, 0.0), (0.0, 0.0)], 3.0) == [(0.0, 0.0), (0.0, 0.0)]


def test_a_swing_stays_between_its_heights():
    points = swung((0.0, 50.0), (0.0, 40.0), (30.0, 10.0), (30.0, 0.0))
    for x, y in samples(points):
        assert -1e-9 <= x <= 30 + 1e-9
        assert x < 1e-9 or y <= 40 + 1e-9
        assert x > 30 - 1e-9 or y >= 10 - 1e-9
    assert swung((5.0, 9.0), (5.0, 7.0), (5.0, 2.0), (5.0, 0.0)) == spline([(5.0, 9.0), (5.0, 0.0)])


@pytest.mark.parametrize("by", [1.0, 7.5, 20.0])
def test_a_shortened_spline_ends_before_its_end(by):
    for points in (spline(CORNERS), swung((0.0, 50.0), (0.0, 40.0), (30.0, 10.0), (30.0, 4.0))):
        cut = shortened(points, by)
        assert cut[0] == points[0]
        assert math.dist(cut[-1], points[-1]) == pytest.approx(by, abs=1.0)


@pytest.mark.parametrize("role", ["hidden", "output", "loss", "op"])
def test_round_nodes_are_met_on_their_round(role):
    assert boundary(role, 30.0, 20.0, 12.0) == pytest.approx(24.0)
    assert boundary(role, 30.0, 20.0, 25.0) == 0.0


@pytest.mark.parametrize("role", ["input", "parameter", "target", "note", "delay"])
def test_square_ones_on_their_side(role):
    assert boundary(role, 30.0, 20.0, 12.0) == 30.0
