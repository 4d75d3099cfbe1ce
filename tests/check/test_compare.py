import numpy as np
import pytest

import minigrad as mg
from minigrad.check import compare
from minigrad.closed_form import goodfellow
from minigrad.closed_form.citation import cite
from minigrad.closed_form.goodfellow import EQUATIONS


def problem(T=6, K=4, H=5, C=3):
    rng = np.random.default_rng(0)
    rnn = mg.nn.RNN(K, H, C, seed=1)
    x, y = rng.normal(size=(T, K)), np.eye(C)[rng.integers(C, size=T)]
    h0 = rng.normal(size=H)
    values = [p.value for p in rnn.parameters().values()]
    return goodfellow(*values, h0, x, y), rnn.unroll(x, y, h0)


@pytest.fixture
def closed_and_run():
    return problem()


def verdicts(comparison):
    return {row.label: row.verdict for row in comparison if not row.ok}


def test_a_closed_form_against_a_run(closed_and_run):
    closed, run = closed_and_run
    found = compare(closed, run, equations=lambda key: cite(EQUATIONS, key, 6))
    assert found.ok
    assert len(found) == len(closed.gradients)
    assert {row.label: row.source for row in found}["W⁽²⁾"] == EQUATIONS["W_t"]
    found.raise_if_different()


def test_a_fault_planted_in_any_quantity_is_found_there_alone(closed_and_run):
    closed, run = closed_and_run
    table = mg.backprop(run.loss)
    for key, value in closed.gradients.items():
        broken = dict(closed.gradients)
        broken[key] = value + 1e-9 * np.max(np.abs(value))
        bad = [row for row in compare(broken, table) if not row.ok]
        assert [(row.name, row.step) for row in bad] == [key if isinstance(key, tuple) else (key, None)]
        assert bad[0].verdict == "different"


def test_every_kind_of_trouble_at_once_and_nothing_skipped(closed_and_run):
    closed, run = closed_and_run
    manual = dict(closed.gradients)
    del manual["b"]
    manual |= {
        "Z": 1.0, 3: 4.0, ("W", 99): 1.0, "c": "text", ("h", 2): manual["h", 2][:-1], "h": 0.0,
        "U": manual["U"] * np.nan, "V": manual["V"] + 1,
    }  # fmt: skip
    found = compare(manual, run)
    assert verdicts(found) == {
        "Z": "extra", "3": "key", "W⁽⁹⁹⁾": "extra", "c": "type", "h⁽²⁾": "shape", "h": "ambiguous",
        "U": "nan", "V": "different", "b": "missing",
    }  # fmt: skip
    assert len(found) == len(manual) + 1


def test_plain_mappings_need_each_other_entirely():
    found = compare({"a": 1.0, "b": 2.0}, {"b": 2.0, "c": 3.0})
    assert verdicts(found) == {"a": "extra", "c": "missing"}
    assert compare({}, {"c": 3.0}).ok is False


def test_either_side_may_be_of_either_kind(closed_and_run):
    closed, run = closed_and_run
    table = mg.backprop(run.loss)
    parameters = {name: closed.gradients[name] for name in "UWVbc"}
    for manual, auto in [
        (table, parameters), (run, table), (table, table), (parameters, table), (table, closed),
    ]:  # fmt: skip
        found = compare(manual, auto)
        assert found.ok, found
        assert set("UWVbc") <= {row.name for row in found}
    assert verdicts(compare(table, {"W": 0 * table[run["W"]]}))["W"] == "different"


def test_require_says_what_may_be_left_out(closed_and_run):
    closed, run = closed_and_run
    W = {"W": closed.gradients["W"]}
    assert set(verdicts(compare(W, run)).values()) == {"missing"}
    assert compare(W, run, require=[]).ok
    assert ("h", 3) in compare(W, run, require=[]).skipped
    assert verdicts(compare(W, run, require=[("h", 3)])) == {"h⁽³⁾": "missing"}
    everything = compare(W, run, require="all")
    assert everything.skipped == ()
    assert verdicts(everything)["x⁽¹⁾"] == "missing"


def test_of_a_table_made_with_wrt_everything_is_required(closed_and_run):
    closed, run = closed_and_run
    grads = mg.backprop(run.loss, wrt=[run["W"], run["h", 2]])
    assert verdicts(compare({"W": closed.gradients["W"]}, grads)) == {"h⁽²⁾": "missing"}


def test_an_unnamed_tensor_is_not_skipped():
    x = mg.Tensor([3.0])
    grads = mg.backprop(np.sum(x * x), wrt=x)
    assert list(verdicts(compare({}, grads)).values()) == ["missing"]
    assert compare({x: [6.0]}, grads).ok


def test_a_bare_name_for_the_only_node_in_time_is_not_also_missing():
    with mg.time_step(4):
        h = mg.Tensor([2.0], name="h")
    grads = mg.backprop(np.sum(h * h), wrt=h)
    assert compare({"h": [4.0]}, grads).ok


def test_recorded_gradients_are_compared_by_value():
    W = mg.Tensor([1.0, 2.0], name="W")
    assert compare({"W": [2.0, 4.0]}, mg.backprop(np.sum(W * W), record=True)).ok


def test_equations_by_key_name_or_function():
    pair = {"W": 1.0, ("W", 1): 1.0, ("h", 2, 1): 1.0}
    sources = [row.source for row in compare(pair, pair, equations={"W": "A", ("h", 2, 1): "B"})]
    assert sources == ["A", "A", "B"]
    sources = [row.source for row in compare(pair, pair, equations={"W": "A"}.__getitem__)]
    assert sources == ["A", "", ""]


@pytest.mark.parametrize("name", ["rtol", "atol"])
@pytest.mark.parametrize("value", [-1e-3, np.nan, np.inf])
def test_a_tolerance_must_be_a_finite_number_of_at_least_zero(name, value):
    with pytest.raises(ValueError, match=f"compare wants {name} ≥ 0"):
        compare({}, {}, **{name: value})


def test_no_quantity_is_searched_for_by_name_node_by_node():
    closed, run = problem(T=200)
    looked_up = 0
    table = mg.backprop(run.loss)
    find = type(table)._find

    def counting(self, key):
        nonlocal looked_up
        looked_up += not isinstance(key, mg.Tensor)
        return find(self, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(table), "_find", counting)
        assert compare(closed, table).ok
    assert looked_up == 0
