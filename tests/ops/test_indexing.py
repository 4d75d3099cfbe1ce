import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg
from examples import index_patterns
from minigrad.ops.indexing import GetItem, Span, split_index

WEIGHTS = np.array([1.0, 10.0, 100.0])
KEYS = [
    *(key for shape, key in index_patterns() if shape == (3, 4)),
    [0, 2, 2],
    [True, False, True],
    ([0, 2], slice(None, None, -1)),
    np.array([[True, False, True, True]] * 3),
    True,
    np.int64(1),
    (np.array(1), ...),
    (None, 2, None),
    (),
    [],
]


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_reading_gives_what_numpy_gives(key):
    x = np.arange(12.0).reshape(3, 4)
    np.testing.assert_array_equal(mg.Tensor(x)[key].value, x[key])


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_writing_gives_what_numpy_gives(key):
    x, t = np.arange(12.0).reshape(3, 4), mg.Tensor(np.arange(12.0).reshape(3, 4))
    value = -1.0 - np.arange(float(x[key].size)).reshape(x[key].shape)
    x[key] = value
    t[key] = value
    np.testing.assert_array_equal(t.value, x)


def test_an_entry_that_is_read_twice_gets_both_gradients():
    x = mg.Tensor([5.0, 6.0, 7.0])
    y = x[np.array([0, 2, 0, 0])]
    assert mg.backprop(y, seed=[1.0, 10.0, 100.0, 1000.0])[x].tolist() == [1101.0, 0.0, 10.0]


def test_repeated_indices_on_two_axes():
    x = mg.Tensor(np.zeros((2, 3)))
    y = x[np.array([1, 1, 0]), np.array([2, 2, 0])]
    assert mg.backprop(y, seed=WEIGHTS)[x].tolist() == [[100.0, 0.0, 0.0], [0.0, 0.0, 11.0]]


def test_second_derivatives_of_repeated_reads():
    assert curvature(lambda x: x[np.array([0, 0, 1])] ** 2, [3.0, 5.0]).tolist() == [4.0, 2.0]


def written(key, value, start=(1.0, 2.0, 3.0)):
    """The slopes of WEIGHTS · x after x[key] = value, by the old entries and by the value."""
    old, v = mg.Tensor(np.array(start)), mg.Tensor(np.array(value))
    x = old * 1.0
    x[key] = v
    grads = mg.backprop(np.sum(x * WEIGHTS))
    return grads[old].tolist(), grads[v].tolist()


def test_of_an_entry_that_is_written_twice_the_last_value_gets_the_gradient():
    assert written(np.array([0, 0, 1]), [5.0, 6.0, 7.0]) == ([0.0, 0.0, 100.0], [0.0, 1.0, 10.0])
    assert written(np.array([2, -1]), [5.0, 6.0]) == ([1.0, 10.0, 0.0], [0.0, 100.0])


def test_a_value_that_is_broadcast_gets_the_sum():
    assert written(slice(None), 5.0) == ([0.0] * 3, 111.0)
    assert written(slice(0, 2), [5.0]) == ([0.0, 0.0, 100.0], [11.0])
    assert written(np.array([0, 0, 1]), 5.0) == ([0.0, 0.0, 100.0], 11.0)
    assert written(slice(1, None), [[5.0, 6.0]]) == ([1.0, 0.0, 0.0], [[10.0, 100.0]])
    assert written(np.array([True, False, True]), 5.0) == ([0.0, 10.0, 0.0], 101.0)


def test_a_broadcast_value_written_to_repeated_columns():
    v = mg.Tensor([5.0, 6.0])
    x = mg.Tensor(np.ones((2, 3))) * 1.0
    x[:, np.array([0, 0])] = v
    assert x.value.tolist() == [[6.0, 1.0, 1.0]] * 2
    assert mg.backprop(np.sum(x * np.array([WEIGHTS, 2 * WEIGHTS])))[v].tolist() == [0.0, 3.0]


def test_a_value_of_wider_type_keeps_the_type_of_what_it_is_written_to():
    x, v = mg.Tensor(np.ones(3, np.float32)), mg.Tensor(5.0)
    y = x * 1
    y[1] = v
    grads = mg.backprop(np.sum(y))
    assert (y.dtype, grads[x].dtype, grads[v].dtype) == (np.float32, np.float32, np.float64)
    assert (grads[x].tolist(), grads[v]) == ([1.0, 0.0, 1.0], 1.0)


def test_writing_a_part_of_the_tensor_into_itself():
    def shifted(x):
        y = x * 1.0
        y[1:] = y[:-1]
        return y * WEIGHTS

    assert slopes(shifted, [1.0, 2.0, 3.0]).tolist() == [11.0, 100.0, 0.0]


def test_overwriting_an_entry_hides_its_infinite_slope():
    def masked(x):
        y = np.sqrt(x)
        y[x == 0] = 0
        return y

    assert slopes(masked, [0.0, 4.0]).tolist() == [0.0, 0.25]
    assert curvature(masked, [0.0, 4.0]).tolist() == [0.0, -1 / 32]


def test_iterating_reads_along_the_first_axis():
    x = mg.Tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    first, second = x
    grads = mg.backprop(np.sum(first * 2 + second * WEIGHTS))
    assert grads[x].tolist() == [[2.0] * 3, WEIGHTS.tolist()]


def test_an_index_is_part_of_the_op_except_for_its_arrays():
    x = mg.Tensor(np.zeros((3, 4)))
    assert x[1:, None, -1].op == GetItem((Span(1, None, None), None, -1))
    assert x[1].op != x[2].op
    assert hash(x[[0, 1]].op) == hash(x[[2, 2]].op)


@pytest.mark.parametrize("key", [1.0, "a", mg.Tensor([0.0]), (0, 1.5), 1j], ids=repr)
def test_what_is_no_index_is_named(key):
    with pytest.raises(TypeError, match="an index is made of integers"):
        split_index(key)


@pytest.mark.parametrize("key", [5, (0, 9), np.array([0, 3]), (0, 0, 0)], ids=repr)
def test_an_index_out_of_range_names_op_and_tensor(key):
    with pytest.raises(IndexError, match=r"GetItem.* of x = p of shape \(3, 4\)"):
        mg.Tensor(np.zeros((3, 4)), name="p")[key]


def test_an_index_array_that_changes_later_does_not_change_the_gradient():
    x, index = mg.Tensor([1.0, 2.0, 3.0]), np.array([0, 0])
    y = x[index]
    index[:] = 2
    assert mg.backprop(np.sum(y))[x].tolist() == [2.0, 0.0, 0.0]
