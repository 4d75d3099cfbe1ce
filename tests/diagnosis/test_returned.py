import numpy as np
import pytest

from minigrad import Tensor
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.returned import gradients_of


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("Wh", "Wh"), ("dWh", "Wh"), ("d_Wh", "Wh"), ("dL_dWh", "Wh"), ("dLdWh", "Wh"), ("grad_Wh", "Wh"),
        ("gradWh", "Wh"), ("Wh_grad", "Wh"), ("∇Wh", "Wh"), ("DWH", "Wh"), ("delta_Wh", "Wh"), ("dx", "xs"),
        ("dxs", "xs"), ("h0", "h0"), ("dh_prev", "h0"), ("dc0", "c0"), ("b", "b"), ("db", "b"), ("d", "d"),
        ("dd", "d"),
    ],
)  # fmt: skip
def test_a_key_means_a_parameter(key, name):
    found = gradients_of({"Why": 1.0, key: 2.0}, ["Wh", "b", "d", "Why"])
    assert found.arrays[name] == 2.0
    assert found.notes == ()


def test_a_parameter_whose_name_begins_with_d_is_not_mistaken():
    found = gradients_of({"W": 1.0, "dW": 2.0}, ["W", "dW"])
    assert {name: float(g) for name, g in found.arrays.items()} == {"W": 1.0, "dW": 2.0}
    assert gradients_of({"W": 1.0, "dW": 2.0}, ["W"]).notes == (
        "manual also returned 'dW', which is no parameter",
    )


@pytest.mark.parametrize(
    "value", [[1, 2], (1.0, 2.0), np.array([1, 2]), Tensor([1.0, 2.0]), np.float32([1, 2])]
)
def test_values_of_any_kind_of_array(value):
    found = gradients_of({"W": value}, ["W"]).arrays["W"]
    assert found.dtype.kind == "f"
    assert found.tolist() == [1.0, 2.0]


def test_a_dict_within_a_tuple_is_found_and_two_are_too_many():
    assert gradients_of((1.0, {"W": 3.0}), ["W"]).arrays["W"] == 3.0
    with pytest.raises(ManualError, match="a tuple with 2 dicts"):
        gradients_of(({"W": 3.0}, {"W": 3.0}), ["W"])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (None, "None (is a `return` missing?)"), (3.0, "a float;"), ([1.0, 2.0], "a list of 2;"),
        ({}, "the keys none"), ({"q": 1.0}, "wanted: 'W'"), ({"W": "a"}, "str of <U1 for 'W'"),
        ({"W": [[1], [1, 2]]}, "for 'W', which is no array"), ({"W": 1j}, "complex128"),
    ],
)  # fmt: skip
def test_what_is_no_gradient_is_refused(given, says):
    with pytest.raises(ManualError) as caught:
        gradients_of(given, ["W"])
    assert says in str(caught.value)


def test_nothing_for_a_parameter_is_told():
    found = gradients_of({"W": None}, ["W"])
    assert found.arrays == {}
    assert found.notes == ("manual returned None for W",)
