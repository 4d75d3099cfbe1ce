"""QR factors, pseudo-inverse and least squares at orders 1, 2 and 3."""

import numpy as np
import pytest
from orders import check_orders, check_values_and_types
from slopes import slopes

import minigrad as mg
from minigrad.ops import orthogonal

RNG = np.random.default_rng(43)


def draw(*shape):
    """Numbers, with 2 added where both indices of a matrix agree, so that its rank is full."""
    x = RNG.uniform(-1, 1, shape)
    return x + 2 * np.eye(*shape[-2:]) if len(shape) > 1 else x


def part(k):
    return lambda a: np.linalg.qr(a)[k]


CASES = {
    **{f"qr-{k}-{s}": (part(k), s) for k in range(2) for s in ((3, 3), (4, 2), (2, 4), (2, 5, 4, 3))},
    "qr-0": (part(1), (3, 0)),
    "qr-empty": (part(0), (0, 3, 2)),
    "qr-r": (lambda a: np.linalg.qr(a, "r"), (4, 3)),
    "qr-r-wide": (lambda a: np.linalg.qr(a, mode="r"), (2, 3, 5)),
    "pinv": (np.linalg.pinv, (3, 3)),
    "pinv-tall": (np.linalg.pinv, (2, 4, 2)),
    "pinv-wide": (lambda a: np.linalg.pinv(a, rcond=1e-10), (2, 4)),
    "pinv-rtol": (lambda a: np.linalg.pinv(a, rtol=None), (3, 2)),
    "pinv-0": (np.linalg.pinv, (0, 3)),
    "lstsq": (lambda a, b: np.linalg.lstsq(a, b)[0], (5, 3), (5,)),
    "lstsq-matrix": (lambda a, b: np.linalg.lstsq(a, b)[0], (5, 3), (5, 2)),
    "lstsq-wide": (lambda a, b: np.linalg.lstsq(a, b)[0], (2, 4), (2,)),
    "lstsq-residuals": (lambda a, b: np.linalg.lstsq(a, b)[1], (5, 3), (5, 2)),
    "lstsq-singular": (lambda a: np.linalg.lstsq(a, np.ones(4))[3], (4, 3)),
}


@pytest.mark.parametrize(("f", "shapes"), [(c[0], c[1:]) for c in CASES.values()], ids=list(CASES))
def test_the_slopes(f, shapes):
    xs = [draw(*shape) for shape in shapes]
    check_orders(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    near = [np.round(x * 8) / 8 for x in xs]
    for a in (near, [np.asarray(x, order="F") for x in near]):
        leaves = [mg.Tensor(x) for x in a]
        np.testing.assert_allclose(f(*leaves).value, f(*a), rtol=1e-12, atol=1e-13)
    check_gradients_of_type(f, xs)


def check_gradients_of_type(f, xs):
    for k, x in enumerate(xs):

        def one(x, k=k):
            return f(*(z.astype(x.dtype) for z in xs[:k]), x, *(z.astype(x.dtype) for z in xs[k + 1 :]))

        wide, narrow = slopes(one, x), slopes(one, x, dtype=np.float32)
        assert narrow.dtype == np.float32
        np.testing.assert_allclose(narrow, wide, atol=2e-3 * np.max(np.abs(wide), initial=1e-3))


def test_the_pseudo_inverse_of_matrices_of_lower_rank():
    check_orders(lambda b, c: np.linalg.pinv(b @ c, 1e-9), draw(4, 2), draw(2, 3))
    for rank, rtol in ((1, 0.4), (2, 0.2), (2, None)):
        y = np.linalg.pinv(mg.Tensor(np.diag([4.0, 1.0])), rtol=rtol)
        assert np.count_nonzero(y.value) == rank
    check_values_and_types(lambda a: np.linalg.pinv(a, [0.4, 1e-10]), np.stack([np.diag([4.0, 1.0])] * 2))


def test_least_squares_give_what_numpy_gives():
    a, b = draw(5, 3), draw(5, 2)
    for left, right in ((a, b), (a, b[:, 0]), (a.T, b[:3]), (np.ones((5, 3)), b)):
        got = np.linalg.lstsq(mg.Tensor(left), right)
        want = np.linalg.lstsq(left, right)
        assert got[2] == want[2]
        for k in (0, 1, 3):
            np.testing.assert_allclose(getattr(got[k], "value", got[k]), want[k], rtol=1e-12, atol=1e-14)
    x = mg.Tensor(b)
    assert isinstance(np.linalg.lstsq(a, x)[0], mg.Tensor)
    np.testing.assert_allclose(np.linalg.lstsq(a, x)[3], np.linalg.svdvals(a))


def test_the_threshold_has_no_slope():
    a, rcond = mg.Tensor(draw(3, 2)), mg.Tensor(1e-9)
    table = mg.backprop(np.sum(np.linalg.pinv(a, rcond)))
    assert np.all(table[a])
    assert table[rcond] == 0
    x = np.linalg.lstsq(np.diag([1.0, 1e-3]), mg.Tensor(np.ones(2)), rcond=1e-2)[0]
    np.testing.assert_allclose(x.value, [1, 0], atol=1e-15)


def test_the_results_have_names():
    assert type(np.linalg.qr(mg.Tensor(draw(3, 2)))) is orthogonal.QRResult


def test_what_is_not_determined_is_refused():
    a = mg.Tensor(draw(4, 3))
    with pytest.raises(TypeError, match="mode 'reduced' or 'r', not 'complete'"):
        np.linalg.qr(a, "complete")
    with pytest.raises(ValueError, match="both rcond and rtol"):
        np.linalg.pinv(a, 1e-9, rtol=1e-9)
    with pytest.raises(TypeError, match="hermitian"):
        np.linalg.pinv(a, hermitian=True)
    with pytest.raises(np.linalg.LinAlgError, match=r"Singular matrix .*QFactor\(\)"):
        slopes(part(0), np.zeros((3, 2)))
