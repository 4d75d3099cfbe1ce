import pytest
from styles import CLASS, LAYER, LOSS_FUN, STYLES, UPDATES, write

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Options
from minigrad.foreign.verdict import check_file


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_right_program_is_right_in_every_style(tmp_path, style):
    path = write(tmp_path, style.text)
    report = check_file(path)
    assert report.ok
    assert report.findings == ()
    assert path.read_text(encoding="utf-8") == style.text
    assert [p.name for p in tmp_path.iterdir()] == ["my_rnn.py"]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_planted_fault_is_found_in_every_style(tmp_path, style):
    assert style.right in style.text
    report = check_file(write(tmp_path, style.text.replace(style.right, style.wrong)))
    assert not report.ok
    wrong = [row.name for row in report.rows if not row.ok]
    assert any(style.parameter in name for name in wrong)
    assert report.findings


def test_the_report_says_what_was_run_and_which_gradient_belongs_to_what(tmp_path):
    report = check_file(write(tmp_path, LOSS_FUN))
    text = "\n".join(report.problem)
    assert "`lossFun`, line 13" in text
    assert "the loss: `loss`" in text
    assert "Whh ← dWhh" in text
    assert any("input.txt" in note for note in report.notes)


def test_clipping_after_the_loop_is_told_and_no_mistake(tmp_path):
    report = check_file(write(tmp_path, LOSS_FUN.replace("-5, 5, out", "-0.001, 0.001, out")))
    assert report.ok
    assert any("clipped after the loop" in note for note in report.notes)


def test_the_scale_of_a_loss_that_the_file_does_not_compute_is_a_convention(tmp_path):
    text = CLASS.replace("do = o[t] - y[t]", "do = 2 * (o[t] - y[t])").replace("print(net.loss(x, y))\n", "")
    report = check_file(write(tmp_path, text.replace("def loss", "def unused")))
    assert report.ok
    assert any("2 times" in note and "convention" in note for note in report.notes)


def test_the_scale_of_a_loss_of_the_file_is_none(tmp_path):
    text = CLASS.replace(
        "print(net.loss(x, y))\nnet.backward(x, y)", "loss = net.loss(x, y)\nnet.backward(x, y)"
    )
    report = check_file(write(tmp_path, text.replace("0.5 * np.sum(", "np.sum(")))
    assert {finding.kind for finding in report.findings} <= {"scale", "check", "unexplained", "wrong-loss"}


def test_gradients_that_are_added_up_over_calls_are_noted(tmp_path):
    text = LAYER.replace("self.grads[0][...] =", "self.grads[0] +=").replace(
        "self.grads[1][...] =", "self.grads[1] +="
    )
    body = text.split("np.random.seed(3)", maxsplit=1)[0]
    write(tmp_path, CASE_OF_LAYER, "my_rnn_case.py")
    report = check_file(write(tmp_path, body))
    assert report.ok
    assert any("second call gives twice" in note for note in report.notes)


CASE_OF_LAYER = """
def case(m, rng):
    net = m.Layer(3, 4)
    hs = net.forward(rng.normal(size=(2, 5, 3)))
    G = rng.normal(size=(2, 5, 4))
    return dict(loss=("upstream", hs, G), params=net.params, call=lambda: net.backward(G))
"""


def test_too_few_gradients_are_no_verdict(tmp_path):
    text = CLASS.replace("            dV += np.outer(do, self.h[t])\n", "").replace(
        "dU, dW, dV = ", "dU, dW = "
    )
    text = text.replace(", np.zeros(self.V.shape)", "").replace("return dU, dW, dV, db", "return dU, dW, db")
    with pytest.raises(ForeignError, match=r"no gradient was found for .*V"):
        check_file(write(tmp_path, text))


def test_parameters_and_loss_can_be_named(tmp_path):
    path = write(tmp_path, LOSS_FUN)
    report = check_file(path, Options(params=("Whh", "by"), forward="loss"))
    assert [row.name for row in report.rows] == ["Whh", "by"]
    assert "`loss`, as told" in report.problem[1]


def test_the_loss_may_be_named_by_the_function_that_returns_it(tmp_path):
    report = check_file(write(tmp_path, CLASS), Options(forward="loss", params=("W",)))
    assert report.ok
    assert "`loss`, as told" in report.problem[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(params=("Wzz",)), "names Wzz, but the loss does not depend on it; it comes from"),
        (Options(forward="energy"), "names energy, but before the gradient was there no number"),
        (Options(function="nothing_of_that_name"), "nothing_of_that_name"),
    ],
)
def test_names_that_belong_to_nothing_are_refused(tmp_path, options, message):
    with pytest.raises(ForeignError, match=message):
        check_file(write(tmp_path, LOSS_FUN), options)


def test_an_upstream_gradient_of_zero_is_told(tmp_path):
    text = LAYER.replace("layer.backward(np.random.randn(*hs.shape))", "layer.backward(np.zeros(hs.shape))")
    write(tmp_path, CASE_OF_LAYER.replace("rng.normal(size=(2, 5, 4))", "0 * hs"), "my_rnn_case.py")
    with pytest.raises(ForeignError, match=r"zero|does not change"):
        check_file(write(tmp_path, text))


def test_gradients_that_only_the_update_shows_are_found(tmp_path):
    text = UPDATES.replace("self.Whh -= self.lr * d_Whh", "self.Whh -= self.lr * (d_Whh + 0)")
    assert check_file(write(tmp_path, text)).ok
