"""Names of quantities and their sources."""

import pytest

from minigrad.bptt.names import gradient_key, in_order, jacobian_key, loss_term_key, sources
from minigrad.closed_form import EQUATIONS


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("W", "∇W"),
        (("W", 2), ("∇W⁽ᵗ⁾", 2)),
        (("h", 0), "∇h(0)"),
        (("h", 3), ("∇h(t)", 3)),
        (("h", 6), "∇h(T)"),
        (("o", 6), ("∇o(t)", 6)),
        (("L", 1), ("∂L/∂L(t)", 1)),
    ],
)
def test_gradients(key, shown):
    assert gradient_key(key, 6) == shown


def test_jacobians_and_loss_terms_count_from_one():
    assert jacobian_key(("h", 0)) == ("∂h(t)/∂h(t−1)", 1)
    assert jacobian_key(("h", 6, 5)) == ("∂h(T)/∂h(T−l)", 1)
    assert loss_term_key(("U", 4)) == ("∂L(t)/∂U", 4)


def test_each_end_of_time_has_its_own_source():
    found = sources([("h", 0), ("h", 3), ("h", 6), ("W", 2), "W"], EQUATIONS["goodfellow"], 6)
    assert found["∇h(T)"] == "G 10.19"
    assert found["∇W"] == "G 10.26"
    assert len(set(found.values())) == 5


def test_what_is_shown_first():
    shuffled = ["∇W", ("∇W⁽ᵗ⁾", 1), "∇h(0)", ("∂L(t)/∂W", 1), ("∇o(t)", 2), ("∇o(t)", 1)]
    order = [("∇o(t)", 2), ("∇o(t)", 1), "∇h(0)", ("∇W⁽ᵗ⁾", 1), ("∂L(t)/∂W", 1), "∇W"]
    assert list(in_order(dict.fromkeys(shuffled))) == order
