import numpy as np
import pytest
from derivation_styles import BatchRows

from minigrad import Tensor
from minigrad.diagnosis.case import case_of
from minigrad.diagnosis.forward import UserForward
from minigrad.diagnosis.layout import Layout
from minigrad.diagnosis.problem import BATCH, FIRST, make_problem
from minigrad.diagnosis.session import Session
from minigrad.diagnosis.shapes import parse_shape
from minigrad.diagnosis.tap import tap
from minigrad.diagnosis.trial import distance

SHAPES = {name: parse_shape(text) for name, text in BatchRows.shapes.items()}
LAYOUT = Layout("TBD", "BH", "TBO")


def session(manual=BatchRows.manual, forward=BatchRows.forward):
    made = Session(UserForward(forward), manual)
    for seed, base in enumerate((FIRST, BATCH)):
        made.run(case_of(make_problem(SHAPES, base, seed), LAYOUT))
    return made


def remarks(made):
    return [(finding.kind, finding.quantity) for finding in made.remarks]


def test_a_run_that_is_in_order():
    made = session()
    assert made.remarks == []
    assert made.notes == []
    assert made.facts == ["a second call of manual gives the same numbers", "the arguments are unchanged"]
    assert len(made.losses) == len(made.trials) == 2
    assert made.trials[0].names == ("U", "W", "V", "b", "c")


@pytest.mark.parametrize("name", ["xs", "h0", "targets"])
def test_an_argument_that_is_changed_is_found(name):
    def manual(params, xs, h0, targets):
        given = BatchRows.manual(params, xs, h0, targets)
        {"xs": xs, "h0": h0, "targets": targets}[name][:] += 1
        return given

    made = session(manual)
    assert remarks(made) == [("changed-in-place", name)]
    assert all(
        distance(made.trials[0].manual[n], a) < 1e-12 for n, a in made.trials[0].auto.items() if n != "h0"
    )


def test_an_update_of_the_parameters_is_told_with_its_rate():
    def manual(params, *rest):
        given = BatchRows.manual(params, *rest)
        for name, g in given.items():
            params[name] -= 0.05 * g
        return given

    made = session(manual)
    assert made.remarks == []
    assert made.notes[0].startswith("manual changes the parameters (learning rate 0.05)")


def test_another_change_of_the_parameters_has_no_rate():
    def manual(params, *rest):
        given = BatchRows.manual(params, *rest)
        params["W"][0, 0] = 3.0
        return given

    assert session(manual).notes[0].startswith("manual changes the parameters; each call")


def test_gradients_that_are_kept_between_calls_are_found_and_what_one_call_adds_is_compared():
    kept = {}

    def manual(params, xs, h0, targets):
        for name, g in BatchRows.manual(params, xs, h0, targets).items():
            kept[name] = g + (kept[name] if name in kept and kept[name].shape == g.shape else 0)
        return dict(kept)

    made = session(manual)
    assert remarks(made) == [("not-reset", "all")]
    assert "adds its gradients" in made.remarks[0].sentence
    assert all(distance(t.manual["W"], t.auto["W"]) < 1e-12 for t in made.trials)


def test_random_gradients_are_found():
    rng = np.random.default_rng(0)
    made = session(lambda *a: {name: g * rng.normal() for name, g in BatchRows.manual(*a).items()})
    assert remarks(made) == [("not-reset", "all")]
    assert "is random" in made.remarks[0].sentence


@pytest.mark.parametrize(
    ("factor", "says"), [(lambda P: 2.0 if isinstance(P["W"], Tensor) else 1.0, "on tensors"),
                         (lambda P: np.inf, "the gradient of that means nothing")]
)  # fmt: skip
def test_a_loss_that_differs_or_is_not_finite_is_found(factor, says):
    made = session(forward=lambda P, *rest: BatchRows.forward(P, *rest) * factor(P))
    assert remarks(made) == [("check", "loss")]
    assert says in made.remarks[0].sentence
    assert made.losses == []


def test_a_forward_pass_that_changes_its_arguments_is_found():
    def forward(params, xs, h0, targets):
        loss = BatchRows.forward(params, xs, h0, targets)
        targets[:] = 0
        return loss

    assert ("changed-in-place", "targets") in remarks(session(forward=forward))


def test_taps_and_gradients_of_the_state_are_collected():
    def manual(params, xs, h0, targets):
        for t in reversed(range(len(xs))):
            tap("dh", t, np.full(3, float(t)))
        return {
            **BatchRows.manual(params, xs, h0, targets),
            "dh0": np.zeros_like(h0),
            "dxs": np.zeros_like(xs),
        }

    made = session(manual)
    assert sorted(made.trials[0].taps["dh"]) == [1, 2, 3, 4]
    assert made.trials[0].names[-2:] == ("h0", "xs")


def test_what_can_not_be_compared_is_told():
    made = session(lambda *a: {**BatchRows.manual(*a), "dc0": np.zeros(3)})
    assert "the gradient of c0 was not compared" in made.notes
