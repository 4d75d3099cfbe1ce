import numpy as np
import pytest
from forms import check_form

import minigrad as mg

CASES = {
    "split": (lambda x: np.split(x, 3), (6, 2)),
    "split axis": (lambda x: np.split(x, 2, axis=-1), (3, 4)),
    "split at": (lambda x: np.split(x, [1, 3, 3, 9], axis=1), (2, 5)),
    "split at negative": (lambda x: np.split(x, [-3, -1]), (5,)),
    "split crossed": (lambda x: np.split(x, [3, 1]), (5,)),
    "array_split": (lambda x: np.array_split(x, 3), (7, 2)),
    "array_split into more": (lambda x: np.array_split(x, 4, axis=1), (2, 3)),
    "hsplit": (lambda x: np.hsplit(x, 2), (3, 4)),
    "hsplit of a vector": (lambda x: np.hsplit(x, [1]), (3,)),
    "vsplit": (lambda x: np.vsplit(x, 2), (4, 3)),
    "dsplit": (lambda x: np.dsplit(x, [2]), (2, 3, 4)),
}
if hasattr(np, "unstack"):
    CASES |= {
        "unstack": (np.unstack, (3, 2)),
        "unstack axis": (lambda x: np.unstack(x, axis=-1), (3, 2)),
    }


@pytest.mark.parametrize("name", CASES)
def test_the_slopes_and_shapes(name):
    f, shape = CASES[name]
    check_form(f, shape)
    x = np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape)
    got, want = f(mg.Tensor(x)), f(x)
    assert type(got) is type(want)
    for a, b in zip(got, want, strict=True):
        np.testing.assert_array_equal(a.value, b)


def test_unequal_parts_and_too_few_axes_are_refused():
    with pytest.raises(ValueError, match=r"shape \(5,\) into 2 parts along axis 0 .* np.array_split"):
        np.split(mg.Tensor(np.ones(5)), 2)
    for f, shape in [(np.hsplit, ()), (np.vsplit, (4,)), (np.dsplit, (2, 4))]:
        with pytest.raises(ValueError, match=f"numpy.{f.__name__} wants at least"):
            f(mg.Tensor(np.ones(shape)), 2)
