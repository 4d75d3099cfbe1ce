import numpy as np
import pytest
from forms import check_form

import minigrad as mg

CASES = {
    "flip": (np.flip, (2, 3)),
    "flip of a number": (np.flip, ()),
    "flip axis": (lambda x: np.flip(x, 1), (2, 3, 4)),
    "flip axes": (lambda x: np.flip(x, axis=(0, -1)), (2, 3, 4)),
    "fliplr": (np.fliplr, (2, 3)),
    "flipud": (np.flipud, (2, 3)),
    "flip empty": (np.flip, (0, 3)),
    "roll": (lambda x: np.roll(x, 2), (2, 3)),
    "roll axis": (lambda x: np.roll(x, -1, axis=1), (2, 3)),
    "roll axes": (lambda x: np.roll(x, (1, 2), axis=(0, 1)), (3, 4)),
    "roll one shift, axes": (lambda x: np.roll(x, 1, axis=(0, 1)), (3, 4)),
    "roll an axis twice": (lambda x: np.roll(x, (1, 1), axis=(1, 1)), (3, 4)),
    "roll list": (lambda x: np.roll(x, [1, -1], axis=[0, 1]), (3, 4)),
    "roll NumPy integer": (lambda x: np.roll(x, np.int64(2), axis=np.int64(0)), (3, 2)),
    **{f"rot90 {k}": (lambda x, k=k: np.rot90(x, k), (2, 3)) for k in range(-1, 5)},
    "rot90 axes": (lambda x: np.rot90(x, 1, (2, 0)), (2, 3, 4)),
    "rot90 negative axes": (lambda x: np.rot90(x, 3, (-1, 1)), (2, 3, 4)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


@pytest.mark.parametrize("axes", [(0, 0), (0, -2)])
def test_a_turn_wants_two_different_axes(axes):
    with pytest.raises(ValueError, match=r"two different axes; given: .* of shape \(2, 3\)"):
        np.rot90(mg.Tensor(np.ones((2, 3))), 1, axes)
