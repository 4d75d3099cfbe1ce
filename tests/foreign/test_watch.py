import sys

import pytest
from runs import GRADIENT, run

from minigrad.foreign.watch import Stop, TimeUp, Watch


def test_the_call_is_captured_with_what_was_seen_before_and_after(tmp_path):
    capture = run(tmp_path, GRADIENT, "gradient").watch.captures["gradient"]
    assert (capture.function, capture.line) == ("gradient", 6)
    assert {"W", "U", "x", "h0"} <= {f.path for f in capture.before}
    names = {name for f in capture.after for name in f.names}
    assert {"returned[1]", "dW", "loss"} <= names
    assert set(capture.arguments) == {"x", "h0"}


def test_the_first_wanted_function_ends_the_run(tmp_path):
    text = GRADIENT + "raise RuntimeError('not reached')\n"
    assert run(tmp_path, text, "gradient").error is None


def test_what_the_named_forward_function_returns_is_kept(tmp_path):
    from minigrad.foreign.wish import Wish  # noqa: PLC0415  # one test needs it

    text = GRADIENT.replace("def gradient", "def energy(h):\n    return np.sum(h ** 2) / 2\n\ndef gradient")
    text = text.replace("loss = np.sum(hs[-1] ** 2) / 2", "loss = energy(hs[-1])")
    capture = run(tmp_path, text, "gradient", wish=Wish((), "energy")).watch.captures["gradient"]
    assert [f.array.shape for f in capture.forward] == [()]


def test_a_profile_that_was_set_comes_back():
    old = sys.getprofile()
    with Watch(set(), []).running():
        pass
    assert sys.getprofile() is old


def test_stop_ends_quietly_and_the_end_of_time_does_not():
    with Watch(set(), []).running():
        raise Stop
    with pytest.raises(TimeUp), Watch(set(), [], seconds=0.1).running():
        raise TimeUp


def test_a_function_that_raises_is_no_capture(tmp_path):
    text = GRADIENT.replace("    return loss, dW, dU", "    raise ValueError('no')")
    text = text.replace(
        "loss, dW, dU = gradient(x, h0)", "try:\n    gradient(x, h0)\nexcept ValueError:\n    pass"
    )
    assert run(tmp_path, text, "gradient").watch.captures == {}
