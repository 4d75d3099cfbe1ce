import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg
from minigrad.op import DIFFERENTIABLE, Op
from minigrad.ops.arithmetic import AddN, Multiply
from minigrad.ops.exponential import Tanh
from minigrad.ops.reduction import Max, Min, Sum


class Scale(Op):
    factor: float = 2.0

    def f(self, x):
        return self.factor * x

    def bprop_x(self, G, y, x):
        return G * self.factor


class Power3(Op):
    def f(self, base, offset):
        return base**3 + offset

    def bprop_base(self, G, y, base, offset):
        return G * 3 * base**2

    def bprop_offset(self, G, y, base, offset):
        return G


def test_a_missing_rule_is_named_when_the_class_is_created():
    with pytest.raises(TypeError, match=r"Half\.f takes \['a', 'b'\], but bprop_b is missing"):

        class Half(Op):
            def f(self, a, b):
                return a * b

            def bprop_a(self, G, y, a, b):
                return G * b


def test_a_rule_for_no_argument_is_named_when_the_class_is_created():
    with pytest.raises(TypeError, match=r"Typo\.f takes \['x'\], but bprop_X has no such argument"):

        class Typo(Op):
            def f(self, x):
                return x

            def bprop_x(self, G, y, x):
                return G

            def bprop_X(self, G, y, x):
                return G


def test_any_number_of_inputs_needs_its_own_bprop():
    with pytest.raises(TypeError, match=r"All\.f takes \*xs.*define bprop"):

        class All(Op):
            def f(self, *xs):
                return xs[0]


def test_any_number_of_inputs_and_a_named_one_do_not_mix():
    with pytest.raises(TypeError, match=r"Mixed\.f takes \*xs: let it take nothing else"):

        class Mixed(Op):
            def f(self, a, *xs):
                return a

            def bprop(self, i, G, y, *inputs):
                return G


def test_an_op_is_an_immutable_value():
    assert Scale(3.0) == Scale(3.0) != Scale(2.0)
    assert {Scale(3.0): 1}[Scale(3.0)] == 1
    with pytest.raises(AttributeError):
        Scale(3.0).factor = 4.0
    assert Tanh() == Tanh() != Multiply()
    assert Scale(2.0) != Power3()
    assert len({Tanh(), Tanh(), Multiply(), Max(0), Min(0), Sum(0), Sum(1), Sum(0)}) == 6


def test_an_op_shows_its_parameters_and_its_label():
    assert repr(Scale(3.0)).endswith("Scale(factor=3.0)")
    assert repr(Tanh()) == "Tanh()"
    assert Tanh().label == "tanh"


def test_inputs_have_the_names_of_the_arguments():
    assert [Power3().argument(i) for i in range(2)] == ["base", "offset"]
    assert AddN().argument(2) == "xs[2]"


def test_on_arrays_an_op_is_its_function_and_records_nothing():
    y = Power3()(np.array([2.0, 3.0]), 1.0)
    assert type(y) is np.ndarray
    assert y.tolist() == [9.0, 28.0]
    assert Scale()(2.0) == 4.0
    with pytest.raises(NotImplementedError):
        Op().f(1.0)


def test_each_edge_has_its_own_rule_on_arrays_and_on_tensors(rng):
    base, offset = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    x, b = mg.Tensor(base), mg.Tensor(offset)
    grads = mg.backprop(np.sum(np.sin(Power3()(x, b))))

    def loss(z):
        return np.sum(np.sin(z**3 + offset))

    assert_gradient(grads[x], complex_step(loss, base))
    assert_gradient(grads[b], np.cos(base**3 + offset))
    G = mg.Tensor(np.ones((2, 3)))
    recorded = Power3().bprop(0, G, Power3()(x, b), x, b)
    assert_gradient(recorded.value, 3 * base**2)


def test_a_subclass_that_changes_one_rule_gets_that_rule():
    class StraightThrough(Tanh):
        def bprop_x(self, G, y, x):
            return G * 7.0

    x = mg.Tensor(0.5)
    assert mg.backprop(StraightThrough()(x))[x] == 7.0


def test_a_function_of_numpy_can_be_given_a_rule(monkeypatch):
    monkeypatch.setitem(DIFFERENTIABLE, np.cbrt, None)  # what is there now comes back afterwards

    @mg.differentiates(np.cbrt)
    class CubeRoot(Op):
        def f(self, x):
            return np.cbrt(x)

        def bprop_x(self, G, y, x):
            return G / (3 * y * y)

    x = mg.Tensor([8.0, 27.0])
    y = np.cbrt(x)
    assert y.op == CubeRoot()
    assert_gradient(mg.backprop(np.sum(y))[x], np.array([1 / 12, 1 / 27]))


def test_an_op_that_gives_no_floats_is_named():
    class Forgetful(Op):
        def f(self, x):
            x * 2

        def bprop_x(self, G, y, x):
            return G

    with pytest.raises(TypeError, match="Forgetful"):
        Forgetful()(mg.Tensor(1.0))


def test_too_many_inputs_are_the_error_of_the_call_and_not_of_the_message():
    class Half(mg.Op):
        def f(self, x):
            return x / 2

        def bprop_x(self, G, y, x):
            return G / 2

    a = mg.Tensor([1.0], "a")
    with pytest.raises(TypeError, match=r"takes 2 positional arguments but 3 were given.*one too many"):
        Half()(a, a)
