import pytest
from runs import GRADIENT
from styles import write

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.verdict import check_file


def test_right_gradients_of_half_of_the_weights_are_no_verdict(tmp_path):
    text = GRADIENT.replace("        dU += np.outer(da, x[t])\n", "").replace(
        ", dU = np.zeros_like(W), np.zeros_like(U)", " = np.zeros_like(W)"
    )
    text = text.replace(
        "dW, dU, dh = np.zeros_like(W), np.zeros_like(U), ", "dW, dh = np.zeros_like(W), "
    ).replace("dW, dU", "dW")
    with pytest.raises(ForeignError, match=r"no gradient was found for U, and what was found .W. is right"):
        check_file(write(tmp_path, text))


def test_a_run_that_hides_mistakes_is_no_verdict(tmp_path):
    text = GRADIENT.replace("randn(4, 2)", "randn(1, 2)").replace("hs = [h0]", "hs = [0 * h0]")
    with pytest.raises(ForeignError, match="the gradient of W is zero, right or wrong"):
        check_file(write(tmp_path, text))


def test_a_wrong_gradient_in_such_a_run_is_wrong(tmp_path):
    text = GRADIENT.replace("randn(4, 2)", "randn(1, 2)").replace("hs = [h0]", "hs = [0 * h0]")
    assert not check_file(write(tmp_path, text.replace("dU += ", "dU -= "))).ok


def test_a_value_that_left_the_graph_on_the_way_to_the_loss_is_told_with_its_line(tmp_path):
    pickled = "q = pickle.loads(pickle.dumps(hs[-1]))\n    loss = np.sum(q * hs[-1]) / 2"
    text = GRADIENT.replace("loss = np.sum(hs[-1] ** 2) / 2", pickled)
    with pytest.raises(ForeignError, match="takes a value out of the graph here") as caught:
        check_file(write(tmp_path, f"import pickle{text}"))
    assert caught.value.line == 10
