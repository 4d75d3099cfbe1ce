import numpy as np
import pytest
from derivation_styles import BatchRows, FlatRegression, GatedPair, RowBiasRelu, TokenColumns, mutant

import minigrad as mg
from minigrad.diagnosis.experts import observe
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.recognise import recognise
from minigrad.diagnosis.states import departure, given_states, right_states, slope
from minigrad.diagnosis.trial import distance


def observed(style, right="", wrong="", problem=0):
    report = check_manual(mutant(style, right, wrong).manual, style.forward, shapes=style.shapes)
    return observe(report.trials)[problem]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_the_right_states_are_those_of_the_graph(activation, rng):
    run = mg.nn.RNN(5, 6, 3, activation=activation).unroll(
        rng.normal(size=(4, 5)), [0, 2, 1, 1], rng.normal(size=6)
    )
    grads = mg.backprop(run.loss)
    leaves = {n.name: n for n in run.nodes.values() if n.op is None and n.step is None}
    right = right_states(recognise(run.loss, leaves, {}))
    for name, node in (("dy", "o"), ("dh", "h"), ("da", "a")):
        wanted = np.stack([grads[node, t] for t in range(1, 5)])
        assert distance(right[name][:, 0], wanted) < 1e-12


@pytest.mark.parametrize("style", [TokenColumns, FlatRegression, BatchRows, RowBiasRelu])
def test_the_states_of_right_code_are_solved_from_its_gradients(style):
    seen = observed(style)
    right, given = right_states(seen), given_states(seen)
    assert set(given) == {"dy", "da"}
    for name, known in given.items():
        assert distance(known.value, right[name]) < 1e-10
        assert known.told == "solved from the gradients"


def test_what_the_gradients_do_not_determine_is_not_solved():
    assert "da" not in given_states(observed(BatchRows, problem=1))  # T B = 18 unknowns, D = 4


def test_a_wrong_sum_of_one_weight_does_not_hide_the_states():
    seen = observed(BatchRows, 'd["W"] += hs[t].T @ da', 'd["W"] += hs[t + 1].T @ da')
    assert distance(given_states(seen)["da"].value, right_states(seen)["da"]) < 1e-10
    assert departure(seen) is None


@pytest.mark.parametrize(
    ("right", "wrong", "title", "labels"),
    [
        ("(ps[t] - y[t])", "(ps[t] - 2 * y[t])", "dy at t=4", ["dy(4)"]),
        ("(1 - hs[t + 1] ** 2)", "(1 - hs[t + 1])", "da at t=4", ["da(4)", "from y(4)", "f′(a(4))"]),
        ('carry = da @ P["W"].T', "carry = 0.0", "da at t=3", ["da(3)", "from y(3)", "from h(4)"]),
    ],
)
def test_the_first_departure_and_its_edges(right, wrong, title, labels):
    found = departure(observed(BatchRows, right, wrong))
    assert found.title.startswith(title)
    assert [pair.label.split("[")[0] for pair in found.pairs] == labels


def test_a_missing_carry_is_seen_as_nothing_from_the_next_state():
    found = departure(observed(BatchRows, 'carry = da @ P["W"].T', "carry = 0.0"))
    from_y, from_h = found.pairs[1:]
    assert from_y.manual == pytest.approx(from_y.auto, rel=1e-9)
    assert from_h.manual == pytest.approx(0, abs=1e-10)
    assert found.differs("from h")
    assert not found.differs("from y")


def test_a_missing_slope_is_seen_as_one():
    found = departure(observed(BatchRows, "* (1 - hs[t + 1] ** 2)", ""))
    assert found.pairs[-1].manual == pytest.approx(1)


def test_what_was_tapped_is_taken_before_what_is_solved():
    seen = observed(BatchRows, 'carry = da @ P["W"].T', 'carry = 0.0; tap("dh", t, dy @ P["V"].T)')
    assert given_states(seen)["dh"].told == "tapped"
    assert departure(seen).quantity == "dh"


def test_a_gated_cell_has_its_outputs_only():
    seen = observed(GatedPair)
    assert set(right_states(seen)) <= {"dy"}
    assert departure(seen) is None


def test_the_slope_of_a_rectifier_is_zero_or_one():
    assert set(np.unique(slope(observed(RowBiasRelu)))) == {0.0, 1.0}
