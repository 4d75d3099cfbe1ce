"""What a user gives: floats are copied into a variable, constants can't be changed, the rest is refused."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.given import floats, snapshot


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_are_a_read_only_copy_of_the_same_type(dtype):
    given = np.arange(6, dtype=dtype).reshape(2, 3)
    array = floats(given)
    given[0, 0] = 99
    assert (array.dtype, array[0, 0], array.flags.writeable) == (dtype, 0, False)


@pytest.mark.parametrize("value", [3, True, [1, 2], 1j, "a", None, np.arange(3)])
def test_what_is_no_real_float_is_refused_with_a_reason(value):
    with pytest.raises(TypeError, match=r"has no gradient.*astype"):
        floats(value)


def test_a_tensor_is_not_made_a_tensor_again():
    with pytest.raises(TypeError, match="W is a tensor already"):
        floats(mg.Tensor(1.0, "W"))


def test_an_array_is_copied_and_a_number_stays_weak():
    given = np.ones(3)
    constant = snapshot(given)
    given[:] = 5
    assert constant.tolist() == [1, 1, 1]
    assert not constant.flags.writeable
    assert snapshot(2) == 2
    assert type(snapshot(2.0)) is float
    assert snapshot([1, 2]).tolist() == [1, 2]


@pytest.mark.parametrize("operand", [None, "a", {}, object()])
def test_what_is_no_operand_is_refused(operand):
    with pytest.raises(TypeError, match="neither a tensor, nor an array, nor a number"):
        snapshot(operand)
