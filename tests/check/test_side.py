from types import SimpleNamespace

import numpy as np
import pytest

import minigrad as mg
from minigrad.check.quantity import Absent, Quantity
from minigrad.check.side import MappingSide, TableSide, requirements, side


@pytest.fixture
def run():
    rng = np.random.default_rng(0)
    rnn = mg.nn.RNN(4, 5, 3, seed=1)
    return rnn.unroll(rng.normal(size=(6, 4)), rng.integers(3, size=6), rng.normal(size=5))


def test_a_table_has_gradients_nodes_and_the_contributions_of_each_step(run):
    grads = mg.backprop(run.loss)
    table = side("automatic", run)
    assert np.array_equal(table.find(Quantity("W")), grads[run["W"]])
    assert np.array_equal(table.find(Quantity("h", 3)), grads["h", 3])
    assert np.array_equal(table.find(Quantity("h", 0)), grads["h", 0])
    per_step = [table.find(Quantity("W", t)) for t in range(1, 7)]
    assert np.allclose(sum(per_step), grads[run["W"]], rtol=1e-14)
    assert not np.allclose(per_step[0], per_step[1])


def test_real_copies_are_found_before_contributions():
    rnn = mg.nn.RNN(4, 5, 3, seed=1)
    run = rnn.unroll([0, 3], [2, 1], np.ones(5), copies=True)
    grads = mg.backprop(run.loss)
    table = TableSide(grads)
    assert np.array_equal(table.find(Quantity("W", 2)), grads["W", 2])
    assert np.array_equal(table.find(Quantity("W")), grads[rnn.W])


@pytest.mark.parametrize(
    ("quantity", "verdict", "note"),
    [
        (Quantity("Z"), "missing", "no node of that name"),
        (Quantity("Z", 1), "missing", "no node of that name"),
        (Quantity("W", 7), "missing", "W is not used at step 7"),
        (Quantity("W", (1, 2)), "missing", "W is not used at step (1, 2)"),
        (Quantity("h", 7), "missing", "h has 7 steps, 0 … 6"),
        (Quantity("h"), "ambiguous", "add the step, as in ('h', t)"),
    ],
)
def test_what_a_table_does_not_have(run, quantity, verdict, note):
    found = side("automatic", run).find(quantity)
    assert isinstance(found, Absent)
    assert found.verdict == verdict
    assert note in found.note


def test_two_nodes_of_one_name_are_ambiguous():
    a, b = mg.Tensor(1.0, name="p"), mg.Tensor(2.0, name="p")
    table = side("automatic", mg.backprop(a * b))
    assert table.find(Quantity("p")).verdict == "ambiguous"
    assert table.find(Quantity("p", 3)).verdict == "ambiguous"


def test_two_keys_of_one_meaning_are_ambiguous():
    W = mg.Tensor(1.0, name="W")
    assert MappingSide({"W": 1.0, W: 2.0}).find(Quantity("W")).verdict == "ambiguous"


def test_a_bare_name_finds_the_only_node_in_time():
    with mg.time_step(4):
        h = mg.Tensor([2.0], name="h")
    table = side("automatic", mg.backprop(np.sum(h * h)))
    assert table.resolve(Quantity("h")) == ("h", 4)
    assert table.find(Quantity("h")).tolist() == [4.0]


def test_what_must_be_on_the_other_side(run):
    parameters = set("UWVbc")
    assert {q.name for q in side("automatic", run).default()} == parameters
    everything = set(side("automatic", run).quantities())
    assert {("h", 0), ("x", 1), ("o", 6), ("L", None), ("W", None)} <= everything
    pruned = side("automatic", mg.backprop(run.loss, wrt=[run["h", 3], run["W"]]))
    assert set(pruned.default()) == {("h", 3), ("W", None)}


def test_requirements(run):
    auto = side("automatic", run)
    assert requirements(auto, "all") == auto.quantities()
    assert requirements(auto, None) == auto.default()
    assert requirements(auto, [("h", 2), "Z"]) == [("h", 2), ("Z", None)]
    with pytest.raises(ValueError, match=r"require='W'; wanted: \"all\", or a list"):
        requirements(auto, "W")
    with pytest.raises(ValueError, match=r"require= has 3; wanted"):
        requirements(auto, ["W", 3])


def test_other_objects_that_hold_a_mapping():
    assert side("manual", SimpleNamespace(gradients={"W": 1.0})).quantities() == [("W", None)]
    assert side("manual", SimpleNamespace(named=lambda: {"W": 1.0})).find(Quantity("W")) == 1.0


@pytest.mark.parametrize("wrong", [[1.0], 3, None, np.zeros(2), MappingSide, "W"])
def test_anything_else_is_refused_at_the_door(wrong):
    with pytest.raises(TypeError, match=r"the manual side is .*; wanted: a mapping"):
        side("manual", wrong)


def test_a_loss_is_refused_with_advice():
    with pytest.raises(TypeError, match=r"is Tensor; .*pass backprop\(loss\)"):
        side("automatic", mg.Tensor(1.0, name="L"))
