import numpy as np
import pytest
from forms import check_form
from slopes import slopes

import minigrad as mg

ROWS = np.array([[2, 0, 2], [1, 1, 0]])
MASK = np.array([[True, False, True], [False, True, True]])

CASES = {
    "take": (lambda x: np.take(x, [3, 0, 3]), (2, 3)),
    "take one": (lambda x: np.take(x, 4), (2, 3)),
    "take axis": (lambda x: np.take(x, [1, 1, -1], axis=1), (2, 3, 4)),
    "take one along an axis": (lambda x: np.take(x, 1, axis=-1), (2, 3)),
    "take a matrix of indices": (lambda x: np.take(x, ROWS, axis=0), (3, 2)),
    "take wrap": (lambda x: np.take(x, [-4, 5, 7], axis=1, mode="wrap"), (2, 3)),
    "take clip": (lambda x: np.take(x, [-4, 5, 1], mode="clip"), (2, 2)),
    "take none": (lambda x: np.take(x, np.array([], int), axis=0), (2, 3)),
    "take method": (lambda x: x.take([0, 2], axis=1), (2, 3)),
    "take_along_axis": (lambda x: np.take_along_axis(x, ROWS, axis=1), (2, 3)),
    "take_along_axis rows": (lambda x: np.take_along_axis(x, ROWS, axis=0), (4, 3)),
    "take_along_axis all": (lambda x: np.take_along_axis(x, np.array([5, 0, 5]), axis=None), (2, 3)),
    "take_along_axis copied": (lambda x: np.take_along_axis(x, np.array([[1], [0]]), axis=1), (2, 3)),
    "compress": (lambda x: np.compress([False, True], x, axis=0), (3, 2)),
    "compress all": (lambda x: np.compress([True, False, True, True], x), (2, 3)),
    "extract": (lambda x: np.extract(MASK, x), (2, 3)),
    "select": (lambda x, y: np.select([x > 1, MASK], [x * y, y], 7.0), (2, 3), (2, 3)),
    "select copied": (lambda x, y: np.select([MASK, MASK[0]], [x, 2.0], y), (3,), (2, 1)),
    "choose": (lambda x, y, z: np.choose(ROWS, [x, y, z]), (2, 3), (3,), ()),
    "choose of rows": (lambda x: np.choose([2, 0, 1, 0], x), (3, 4)),
    "choose wrap": (lambda x, y: np.choose([-1, 0, 3], [x, y], mode="wrap"), (3,), (3,)),
    "choose clip": (lambda x, y: np.choose([-1, 0, 3], [x, y], mode="clip"), (3,), (3,)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


def test_a_choice_that_is_not_taken_keeps_its_infinite_slope():
    def f(x):
        return np.select([x > 0], [np.sqrt(x)], 0.0)

    assert slopes(f, [0.0, 4.0]).tolist() == [0.0, 0.25]
    assert slopes(lambda x: np.choose([1, 0], [np.sqrt(x), x]), [0.0, 4.0]).tolist() == [1.0, 0.25]


def test_the_first_condition_that_holds_counts():
    x = mg.Tensor([1.0, 2.0])
    assert np.select([[True, False], [True, True]], [x, -x]).value.tolist() == [1.0, -2.0]


def test_what_does_not_fit_is_named():
    x = mg.Tensor([[1.0, 2.0]])
    with pytest.raises(ValueError, match="as many conditions as choices, at least one; given: 2 and 1"):
        np.select([x > 0, x > 1], [x])
    with pytest.raises(ValueError, match="the choices 0 to 1; given: 0 to 2"):
        np.choose([0, 2], [x, x])
    with pytest.raises(ValueError, match="indices with 2 axes; given: shape"):
        np.take_along_axis(x, np.array([0]), 1)
    with pytest.raises(ValueError, match="mode is one of raise, wrap, clip; given: 'c'"):
        np.take(x, 0, mode="c")
    with pytest.raises(IndexError, match="out of bounds"):
        np.take(x, 9)
