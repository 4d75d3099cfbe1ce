import numpy as np
import pytest
from forms import check_form

import minigrad as mg

X = np.array([0.5, 1.0, 2.5, 3.0])
CASES = {
    "diff": (np.diff, (2, 4)),
    "diff twice": (lambda x: np.diff(x, n=2, axis=0), (4, 3)),
    "diff not at all": (lambda x: np.diff(x, n=0), (3,)),
    "diff of one": (np.diff, (2, 1)),
    "diff too often": (lambda x: np.diff(x, n=5), (3,)),
    "diff prepend": (lambda x: np.diff(x, prepend=1.5), (2, 3)),
    "diff append": (lambda x, y: np.diff(x, axis=0, append=y), (2, 3), (2, 3)),
    "diff both": (lambda x, a, b: np.diff(x, 2, prepend=a, append=b), (2, 3), (2, 1), ()),
    "ediff1d": (np.ediff1d, (2, 3)),
    "ediff1d ends": (lambda x, a: np.ediff1d(x, to_begin=a, to_end=[1.0, 2.0]), (4,), ()),
    "trapezoid": (np.trapezoid, (2, 4)),
    "trapezoid dx": (lambda y, h: np.trapezoid(y, dx=h), (4,), ()),
    "trapezoid axis": (lambda y: np.trapezoid(y, dx=0.5, axis=0), (4, 3)),
    "trapezoid at": (np.trapezoid, (2, 4), (4,)),
    "trapezoid at, axis": (lambda y, x: np.trapezoid(y, x, axis=0), (4, 3), (4,)),
    "trapezoid at each": (lambda y, x: np.trapezoid(y, x, axis=1), (2, 4, 3), (2, 4, 3)),
    "trapezoid of an array at a tensor": (lambda x: np.trapezoid([1.0, 2.0, 4.0, 8.0], x), (4,)),
    "trapezoid of one": (np.trapezoid, (2, 1)),
    "gradient": (np.gradient, (5,)),
    "gradient spacing": (lambda f: np.gradient(f, 0.5), (3, 4)),
    "gradient spacings": (lambda f: np.gradient(f, 0.5, 2.0), (3, 4)),
    "gradient axis": (lambda f: np.gradient(f, axis=-1), (3, 4)),
    "gradient axes": (lambda f: np.gradient(f, 0.3, axis=(1, 0)), (3, 4)),
    "gradient edge_order 2": (lambda f: np.gradient(f, 0.5, edge_order=2), (3, 4)),
    "gradient of two": (np.gradient, (2,)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


def test_what_does_not_fit_is_named():
    x = mg.Tensor(X)
    with pytest.raises(ValueError, match="order n >= 0; given: -1"):
        np.diff(x, n=-1)
    with pytest.raises(TypeError, match=r"one spacing, or one number for each of the 1 axes.*np\.diff"):
        np.gradient(x, X)
    with pytest.raises(ValueError, match=r"edge_order 1 or 2 .* given: 3"):
        np.gradient(x, edge_order=3)
    with pytest.raises(ValueError, match=r"more entries than that .*shape \(2,\)"):
        np.gradient(x[:2], edge_order=2)
