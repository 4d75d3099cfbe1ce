from itertools import pairwise

import numpy as np
import pytest

import minigrad as mg
from minigrad.check.quantity import Absent, Quantity
from minigrad.check.row import VERDICTS, Tolerance, judge, measure

TIGHT = Tolerance(1e-10, 0.0)
W = Quantity("W", 3)


def verdict(manual, auto, tolerance=TIGHT):
    return judge(W, manual, auto, tolerance).verdict


@pytest.fixture
def auto():
    return np.random.default_rng(0).normal(size=(4, 5))


def test_a_planted_relative_fault_is_different_just_above_the_tolerance_alone(auto):
    i = np.unravel_index(np.argmax(np.abs(auto)), auto.shape)
    for fault, wanted in [(0.9e-10, "equal"), (1.1e-10, "different")]:
        manual = auto.copy()
        manual[i] *= 1 + fault
        assert verdict(manual, auto) == wanted


def test_the_scale_is_the_largest_automatic_entry_not_the_entry_itself(auto):
    auto[1, 2] = 1e-12
    manual = auto.copy()
    manual[1, 2] = 2e-12
    assert verdict(manual, auto) == "equal"
    assert verdict(manual, auto, Tolerance(1e-14, 0.0)) == "different"


def test_the_absolute_tolerance_is_added():
    assert verdict([3e-12, 0.0], [0.0, 0.0]) == "different"
    assert verdict([3e-12, 0.0], [0.0, 0.0], Tolerance(1e-10, 1e-11)) == "equal"


def test_the_worst_entry_is_named_with_both_numbers(auto):
    manual = auto.copy()
    manual[2, 3] += 0.25
    manual[0, 1] -= 0.125
    row = judge(W, manual, auto, TIGHT, "G 10.26")
    assert row.index == (2, 3)
    assert (row.manual, row.auto) == (manual[2, 3], auto[2, 3])
    assert row.absolute == pytest.approx(0.25)
    assert row.relative == pytest.approx(0.25 / np.max(np.abs(auto)))
    assert repr(row.manual) in str(row)
    assert str(row).endswith("[G 10.26]")


@pytest.mark.parametrize("sides", [(True, False), (False, True), (True, True)])
def test_nan_on_either_side_or_both_is_its_own_verdict(auto, sides):
    manual = auto.copy()
    for x, bad in zip((manual, auto), sides, strict=True):
        if bad:
            x[1, 4] = np.nan
    manual[0, 0] += 100
    row = judge(W, manual, auto, TIGHT)
    assert (row.verdict, row.index) == ("nan", (1, 4))
    assert f"{int(sides[0])} manual and {int(sides[1])} automatic" in row.note


def test_equal_infinities_are_equal_and_do_not_widen_the_tolerance():
    row = judge(W, [np.inf, 1.0], [np.inf, 1.0], TIGHT)
    assert (row.verdict, row.note) == ("equal", "1 equal infinities")
    assert verdict([np.inf, 1.5], [np.inf, 1.0]) == "different"


@pytest.mark.parametrize(
    ("manual", "auto"), [(np.inf, -np.inf), (np.inf, 1.0), (1.0, -np.inf), (1e308, -1e308)]
)
def test_an_infinite_difference_is_different_under_any_tolerance(manual, auto):
    assert verdict([manual], [auto], Tolerance(1e10, 0.0)) == "different"


@pytest.mark.parametrize(
    "odd",
    [
        "text", None, True, [True], 1j, [1 + 0j], np.array([object()]), [[1.0], [1.0, 2.0]], {"a": 1},
        np.array(["2020"], "M8[Y]"), np.ma.array([1.0, 2.0], mask=[True, False]), 10**400, object(),
        [mg.Tensor([1.0])], np.zeros(2, dtype=[("a", float)]), lambda: 1,
    ],
    ids=lambda x: type(x).__name__,
)  # fmt: skip
def test_what_is_no_array_of_real_numbers_is_its_own_verdict_on_either_side(odd):
    assert verdict(odd, [1.0]) == "type"
    assert verdict([1.0], odd) == "type"


def test_tensors_integers_and_nested_lists_are_numbers():
    assert verdict(mg.Tensor([[1.0], [2.0]]), [[1], [2]]) == "equal"
    assert verdict(np.float32(0.5), 0.5) == "equal"
    assert verdict(np.array([2**63], "u8"), [-1]) == "different"


def test_float32_differences_do_not_overflow():
    row = judge(W, np.float32([3e38]), np.float32([-3e38]), TIGHT)
    assert row.absolute == pytest.approx(6e38, rel=1e-6)


@pytest.mark.parametrize(("a", "b"), [((4, 5), (5, 4)), ((), (1,)), ((4, 1), (4,)), ((0,), (0, 3))])
def test_shapes_are_never_broadcast(a, b):
    row = judge(W, np.zeros(a), np.zeros(b), TIGHT)
    assert (row.verdict, row.manual_shape, row.auto_shape) == ("shape", a, b)
    assert row.gap is None


def test_empty_and_scalar_arrays():
    assert verdict(np.zeros((0, 3)), np.zeros((0, 3))) == "equal"
    assert measure(np.zeros(0), np.zeros(0), TIGHT).index is None
    assert judge(W, 2.0, 3.0, TIGHT).index == ()


def test_zero_against_something_is_infinitely_far_off():
    row = judge(W, [1e-300], [0.0], TIGHT)
    assert (row.verdict, row.relative) == ("different", np.inf)
    assert judge(W, [0.0], [-0.0], TIGHT).relative == 0


def test_absent_values():
    gone = Absent("no node")
    assert verdict(gone, 1.0) == "missing"
    assert verdict(1.0, gone) == "extra"
    assert verdict(gone, gone) == "missing"
    row = judge(W, Absent("2 nodes", "ambiguous"), gone, TIGHT)
    assert (row.verdict, row.note) == ("ambiguous", "manual: 2 nodes")
    assert judge(W, "x", gone, TIGHT).verdict == "type"
    assert judge(W, gone, np.zeros((2, 3)), TIGHT).auto_shape == (2, 3)


def test_rows_are_ranked_by_verdict_and_then_by_excess():
    rows = [
        judge(W, *pair, Tolerance(1e-3, 0.0))
        for pair in [
            ([1.0], [1.0]), ([1.0005], [1.0]), ([1.01], [1.0]), ([2.0], [1.0]), ([np.inf], [1.0]),
            ([np.nan], [1.0]), ([1.0], 1.0), ("x", 1.0),
        ]
    ]  # fmt: skip
    ranks = [row.badness for row in rows]
    assert all(a < b for a, b in pairwise(ranks))


def test_every_verdict_is_documented():
    assert all(VERDICTS.values())
    assert next(iter(VERDICTS)) == "equal"


def test_labels():
    assert judge(W, 1.0, 1.0, TIGHT).label == "W⁽³⁾"
    assert Quantity("h", (3, 1)).label == "h(3, 1)"
    assert Quantity("a\nb\x1b").label == "a\\nb\\x1b"
