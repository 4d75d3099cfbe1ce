"""Unknown choices are refused, naming the known ones."""

import pytest

import minigrad as mg
from minigrad.draw.options import Options, check


@pytest.mark.parametrize(
    ("option", "value"), [("params", "rail"), ("detail", "all"), ("show", ("value", "size")), ("show", "bar")]
)
def test_unknown_choices(option, value):
    with pytest.raises(ValueError, match=rf"{option}='\w+' is unknown; wanted: one of '"):
        Options(**{option: value})


def test_one_thing_to_show_needs_no_tuple():
    assert Options(show="shape").show == ("shape",)


def test_gradients_are_a_table():
    with pytest.raises(TypeError, match=r"what backprop\(loss\) returns, not dict"):
        Options(grads={})
    x = mg.Tensor(1.0)
    assert Options(grads=mg.backprop(x * x), show="grad").grads is not None


def test_gradients_are_needed_to_show_them():
    with pytest.raises(ValueError, match="pass grads="):
        Options(show="bars")


def test_check():
    check("theme", "light", ("light", "dark"))
    with pytest.raises(ValueError, match="theme=3 is unknown"):
        check("theme", 3, ("light", "dark"))
