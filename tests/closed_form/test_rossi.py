import numpy as np
import pytest
from forward_oracle import (
    STEP,
    derivative,
    derivatives,
    disagreements,
    forward,
    network,
    node_keys,
    sampled,
    softmax_loss,
    squared_loss,
)

from minigrad.closed_form import rossi, rossi_loss, rossi_regression, rossi_regression_loss
from minigrad.closed_form.rossi import EQUATIONS, REGRESSION_EQUATIONS

VARIANTS = [
    (rossi, rossi_loss, softmax_loss),
    (rossi_regression, rossi_regression_loss, squared_loss),
]
both = pytest.mark.parametrize(("form_of", "loss_of", "loss"), VARIANTS, ids=["classification", "regression"])


def problem(loss, **sizes):
    """A network; for regression with targets that are no distribution."""
    net = network(**sizes)
    if loss is squared_loss:
        net["y"] = np.random.default_rng(5).normal(size=net["y"].shape)
    return net


@both
@pytest.mark.parametrize("T", [1, 6])
def test_every_gradient_is_the_complex_step_of_the_forward_loss(form_of, loss_of, loss, T):
    net = problem(loss, T=T)
    form = form_of(**net)
    assert set(form.gradients) == node_keys(T, "Loha", "UWVbc")
    assert disagreements(form.gradients, derivatives(net, form.gradients, loss)) == []


@both
def test_gradients_over_200_steps_are_the_complex_step(form_of, loss_of, loss):
    net = problem(loss, T=200, seed=2)
    form = form_of(**net)
    wanted = derivatives(net, sampled(form.gradients, 200), loss)
    assert disagreements(form.gradients, wanted) == []


@both
def test_forward_values_are_the_oracle_s(form_of, loss_of, loss):
    net = problem(loss)
    form = form_of(**net)
    wanted = {key: value[0] for key, value in forward(net, loss).items()}
    assert disagreements(form.forward, wanted) == []
    assert (("ŷ", 1) in form.forward) == (loss is softmax_loss)


@both
def test_jacobians_are_the_complex_step_of_the_next_state(form_of, loss_of, loss):
    net = problem(loss)
    form = form_of(**net)
    wanted = {("h", t): derivative(net, ("h", t), of=("h", t + 1)) for t in range(6)}
    assert set(form.jacobians) == set(wanted)
    assert disagreements(form.jacobians, wanted) == []


@both
@pytest.mark.parametrize("name", ["U", "W", "V", "b", "c", "h0"])
def test_the_public_loss_takes_a_complex_step_in_every_argument(form_of, loss_of, loss, name):
    net = problem(loss)
    form = form_of(**net)
    gradient = np.empty_like(net[name])
    for index in np.ndindex(gradient.shape):
        moved = net[name].astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = loss_of(**net | {name: moved}).imag / STEP
    wanted = form.gradients[("h", 0) if name == "h0" else name]
    assert disagreements({name: gradient}, {name: wanted}) == []
    assert loss_of(**net) == form.forward["L"]


@both
def test_float32_in_is_float32_out(form_of, loss_of, loss):
    net = {name: value.astype(np.float32) for name, value in problem(loss).items()}
    form = form_of(**net)
    assert {a.dtype for a in (form.forward | form.gradients | form.jacobians).values()} == {
        np.dtype(np.float32)
    }
    wanted = form_of(**{name: value.astype(np.float64) for name, value in net.items()})
    assert disagreements(form.gradients, wanted.gradients, rtol=1e-5) == []


def test_large_outputs_do_not_overflow_or_divide_by_zero():
    net = network()
    net["c"] += np.array([2000.0, -2000.0, 0, 0, 0, 0, 0])
    form = rossi(**net)
    assert np.isfinite(form.forward["L"])
    assert all(np.isfinite(value).all() for value in form.gradients.values())


def test_both_variants_cite_every_quantity_and_differ_in_the_output_gradient():
    assert {key for key in EQUATIONS if EQUATIONS[key] != REGRESSION_EQUATIONS[key]} == {"o"}


@both
def test_a_wrong_shape_is_refused_with_its_name(form_of, loss_of, loss):
    with pytest.raises(ValueError, match=rf"{form_of.__name__}: W has shape \(4, 4\)"):
        form_of(**problem(loss) | {"W": np.zeros((4, 4))})
    with pytest.raises(ValueError, match=rf"{loss_of.__name__}: W has shape \(4, 4\)"):
        loss_of(**problem(loss) | {"W": np.zeros((4, 4))})


@pytest.mark.parametrize("function", [rossi, rossi_loss])
def test_classification_targets_that_do_not_sum_to_one_are_refused(function):
    net = network()
    net["y"][0] *= 2
    with pytest.raises(ValueError, match=r"y at step t=1 has a row that sums to 2, wanted 1"):
        function(**net)
