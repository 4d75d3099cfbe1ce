import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.fold import fold
from minigrad.fold.folded import Axis, Class, Input, Piece
from minigrad.fold.notes import called, formula, is_sum, moment, notes, raised, span

TANH = np.tanh(mg.Tensor(1.0)).op
ADD = (mg.Tensor(1.0) + mg.Tensor(2.0)).op


def test_moments_and_spans():
    assert [moment("t", d) for d in (0, 2, -1)] == ["t", "t-2", "t+1"]
    assert raised(moment("t", -12)) == "⁽ᵗ⁺¹²⁾"
    assert span("t", Piece(3, 3, 1, None, ())) == "t = 3"
    assert span("s", Piece(1, 5, 1, None, ())) == "s = 1 … 5"
    assert span("t", Piece(2, 10, 2, None, ())) == "t = 2, 4, …, 10"


def test_sources_are_called_by_delay_step_or_name():
    classes = (Class(0, "W", 0, None, "W", {}), Class(1, "h", 0, "t", "h", {}))
    sources = [Input(0, "x", None), Input(0, "x", 0), Input(0, "x", 1, 1), Input(0, "x", 1, None, 7)]
    assert [called(i, classes) for i in sources] == ["a constant", "W", "h⁽ᵗ⁻¹⁾", "h⁽⁷⁾"]
    assert formula(Piece(1, 5, 1, ADD, (sources[2], sources[1])), classes) == "add(h⁽ᵗ⁻¹⁾, W)"
    assert formula(Piece(0, 0, 1, None, ()), classes) == "a leaf"


def hand_made():
    """h = tanh(h⁽ᵗ⁻¹⁾) at t = 1 … 6, but tanh(g) at t = 1; g at t = 2, 4, 6."""
    usual, first = (Input(0, "x", 0, 1),), (Input(0, "x", 1, 0),)
    initial = [Piece(k, k, 1, None, (), "initial") for k in (-1, 0)]
    rule = Piece(2, 6, 1, TANH, usual)
    h = Class(0, "h", 0, "t", "h", {}, (*initial, Piece(1, 1, 1, TANH, first, "boundary"), rule))
    g = Class(1, "g", 0, "t", "g", {}, (Piece(2, 6, 2, TANH, (Input(0, "x", 0, None, 0),)),))
    return h, g


def test_ends_gaps_and_fixed_steps_are_told():
    assert notes(hand_made(), (Axis("t", 1, 6, 2),), ()) == (
        "The pattern repeats every 2 steps of t.",
        "h⁽⁻¹⁾ and h⁽⁰⁾ are initial states.",
        "At t = 1, h takes g⁽ᵗ⁾ in place of h⁽ᵗ⁻¹⁾.",
        "g is there at t = 2, 4, …, 6 only.",
        "At each step, g takes h⁽⁰⁾.",
    )


@pytest.mark.parametrize(("T", "said"), [(1, "one step, t = 1"), (2, "two steps, t = 1 and 2"), (3, None)])
def test_few_steps_are_taken_for_granted(T, said):
    found = notes((), (Axis("t", 1, T),), ())
    assert [said in note for note in found] == ([] if said is None else [True])


def test_an_initial_state_that_is_computed_and_a_sum():
    folded = fold(r.encoder_decoder(5, 4))
    assert folded.notes == (
        "h⁽⁰⁾ is the initial state.",
        "g⁽⁰⁾ = identity(h⁽⁵⁾).",
        "L is the sum of L⁽ˢ⁾ over s = 1 … 4.",
    )
    (outside,) = folded.outside
    assert is_sum(outside, folded.classes)
    other = fold(r.lag_two(6))
    assert not is_sum(other.outside[0], other.classes)


def test_another_operation_at_an_end():
    with mg.time_step(0):
        h = r.tensor(1, 2, name="h")
    for t in range(1, 7):
        with mg.time_step(t):
            h = (np.exp(h) if t == 6 else np.tanh(h)).named("h")
    assert "At t = 6, h is exp(h⁽ᵗ⁻¹⁾) in place of tanh(h⁽ᵗ⁻¹⁾)." in fold(h).notes
