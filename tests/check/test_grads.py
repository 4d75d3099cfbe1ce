import numpy as np
import pytest

import minigrad as mg
from minigrad.check import check_grads

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 5))


class SlightlyWrongCube(mg.Op):
    def f(self, x):
        return x**3

    def bprop_x(self, G, y, x):
        return G * 3 * (1 + 1e-9) * x**2


class CubeOfConstantSlope(mg.Op):
    """A rule that forgets that the slope depends on x, by taking the value out of the graph."""

    def f(self, x):
        return x**3

    def bprop_x(self, G, y, x):
        return G * 3 * getattr(x, "value", x) ** 2


class MisshapenRule(mg.Op):
    def f(self, x):
        return x * 2.0

    def bprop_x(self, G, y, x):
        return np.swapaxes(G, 0, 1) * 2.0


def cell(p, h, x):
    return np.tanh(p["W"] @ h + p["U"] @ x + p["b"])


def test_a_nest_of_arguments_to_the_second_order():
    p = {"W": RNG.normal(size=(5, 5)), "U": RNG.normal(size=(5, 3)), "b": RNG.normal(size=5)}
    report = check_grads(cell, [p, RNG.normal(size=5), RNG.normal(size=3)], order=2)
    for order, method in enumerate(["complex step", "central differences"]):
        assert [(v.path, v.size) for v in report.orders[order]] == [
            ("p['W']", 25), ("p['U']", 15), ("p['b']", 5), ("h", 5), ("x", 3),
        ]  # fmt: skip
        assert {v.method for v in report.orders[order]} == {method}
    assert max(v.error for v in report.orders[0]) < 1e-14
    assert "order 2: p['W']: 25 of 25 entries by central differences" in str(report)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_orders(order):
    report = check_grads(lambda x: np.sum(np.exp(np.sin(x))), X, order)
    assert len(report.orders) == order


def test_a_relative_fault_of_a_billionth_is_named():
    with pytest.raises(AssertionError) as caught:
        check_grads(lambda a, b: b * SlightlyWrongCube()(a), (X, 2.0))
    message = str(caught.value)
    assert "the gradient of <lambda> is wrong\n  with respect to a at [" in message
    assert "ratio 1.000000001" in message
    assert "with respect to b" not in message


def test_each_wrong_argument_is_named():
    with pytest.raises(AssertionError, match=r"(?s)respect to a at .*respect to b at "):
        check_grads(lambda a, b: SlightlyWrongCube()(a) * SlightlyWrongCube()(b), (X, X + 1))


def test_a_fault_of_the_second_order_alone():
    check_grads(CubeOfConstantSlope(), X)
    with pytest.raises(AssertionError, match=r"derivative of order 2 of CubeOfConstantSlope"):
        check_grads(CubeOfConstantSlope(), X, order=2)


def test_a_rule_of_the_wrong_shape_keeps_the_message_of_the_engine():
    with pytest.raises(ValueError, match=r"bprop_x of MisshapenRule\(\).*\(5, 3\); wanted: \(3, 5\)"):
        check_grads(MisshapenRule(), X)


def test_kinks_and_jumps_to_the_second_order():
    x = np.array([0.0, 1.5, -2.0])
    for f in (np.abs, mg.relu, lambda x: np.maximum(x, 0.0), lambda x: np.clip(x, 0.0, 1.5)):
        check_grads(f, x, order=2)


def test_functions_without_second_derivative_or_any():
    check_grads(lambda x: 3.0 * x, X, order=2)
    check_grads(lambda x, y: np.sum(x), (X, X), order=2)
    check_grads(lambda x: np.sum(mg.softmax(x)), X, order=2)


def test_dependence_that_leaves_the_graph_half_way_is_wrong():
    def detached(x):
        return x * getattr(x, "value", x)

    with pytest.raises(AssertionError, match=r"ratio 0\.5; .*\(15 of 15 entries"):
        check_grads(detached, X)


def test_float32_constants_and_a_single_argument():
    weights = np.arange(5)
    report = check_grads(lambda x, k: np.tanh(x) @ k, (X.astype(np.float32), weights))
    assert [v.path for v in report.orders[0]] == ["x"]
    assert check_grads(np.tanh, mg.Tensor(X, name="x")).orders[0][0].size == 15
    assert check_grads(lambda d: np.exp(d["a"]), {"a": 0.5}).orders[0][0].path == "d['a']"


@pytest.mark.parametrize("wrong", [{"order": 0}, {"entries": 0}])
def test_numbers_below_one_are_refused(wrong):
    with pytest.raises(ValueError, match="check_grads wants order ≥ 1 and entries ≥ 1; given"):
        check_grads(np.tanh, X, **wrong)


def test_the_arguments_of_the_caller_stay_as_they_are():
    def greedy(x):
        x += 1.0
        return np.sum(x * x)

    before = X.copy()
    check_grads(greedy, X, order=2)
    assert np.array_equal(X, before)
