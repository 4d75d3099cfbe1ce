"""Eigenvalues and vectors and singular values and vectors at orders 1, 2 and 3."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from orders import check_orders, check_values_and_types
from slopes import curvature, slopes

import minigrad as mg
from minigrad.ops import spectral

RNG = np.random.default_rng(37)


def spread(*shape):
    """Matrices with singular values that differ by about 1."""
    m, n = shape[-2:]
    k = min(m, n)
    U = np.linalg.qr(RNG.normal(size=(*shape[:-2], m, k)))[0]
    V = np.linalg.qr(RNG.normal(size=(*shape[:-2], n, k)))[0]
    return (U * np.arange(1.0, k + 1)) @ V.mT


def symmetric(*shape):
    """Symmetric matrices with eigenvalues 1, 2, 3 …"""
    V = np.linalg.qr(RNG.normal(size=shape))[0]
    return (V * np.arange(1.0, shape[-1] + 1)) @ V.mT


def values(a, UPLO="L"):
    return np.linalg.eigh(a, UPLO)[0]


def vectors(a, UPLO="L"):
    """The eigenvectors, each with the sign that its greatest entry has in the first call."""
    return np.linalg.eigh(a, UPLO).eigenvectors


def function_of(a):
    """exp(a) by eigenvalues: it does not depend on signs."""
    w, V = np.linalg.eigh(a)
    return (V * np.exp(w)[..., None, :]) @ V.mT


def part(k):
    return lambda a: np.linalg.svd(a, full_matrices=False)[k]


def polar(a):
    U, _, V = np.linalg.svd(a, full_matrices=False)
    return U @ V


EIGEN = {
    "eigh-values": (values, (3, 3)),
    "eigh-vectors": (vectors, (3, 3)),
    "eigh-upper": (lambda a: vectors(a, "u") * values(a, "U")[..., None, :], (2, 3, 3)),
    "eigh-batch": (function_of, (2, 2, 3, 3)),
    "eigh-1": (vectors, (1, 1)),
    "eigh-0": (vectors, (0, 0)),
    "eigh-empty": (vectors, (0, 2, 2)),
    "eigvalsh": (np.linalg.eigvalsh, (2, 3, 3)),
    "eigvalsh-upper": (lambda a: np.linalg.eigvalsh(a, UPLO="U"), (3, 3)),
}
SINGULAR = {
    **{f"svd-{k}-{shape}": (part(k), shape) for k in range(3) for shape in ((3, 3), (4, 2), (2, 4))},
    "svd-0": (part(0), (0, 3)),
    "svd-batch": (polar, (2, 5, 4, 3)),
    "svd-full": (lambda a: np.linalg.svd(a)[0], (2, 3, 3)),
    "svd-values": (lambda a: np.linalg.svd(a, compute_uv=False), (3, 4)),
    "svdvals": (np.linalg.svdvals, (2, 4, 3)),
    "svdvals-empty": (np.linalg.svdvals, (0, 4, 3)),
}


@pytest.mark.parametrize(("f", "shape"), EIGEN.values(), ids=list(EIGEN))
def test_the_slopes_of_functions_of_a_symmetric_matrix(f, shape):
    # Entry by entry, as one triangle is read: the reference changes only that one.
    a = symmetric(*shape)
    check_orders(f, a)
    check_orders(lambda a: np.sin(f((a + a.mT) / 2)), a)
    check_values_and_types(f, a)


@pytest.mark.parametrize(("f", "shape"), SINGULAR.values(), ids=list(SINGULAR))
def test_the_slopes_of_singular_values_and_vectors(f, shape):
    a = spread(*shape)
    check_orders(f, a)
    check_orders(lambda a: np.sin(f(a)), a)
    check_values_and_types(f, a)


@pytest.mark.parametrize("UPLO", ["L", "U"])
def test_only_the_triangle_that_is_read_has_a_gradient(UPLO):
    a = symmetric(4, 4)
    G = RNG.normal(size=(4, 4))
    for f in (values, vectors):
        g = slopes(lambda a, f=f: f(a, UPLO) * G, a)
        assert not np.any(np.triu(g, 1) if UPLO == "L" else np.tril(g, -1))


@pytest.mark.parametrize("UPLO", ["L", "U"])
def test_a_second_opinion_on_eigenvectors(UPLO):
    a = symmetric(4, 4)
    G = RNG.normal(size=(5, 4))

    def loss(linalg, np):
        def f(a):
            w, V = linalg.eigh(a, UPLO)
            return np.sum(G[0] * w) + np.sum(G[1:] * V**2)

        return f

    a_ = mg.Tensor(a)
    got = mg.backprop(loss(np.linalg, np)(a_))[a_]
    np.testing.assert_allclose(got, autograd.grad(loss(anp.linalg, anp))(a), rtol=1e-10, atol=1e-12)


def test_equal_eigenvalues_do_not_matter_to_what_does_not_tell_their_vectors_apart():
    one = np.eye(3)
    np.testing.assert_allclose(slopes(values, one), one)
    np.testing.assert_array_equal(slopes(lambda a: vectors(a) @ vectors(a).T, one), np.zeros((3, 3)))
    np.testing.assert_array_equal(curvature(np.linalg.eigvalsh, one), np.zeros((3, 3)))
    assert not np.all(np.isfinite(slopes(lambda a: vectors(a) * np.arange(9.0).reshape(3, 3), one)))


def test_a_singular_value_of_0_has_slope_0():
    np.testing.assert_array_equal(slopes(np.linalg.svdvals, np.zeros((3, 2))), np.zeros((3, 2)))


def test_what_comes_out_has_the_names_and_the_values_of_numpy():
    a, b = symmetric(3, 3), spread(4, 3)
    for got, want in (
        (np.linalg.eigh(mg.Tensor(a)), np.linalg.eigh(a)),
        (np.linalg.svd(mg.Tensor(b), full_matrices=False), np.linalg.svd(b, full_matrices=False)),
    ):
        assert type(got) is type(want)
        assert type(got) in (spectral.EighResult, spectral.SVDResult)
        for x, y in zip(got, want, strict=True):
            np.testing.assert_allclose(x.value, y, rtol=1e-13)


def test_what_the_matrix_does_not_determine_is_refused():
    a = mg.Tensor(spread(4, 3))
    with pytest.raises(TypeError, match=r"shape \(4, 3\).*pass full_matrices=False"):
        np.linalg.svd(a)
    with pytest.raises(TypeError, match="no argument hermitian="):
        np.linalg.svd(a, full_matrices=False, hermitian=True)
    with pytest.raises(ValueError, match="UPLO"):
        np.linalg.eigh(mg.Tensor(np.eye(2)), "X")
