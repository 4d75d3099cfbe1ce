"""The ramp is even in the logarithm."""

import math

import pytest

from minigrad.draw.ramp import COLOURS, Ramp


def test_places():
    ramp = Ramp.of([1e-9, 1.0])
    assert [ramp.fill(10.0**-k) for k in range(9, -1, -1)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert ramp.ticks()[0] == pytest.approx(1e-9)
    assert len(ramp.ticks()) == COLOURS + 1
    assert ramp.width(1.0) == pytest.approx(2.2)
    assert ramp.width(1e-9) == ramp.width(0.0) == 1.0


def test_what_has_no_place():
    ramp = Ramp.of([1.0, 2.0])
    assert [ramp.fill(v) for v in (0.0, math.inf, math.nan)] == [None, None, None]
    assert (ramp.fill(1e-30), ramp.fill(1e30)) == (0, COLOURS - 1)


def test_equal_norms_stand_in_the_middle():
    ramp = Ramp.of([3.0, 3.0])
    assert ramp.fill(3.0) == COLOURS // 2
    assert ramp.high - ramp.low == pytest.approx(1.0)


def test_nothing_to_scale():
    assert Ramp.of([]) is None
    assert Ramp.of([0.0, math.nan, math.inf]) is None
