import numpy as np
from runs import GRADIENT, run

from minigrad.foreign.refill import moment, replaced


def test_weights_and_initial_states_of_zero_get_new_numbers(tmp_path):
    found = run(tmp_path, GRADIENT, "gradient")
    assert found.refilled
    h0 = next(f for f in found.analysis.parameters if f.path == "h0")
    assert np.all(h0.array)
    x = next(f for f in found.analysis.parameters if f.path == "x")
    assert x.array.shape == (4, 2)


def test_targets_stay_what_they_are(tmp_path):
    text = GRADIENT.replace("np.sum(hs[-1] ** 2) / 2", "np.sum((hs[-1] - goal) ** 2) / 2").replace(
        ", hs[-1]\n", ", hs[-1] - goal\n"
    )
    text = text.replace("def gradient", "goal = np.array([0.0, 1.0, 0.0])\ndef gradient").replace(
        "return loss, dW, dU", "dgoal = goal - hs[-1]\n    return loss, dW, dU, dgoal"
    )
    text = text.replace("loss, dW, dU = gradient", "loss, dW, dU, dgoal = gradient")
    found = run(tmp_path, text, "gradient")
    goal = next(f for f in found.analysis.parameters if "goal" in f.names)
    assert goal.array.tolist() == [0.0, 1.0, 0.0]
    assert found.analysis.agreement[0] == len(found.analysis.names)


def test_the_moment_is_before_the_first_use(tmp_path):
    found = run(tmp_path, GRADIENT, "gradient")
    targets = replaced(found.analysis)
    assert {"W", "U"} <= {f.path for f in targets}
    assert 0 < moment(found.analysis, found.watch, targets) <= max(found.watch.marks)
