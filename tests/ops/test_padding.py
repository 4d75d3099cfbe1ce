import numpy as np
import pytest
from forms import check_form

import minigrad as mg

WIDTHS = {
    "number": 2,
    "pair": (1, 2),
    "each": ((1, 2), (0, 3)),
    "one": ((2, 1),),
    "none": 0,
    "wider than the array": ((5, 7), (9, 4)),
}
MODES = ["constant", "edge", "reflect", "symmetric", "wrap"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("mode", MODES)
def test_the_slopes(mode, width):
    check_form(lambda x: np.pad(x, WIDTHS[width], mode=mode), (3, 4))


CASES = {
    "default mode": (lambda x: np.pad(x, 1), (2, 3)),
    "constant value": (lambda x: np.pad(x, (1, 2), constant_values=5.0), (3,)),
    "constant values": (lambda x: np.pad(x, 1, constant_values=((1.0, 2.0), (3.0, 4.0))), (2, 3)),
    "of no axis": (lambda x: np.pad(x, 0), ()),
    "three axes": (lambda x: np.pad(x, ((0, 1), (2, 0), (1, 1)), mode="symmetric"), (2, 3, 2)),
    "empty": (lambda x: np.pad(x, ((1, 0), (0, 2))), (0, 3)),
    "empty edge": (lambda x: np.pad(x, ((0, 0), (1, 2)), mode="edge"), (0, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_other_forms(name):
    f, *shapes = CASES[name]
    check_form(f, *shapes)


@pytest.mark.parametrize(
    "about", [{"mode": "mean"}, {"mode": "reflect", "reflect_type": "odd"}, {"mode": "empty"}]
)
def test_other_modes_are_refused_by_name(about):
    with pytest.raises(
        TypeError, match=r"constant, edge, reflect, symmetric, wrap.*given: .*np\.concatenate"
    ):
        np.pad(mg.Tensor([1.0, 2.0]), 1, **about)
    with pytest.raises(TypeError, match="no argument stat_length="):
        np.pad(mg.Tensor([1.0, 2.0]), 1, mode="maximum", stat_length=1)
