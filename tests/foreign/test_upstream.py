import numpy as np
import pytest
from runs import UPSTREAM, run

from minigrad.foreign.upstream import zero_upstream

FORMS = {
    "array and array": ("np.array(hs[1:])", "np.random.randn(4, 3)"),
    "list and list": ("hs[1:]", "[np.random.randn(3) for _ in range(4)]"),
    "list and array": ("hs[1:]", "np.random.randn(4, 3)"),
    "array and list": ("np.array(hs[1:])", "[np.random.randn(3) for _ in range(4)]"),
    "dict and dict": ("{t: h for t, h in enumerate(hs[1:])}", "{t: np.random.randn(3) for t in range(4)}"),
    "integers": ("np.array(hs[1:])", "np.array([[1, 2, 0], [0, 1, 1], [3, 0, 1], [1, 1, 2]])"),
}


@pytest.mark.parametrize("form", FORMS)
def test_outputs_and_their_gradients_come_in_many_forms(tmp_path, form):
    out, dout = FORMS[form]
    one = run(tmp_path, UPSTREAM.replace("DOUT", dout).replace("OUT", out), "backward").analysis
    assert one.loss.how == "⟨output, the gradient that is handed in⟩"
    assert one.names == ["W", "U"]
    assert one.agreement == (2, 2, 2)


@pytest.mark.parametrize("form", FORMS)
def test_a_fault_shows_in_each_form(tmp_path, form):
    out, dout = FORMS[form]
    text = UPSTREAM.replace("DOUT", dout).replace("OUT", out).replace("dh = W.T @ da", "dh = W @ da")
    assert run(tmp_path, text, "backward").analysis.agreement[0] == 0


def test_a_gradient_of_zero_is_told_and_not_believed(tmp_path):
    text = UPSTREAM.replace("DOUT", "np.zeros((4, 3))").replace("OUT", "np.array(hs[1:])")
    found = run(tmp_path, text, "backward")
    assert found.analysis is None
    assert "the gradient dout that is handed in is zero" in found.error.message
    assert zero_upstream(found.watch.captures["backward"]) == "dout"


def test_the_gradient_may_be_that_of_the_logits(tmp_path):
    softmax = "def soft(o):\n    return np.exp(o) / np.sum(np.exp(o))\n\ndef forward"
    text = UPSTREAM.replace("def forward", softmax).replace("DOUT", "np.random.randn(3)")
    text = (
        text.replace("OUT", "soft(hs[-1] * 1.0)")
        .replace("(dh + dout[t])", "dh")
        .replace("np.zeros(3)\n    for t in rev", "dout\n    for t in rev")
    )
    one = run(tmp_path, text, "backward").analysis
    assert "what the probabilities are computed from" in one.loss.how
    assert one.agreement == (2, 2, 2)


def test_probabilities_and_nothing_right_are_doubtful(tmp_path):
    softmax = "def soft(o):\n    return np.exp(o) / np.sum(np.exp(o))\n\ndef forward"
    text = UPSTREAM.replace("def forward", softmax).replace("DOUT", "np.random.randn(3)")
    text = text.replace("OUT", "soft(hs[-1] * 1.0)").replace("(dh + dout[t])", "(dh + dout)")
    one = run(tmp_path, text, "backward").analysis
    assert one.doubtful
    assert not np.any([f is not None for f in one.factors])
