import operator

import numpy as np
import pytest
from oracles import assert_gradient, central_difference, complex_step

import minigrad as mg

BINARY = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.pow,
    operator.matmul,
]


IN_PLACE = [
    operator.iadd,
    operator.isub,
    operator.imul,
    operator.itruediv,
    operator.ipow,
    operator.imatmul,
]


def weighted(y):
    """A scalar in which no two entries of y count the same."""
    return np.sum(y * np.cos(1.0 + np.arange(y.size)).reshape(y.shape))


@pytest.mark.parametrize("op", BINARY)
@pytest.mark.parametrize("other", ["tensor", "array", "array left"])
def test_an_operator_is_that_of_numpy(op, other, rng):
    a, b = rng.uniform(0.5, 2, (3, 3)), rng.uniform(0.5, 2, (3, 3))
    A, B = mg.Tensor(a), mg.Tensor(b)
    if other == "tensor":
        y = op(A, B)
        wanted = {A: lambda z: op(z, b), B: lambda z: op(a, z)}
    elif other == "array":
        y, wanted = op(A, b), {A: lambda z: op(z, b)}
    else:
        y, wanted = op(a, B), {B: lambda z: op(a, z)}
    np.testing.assert_array_equal(y.value, op(a, b))
    grads = mg.backprop(weighted(y))
    for x, f in wanted.items():
        assert_gradient(grads[x], complex_step(lambda z, f=f: weighted(f(z)), x.value))


@pytest.mark.parametrize("op", BINARY[:-1])
@pytest.mark.parametrize("number", [2, 2.5, np.float64(1.5), np.float32(0.5), np.int64(3)])
def test_a_number_on_either_side(op, number, rng):
    a = rng.uniform(0.5, 2, (2, 3))
    A = mg.Tensor(a)
    y = op(A, number)
    z = op(number, A)
    np.testing.assert_array_equal(y.value, op(a, number))
    np.testing.assert_array_equal(z.value, op(number, a))
    assert_gradient(
        mg.backprop(weighted(y) + 2 * weighted(z))[A],
        complex_step(lambda x: weighted(op(x, number)) + 2 * weighted(op(number, x)), a),
        rtol=1e-11,
    )


@pytest.mark.parametrize("number", [2, 2.5])
def test_a_python_number_leaves_float32_alone(number):
    x = mg.Tensor(np.ones((2, 3), np.float32))
    for op in BINARY[:-1]:
        loss = np.sum(op(x, number) + op(number, x))
        assert loss.dtype == np.float32
        assert mg.backprop(loss)[x].dtype == np.float32


@pytest.mark.parametrize("op", IN_PLACE)
def test_writing_in_place_keeps_the_object_and_has_the_gradient_of_numpy(op, rng):
    a, b = rng.uniform(0.5, 2, (3, 3)), rng.uniform(0.5, 2, (3, 3))
    A, B = mg.Tensor(a), mg.Tensor(b)
    C = A * 1.0
    D = op(C, B)
    assert D is C
    np.testing.assert_array_equal(C.value, op(a.copy(), b))
    grads = mg.backprop(weighted(C))
    plain = getattr(operator, op.__name__[1:], None) or operator.truediv
    assert_gradient(grads[A], complex_step(lambda z: weighted(plain(z, b)), a))
    assert_gradient(grads[B], complex_step(lambda z: weighted(plain(a, z)), b))


@pytest.mark.parametrize("op", IN_PLACE)
def test_a_tensor_written_with_itself(op, rng):
    a = rng.uniform(0.5, 2, (3, 3))
    A = mg.Tensor(a)
    C = A * 1.0
    C = op(C, C)
    plain = getattr(operator, op.__name__[1:], None) or operator.truediv
    np.testing.assert_allclose(C.value, plain(a, a), rtol=1e-15)
    wanted = complex_step(lambda z: weighted(np.sin(plain(z, z))), a)
    found = mg.backprop(weighted(np.sin(C)))[A]
    np.testing.assert_allclose(found, wanted, atol=1e-12)


def test_comparisons_give_arrays_and_nodes_stay_hashable():
    a, b = mg.Tensor([1.0, 2.0]), mg.Tensor([1.0, 3.0])
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        found = compare(a, b)
        assert type(found) is np.ndarray
        np.testing.assert_array_equal(found, compare(a.value, b.value))
        np.testing.assert_array_equal(compare(a, 1.5), compare(a.value, 1.5))
        np.testing.assert_array_equal(compare(b.value, a), compare(b.value, a.value))
    assert {a: "a", b: "b"}[a] == "a"


def test_division_without_remainder_gives_an_array_and_divmod_both():
    x = mg.Tensor([7.5, -2.5])
    assert (x // 2).tolist() == [3, -2]
    assert (20.0 // x).tolist() == [2, -8]
    for (quotient, rest), want in (
        (divmod(x, 2.0), np.divmod([7.5, -2.5], 2.0)),
        (divmod(20.0, x), np.divmod(20.0, [7.5, -2.5])),
    ):
        np.testing.assert_array_equal(quotient, want[0])
        np.testing.assert_array_equal(rest.value, want[1])


@pytest.mark.parametrize("other", [0.7, -2.3, np.array([0.9, -1.3, 2.1])], ids=repr)
def test_what_a_division_leaves(other):
    x = np.array([[2.5, -1.7, 3.3], [0.4, -5.1, 1.2]])
    t = mg.Tensor(x)
    np.testing.assert_array_equal((t % other).value, x % other)
    np.testing.assert_array_equal((other % t).value, other % x)
    grads = mg.backprop(np.sum(t % other) + weighted(other % t))
    assert_gradient(grads[t], 1 + central_difference(lambda z: weighted(other % z), x), rtol=1e-7)


def test_an_entry_of_a_slice_is_written_through_an_operator(rng):
    a, b = rng.normal(size=(3, 4)), rng.normal(size=4)

    def program(a, b):
        c = np.copy(a)
        c[1] += b
        c[:, 0] *= c[:, 1]
        c[np.array([0, 2]), np.array([1, 1])] -= 2.0
        return weighted(np.sin(c))

    A, B = mg.Tensor(a), mg.Tensor(b)
    grads = mg.backprop(program(A, B))
    assert_gradient(grads[A], complex_step(lambda z: program(z, b), a))
    assert_gradient(grads[B], complex_step(lambda z: program(a.astype(complex), z), b))
