import numpy as np
import pytest
from forward_oracle import (
    STEP,
    binary_loss,
    derivative,
    derivatives,
    disagreements,
    forward,
    node_keys,
    positive_label_loss,
    sampled,
)

from minigrad.closed_form import huang_scalar, huang_scalar_binary, huang_scalar_loss
from minigrad.closed_form.huang_scalar import BINARY_EQUATIONS, EQUATIONS

both = pytest.mark.parametrize(
    ("form_of", "loss"),
    [(huang_scalar, positive_label_loss), (huang_scalar_binary, binary_loss)],
    ids=["printed loss", "binary cross-entropy"],
)


def problem(T=6, W=0.8, dtype=np.float64):
    rng = np.random.default_rng(T)
    scalars = {"U": 0.7, "W": W, "V": -1.3, "s0": 0.4}
    net = {name: np.asarray(value, dtype) for name, value in scalars.items()}
    labels = rng.integers(2, size=T)
    labels[0] = 1
    return net | {"x": rng.normal(size=T).astype(dtype), "y": labels.astype(dtype)}


def as_network(net):
    """The same problem as a network of sizes 1 for the oracle."""
    column = {name: net[name].reshape(1, 1) for name in ("U", "W", "V")}
    column |= {"b": np.zeros(1), "c": np.zeros(1), "h0": net["s0"].reshape(1)}
    return column | {"x": net["x"][:, np.newaxis], "y": net["y"][:, np.newaxis]}


def squeezed(table):
    return {key: np.squeeze(value) for key, value in table.items()}


@both
@pytest.mark.parametrize("T", [1, 6])
def test_every_gradient_is_the_complex_step_of_the_forward_loss(form_of, loss, T):
    net = problem(T)
    form = form_of(**net)
    assert set(form.gradients) == node_keys(T, "Loha", "UWV")
    wanted = squeezed(derivatives(as_network(net), form.gradients, loss))
    assert disagreements(form.gradients, wanted) == []


@both
def test_gradients_over_200_steps_are_the_complex_step(form_of, loss):
    net = problem(T=200)
    form = form_of(**net)
    wanted = derivatives(as_network(net), sampled(form.gradients, 200), loss)
    assert disagreements(form.gradients, squeezed(wanted)) == []


@both
def test_loss_terms_are_the_complex_step_of_one_loss(form_of, loss):
    net = problem()
    form = form_of(**net)
    assert set(form.loss_terms) == {(name, t) for name in "UWV" for t in range(1, 7)}
    wanted = {
        (name, t): derivative(as_network(net), name, of=("L", t), loss=loss) for name, t in form.loss_terms
    }
    assert disagreements(form.loss_terms, squeezed(wanted)) == []


@both
def test_forward_values_are_the_oracle_s(form_of, loss):
    net = problem()
    form = form_of(**net)
    wanted = squeezed(forward(as_network(net), loss))
    assert disagreements(form.forward, wanted) == []
    wanted = {("ŷ", t): 1 / (1 + np.exp(-wanted["o", t])) for t in range(1, 7)}
    assert disagreements(form.forward, wanted) == []


@both
def test_jacobians_are_the_complex_step_of_the_later_state(form_of, loss):
    net = problem()
    form = form_of(**net, products=True)
    wanted = {("h", k): derivative(as_network(net), ("h", k), of=("h", k + 1)) for k in range(6)}
    wanted |= {
        ("h", t, k): derivative(as_network(net), ("h", k), of=("h", t)) for t in range(1, 7) for k in range(t)
    }
    assert set(form.jacobians) == set(wanted)
    assert disagreements(form.jacobians, squeezed(wanted)) == []
    assert set(form_of(**net).jacobians) == {("h", t) for t in range(6)}


@both
@pytest.mark.parametrize("name", ["U", "W", "V", "s0"])
def test_the_public_loss_takes_a_complex_step_in_every_argument(form_of, loss, name):
    net = problem()
    form = form_of(**net)
    moved = net | {name: net[name] + 1j * STEP}
    gradient = huang_scalar_loss(**moved, binary=loss is binary_loss).imag / STEP
    wanted = form.gradients[("h", 0) if name == "s0" else name]
    assert disagreements({name: gradient}, {name: wanted}) == []
    assert huang_scalar_loss(**net, binary=loss is binary_loss) == form.forward["L"]


def test_nothing_is_learnt_from_a_label_of_zero_unless_the_loss_is_full():
    net = problem() | {"y": np.zeros(6)}
    assert not any(value for key, value in huang_scalar(**net).gradients.items() if key[0] != "L")
    assert huang_scalar_binary(**net).gradients["W"] != 0


@both
def test_large_outputs_do_not_overflow(form_of, loss):
    form = form_of(**problem() | {"V": np.asarray(-5000.0)})
    assert all(np.isfinite(value) for value in (form.forward | form.gradients).values())


@both
def test_float32_in_is_float32_out(form_of, loss):
    net = problem(dtype=np.float32)
    form = form_of(**net, products=True)
    tables = form.forward | form.gradients | form.jacobians
    assert {a.dtype for a in (*tables.values(), *form.loss_terms.values())} == {np.dtype(np.float32)}
    wanted = form_of(**{name: value.astype(np.float64) for name, value in net.items()})
    assert disagreements(form.gradients, wanted.gradients, rtol=1e-5) == []


def test_python_numbers_do_not_change_the_type_of_the_inputs():
    net = problem(dtype=np.float32) | {"U": 0.7, "W": 0.8, "V": -1.3, "s0": 0.4}
    assert huang_scalar(**net).gradients["W"].dtype == np.float32


def test_both_variants_cite_every_quantity_and_differ_in_the_output_gradient():
    assert {key for key in EQUATIONS if EQUATIONS[key] != BINARY_EQUATIONS[key]} == {"o"}


@both
def test_a_wrong_shape_is_refused_with_its_name(form_of, loss):
    name = form_of.__name__
    with pytest.raises(ValueError, match=rf"{name}: W has shape \(1,\), wanted \(\) with"):
        form_of(**problem() | {"W": np.ones(1)})
    with pytest.raises(ValueError, match=rf"{name}: y has shape \(5,\), wanted \(T\) = \(6\)"):
        form_of(**problem() | {"y": np.ones(5)})
