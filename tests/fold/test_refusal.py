import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.fold import FoldError, fold


@pytest.mark.parametrize(
    ("graph", "what", "steps", "said"),
    [
        (r.by_data(20), "h", (8, 9), "at step 8 it is Tanh"),
        (r.new_weights_half_way(12, 7), "the matmul h.x", (6, 7), "at step 7 another W"),
        (r.attention(9), "the addn h.x", None, "arguments at step"),
        (r.input_without_step(8), "the matmul h.x.a", (1, 2), "make it inside `with mg.time_step"),
    ],
)
def test_what_does_not_repeat(graph, what, steps, said):
    with pytest.raises(FoldError, match="does not fold") as caught:
        fold(graph)
    assert caught.value.what == what
    assert steps is None or caught.value.steps == steps
    assert said in str(caught.value)


def test_without_steps_nothing_repeats():
    with pytest.raises(FoldError, match="has a time step") as caught:
        fold(r.tensor(1, 3) * 2.0)
    assert caught.value.what is None


def test_two_steps_that_differ_say_what_to_do():
    h = None
    for t in (1, 2):
        with mg.time_step(t):
            x = r.tensor(t, r.H, name="x")
            h = (np.tanh(x) if h is None else np.tanh(x) * h).named("h")
    with pytest.raises(FoldError, match=r"with 2 steps it can't be told .* unroll at least 4"):
        fold(h)


@pytest.mark.parametrize("position", [0, 1])
def test_every_planted_fault_is_seen(position):
    """The same network with one argument, op or delay changed in one step in the middle."""
    for fault in ("argument", "op", "delay", "order"):
        hs = [r.tensor(7, r.H, r.H, name="h")]
        W, V = r.tensor(1, r.H, r.H, name="W"), r.tensor(2, r.H, r.H, name="V")
        for t in range(1, 13):
            bad = t == 6 + position
            with mg.time_step(t):
                a = V if bad and fault == "argument" else W
                b = hs[-2] if bad and fault == "delay" else hs[-1]
                y = b @ a if bad and fault == "order" else a @ b
                hs.append((np.exp(y) if bad and fault == "op" else np.tanh(y)).named("h"))
        with pytest.raises(FoldError) as caught:
            fold(hs[-1])
        assert 6 + position in caught.value.steps, fault
