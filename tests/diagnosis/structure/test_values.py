import numpy as np
import pytest

import minigrad as mg
from minigrad.diagnosis.structure.values import Values, close


def test_values_are_found_in_any_shape_and_in_order(rng):
    v = rng.normal(size=6)
    nodes = [mg.Tensor(v.reshape(shape)) for shape in [(2, 3), (6, 1), (6,)]] + [mg.Tensor(v[::-1])]
    values = Values(nodes)
    assert [n.order for n in values.equal(v)] == [n.order for n in nodes[:3]]
    assert [n.order for n in values.equal(v, after=nodes[0].order)] == [n.order for n in nodes[1:3]]
    assert not list(values.equal(v + 1e-9))
    assert not list(values.equal(rng.normal(size=5)))


def test_what_is_not_finite_is_never_found():
    values = Values([mg.Tensor([np.nan, 1.0]), mg.Tensor(np.zeros(0))])
    assert not list(values.equal(np.array([np.nan, 1.0])))
    assert not list(values.equal(np.zeros(0)))


@pytest.mark.parametrize(("dtype", "rough"), [(np.float64, 1e-9), (np.float32, 1e-3)])
def test_close_is_up_to_rounding(dtype, rough):
    a = np.array([1e-3, -2.0, 0.5], dtype)
    assert close(a, a * (1 + np.finfo(dtype).eps))
    assert not close(a, a * dtype(1 + rough))
    assert not close(a.astype(float), a.astype(np.float32) * np.float32(1 + 1e-3))


def test_tanh_of_a_small_number_is_not_that_number():
    a = np.full(3, 1e-3)
    assert not close(np.tanh(a), a)
