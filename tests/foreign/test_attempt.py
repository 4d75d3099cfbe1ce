import numpy as np
from runs import GRADIENT, run

from minigrad.foreign.wish import Wish


def test_a_run_is_repeated_with_parameters_of_order_one(tmp_path):
    found = run(tmp_path, GRADIENT, "gradient")
    assert found.refilled
    assert np.max(np.abs(found.analysis.leaves["W"].array)) > 0.3
    assert found.analysis.agreement == (2, 2, 2)


def test_an_exception_is_told_at_the_last_line_of_the_file(tmp_path):
    found = run(
        tmp_path, "import numpy as np\n\ndef f(x):\n    return x @ np.ones(7)\n\nf(np.ones(3))\n", "f"
    )
    assert found.analysis is None
    assert (found.error.path.name, found.error.line) == ("my_rnn.py", 4)
    assert found.error.message.startswith("ValueError")


def test_an_endless_program_is_stopped(tmp_path):
    found = run(tmp_path, "while True:\n    pass\n", "f", seconds=0.3)
    assert "stopped after 0.3 s" in found.error.message


def test_an_exit_is_told(tmp_path):
    assert "exit(3)" in run(tmp_path, "import sys\nsys.exit(3)\n", "f").error.message


def test_a_call_that_cannot_show_a_mistake_is_let_go_by(tmp_path):
    text = GRADIENT.replace(
        "loss, dW, dU = gradient(x, h0)",
        "for n in range(1, 5):\n    loss, dW, dU = gradient(x[:n], h0)\n    W -= 0.1 * dW\n    U -= 0.1 * dU",
    )
    found = run(tmp_path, text, "gradient")
    assert found.watch.skip == 1
    assert found.analysis.names == ["W", "U"]
    assert found.analysis.agreement == (2, 2, 2)


def test_a_wish_that_cannot_be_met_is_an_error(tmp_path):
    found = run(tmp_path, GRADIENT, "gradient", wish=Wish(("V",)))
    assert found.analysis is None
    assert "names V" in found.error.message
