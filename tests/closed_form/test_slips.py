import numpy as np
import pytest
from forward_oracle import derivative, disagreements, network, relative_distance

from minigrad.closed_form import goodfellow, huang_scalar, slips, state_jacobian

NET = network(biases=False)
FORM = goodfellow(**NET)
STATES = np.stack([FORM.forward["h", t] for t in range(7)])
W, V, X = NET["W"], NET["V"], NET["x"]
ERROR = FORM.gradients["o", 6]


def of_one_unit():
    """A network with one hidden unit, where factors commute."""
    net = network(H=1, C=3, biases=False)
    form = goodfellow(**net)
    states = np.stack([form.forward["h", t] for t in range(7)])
    return net, states, form


def test_10_21_is_off_by_about_the_gradient_itself():
    for t in range(1, 6):
        arrays = (STATES[t + 1], FORM.gradients["h", t + 1], FORM.gradients["o", t])
        printed = slips.grad_h_as_printed_10_21(W, V, *arrays)
        literal = np.diag(1 - STATES[t + 1] ** 2) @ (W.T @ FORM.gradients["h", t + 1])
        np.testing.assert_allclose(printed, literal + V.T @ FORM.gradients["o", t], rtol=1e-13)
        assert relative_distance(printed, derivative(NET, ("h", t))) > 0.02


def test_14_is_a_power_of_w():
    assert slips.scalar_state_jacobian_as_printed_14(0.5, t=5, k=2) == 0.5**3
    assert slips.scalar_state_jacobian_as_printed_14(0.5, t=2, k=2) == 1


def test_14_is_right_only_where_the_states_are_zero():
    zero = huang_scalar(1, 0.5, 1, 0, np.zeros(4), np.ones(4), products=True)
    assert slips.scalar_state_jacobian_as_printed_14(0.5, 3, 1) == zero.jacobians["h", 3, 1]
    moving = huang_scalar(1, 0.5, 1, 0, np.ones(4), np.ones(4), products=True)
    printed = slips.scalar_state_jacobian_as_printed_14(0.5, 3, 1)
    assert printed > 2 * moving.jacobians["h", 3, 1]


@pytest.mark.parametrize("name", ["U", "W"])
def test_16_and_18_are_right_at_the_first_step_and_wrong_later(name):
    x = np.random.default_rng(0).normal(size=5)
    net = {"U": [[0.7]], "W": [[0.8]], "V": [[1.0]], "b": [0.0], "c": [0.0], "h0": [0.4]}
    net = {key: np.array(value) for key, value in net.items()}
    net |= {"x": x[:, np.newaxis], "y": np.ones((5, 1))}
    s = np.array([0.4] + [goodfellow(**net).forward["h", t][0] for t in range(1, 6)])
    for t in range(1, 6):
        right = derivative(net, name, of=("h", t)).squeeze()
        if name == "W":
            printed = slips.scalar_state_grad_W_as_printed_16(0.8, s, t)
        else:
            printed = slips.scalar_state_grad_U_as_printed_18(0.8, s, x, t)
        assert (abs(printed - right) < 1e-14) == (t == 1)


def test_63_is_wrong_for_every_lag_and_right_for_none():
    for t, k in [(1, 0), (4, 2), (6, 0)]:
        printed = slips.state_jacobian_as_printed_63(W, STATES, t, k)
        assert relative_distance(printed, state_jacobian(W, STATES, t, k)) > 0.1
    np.testing.assert_array_equal(slips.state_jacobian_as_printed_63(W, STATES, 3, 3), np.eye(5))


def test_63_is_the_power_of_w_times_the_product_of_diagonals():
    slopes = np.diag(1 - STATES[3] ** 2) @ np.diag(1 - STATES[4] ** 2)
    printed = slips.state_jacobian_as_printed_63(W, STATES, t=4, k=2)
    np.testing.assert_allclose(printed, W @ W @ slopes, rtol=1e-13)


def test_66_and_67_are_one_value_and_wrong_after_the_first_step():
    right = derivative(NET, "W", of=("L", 6))
    unmerged = slips.grad_W_as_printed_66(W, V, STATES, ERROR, t=6)
    merged = slips.grad_W_as_printed_67(W, V, STATES, ERROR, t=6)
    assert disagreements({"W": unmerged}, {"W": merged}) == []
    assert relative_distance(merged, right) > 0.1
    first = slips.grad_W_as_printed_67(W, V, STATES, FORM.gradients["o", 1], t=1)
    assert disagreements({"W": first}, {"W": derivative(NET, "W", of=("L", 1))}) == []


def test_69_is_wrong_after_the_first_step():
    printed = slips.grad_U_as_printed_69(W, V, STATES, X, ERROR, t=6)
    assert relative_distance(printed, derivative(NET, "U", of=("L", 6))) > 0.1
    first = slips.grad_U_as_printed_69(W, V, STATES, X, FORM.gradients["o", 1], t=1)
    assert disagreements({"U": first}, {"U": derivative(NET, "U", of=("L", 1))}) == []


def test_with_one_hidden_unit_the_order_of_factors_does_not_matter():
    net, s, form = of_one_unit()
    arrays = (net["W"], net["V"], s)
    error = form.gradients["o", 6]
    printed = {
        ("h", 6, 2): slips.state_jacobian_as_printed_63(net["W"], s, t=6, k=2),
        "W66": slips.grad_W_as_printed_66(*arrays, error, t=6),
        "W67": slips.grad_W_as_printed_67(*arrays, error, t=6),
        "U69": slips.grad_U_as_printed_69(*arrays, net["x"], error, t=6),
        ("h", 5): slips.grad_h_as_printed_10_21(
            net["W"], net["V"], s[6], form.gradients["h", 6], form.gradients["o", 5]
        ),
    }
    right = {
        ("h", 6, 2): derivative(net, ("h", 2), of=("h", 6)),
        "W66": derivative(net, "W", of=("L", 6)),
        "W67": derivative(net, "W", of=("L", 6)),
        "U69": derivative(net, "U", of=("L", 6)),
        ("h", 5): derivative(net, ("h", 5)),
    }
    assert disagreements(printed, right) == []


def test_108_is_right_on_the_diagonal_only():
    rng = np.random.default_rng(0)
    grad_S, S = rng.normal(size=(3, 4)), rng.uniform(-0.9, 0.9, size=(3, 4))
    printed, right = slips.grad_Z_as_printed_108(grad_S, S), grad_S * (1 - S * S)
    diagonal = np.eye(3, 4, dtype=bool)
    np.testing.assert_array_equal(printed[diagonal], right[diagonal])
    np.testing.assert_allclose((printed - right)[~diagonal], -grad_S[~diagonal], rtol=1e-14)


def test_3_is_zero_for_a_label_of_zero():
    printed = slips.binary_loss_as_printed_3([0, 1, 0], [0.9, 0.5, 0.1])
    np.testing.assert_allclose(printed, [0.0, np.log(2), 0.0], rtol=1e-15)


@pytest.mark.parametrize(
    "call",
    [
        lambda: slips.scalar_state_jacobian_as_printed_14(0.5, t=1, k=2),
        lambda: slips.scalar_state_grad_W_as_printed_16(0.5, [0.1, 0.2], t=2),
        lambda: slips.scalar_state_grad_U_as_printed_18(0.5, [0.1, 0.2, 0.3], [1.0], t=2),
        lambda: slips.state_jacobian_as_printed_63(W, STATES, t=7, k=0),
        lambda: slips.grad_W_as_printed_66(W, V, STATES, ERROR, t=7),
        lambda: slips.grad_W_as_printed_67(W, V, STATES, ERROR, t=0),
        lambda: slips.grad_U_as_printed_69(W, V, STATES, X[:3], ERROR, t=4),
    ],
    ids=["14", "16", "18", "63", "66", "67", "69"],
)
def test_steps_that_the_run_does_not_have_are_refused(call):
    with pytest.raises(ValueError, match=r"as_printed_\d\d: steps k=\d, t=\d, wanted 0 <= k <= t"):
        call()


def test_wrong_shapes_are_refused_with_the_name_of_the_formula():
    with pytest.raises(ValueError, match=r"grad_Z_as_printed_108: S has shape \(3, 2\)"):
        slips.grad_Z_as_printed_108(np.ones((2, 3)), np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"grad_h_as_printed_10_21: grad_o has shape \(5,\)"):
        slips.grad_h_as_printed_10_21(W, V, STATES[1], STATES[1], STATES[1])


def test_float32_stays_float32():
    w, v, s, x, e = (a.astype(np.float32) for a in (W, V, STATES, X, ERROR))
    values = [
        slips.grad_h_as_printed_10_21(w, v, s[2], s[2], e),
        slips.scalar_state_jacobian_as_printed_14(w[0, 0], t=4, k=1),
        slips.scalar_state_grad_W_as_printed_16(w[0, 0], s[:, 0], t=4),
        slips.scalar_state_grad_U_as_printed_18(w[0, 0], s[:, 0], x[:, 0], t=4),
        slips.state_jacobian_as_printed_63(w, s, t=4, k=1),
        slips.grad_W_as_printed_66(w, v, s, e, t=4),
        slips.grad_W_as_printed_67(w, v, s, e, t=4),
        slips.grad_U_as_printed_69(w, v, s, x, e, t=4),
        slips.grad_Z_as_printed_108(s, s),
        slips.binary_loss_as_printed_3(s[:, 0] ** 2, s[:, 0] ** 2),
    ]
    assert {value.dtype for value in values} == {np.dtype(np.float32)}
