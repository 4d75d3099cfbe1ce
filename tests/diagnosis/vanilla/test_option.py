import numpy as np
import pytest

from minigrad.diagnosis.vanilla.option import (
    Choice,
    Option,
    earlier,
    later,
    only,
    throughout,
    to_come,
    without,
)

A = np.arange(1.0, 5.0)[:, None]


@pytest.mark.parametrize(
    ("moved", "wanted"),
    [
        (later(A), [2, 3, 4, 0]),
        (later(A, "last"), [2, 3, 4, 4]),
        (later(A, "wrap"), [2, 3, 4, 1]),
        (earlier(A), [0, 1, 2, 3]),
        (earlier(A, "first"), [1, 1, 2, 3]),
        (earlier(A, "wrap"), [4, 1, 2, 3]),
        (throughout(A), [4, 4, 4, 4]),
        (throughout(A, 0), [1, 1, 1, 1]),
        (to_come(A), [10, 9, 7, 4]),
        (only(A, -1), [0, 0, 0, 4]),
        (without(A, 0), [0, 2, 3, 4]),
    ],
)
def test_steps_are_moved(moved, wanted):
    assert moved.shape == A.shape
    assert moved[:, 0].tolist() == wanted


def test_a_choice_costs_what_its_parts_weigh():
    one = Option("carry", "a", "sign", "did", "fix", 1.5)
    assert Choice(len).cost == 0
    assert Choice(len, (one, one)).cost == 3.0


def test_options_are_equal_by_value():
    one, two = (Option("carry", "a", "sign", "did", "fix") for _ in range(2))
    assert one == two
    assert len({one, two}) == 1
