"""What meets in a channel has lanes of its own."""

import itertools

import numpy as np

from minigrad.draw.lanes import Lanes

CHANNEL = ("band", 1)


def test_intervals_that_meet_differ():
    rng = np.random.default_rng(0)
    lanes, intervals = Lanes(), {}
    for key in range(60):
        a, b = sorted(rng.integers(0, 40, 2).tolist())
        intervals[key] = (a, b)
        lanes.want(CHANNEL, key, b, a)
    lanes.give()
    for i, j in itertools.combinations(intervals, 2):
        (a, b), (c, d) = intervals[i], intervals[j]
        if a <= d and c <= b:
            assert lanes.lane(CHANNEL, i) != lanes.lane(CHANNEL, j)
    deepest = max(sum(a <= x <= b for a, b in intervals.values()) for x in range(40))
    assert lanes.counts[CHANNEL] == deepest


def test_one_key_has_one_lane_and_channels_are_apart():
    lanes = Lanes()
    lanes.want(CHANNEL, "rail", 0, 3)
    lanes.want(CHANNEL, "rail", 5, 9)
    lanes.want(CHANNEL, "other", 4, 4.5)
    lanes.want(("gutter", 1), "third", 0, 9)
    lanes.give()
    assert lanes.lane(CHANNEL, "rail") != lanes.lane(CHANNEL, "other")
    assert (lanes.counts[CHANNEL], lanes.counts["gutter", 1]) == (2, 1)
    assert lanes.most([CHANNEL, ("band", 99)]) == 2
