import numpy as np
import pytest

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
