import numpy as np
import pytest
from forms import check_form
from numpy.lib.stride_tricks import sliding_window_view

import minigrad as mg

CASES = {
    "repeat": (lambda x: np.repeat(x, 3), (2, 3)),
    "repeat axis": (lambda x: np.repeat(x, 2, axis=1), (2, 3, 4)),
    "repeat last": (lambda x: np.repeat(x, 2, axis=-1), (2, 3)),
    "repeat none": (lambda x: np.repeat(x, 0, axis=0), (2, 3)),
    "repeat each": (lambda x: np.repeat(x, [1, 0, 3], axis=1), (2, 3)),
    "repeat one in a list": (lambda x: np.repeat(x, [2], axis=0), (2, 3)),
    "repeat a number": (lambda x: np.repeat(x, 4), ()),
    "repeat method": (lambda x: x.repeat(2, axis=0), (2, 3)),
    "repeat an empty axis": (lambda x: np.repeat(x, 2, axis=0), (0, 3)),
    "tile": (lambda x: np.tile(x, 2), (2, 3)),
    "tile axes": (lambda x: np.tile(x, (2, 3)), (2, 3)),
    "tile more axes": (lambda x: np.tile(x, (2, 1, 3)), (2, 3)),
    "tile fewer axes": (lambda x: np.tile(x, (3,)), (2, 3, 2)),
    "tile a number": (lambda x: np.tile(x, (2, 2)), ()),
    "tile none": (lambda x: np.tile(x, (0, 2)), (2, 3)),
    "tile no reps": (lambda x: np.tile(x, ()), (2, 3)),
    "resize": (lambda x: np.resize(x, (3, 5)), (2, 3)),
    "resize to fewer": (lambda x: np.resize(x, 4), (2, 3)),
    "broadcast_arrays": (np.broadcast_arrays, (2, 1), (3,)),
    "meshgrid": (np.meshgrid, (3,), (2,)),
    "meshgrid ij": (lambda *xs: np.meshgrid(*xs, indexing="ij"), (3,), (2,), (4,)),
    "meshgrid sparse": (lambda *xs: np.meshgrid(*xs, sparse=True), (3,), (2,), (4,)),
    "meshgrid of one": (np.meshgrid, (3,)),
    "meshgrid of a number": (np.meshgrid, (), (3,)),
    "windows": (lambda x: sliding_window_view(x, 3), (5,)),
    "windows of two axes": (lambda x: sliding_window_view(x, (2, 2)), (3, 4)),
    "windows along an axis": (lambda x: sliding_window_view(x, 2, axis=1), (3, 4)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


def test_a_grid_has_one_of_two_orders():
    with pytest.raises(ValueError, match="indexing='xy' or 'ij'; given: 'yx'"):
        np.meshgrid(mg.Tensor([1.0]), mg.Tensor([2.0]), indexing="yx")


def test_results_are_the_tuples_of_numpy():
    x, y = mg.Tensor([[1.0], [2.0]]), mg.Tensor([3.0])
    for f in (np.broadcast_arrays, np.meshgrid):
        got, want = f(x, y), f(x.value, y.value)
        assert type(got) is type(want)
        for a, b in zip(got, want, strict=True):
            np.testing.assert_array_equal(a.value, b)
