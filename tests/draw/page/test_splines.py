"""Path data end before the tip of the arrow."""

import pytest

from minigrad.draw.page.splines import path


def test_a_cubic_piece_ends_before_its_tip():
    d = path(((0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)), 10.0)
    assert d == "M0 0C10 0 20 0 25 0"


def test_the_end_is_shortened_towards_its_last_direction():
    d = path(((0.0, 0.0), (0.0, 10.0), (40.0, 20.0), (40.0, 40.0)), 10.0)
    assert d.endswith("40 31")


def test_a_repeated_tip_has_the_direction_before_it():
    d = path(((0.0, 0.0), (0.0, 20.0), (0.0, 40.0), (0.0, 40.0)), 10.0)
    assert d.endswith("0 31")


@pytest.mark.parametrize(
    ("points", "d"),
    [
        ((), ""),
        (((1.0, 2.0),), "M1 2"),
        (((1.0, 2.0), (1.0, 2.0)), "M1 2L1 2"),
        (((0.0, 0.0), (9.0, 0.0)), "M0 0L4.5 0"),
    ],
)
def test_short_lines_stay_lines(points, d):
    assert path(points, 5.0 if len(points) < 2 or points[0] == points[1] else 9.0) == d
