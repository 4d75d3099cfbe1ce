import operator

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

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
METHODS = {
    "sum": lambda x: x.sum(axis=1),
    "sum all": lambda x: x.sum(),
    "sum kept": lambda x: x.sum(axis=(0, 2), keepdims=True),
    "mean": lambda x: x.mean(axis=0),
    "max": lambda x: x.real.max(axis=2) if isinstance(x, np.ndarray) else x.max(axis=2),
    "reshape": lambda x: x.reshape(4, 6),
    "reshape tuple": lambda x: x.reshape((6, -1)),
    "ravel": lambda x: x.ravel(),
    "flatten": lambda x: x.flatten(),
    "transpose": lambda x: x.transpose(),
    "transpose axes": lambda x: x.transpose(2, 0, 1),
    "transpose tuple": lambda x: x.transpose((1, 2, 0)),
    "T": lambda x: x.T,
    "mT": lambda x: x.mT,
    "swapaxes": lambda x: x.swapaxes(0, 2),
    "squeeze": lambda x: x[:, :1].squeeze(1),
    "dot": lambda x: x[0].dot(np.arange(4.0)),
    "copy": lambda x: x.copy(),
    "getitem": lambda x: x[1, ::-1, [0, 0, 3]],
    "neg": lambda x: -x,
    "pos": lambda x: +x,
    "iter": lambda x: sum(part * (i + 1) for i, part in enumerate(x)),
    "unpacked": lambda x: operator.mul(*x),
}


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


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_that_of_the_array(name, rng):
    f = METHODS[name]
    x = rng.normal(size=(2, 3, 4))
    t = mg.Tensor(x)
    y = f(t)
    np.testing.assert_array_equal(y.value, f(x))
    if name == "max":
        wanted = np.where(x == x.max(axis=2, keepdims=True), 1.0, 0.0)
        weights = np.cos(1.0 + np.arange(6)).reshape(2, 3, 1)
        assert_gradient(mg.backprop(weighted(y))[t], wanted * weights)
        return
    assert_gradient(mg.backprop(weighted(y))[t], complex_step(lambda z: weighted(f(z)), x))


def test_what_has_a_corner_keeps_its_side():
    t = mg.Tensor([-2.0, 0.5, 3.0])
    assert mg.backprop(np.sum(abs(t)))[t].tolist() == [-1, 1, 1]
    assert mg.backprop(t.clip(-1.0, 1.0).sum())[t].tolist() == [0, 1, 0]
    assert mg.backprop(t.min())[t].tolist() == [1, 0, 0]


def test_shape_and_type_are_those_of_the_value():
    x = np.ones((2, 3), np.float32)
    t = mg.Tensor(x)
    assert (t.shape, t.ndim, t.size, t.dtype, len(t)) == ((2, 3), 2, 6, np.float32, 2)
    assert t.astype(np.float64).dtype == np.float64
    with pytest.raises(TypeError, match="len"):
        len(mg.Tensor(1.0))


def test_a_cast_brings_the_gradient_back_in_the_type_of_the_input():
    t = mg.Tensor(np.array([1.0, 2.0], np.float32))
    g = mg.backprop(np.sum(t.astype(np.float64) ** 2))[t]
    assert (g.dtype, g.tolist()) == (np.float32, [2.0, 4.0])
    with pytest.raises(TypeError, match=r"astype\(int64\) would cut a tensor out of the graph"):
        t.astype(np.int64)


def test_comparisons_give_arrays_and_nodes_stay_hashable():
    a, b = mg.Tensor([1.0, 2.0]), mg.Tensor([1.0, 3.0])
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        found = compare(a, b)
        assert type(found) is np.ndarray
        np.testing.assert_array_equal(found, compare(a.value, b.value))
        np.testing.assert_array_equal(compare(a, 1.5), compare(a.value, 1.5))
        np.testing.assert_array_equal(compare(b.value, a), compare(b.value, a.value))
    assert {a: "a", b: "b"}[a] == "a"


def test_the_doors_out_give_python_numbers():
    x = mg.Tensor(0.1 + 0.2)
    assert type(x.item()) is float
    assert float(x) == x.item() == 0.1 + 0.2
    assert f"{x:.2f} {x:8.3f}" == "0.30    0.300"
    assert f"{mg.Tensor([1.0, 2.0], name='h')}" == "Tensor([1. 2.], name='h')"
    assert bool(x)
    assert not mg.Tensor(0.0)
    with pytest.raises(ValueError, match="ambiguous"):
        bool(mg.Tensor([1.0, 2.0]))


def test_division_without_remainder_is_not_an_operator():
    with pytest.raises(TypeError, match="unsupported operand"):
        mg.Tensor(5.0) // 2
