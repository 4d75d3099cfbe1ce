"""Which steps are left out."""

import pytest

import minigrad as mg
from minigrad.draw.collapse import Gap, gaps, heading


def nodes(steps, axis="t"):
    made = []
    for t in steps:
        with mg.time_step(t, axis):
            made.append(mg.Tensor(1.0))
    return made


@pytest.mark.parametrize(
    ("count", "collapse", "gap"),
    [
        (12, None, None),
        (13, None, Gap(4, 11, 8)),
        (5, True, None),
        (6, True, Gap(4, 4, 1)),
        (99, False, None),
    ],
)
def test_the_first_three_and_the_last_two_stay(count, collapse, gap):
    assert gaps(nodes(range(count + 1)), collapse).get("t") == gap


def test_each_axis_has_its_own():
    found = gaps(nodes(range(1, 20)) + nodes(range(1, 5), "s"), None)
    assert set(found) == {"t"}


def test_the_heading_counts():
    assert (heading(1), Gap(4, 9, 6).heading) == ("⋯ (1 step)", "⋯ (6 steps)")
