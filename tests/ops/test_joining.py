import numpy as np
import pytest
from forms import check_form
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


FORMS = {
    "vstack": (lambda *xs: np.vstack(xs), (3,), (2, 3), (1, 3)),
    "hstack": (lambda *xs: np.hstack(xs), (2, 3), (2, 1)),
    "hstack of vectors": (lambda *xs: np.hstack(xs), (3,), (), (2,)),
    "dstack": (lambda *xs: np.dstack(xs), (2, 3), (2, 3, 2)),
    "dstack of vectors": (lambda *xs: np.dstack(xs), (3,), (3,)),
    "column_stack": (lambda *xs: np.column_stack(xs), (3,), (3, 2), (3,)),
    "append": (np.append, (2, 3), (4,)),
    "append axis": (lambda x, y: np.append(x, y, axis=1), (2, 3), (2, 1)),
    "append numbers": (lambda x: np.append(x, [1.0, 2.0]), (2, 3)),
    "block": (lambda a, b, c: np.block([[a, b], [c]]), (2, 2), (2, 3), (1, 5)),
    "block of a list": (lambda a, b: np.block([a, b, 5.0]), (2,), (3,)),
    "block of vectors": (lambda a, b: np.block([[a], [b]]), (3,), (3,)),
    "block of three levels": (lambda a, b: np.block([[[a, b]], [[b, a]]]), (2, 3), (2, 3)),
    "block of one": (np.block, (2, 3)),
    "block of higher arrays": (lambda a, b: np.block([[a, b]]), (2, 2, 3), (2, 2, 1)),
    "delete": (lambda x: np.delete(x, 1, axis=0), (3, 2)),
    "delete some": (lambda x: np.delete(x, [0, -1]), (2, 3)),
    "delete a slice": (lambda x: np.delete(x, slice(0, 3, 2), axis=1), (2, 4)),
    "delete a mask": (lambda x: np.delete(x, np.array([True, False, True]), axis=1), (2, 3)),
    "insert": (lambda x, v: np.insert(x, 1, v, axis=0), (2, 3), (3,)),
    "insert a number": (lambda x, v: np.insert(x, [1, 1, 3], v), (2, 3), ()),
    "insert columns": (lambda x, v: np.insert(x, [0, 2], v, axis=1), (2, 3), (2, 2)),
    "insert one column": (lambda x, v: np.insert(x, 1, v, axis=1), (2, 3), (2,)),
    "insert constants": (lambda x: np.insert(x, slice(0, 2), [5.0, 6.0]), (3,)),
    "insert into an array": (lambda v: np.insert(np.ones(2, v.dtype), 1, v), (3,)),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_slopes_of_other_ways_to_join(form):
    f, *shapes = FORMS[form]
    check_form(f, *shapes)


def test_blocks_of_lists_of_different_depth_are_refused():
    x = mg.Tensor([1.0])
    with pytest.raises(ValueError, match="lists of one depth, 2, everywhere"):
        np.block([[x, x], x])
