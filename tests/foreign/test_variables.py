import numpy as np

from minigrad.foreign.layouts import COLUMNS
from minigrad.foreign.meaning import Sizes
from minigrad.foreign.variables import Style, Variables, random_numbers


def test_variables_have_names_shapes_and_kinds():
    variables = Variables(Style(Sizes(), COLUMNS), {"W2": ("n_h", "1")}, ("Wxh", "by"))
    assert variables.weight("Wxh") == "Wxh"
    assert variables.weight("by") == "by"
    assert variables.told("W2") == "np.random.randn(4, 1)"
    assert variables.told("W3") is None
    assert variables.params() == "dict(Wxh=Wxh, by=by)"
    variables.define("m", "{'Wxh': Wxh, 'by': by}")
    assert variables.params() == "m_"
    made = {"np": np}
    exec("\n".join(variables.lines), made)  # noqa: S102  # lines of ours
    assert (made["Wxh"].shape, made["by"].shape) == ((4, 3), (2, 1))
    assert variables.by_kind["weight"][:2] == ["Wxh", "by"]


def test_a_shape_of_one_axis():
    assert random_numbers("(4,)") == "np.random.randn(4)"
