import numpy as np
import pytest
from forms import check_form

import minigrad as mg

X = np.arange(24.0).reshape(2, 3, 4)
FORMS = {
    "reshape tuple": lambda x: np.reshape(x, (4, 6)),
    "reshape -1": lambda x: np.reshape(x, -1),
    "reshape list": lambda x: np.reshape(x, [6, -1]),
    "reshape NumPy integer": lambda x: np.reshape(x, np.int64(24)),
    "reshape prod": lambda x: x.reshape(np.prod(x.shape[:2]), 4),
    "reshape by the size": lambda x: x.reshape(np.prod(x.shape)),
    "method tuple": lambda x: x.reshape((8, 3)),
    "method numbers": lambda x: x.reshape(8, 3),
    "ravel": np.ravel,
    "ravel method": lambda x: x.ravel(),
    "flatten": lambda x: x.flatten(),
    "T": lambda x: x.T,
    "mT": lambda x: x.mT,
    "transpose": np.transpose,
    "transpose axes": lambda x: np.transpose(x, (1, 2, 0)),
    "transpose list": lambda x: np.transpose(x, [-1, 0, -2]),
    "transpose method": lambda x: x.transpose(),
    "transpose method numbers": lambda x: x.transpose(2, 0, 1),
    "transpose method tuple": lambda x: x.transpose((2, 0, 1)),
    "swapaxes": lambda x: np.swapaxes(x, 0, -1),
    "swapaxes method": lambda x: x.swapaxes(1, 2),
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "expand_dims tuple": lambda x: np.expand_dims(x, (0, -1)),
    "expand_dims list": lambda x: np.expand_dims(x, [4, 0]),
    "squeeze": lambda x: np.squeeze(x[:, :1]),
    "squeeze axis": lambda x: np.squeeze(x[:, :1], axis=1),
    "squeeze tuple": lambda x: np.squeeze(x[:1, :1], axis=(0, -2)),
    "squeeze method": lambda x: x[:, :1].squeeze(1),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_value_of_numpy_and_returns_entries_to_their_places(form):
    f = FORMS[form]
    x = mg.Tensor(X)
    y = f(x)
    np.testing.assert_array_equal(y.value, f(X))
    # The entries number themselves, so the gradient must be the numbers of those that were kept.
    kept = np.isin(X, f(X))
    np.testing.assert_array_equal(mg.backprop(y, seed=f(X))[x], np.where(kept, X, 0))


def test_a_cast_brings_the_gradient_back_in_the_type_of_the_leaf():
    for kind, other in [(np.float32, np.float64), (np.float64, np.float32), (np.float64, np.float16)]:
        x = mg.Tensor(np.array([0.5, 2.0], kind))
        y = x.astype(other)
        grads = mg.backprop(np.sum(y * y), record=True)
        assert y.dtype == other
        assert (grads[y].dtype, grads[x].dtype) == (other, kind)
        assert mg.backprop(np.sum(grads[x] * x))[x].tolist() == [2.0, 8.0]


@pytest.mark.parametrize("kind", [int, bool, complex, "i4"])
def test_a_cast_out_of_the_graph_is_refused(kind):
    with pytest.raises(TypeError, match=r"cut a tensor out of the graph: take its \.value\.astype"):
        mg.Tensor([1.0]).astype(kind)


@pytest.mark.parametrize(
    "f",
    [
        lambda x: x.reshape(5, 5),
        lambda x: np.squeeze(x, 0),
        lambda x: np.transpose(x, (0, 1)),
        lambda x: np.swapaxes(x, 0, 3),
        lambda x: np.expand_dims(x, 7),
    ],
)
def test_what_does_not_fit_names_the_tensor_and_its_shape(f):
    with pytest.raises((ValueError, IndexError)) as caught:
        f(mg.Tensor(X, name="p"))
    message = str(caught.value) + "".join(getattr(caught.value, "__notes__", []))
    assert "x = p of shape (2, 3, 4)" in message


OTHER_FORMS = {
    "reshape by columns": (lambda x: np.reshape(x, (4, 6), order="F"), (2, 3, 4)),
    "reshape -1 by columns": (lambda x: x.reshape(-1, order="F"), (2, 3)),
    "ravel by columns": (lambda x: x.ravel("F"), (2, 3, 4)),
    "moveaxis": (lambda x: np.moveaxis(x, 0, -1), (2, 3, 4)),
    "moveaxis some": (lambda x: np.moveaxis(x, [0, -1], [1, 0]), (2, 3, 4)),
    **{
        f"rollaxis {axis} {start}": (lambda x, a=axis, s=start: np.rollaxis(x, a, s), (2, 3, 4))
        for axis in (0, 1, -1)
        for start in (0, 1, 2, 3, -1, -3)
    },
    "matrix_transpose": (np.matrix_transpose, (2, 3, 4)),
    "linalg.matrix_transpose": (np.linalg.matrix_transpose, (3, 4)),
    "permute_dims": (lambda x: np.permute_dims(x, (2, 0, 1)), (2, 3, 4)),
    **{
        f"atleast_{n}d of {shape}": (getattr(np, f"atleast_{n}d"), shape)
        for n in (1, 2, 3)
        for shape in ((), (3,), (2, 3), (2, 3, 4), (0,))
    },
    "atleast_2d of several": (lambda x, y: np.atleast_2d(x, y, 1.0)[:2], (3,), ()),
}
if hasattr(np, "astype"):
    OTHER_FORMS["astype"] = (lambda x: np.astype(x, x.dtype), (2, 3))


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_the_slopes_of_other_forms(form):
    f, *shapes = OTHER_FORMS[form]
    check_form(f, *shapes)


def test_several_arrays_come_back_as_a_tuple():
    got = np.atleast_2d(mg.Tensor([1.0]), 2.0)
    assert type(got) is tuple
    assert [part.shape for part in got] == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x: np.reshape(x, 24, order="A"), "order='C' or 'F'.*given: 'A'"),
        (lambda x: np.moveaxis(x, [0, 1], 0), "as many destinations as sources"),
        (lambda x: np.rollaxis(x, 0, 4), "-3 <= start <= 3 for a tensor of 3 axes; given: 4"),
        (lambda x: np.matrix_transpose(x[0, 0]), r"at least two axes; given: shape \(4,\)"),
    ],
)
def test_orders_of_axes_that_do_not_fit_are_named(f, words):
    with pytest.raises(ValueError, match=words):
        f(mg.Tensor(X))
