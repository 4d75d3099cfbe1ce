import numpy as np
import pytest
from runs import GRADIENT, run

from minigrad.foreign.analysis import learning_rate
from minigrad.foreign.capture import Capture
from minigrad.foreign.reach import reach
from minigrad.foreign.wish import Wish


def test_loss_parameters_and_gradients_are_found(tmp_path):
    one = run(tmp_path, GRADIENT, "gradient").analysis
    assert one.loss.how == "`loss`"
    assert one.names == ["W", "U"]
    assert one.absent == {}
    for name in one.names:
        np.testing.assert_allclose(one.manual[name], one.auto[name], rtol=1e-12)


def test_weights_without_a_gradient_are_leaves_all_the_same(tmp_path):
    text = GRADIENT.replace("np.sum(hs[-1] ** 2) / 2", "np.sum(V * hs[-1] ** 2) / 2")
    text = text.replace("W, U = ", "V = np.ones((2, 3))\nW, U = ", 1).replace(", hs[-1]\n", ", 2 * hs[-1]\n")
    one = run(tmp_path, text, "gradient").analysis
    assert list(one.absent) == ["V"]
    assert one.missing == ["V"]
    assert set(one.leaves) == {"V", "W", "U"}
    assert one.agreement == (2, 2, 2)


def test_a_wish_restricts_and_names(tmp_path):
    one = run(tmp_path, GRADIENT, "gradient", wish=Wish(("U",), "loss")).analysis
    assert one.names == ["U"]
    assert one.loss.how == "`loss`, as told"


def test_a_gradient_whose_axes_of_length_one_are_missing_is_that_of_the_parameter(tmp_path):
    text = GRADIENT.replace("U @ x[t])", "U @ x[t] + b[0])").replace("h0):\n", "h0):\n    db = 0\n", 1)
    text = text.replace("W, U = ", "b = np.zeros((1, 3))\nW, U = ", 1).replace(
        "return loss, dW, dU", "return loss, dW, dU, db"
    )
    text = text.replace("        dU +=", "        db = db + da\n        dU +=").replace(
        "loss, dW, dU = gr", "loss, dW, dU, db = gr"
    )
    one = run(tmp_path, text, "gradient").analysis
    assert one.manual["b"].shape == (1, 3)
    assert one.agreement == (3, 3, 3)


@pytest.mark.parametrize(("name", "value"), [("learning_rate", 0.25), ("self.lr", 0.5), ("alpha", 2.0)])
def test_the_learning_rate_is_found_by_its_name(name, value):
    found = reach({"n": 7, **({name: value} if "." not in name else {})})
    if "." in name:
        found = reach({"self": type("Net", (), {"__init__": lambda self: setattr(self, "lr", value)})()})
    assert learning_rate(Capture("f", "", 1, found, [], [], None, {})) == value
