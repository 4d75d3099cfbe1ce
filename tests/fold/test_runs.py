import pytest
from hypothesis import given
from hypothesis import strategies as st

from minigrad.fold.runs import longest, repeated


@given(st.integers(1, 4), st.integers(4, 9), st.integers(1, 3), st.integers(0, 2), st.integers(0, 2))
def test_a_planted_period_is_found(period, times, stride, head, tail):
    keys = [f"head {k}" for k in range(head)]
    keys += [str(k) for k in range(period)] * times
    keys += [f"tail {k}" for k in range(tail)]
    run = repeated(keys, [stride * k for k in range(len(keys))], 2)
    assert run is not None
    assert (run.start, run.stop, run.period) == (head, len(keys) - tail, period)
    assert run.stride == stride * period


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=30), st.integers(0, 3))
def test_what_is_found_repeats(keys, most):
    run = repeated(keys, range(len(keys)), most)
    if run is not None:
        inner = keys[run.start : run.stop]
        assert inner[run.period :] == inner[: -run.period or None] or len(inner) <= run.period
        assert max(run.start, len(keys) - run.stop) <= min(most, len(keys) // 3)


def test_a_gap_ends_a_run():
    assert longest("aaaaaa", [1, 2, 3, 7, 8, 9], 1).stop == 3
    assert repeated("aaaaaa", [1, 2, 3, 7, 8, 9], 2) is None


@pytest.mark.parametrize("keys", ["ab", "abc", "aabb", "aaabbb"])
def test_halves_that_differ_do_not_repeat(keys):
    assert repeated(keys, range(len(keys)), 5) is None
