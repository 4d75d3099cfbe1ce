import numpy as np
import pytest

from minigrad import Tensor
from minigrad.diagnosis.tap import by_step, collecting, tap


def test_outside_of_a_check_a_tap_gives_its_value_and_notes_nothing():
    value = np.ones(3)
    assert tap("dh", 0, value) is value
    with collecting() as taps:
        pass
    assert taps == {}


def test_a_tap_notes_a_copy():
    with collecting() as taps:
        value = np.ones(3)
        tap("dh", np.int64(2), value)
        value += 1
        tap("dh", 1, Tensor([5.0]))
    assert {t: x.tolist() for t, x in taps["dh"].items()} == {2: [1.0, 1.0, 1.0], 1: [5.0]}


def test_collecting_ends_after_an_error():
    def fail():
        with collecting():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with collecting() as outer:
        with collecting() as inner:
            tap("dh", 1, [1.0])
        tap("da", 1, [1.0])
    assert (list(outer), list(inner)) == (["da"], ["dh"])


@pytest.mark.parametrize(
    ("steps", "given", "counted"),
    [
        (4, [3, 2, 1, 0], [1, 2, 3, 4]), (4, [4, 3, 2, 1], [1, 2, 3, 4]), (4, [2, 1], [2, 3]),
        (4, [3, 2, 1], [2, 3, 4]), (4, [-1, 0], [1]), (4, [], []),
    ],
)  # fmt: skip
def test_steps_are_counted_from_one_whichever_way_the_loop_counts(steps, given, counted):
    taps = {"dh": {t: np.full(1, t) for t in given}}
    assert list(by_step(taps, steps)["dh"]) == counted
