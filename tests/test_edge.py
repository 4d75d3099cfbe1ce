import numpy as np
import pytest

import minigrad as mg


def op_with(rule, f=np.negative):
    """An op in one argument whose rule is `rule(G, x)`."""

    class Custom(mg.Op):
        def f(self, x):
            return f(x)

        def bprop_x(self, G, y, x):
            return rule(G, x)

    return Custom()


def run(rule, *, record, f=np.negative, dtype=np.float64):
    x = mg.Tensor(np.ones((2, 3), dtype), "x")
    with mg.time_step(4):
        y = op_with(rule, f)(x)
    return mg.backprop(np.sum(y), record=record)[x]


@pytest.mark.parametrize("record", [False, True])
def test_a_contribution_of_another_shape_is_named(record):
    where = r"bprop_x of .*Custom.* of x = x of shape \(2, 3\), at step 4"
    for rule in (lambda G, x: np.sum(G, axis=0), lambda G, x: G[None], lambda G, x: np.sum(G)):
        with pytest.raises(ValueError, match=where + r" returned shape .*; wanted: \(2, 3\)"):
            run(rule, record=record)


@pytest.mark.parametrize("record", [False, True])
def test_a_contribution_of_another_type_is_named(record):
    with pytest.raises(TypeError, match=r"bprop_x .* returned float64; wanted: float32"):
        run(lambda G, x: G * np.ones((2, 3)), record=record, dtype=np.float32)


@pytest.mark.parametrize("wrong", [1.0, "G", [[1.0] * 3] * 2])
def test_a_contribution_that_is_no_array_is_named(wrong):
    with pytest.raises(TypeError, match=r"bprop_x .* returned .*; wanted: an array of shape"):
        run(lambda G, x: wrong, record=False)


@pytest.mark.parametrize("record", [False, True])
def test_an_op_that_widens_gets_its_way_back_narrowed(record):
    g = run(lambda G, x: G * 2, record=record, f=lambda x: x.astype(np.float64), dtype=np.float32)
    assert g.dtype == np.float32
    assert (getattr(g, "value", g) == 2).all()


@pytest.mark.parametrize("record", [False, True])
def test_an_error_within_a_rule_says_where(record):
    def broken(G, x):
        return G @ np.ones((7, 2))

    with pytest.raises(ValueError, match=r"Custom.* of x = x of shape \(2, 3\), at step 4"):
        run(broken, record=record)


def test_an_error_of_two_arguments_keeps_them_and_gets_a_note():
    def broken(G, x):
        raise OSError(5, "five")

    with pytest.raises(OSError, match="five") as caught:
        run(broken, record=False)
    assert caught.value.errno == 5
    assert "at step 4" in caught.value.__notes__[0]


@pytest.mark.parametrize("record", [False, True])
def test_none_is_no_contribution(record):
    x = mg.Tensor(np.ones(2))
    y = op_with(lambda G, x: None)(x) + 2 * x
    g = mg.backprop(np.sum(y), record=record)[x]
    assert getattr(g, "value", g).tolist() == [2, 2]
    contributions = mg.backprop(np.sum(y), record=record).contributions(x)
    assert len(contributions) == 1


def test_a_rule_sees_cotangent_output_and_inputs_as_they_were():
    seen = {}

    class Look(mg.Op):
        def f(self, a, b):
            return a * b

        def bprop_a(self, G, y, a, b):
            seen["a"] = (G, y, a, b)
            return G * b

        def bprop_b(self, G, y, a, b):
            return G * a

    x = mg.Tensor([2.0, 3.0])
    c = np.array([5.0, 7.0])
    y = Look()(x, c)
    x.value = [0.0, 0.0]
    c[:] = 0
    mg.backprop(y, seed=[1.0, -1.0])
    assert [v.tolist() for v in seen["a"]] == [[1, -1], [10, 21], [2, 3], [5, 7]]
