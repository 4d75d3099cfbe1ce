import numpy as np
import pytest

from minigrad import Tensor
from minigrad.check.arrays import as_array


class Dlpack:
    """An array that speaks DLPack and nothing else."""

    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **options):
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()

    def __array__(self, dtype=None, copy=None):
        raise TypeError("only by DLPack")  # noqa: EM101, TRY003  # as CuPy does


class OnDevice:
    """An array that is fetched from its device."""

    __cuda_array_interface__ = None

    def __array__(self, dtype=None, copy=None):
        raise TypeError("implicit conversion")  # noqa: EM101, TRY003  # as CuPy does

    def get(self):
        return np.array([1.0, 2.0])


class Like:
    """An array that gives its numbers to NumPy."""

    def __array__(self, dtype=None, copy=None):
        return np.array([1.0, 2.0], dtype)


@pytest.mark.parametrize(
    "given",
    [
        [1.0, 2.0],
        (1.0, 2.0),
        np.array([1.0, 2.0]),
        Tensor([1.0, 2.0]),
        Dlpack(np.array([1.0, 2.0])),
        OnDevice(),
        Like(),
    ],
    ids=lambda x: type(x).__name__,
)
def test_the_numbers_of_every_kind_of_array(given):
    found = as_array(given)
    assert type(found) is np.ndarray
    assert found.tolist() == [1.0, 2.0]


def test_lists_of_foreign_arrays_are_stacked():
    assert as_array([Like(), Dlpack(np.array([3.0, 4.0]))]).tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_what_is_no_array_is_no_array_here():
    assert as_array(object()).dtype == object
    with pytest.raises(TypeError):
        as_array([Tensor([1.0])])
    with pytest.raises(TypeError, match="implicit"):
        as_array(type("Odd", (), {"__array__": OnDevice.__array__})())


@pytest.mark.parametrize("kind", ["float64", "float32", "bfloat16", "int64"])
def test_tensors_of_pytorch(kind):
    torch = pytest.importorskip("torch")
    given = torch.tensor([1.0, 2.0]).to(getattr(torch, kind))
    if given.is_floating_point():
        given.requires_grad_()
    found = as_array(given)
    assert found.tolist() == [1.0, 2.0]
    assert found.dtype == np.dtype({"bfloat16": "float32"}.get(kind, kind))


def test_arrays_of_jax():
    jax = pytest.importorskip("jax")
    assert as_array(jax.numpy.array([1.0, 2.0])).tolist() == [1.0, 2.0]
