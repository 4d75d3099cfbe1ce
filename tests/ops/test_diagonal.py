import numpy as np
import pytest
from forms import check_form
from slopes import slopes

import minigrad as mg

CASES = {
    **{f"diagonal {k}": (lambda x, k=k: np.diagonal(x, k), (3, 4)) for k in (-5, -2, 0, 1, 3, 4)},
    "diagonal axes": (lambda x: np.diagonal(x, 1, 2, 0), (3, 2, 4)),
    "diagonal of a batch": (lambda x: np.diagonal(x, axis1=-2, axis2=-1), (2, 3, 4)),
    "diagonal method": (lambda x: x.diagonal(1), (3, 4)),
    "linalg.diagonal": (lambda x: np.linalg.diagonal(x, offset=-1), (2, 4, 3)),
    **{f"diag of a vector {k}": (lambda x, k=k: np.diag(x, k), (3,)) for k in (-2, 0, 1)},
    "diag of a matrix": (lambda x: np.diag(x, -1), (4, 3)),
    "diagflat": (lambda x: np.diagflat(x, 1), (2, 3)),
    "diagflat of a number": (np.diagflat, ()),
    "diag of nothing": (np.diag, (0,)),
    **{f"tril {k}": (lambda x, k=k: np.tril(x, k), (3, 4)) for k in (-1, 0, 2)},
    **{f"triu {k}": (lambda x, k=k: np.triu(x, k), (3, 4)) for k in (-1, 0, 2)},
    "tril of a batch": (np.tril, (2, 3, 4)),
    "triu of a vector": (np.triu, (3,)),
    "vander": (np.vander, (3,)),
    "vander N": (lambda x: np.vander(x, 5), (3,)),
    "vander increasing": (lambda x: np.vander(x, 4, increasing=True), (3,)),
    "vander of one column": (lambda x: np.vander(x, 1), (3,)),
    "vander of no column": (lambda x: np.vander(x, 0), (3,)),
    "vander at 0": (lambda x: np.vander(x, 4), [0.0, 2.0]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slopes(name):
    f, *points = CASES[name]
    check_form(f, *points)


def test_a_triangle_hides_what_is_infinite():
    def f(x):
        return np.tril(np.log(x))

    assert slopes(f, [[1.0, 0.0], [2.0, 4.0]]).tolist() == [[1.0, 0.0], [0.5, 0.25]]
    assert np.diag(mg.Tensor([np.inf, 1.0])).value.tolist() == [[np.inf, 0.0], [0.0, 1.0]]


def test_shapes_that_have_no_diagonal_are_named():
    x = mg.Tensor(np.ones((2, 3, 4)))
    with pytest.raises(ValueError, match=r"wants a vector or a matrix; given: .*\(2, 3, 4\)"):
        np.diag(x)
    with pytest.raises(ValueError, match="two different axes"):
        np.diagonal(x, axis1=1, axis2=-2)
    with pytest.raises(ValueError, match="wants a vector"):
        np.vander(x)
