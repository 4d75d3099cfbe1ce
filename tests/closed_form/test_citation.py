import numpy as np
import pytest
from forward_oracle import network

from minigrad import closed_form
from minigrad.closed_form import EQUATIONS, cite


def gradient_keys(form):
    """The keys of each form's gradients on a run of two steps."""
    net = network(T=2)
    if form.startswith("huang_scalar"):
        return getattr(closed_form, form)(0.7, 0.8, -1.3, 0.4, [1, 2], [1, 0]).gradients
    if form == "huang_batch":
        one = np.ones((2, 1, 1))
        return closed_form.huang_batch(one[0], one[0], one[0], one[0], one, one).gradients
    if form == "huang_vector":
        return closed_form.huang_vector(net["U"], net["W"], net["V"], net["h0"], net["x"], net["y"]).gradients
    return getattr(closed_form, form)(**net).gradients


@pytest.mark.parametrize("form", EQUATIONS)
def test_every_gradient_of_every_form_has_an_equation_and_none_is_left_over(form):
    keys = gradient_keys(form)
    cited = {cite(EQUATIONS[form], key, last=2) for key in keys} | {cite(EQUATIONS[form], ("h", 1), last=2)}
    assert cited == {text for name, text in EQUATIONS[form].items() if name != "∂h/∂h"}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (("h", 6), "G 10.19"),
        (("h", 3), "G 10.20–10.21 (right order)"),
        (("h", 0), "G 10.20 (h(0) has no output)"),
        ("W", "G 10.26"),
        (("W", 3), "G 10.25–10.26 (one term)"),
        (("o", 3), "G 10.18"),
        (("L", 3), "G 10.17"),
    ],
    ids=str,
)
def test_goodfellow_is_cited_by_node_and_step(key, text):
    assert cite(EQUATIONS["goodfellow"], key, last=6) == text


def test_a_quantity_that_the_form_lacks_is_named():
    with pytest.raises(KeyError, match=r"no equation for \('b', 2\) \(looked up as 'b_t'\); it has"):
        cite(EQUATIONS["huang_batch"], ("b", 2), last=6)
