import pytest
from runs import GRADIENT, run
from styles import CLASS, LOSS_FUN

NO_LOSS = GRADIENT.replace("    loss = np.sum(hs[-1] ** 2) / 2\n", "").replace("return loss, dW", "return dW")
NO_LOSS = NO_LOSS.replace("loss, dW, dU = gradient", "dW, dU = gradient")


def test_the_loss_of_the_file_comes_first(tmp_path):
    assert run(tmp_path, LOSS_FUN, "lossFun").analysis.loss.how == "`loss`"


@pytest.mark.parametrize(
    ("delta", "told"),
    [("hs[-1] - 0.25", "half the squared error"), ("1 / (1 + np.exp(-hs[-1])) - np.eye(3)[1]", "binary")],
)
def test_a_file_without_a_loss_shows_it_in_its_first_delta(tmp_path, delta, told):
    one = run(
        tmp_path,
        NO_LOSS.replace(", hs[-1]\n", f", {delta}\n").replace("0.25", "np.full(3, 0.25)"),
        "gradient",
    ).analysis
    assert told in one.loss.how
    assert one.agreement == (2, 2, 2)


def test_a_softmax_shows_the_cross_entropy(tmp_path):
    text = NO_LOSS.replace(", hs[-1]\n", ", np.exp(hs[-1]) / np.sum(np.exp(hs[-1])) - np.eye(3)[2]\n")
    one = run(tmp_path, text, "gradient").analysis
    assert one.loss.how.startswith("cross-entropy")
    assert one.agreement == (2, 2, 2)


def test_one_taken_from_the_probabilities_shows_the_cross_entropy(tmp_path):
    text = NO_LOSS.replace(
        "    dW, dU, dh = np.zeros_like(W), np.zeros_like(U), hs[-1]\n",
        "    p = np.exp(hs[-1]) / np.sum(np.exp(hs[-1]))\n    dh = np.copy(p)\n    dh[1] -= 1\n"
        "    dW, dU = np.zeros_like(W), np.zeros_like(U)\n",
    )
    one = run(tmp_path, text, "gradient").analysis
    assert one.loss.how.startswith("cross-entropy")
    assert one.agreement == (2, 2, 2)


def test_the_update_of_a_weight_is_no_delta(tmp_path):
    text = NO_LOSS.replace(
        "    return dW, dU", "    global W, U\n    W = W - 0.1 * dW\n    U = U - 0.1 * dU\n    return dW, dU"
    )
    found = run(tmp_path, text, "gradient")
    assert found.analysis is None or found.analysis.names == ["W", "U"]


def test_the_scale_of_a_shown_loss_is_that_of_most_gradients(tmp_path):
    text = NO_LOSS.replace(", hs[-1]\n", ", 3 * (hs[-1] - np.full(3, 0.25))\n")
    one = run(tmp_path, text, "gradient").analysis
    assert one.scale == pytest.approx(3)


def test_the_loss_of_one_step_is_not_that_of_all(tmp_path):
    text = CLASS.replace(
        "        o = self.forward(x)\n",
        "        o = self.forward(x)\n"
        "        self.loss_t = [0.5 * np.sum((o[t] - y[t]) ** 2) for t in range(len(x))]\n"
        "        self.total_loss = sum(self.loss_t)\n",
    ).replace("print(net.loss(x, y))\n", "")
    one = run(tmp_path, text, "RNN.backward").analysis
    assert one.loss.how.endswith("total_loss`")
