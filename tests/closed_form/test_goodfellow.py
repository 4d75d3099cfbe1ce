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
)

from minigrad.closed_form import goodfellow, goodfellow_loss
from minigrad.closed_form.goodfellow import EQUATIONS


@pytest.mark.parametrize(
    "net",
    [network(), network(C=4), network(T=1), network(H=1, K=3, C=2)],
    ids=["O≠K", "O=K", "T=1", "H=1"],
)
def test_every_gradient_is_the_complex_step_of_the_forward_loss(net):
    form = goodfellow(**net)
    assert set(form.gradients) == node_keys(len(net["x"]), "Loha", "UWVbc")
    assert disagreements(form.gradients, derivatives(net, form.gradients)) == []


def test_gradients_over_200_steps_are_the_complex_step():
    net = network(T=200, seed=1)
    form = goodfellow(**net)
    wanted = derivatives(net, sampled(form.gradients, 200))
    assert disagreements(form.gradients, wanted) == []


@pytest.mark.parametrize("T", [6, 200])
def test_forward_values_are_the_oracle_s(T):
    net = network(T=T)
    form, wanted = goodfellow(**net), forward(net)
    wanted = {key: value[0] for key, value in wanted.items()}
    assert disagreements(form.forward, wanted) == []
    assert set(form.forward) == set(wanted) | {("ŷ", t) for t in range(1, T + 1)}


def test_probabilities_are_the_softmax_of_the_outputs():
    form = goodfellow(**network())
    for t in range(1, 7):
        weights = np.exp(form.forward["o", t])
        np.testing.assert_allclose(form.forward["ŷ", t], weights / weights.sum(), rtol=1e-14)


def test_jacobians_are_the_complex_step_of_the_next_state():
    net = network()
    form = goodfellow(**net)
    wanted = {("h", t): derivative(net, ("h", t), of=("h", t + 1)) for t in range(6)}
    assert set(form.jacobians) == set(wanted)
    assert disagreements(form.jacobians, wanted) == []


def test_targets_may_be_any_distribution():
    net = network()
    rng = np.random.default_rng(3)
    net["y"] = rng.dirichlet(np.ones(7), size=6)
    form = goodfellow(**net)
    assert disagreements(form.gradients, derivatives(net, form.gradients)) == []


@pytest.mark.parametrize("name", ["U", "W", "V", "b", "c", "h0"])
def test_the_public_loss_takes_a_complex_step_in_every_argument(name):
    net = network()
    form = goodfellow(**net)
    gradient = np.empty_like(net[name])
    for index in np.ndindex(gradient.shape):
        moved = net[name].astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = goodfellow_loss(**net | {name: moved}).imag / STEP
    wanted = form.gradients[("h", 0) if name == "h0" else name]
    assert disagreements({name: gradient}, {name: wanted}) == []
    assert goodfellow_loss(**net) == form.forward["L"]


def test_a_complex_step_through_the_gradients_gives_a_symmetric_hessian():
    net = network(H=3, K=2, C=4, T=5)
    rows = []
    for index in np.ndindex(3, 3):
        moved = net["W"].astype(complex)
        moved[index] += 1j * STEP
        rows.append(goodfellow(**net | {"W": moved}).gradients["W"].imag.ravel() / STEP)
    hessian = np.array(rows)
    np.testing.assert_allclose(hessian, hessian.T, rtol=1e-12, atol=1e-14)
    assert np.abs(hessian).max() > 0.01


def test_float32_in_is_float32_out():
    net = network(dtype=np.float32)
    form = goodfellow(**net)
    assert {a.dtype for a in (form.forward | form.gradients | form.jacobians).values()} == {
        np.dtype(np.float32)
    }
    wanted = goodfellow(**{name: value.astype(np.float64) for name, value in net.items()})
    assert disagreements(form.gradients, wanted.gradients, rtol=1e-5) == []


def test_integer_inputs_and_targets_take_the_type_of_the_parameters():
    net = network(dtype=np.float32)
    whole = net | {"x": net["x"].astype(int), "y": net["y"].astype(bool)}
    np.testing.assert_array_equal(goodfellow(**whole).gradients["W"], goodfellow(**net).gradients["W"])


def test_large_outputs_do_not_overflow():
    net = network()
    net["c"] += np.array([2000.0, -2000.0, 0, 0, 0, 0, 0])
    form = goodfellow(**net)
    assert np.isfinite(form.forward["L"])
    assert all(np.isfinite(value).all() for value in form.gradients.values())


def test_results_do_not_change_with_the_arguments_and_cannot_be_changed():
    net = network()
    form = goodfellow(**net)
    before = form.forward["h", 0].copy()
    net["h0"] += 1
    np.testing.assert_array_equal(form.forward["h", 0], before)
    with pytest.raises(ValueError, match="read-only"):
        form.gradients["c", 1][0] = 0


def test_every_quantity_has_an_equation():
    assert set(EQUATIONS) == {
        *("L", "o", "h_last", "h", "h_0", "a", "∂h/∂h"),
        *("U", "W", "V", "b", "c", "U_t", "W_t", "V_t", "b_t", "c_t"),
    }


@pytest.mark.parametrize(
    ("name", "shape", "message"),
    [
        ("W", (5, 4), r"goodfellow: W has shape \(5, 4\), wanted \(H, H\) = \(5, 5\), where H = 5"),
        ("V", (7, 6), r"V has shape \(7, 6\), wanted \(O, H\) = \(7, 5\), where H = 5 is set by U"),
        ("b", (5, 1), r"b has shape \(5, 1\), wanted \(H\)"),
        ("c", (6,), r"c has shape \(6,\), wanted \(O\) = \(7\), where O = 7 is set by V; resize"),
        ("h0", (4,), r"h0 has shape \(4,\), wanted \(H\) = \(5\)"),
        ("x", (6, 3), r"x has shape \(6, 3\), wanted \(T, K\) = \(6, 4\)"),
        ("x", (0, 4), r"x has shape \(0, 4\), wanted \(T, K\) with every size at least 1"),
        ("y", (5, 7), r"y has shape \(5, 7\), wanted \(T, O\) = \(6, 7\), where T = 6 is set by x"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_name(name, shape, message):
    with pytest.raises(ValueError, match=message):
        goodfellow(**network() | {name: np.zeros(shape)})


def test_targets_that_do_not_sum_to_one_are_refused():
    net = network()
    net["y"][2] *= 0.5
    with pytest.raises(ValueError, match=r"goodfellow: y at step t=3 has a row that sums to 0.5"):
        goodfellow(**net)
    with pytest.raises(ValueError, match=r"goodfellow_loss: y at step t=3"):
        goodfellow_loss(**net)
