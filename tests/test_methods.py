import operator

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg

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
    "prod": lambda x: x.prod(axis=1),
    "cumsum": lambda x: x.cumsum(axis=0),
    "cumprod": lambda x: x.cumprod(1),
    "var": lambda x: np.var(x, 1) if x.dtype.kind == "f" else ((x - x.mean(1, keepdims=True)) ** 2).mean(1),
    "trace": lambda x: x.trace(1, 0, 2),
    "diagonal": lambda x: x.diagonal(axis1=1, axis2=2),
    "repeat": lambda x: x.repeat(2, axis=1),
    "take": lambda x: x.take([1, 1, 0], axis=2),
    "real": lambda x: x * x.real if x.dtype.kind == "f" else x * x,
    "reshape F": lambda x: x.reshape(6, 4, order="F"),
    "ravel F": lambda x: x.ravel("F"),
    "flatten F": lambda x: x.flatten("F"),
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


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("all", (1,)),
        ("any", ()),
        ("argmax", (2,)),
        ("argmin", ()),
        ("argsort", (0,)),
        ("argpartition", (1,)),
        ("nonzero", ()),
        ("round", (1,)),
        ("tolist", ()),
        ("item", (5,)),
    ],
)
def test_a_method_that_tells_about_the_value_is_that_of_the_array(name, args, rng):
    x = rng.normal(size=(2, 3, 4))
    got, want = getattr(mg.Tensor(x), name)(*args), getattr(x, name)(*args)
    assert type(got) is type(want)
    np.testing.assert_array_equal(got, want)


def test_searching_in_a_tensor():
    assert mg.Tensor([1.0, 2.0, 4.0]).searchsorted([1.5, 9.0]).tolist() == [1, 3]


def test_the_imaginary_part_and_the_size_in_memory():
    t = mg.Tensor(np.ones((2, 3), np.float32))
    assert t.nbytes == 24
    assert t.imag.tolist() == [[0.0] * 3] * 2


@pytest.mark.parametrize("leaf", [True, False])
def test_sorting_in_place_is_a_new_version(leaf, rng):
    a = rng.normal(size=(3, 4))
    A = mg.Tensor(a)
    C = A if leaf else A * 1.0
    before = weighted(C)
    C.sort(0)
    np.testing.assert_array_equal(C.value, np.sort(a, 0))
    grads = mg.backprop(before + 2 * weighted(C))
    first = C.versions()[-1] if leaf else A
    wanted = complex_step(lambda z: weighted(z) + 2 * weighted(np.sort(z, 0)), a)
    assert_gradient(grads[first], wanted)


def test_partitioning_and_filling_in_place():
    x = mg.Tensor([3.0, 1.0, 2.0, 0.0])
    y = x * 1.0
    y.partition(1)
    want = np.array([3.0, 1.0, 2.0, 0.0])
    want.partition(1)
    assert y.value.tolist() == want.tolist()
    assert mg.backprop(np.sum(y * want))[x].tolist() == [3.0, 1.0, 2.0, 0.0]
    y.fill(5.0)
    assert y.value.tolist() == [5.0] * 4


def test_a_method_tells_which_function_it_is():
    assert mg.Tensor.cumsum.__name__ == "cumsum"
    assert "np.cumsum" in mg.Tensor.cumsum.__doc__


def test_a_real_number_is_its_own_conjugate():
    x = mg.Tensor([1.0, -2.0])
    for y in (x.conj(), x.conjugate()):
        assert y.value.tolist() == [1.0, -2.0]
        assert mg.backprop(np.sum(y * y))[x].tolist() == [2.0, -4.0]
