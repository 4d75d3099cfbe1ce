import gc
import math
import weakref

import numpy as np
import pytest

import minigrad as mg
from minigrad.linearisation import Linearisation


def near(f, *args, argnums=0):
    return Linearisation(f, args, {}, argnums)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pull_and_push_are_transposes_of_each_other(rng, dtype):
    A = rng.normal(size=(3, 5)).astype(dtype)
    x, v = rng.normal(size=(2, 5)).astype(dtype)
    u = rng.normal(size=3).astype(dtype)
    at = near(lambda x: np.tanh(A @ x) * x[0], x)
    (g,), (t,) = at.pull([u]), at.push([v])
    assert g.dtype == t.dtype == dtype
    np.testing.assert_allclose(np.vdot(g, v), np.vdot(u, t), rtol=100 * np.finfo(dtype).eps)


def test_outputs_of_two_types_are_pulled_back_in_the_type_of_the_point():
    x = np.array([0.5, 2.0], np.float32)
    at = near(lambda x: (x**2, x.astype(np.float64) * 3), x)
    (g,) = at.pull([np.ones(2, np.float32), np.ones(2)])
    assert g.dtype == np.float32
    np.testing.assert_array_equal(g, 2 * x + 3)
    assert [t.dtype for t in at.push([x])] == [np.float32, np.float64]


def test_it_is_freed_without_the_garbage_collector():
    gc.disable()
    try:
        at = near(lambda x: np.sum(np.tanh(x) ** 2), np.ones(3))
        at.pull([np.array(1.0)])
        at.push([np.ones(3)])
        watched = [weakref.ref(at), weakref.ref(at.points[0]), weakref.ref(at.outputs[0])]
        del at
        assert [ref() for ref in watched] == [None] * 3
    finally:
        gc.enable()


def test_the_caller_s_array_may_change_afterwards():
    x = np.array([1.0, 2.0])
    at = near(lambda x: x**2, x)
    x[:] = 100.0
    np.testing.assert_array_equal(at.pull([np.ones(2)])[0], [2.0, 4.0])


def test_whether_it_records_follows_from_who_takes_part():
    W = mg.Tensor(2.0)
    assert not near(np.sin, 1.0).record
    assert near(np.sin, W).record
    assert near(lambda x: 3.0, W).record
    assert near(lambda x: x * W, 1.0).record
    assert not near(lambda x, W: x * 2.0, 1.0, W).record
    assert near(lambda x, W: x * W, 1.0, W).record


def test_without_points_there_is_nothing_to_differentiate():
    at = near(lambda p: 3.0, {})
    assert at.arranged(at.pull([1.0])) == {}
    assert at.push([]) == [0.0]


def test_float_of_a_tensor_does_not_leave_the_graph_inside_of_a_function_and_does_outside():
    with pytest.raises(TypeError, match=r"float\(\) of a tensor inside .*np\.sin for math\.sin"):
        mg.grad(lambda x: math.sin(x) * x)(1.3)
    assert float(mg.Tensor(1.5)) == 1.5
    assert mg.grad(lambda x: x * x.item())(3.0) == 3.0
