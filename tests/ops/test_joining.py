import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg

A, B = np.arange(6.0).reshape(2, 3), np.arange(4.0).reshape(2, 2)


@pytest.mark.parametrize("axis", [1, -1])
def test_each_part_gets_its_own_slice_of_the_gradient(axis):
    G = np.arange(10.0).reshape(2, 5)
    a, b = slopes(lambda a, b: np.concatenate((a, b), axis=axis) * G, A, B)
    np.testing.assert_array_equal(a, G[:, :3])
    np.testing.assert_array_equal(b, G[:, 3:])


def test_joining_without_an_axis_flattens():
    G = np.arange(10.0)
    a, b = slopes(lambda a, b: np.concatenate([a, b], axis=None) * G, A, B)
    np.testing.assert_array_equal(a, G[:6].reshape(2, 3))
    np.testing.assert_array_equal(b, G[6:].reshape(2, 2))


def test_the_same_tensor_joined_to_itself_has_two_edges():
    x = mg.Tensor([1.0, 2.0])
    grads = mg.backprop(np.concatenate([x, np.zeros(1), x]), seed=[1.0, 10.0, 9.0, 100.0, 1000.0])
    assert grads[x].tolist() == [101.0, 1010.0]
    assert [use.argument for use in grads.contributions(x)] == ["xs[0]", "xs[2]"]


def test_joining_a_tensor_with_its_rows_as_parts():
    x = mg.Tensor(A)
    assert np.concatenate(x).shape == (6,)
    assert mg.backprop(np.concatenate(x), seed=np.arange(6.0))[x].tolist() == A.tolist()


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_each_layer_gets_its_own_gradient(axis):
    G = np.arange(12.0).reshape(np.stack([A, A], axis=axis).shape)
    a, b = slopes(lambda a, b: np.stack([a, b], axis=axis) * G, A, A)
    np.testing.assert_array_equal(a, np.take(G, 0, axis))
    np.testing.assert_array_equal(b, np.take(G, 1, axis))


@pytest.mark.parametrize("join", [np.stack, np.concatenate])
def test_second_derivatives_and_constants_among_the_parts(join):
    x = np.array([1.0, 2.0])
    got = curvature(lambda x: join([x, np.ones(2), x * x]) ** 2, x)
    np.testing.assert_allclose(got, 2 + 12 * x**2)


def test_parts_of_different_precision():
    x, z = mg.Tensor(np.ones(2, np.float32)), mg.Tensor(np.ones(3))
    grads = mg.backprop(np.sum(np.concatenate([x, z])))
    assert (grads[x].dtype, grads[z].dtype) == (np.float32, np.float64)


@pytest.mark.parametrize(("join", "name"), [(np.stack, "Stack"), (np.concatenate, "Concatenate")])
def test_shapes_that_do_not_fit_are_named(join, name):
    with pytest.raises(ValueError, match=rf"{name}.*xs\[1\] = q of shape \(5, 4\)"):
        join([mg.Tensor(A, name="p"), mg.Tensor(np.ones((5, 4)), name="q")])
