import numpy as np
import pytest

import minigrad as mg
from minigrad.message import call_text, describe, locate


def test_a_node_is_called_by_name_and_step():
    with mg.time_step(-12):
        assert describe(mg.Tensor(1.0, "h")) == "h⁽⁻¹²⁾"
    x = mg.Tensor(1.0)
    assert describe(x) == "an unnamed leaf"
    assert describe(np.tanh(x)) == "an unnamed Tanh()"
    assert describe(np.tanh(x).named("h")) == "h"


def test_a_call_has_op_arguments_names_shapes_and_step():
    W = mg.Tensor(np.ones((2, 3)), "W")
    y = W @ np.ones(3)
    assert call_text(y.op, y.inputs, 5) == (
        "Matmul() of a = W of shape (2, 3), b = a constant of shape (3,), at step 5"
    )
    assert call_text(y.op, (W, 2.0), None).endswith("b = a constant of shape ()")


def test_an_error_gets_the_place_in_its_message_or_in_a_note():
    error = ValueError("no")
    locate(error, "here")
    assert str(error) == "no [in here]"
    other = OSError(5, "five")
    locate(other, "here")
    assert (other.args, other.__notes__) == ((5, "five"), ["in here"])


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda W, h: W @ h, "Matmul"),
        (lambda W, h: mg.linear(h, W), "Linear"),
        (lambda W, h: W + h, "Add"),
        (lambda W, h: np.where(W.value > 0, W, h), "Where"),
        (lambda W, h: np.concatenate([W, h]), "Concatenate"),
        (lambda W, h: np.stack([W, h]), "Stack"),
        (lambda W, h: mg.affine(W[:, 0], (h, W)), "Affine"),
    ],
)
def test_shapes_that_do_not_fit_are_told_with_op_names_steps_and_shapes(call, kind):
    W = mg.Tensor(np.ones((3, 4)), "W")
    with mg.time_step(2):
        h = mg.Tensor(np.ones(5), "h")
    pattern = rf"{kind}\(.*W of shape \(3, 4\).*, at step 7|{kind}\(.*h⁽²⁾ of shape \(5,\).*step 7"
    with mg.time_step(7), pytest.raises(ValueError, match=pattern) as caught:
        call(W, h)
    assert "h⁽²⁾ of shape (5,)" in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda x: np.sum(x, axis=5),
        lambda x: np.expand_dims(x, 9),
        lambda x: np.reshape(x, (4, 4)),
        lambda x: x[7],
        lambda x: np.squeeze(x, 0),
        lambda x: np.transpose(x, (0, 0)),
    ],
)
def test_an_axis_shape_or_index_that_does_not_exist_is_told_with_the_node(call):
    with mg.time_step(3):
        x = mg.Tensor(np.ones((2, 3)), "x")
    with pytest.raises((ValueError, IndexError)) as caught:
        call(x)
    told = str(caught.value) + "".join(getattr(caught.value, "__notes__", []))
    assert "x⁽³⁾ of shape (2, 3)" in told
