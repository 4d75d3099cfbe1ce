import dataclasses

import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.fold import fold
from minigrad.fold.folded import BOUNDARY, RULE, Axis, Class, Folded, Piece


def test_the_steps_of_a_piece_include_the_last():
    assert list(Piece(2, 8, 3, None, ()).steps) == [2, 5, 8]
    assert list(Piece(4, 4, 1, None, ()).steps) == [4]
    assert Piece(1, 2, 1, None, ()).kind == RULE


def test_the_rules_are_the_pieces_that_repeat():
    ops = [np.exp(mg.Tensor(1.0)).op, np.tanh(mg.Tensor(1.0)).op, np.sin(mg.Tensor(1.0)).op]
    kinds = [BOUNDARY, RULE, RULE]
    pieces = tuple(Piece(k, k, 1, op, (), kind) for k, (op, kind) in enumerate(zip(ops, kinds, strict=True)))
    c = Class(0, None, 0, "t", "the tanh h.a", {}, pieces)
    assert c.rules == pieces[1:]
    assert c.op == ops[1]
    assert c.label == "tanh"
    assert dataclasses.replace(c, name="h").label == "h"


def test_outside_of_time_the_op_is_of_the_only_node():
    W = r.tensor(1, 2, name="W")
    total = np.sum(W)
    assert Class(0, None, 0, None, "L", {None: total}).op == total.op
    leaf = Class(1, None, 0, None, "a", {None: r.tensor(1, 2)})
    assert leaf.op is None
    assert leaf.label == "constant"


def test_a_name_in_time_comes_before_the_same_name_outside():
    folded = fold(r.encoder_decoder(5, 4))
    assert [c.axis for c in folded.classes if c.name == "L"] == ["s", None]
    assert folded["L"].axis == "s"
    assert folded["W"].axis is None


def test_what_is_not_there_is_said_with_what_is():
    folded = fold(r.lag_two(6))
    with pytest.raises(KeyError, match="no class 'g' in the folded graph; the names are W1, W2, U, h, x, L"):
        folded["g"]
    with pytest.raises(KeyError, match="the names are none"):
        Folded((), (), (), ())["g"]


def test_parameters_axes_and_how_it_is_written():
    folded = fold(r.encoder_decoder(5, 4))
    assert [c.name for c in folded.parameters] == ["W", "U", "R", "C", "V"]
    assert folded.axis("s") == Axis("s", 1, 4)
    assert repr(folded).startswith("Folded(t = 1 … 5; s = 1 … 4: W, U, R, C, V, h, x, the matmul h.x.a,")
