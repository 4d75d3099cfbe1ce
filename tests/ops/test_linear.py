import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg

RNG = np.random.default_rng(3)


def normal(*shape):
    return RNG.normal(size=shape)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 2)), ((3, 4), (4, 2)), ((5, 3, 4), (4, 2)),
        ((3, 4), (5, 4, 2)), ((5, 3, 4), (5, 4, 2)), ((2, 1, 3, 4), (5, 4, 2)), ((5, 3, 4), (4,)),
        ((4,), (5, 4, 2)), ((6, 5, 3, 4), (4,)), ((4,), (6, 5, 4, 2)), ((1, 3, 4), (5, 4, 2)),
    ],
)  # fmt: skip
def test_a_matrix_product_is_the_sum_of_products_that_it_stands_for(a, b):
    a, b = normal(*a), normal(*b)
    # The same by a product of every pair and a sum, which uses no rule of this module.
    left = a[None, :] if a.ndim == 1 else a
    right = b[:, None] if b.ndim == 1 else b
    G = normal(*np.matmul(a, b).shape)
    whole = G.reshape(np.matmul(left, right).shape)

    def expanded(a, b):
        left = np.expand_dims(a, 0) if a.ndim == 1 else a
        right = np.expand_dims(b, 1) if b.ndim == 1 else b
        return np.sum(left[..., None] * right[..., None, :, :], axis=-2) * whole

    for got, want in zip(slopes(lambda a, b: a @ b * G, a, b), slopes(expanded, a, b), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12)


@pytest.mark.parametrize(("a", "b"), [((3, 4), (4, 2)), ((4,), (4, 2)), ((3, 4), (4,)), ((4,), (4,))])
def test_dot_of_vectors_and_matrices(a, b):
    a, b = normal(*a), normal(*b)
    want = slopes(np.matmul, a, b)
    for got, true in zip(slopes(np.dot, a, b), want, strict=True):
        np.testing.assert_array_equal(got, true)
    assert mg.Tensor(a).dot(b).shape == np.dot(a, b).shape


@pytest.mark.parametrize(
    ("a", "b"), [((), (3,)), ((3,), ()), ((2, 3, 4), (5, 4, 6)), ((2, 3, 4), (4,)), ((4,), (5, 4, 6))]
)
def test_dot_of_other_shapes_has_the_value_of_numpy(a, b):
    a, b = normal(*a), normal(*b)
    x = mg.Tensor(a)
    y = np.dot(x, b)
    np.testing.assert_allclose(y.value, np.dot(a, b), rtol=1e-13)
    G = normal(*y.shape)
    step = 1e-30j * normal(*a.shape)
    want = np.sum(G * np.dot(a + step, b)).imag
    np.testing.assert_allclose(np.sum(mg.backprop(y, seed=G)[x] * step.imag), want, rtol=1e-12)


def test_the_product_of_a_matrix_with_itself_and_its_transpose():
    x = normal(3, 4)
    np.testing.assert_allclose(slopes(lambda x: x @ x.T, x), 2 * np.ones((3, 3)) @ x, rtol=1e-13)
    np.testing.assert_allclose(
        curvature(lambda x: x @ x.T, x), 2 * np.ones((3, 3)) @ np.ones((3, 4)), rtol=1e-13
    )


@pytest.mark.parametrize("lead", [(), (2,), (5, 2), (6, 5, 2), (0,)])
def test_linear_and_affine_are_matrix_products(lead):
    b, x, W, h, V = normal(3), normal(*lead, 4), normal(3, 4), normal(*lead, 5), normal(3, 5)
    G = normal(*lead, 3)

    def named(b, x, W, h, V):
        return mg.affine(b, (x, W), (h, V)) * G

    def spelt_out(b, x, W, h, V):
        return (b + x @ W.T + h @ V.T) * G

    for got, want in zip(slopes(named, b, x, W, h, V), slopes(spelt_out, b, x, W, h, V), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12)
    np.testing.assert_allclose(mg.linear(x, W), x @ W.T, rtol=1e-13)


def test_affine_leaves_its_operands_alone():
    b, x, W = np.ones(3), np.ones(4), np.ones((3, 4))
    mg.affine(b, (x, W), (x, W))
    assert all(np.all(a == 1) for a in (b, x, W))


def test_linear_takes_a_list_beside_a_tensor():
    W = [[3.0, 4.0], [5.0, 6.0]]
    assert mg.linear([1.0, 2.0], mg.Tensor(W)).value.tolist() == [11.0, 17.0]


@pytest.mark.parametrize(("x", "W"), [((2, 3), (4, 5)), ((3,), (3,)), ((), (3, 2)), ((3,), (1, 4, 3))])
def test_linear_names_shapes_that_do_not_fit(x, W):
    with pytest.raises(ValueError, match="shape"):
        mg.linear(normal(*x), normal(*W))
    with pytest.raises(ValueError, match=r"x = signal of shape .*, W = weight of shape"):
        mg.linear(mg.Tensor(normal(*x), name="signal"), mg.Tensor(normal(*W), name="weight"))


def test_affine_names_terms_and_biases_that_do_not_fit():
    x, W, h, V = normal(2, 4), normal(3, 4), normal(5), normal(3, 5)
    with pytest.raises(ValueError, match="wants at least one pair"):
        mg.affine(normal(3))
    with pytest.raises(ValueError, match=r"affine.*\(3,\)"):
        mg.affine(normal(3), (x, W), (h, V))
    with pytest.raises(ValueError, match=r"affine map.*\(2,\)"):
        mg.affine(normal(2), (x, W))


@pytest.mark.parametrize("dtype", [np.int64, np.uint8])
@pytest.mark.parametrize("shape", [(), (2,), (5, 2), (0,)])
def test_a_look_up_is_a_product_with_one_hot_rows(shape, dtype):
    W, index, G = normal(3, 4), RNG.integers(0, 4, shape).astype(dtype), normal(*shape, 3)
    one_hot = np.eye(4)[index]
    np.testing.assert_array_equal(mg.lookup(index, W), mg.linear(one_hot, W))
    got = slopes(lambda W: mg.lookup(index, W) * G, W)
    np.testing.assert_allclose(got, slopes(lambda W: mg.linear(one_hot, W) * G, W), rtol=1e-13)


def test_repeated_tokens_add_up():
    got = slopes(lambda W: mg.lookup([1, 1, 3, 1], W), np.zeros((3, 4)))
    assert got.tolist() == [[0.0, 3.0, 0.0, 1.0]] * 3


@pytest.mark.parametrize("index", [1.5, np.array([1.0]), np.array([True])])
def test_tokens_are_integers(index):
    with pytest.raises(TypeError, match="lookup wants integers as index, not"):
        mg.lookup(index, np.ones((2, 3)))


@pytest.mark.parametrize("index", [3, -1, [0, 3], [[0], [-1]]])
def test_tokens_lie_within_the_alphabet(index):
    with pytest.raises(IndexError, match="lookup wants an index in 0 … 2"):
        mg.lookup(index, mg.Tensor(np.ones((2, 3))))


def test_outer_flattens_as_numpy_does():
    a, b = normal(2, 3), normal(4)
    got = slopes(lambda a, b: np.outer(a, b) ** 2, a, b)
    np.testing.assert_allclose(got[0], 2 * a * np.sum(b**2), rtol=1e-13)
    np.testing.assert_allclose(got[1], 2 * b * np.sum(a**2), rtol=1e-13)
    np.testing.assert_array_equal(np.outer(mg.Tensor(2.0), b).value, np.outer(2.0, b))


@pytest.mark.parametrize(("a", "b"), [((2, 3), (4, 5)), ((2, 3), (4,)), ((), (4,))])
def test_a_matrix_product_names_shapes_that_do_not_fit(a, b):
    with pytest.raises(ValueError, match=r"Matmul\(\) of a = p of shape .*, b = a constant of shape"):
        mg.Tensor(normal(*a), name="p") @ normal(*b)
