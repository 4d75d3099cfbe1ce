import numpy as np
import pytest

from minigrad import Tensor
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.case import own_case
from minigrad.diagnosis.forward import UserForward, differs, number, run_forward

CASE = own_case({"W": np.array([1.0, 2.0])}, np.array([3.0, 4.0]), np.array([5.0, 6.0]), [1])


def loss(params, xs, h0, targets):
    return np.sum(params["W"] * xs * h0)


def test_the_loss_on_arrays_is_a_number():
    called = UserForward(loss).plain(CASE)
    assert (called.value, called.changed) == (63.0, {})


@pytest.mark.parametrize(
    "returned", [2.5, np.float32(2.5), np.array([[2.5]]), (2.5, "cache"), [np.array(2.5), 1.0]]
)
def test_the_first_number_is_the_loss(returned):
    assert number(returned) == 2.5


@pytest.mark.parametrize("returned", [None, "2.5", np.ones(2), {}, (), Tensor([1.0])])
def test_what_is_no_number_is_refused(returned):
    with pytest.raises(ManualError, match="wanted: the loss, one number"):
        number(returned)


def test_parameters_state_and_wanted_inputs_are_leaves():
    recorded = UserForward(loss).recorded(CASE)
    assert set(recorded.leaves) == {"W", "h0"}
    assert recorded.loss.item() == 63.0
    assert set(UserForward(loss).recorded(CASE, ("xs",)).leaves) == {"W", "h0", "xs"}


def test_a_pair_of_states_has_two_names():
    case = own_case({"W": np.ones(2)}, [1], (np.ones(2), np.ones(2)), None)
    forward = UserForward(lambda params, xs, h0, targets: np.sum(params["W"] * h0[0] * h0[1]))
    assert set(forward.recorded(case).leaves) == {"W", "h0", "c0"}


def test_integer_and_absent_states_are_passed_on():
    case = own_case({"W": np.ones(2)}, [1], None, None)
    assert set(UserForward(lambda params, *_: np.sum(params["W"])).recorded(case).leaves) == {"W"}


def test_the_leaves_are_those_before_an_update():
    def forward(params, *_):
        value = np.sum(params["W"] ** 2)
        params["W"] -= 0.5
        return value

    recorded = UserForward(forward).recorded(CASE)
    assert recorded.leaves["W"].value.tolist() == [1.0, 2.0]
    assert CASE.params["W"].tolist() == [1.0, 2.0]


@pytest.mark.parametrize("lost", [lambda *a: loss(*a).item(), lambda *a: loss(*a).value, lambda *a: None])
def test_a_loss_outside_of_the_graph_is_refused(lost):
    with pytest.raises(ManualError, match="the loss has left the graph"):
        UserForward(lost).recorded(CASE)


def test_an_error_on_tensors_says_so():
    with pytest.raises(ManualError, match="forward, on tensors, raised ZeroDivisionError"):
        run_forward(lambda *_: 1 / 0, ({}, 1, 1, 1))


def test_rounding_is_no_difference():
    assert not differs(1.0, 1.0 + 1e-12)
    assert differs(1.0, 1.0 + 1e-6)
    assert differs(1.0, float("nan"))
