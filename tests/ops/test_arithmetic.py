import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg
from minigrad.ops.arithmetic import Identity


def test_the_power_0_to_the_0_has_slope_0_in_base_and_exponent():
    base, exponent = slopes(np.power, [0.0, 0.0, 0.0], [0.0, 1.0, 2.0])
    assert base.tolist() == [0.0, 1.0, 0.0]
    assert exponent.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("exponent", "slope", "curve"),
    [(0, 0.0, 0.0), (1, 1.0, 0.0), (2, 0.0, 2.0), (3, 0.0, 0.0), (0.5, np.inf, None)],
)
def test_powers_at_0(exponent, slope, curve):
    assert slopes(lambda x: x**exponent, 0.0) == slope
    if curve is not None:
        assert curvature(lambda x: x**exponent, 0.0) == curve


def test_whole_powers_of_negative_numbers():
    np.testing.assert_allclose(slopes(lambda x: x**3, [-2.0, -0.5]), [12.0, 0.75])
    np.testing.assert_allclose(slopes(lambda x: x**-1, [-2.0, -0.5]), [-0.25, -4.0])
    np.testing.assert_allclose(curvature(lambda x: x**3, [-2.0, -0.5]), [-12.0, -3.0])


@pytest.mark.parametrize("exponent", [-1, 0, 0.5, 1, 2, 2.5, 3])
def test_a_power_with_a_number_as_exponent_stays_float32_at_every_order(exponent):
    x = mg.Tensor(np.array([1.5, 2.0], np.float32))
    gradient = mg.backprop(np.sum(x**exponent), record=True)[x]
    for _ in range(2):
        assert gradient.dtype == np.float32
        gradient = mg.backprop(np.sum(gradient * x), record=True)[x]
    assert gradient.dtype == np.float32


@pytest.mark.parametrize("base", [2, 2.0])
def test_a_power_of_a_number_stays_float32(base):
    got = slopes(lambda x: base**x, [1.0, 3.0], dtype=np.float32)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, np.log(2) * np.array([2.0, 8.0]), rtol=1e-6)


@pytest.mark.parametrize("f", [lambda x: 1 / x, lambda x: x / x, lambda x: x**-1, lambda x: 2 / x**2])
def test_a_zero_cotangent_wins_over_the_infinite_slope_of_a_quotient(f):
    def guarded(x):
        return np.where(x > 0, f(x), 0)

    assert slopes(guarded, [0.0, 2.0])[0] == 0.0
    assert curvature(guarded, [0.0, 2.0])[0] == 0.0
    assert slopes(guarded, [0.0, 2.0])[1] == slopes(f, 2.0)


def test_a_product_with_itself_has_two_edges():
    x = mg.Tensor(3.0)
    uses = mg.backprop(x * x).contributions(x)
    assert [(use.argument, float(use.value)) for use in uses] == [("a", 3.0), ("b", 3.0)]


def test_a_copy_is_a_node_of_its_own():
    x = mg.Tensor([1.0, 2.0])
    for y in (np.copy(x), +x, x.copy()):
        assert y is not x
        assert y.op == Identity()
        assert mg.backprop(np.sum(y * y))[x].tolist() == [2.0, 4.0]


def test_add_n_adds_each_summand_once_for_each_time_it_is_listed():
    x, z = mg.Tensor([1.0, 2.0]), mg.Tensor([3.0, 5.0])
    y = mg.add_n(v for v in (x, z, x))
    assert y.value.tolist() == [5.0, 9.0]
    grads = mg.backprop(y, seed=[1.0, 10.0])
    assert grads[x].tolist() == [2.0, 20.0]
    assert grads[z].tolist() == [1.0, 10.0]


@pytest.mark.parametrize("summands", [[], [np.ones(2), np.ones(3)], [np.ones(()), np.ones(1)]])
def test_add_n_wants_summands_of_one_shape(summands):
    with pytest.raises(ValueError, match="one shape for all; given"):
        mg.add_n(summands)
