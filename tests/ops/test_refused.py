"""What has no derivative says so by name, and says what to use."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.dispatch import full_name
from minigrad.op import CONSTANT, DIFFERENTIABLE, REFUSED


@pytest.mark.parametrize("function", sorted(REFUSED, key=full_name), ids=full_name)
def test_each_has_advice_and_stands_in_no_other_list(function):
    assert len(REFUSED[function].split()) >= 2
    assert function not in DIFFERENTIABLE
    assert function not in CONSTANT


@pytest.mark.parametrize("call", [np.i0, np.linalg.eig, lambda x: np.copyto(x, 1.0)])
def test_the_message_names_the_function_and_the_advice(call):
    with pytest.raises(TypeError, match=r"no derivative of numpy\.[\w.]+: \w+"):
        call(mg.Tensor(np.eye(2)))
