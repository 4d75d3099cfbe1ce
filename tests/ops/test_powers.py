"""Products of several matrices at orders 1, 2 and 3."""

import numpy as np
import pytest
from orders import check_orders, check_values_and_types
from slopes import slopes

import minigrad as mg

RNG = np.random.default_rng(53)


def draw(*shape):
    x = RNG.uniform(-1, 1, shape)
    return (x + 2 * np.eye(shape[-1])) / 2 if len(shape) > 1 and shape[-1] == shape[-2] else x


def product(*xs):
    return np.linalg.multi_dot(xs)


CASES = {
    "multi_dot-2": (product, (2, 3), (3, 4)),
    "multi_dot-3": (product, (2, 3), (3, 5), (5, 4)),
    "multi_dot-5": (product, (2, 3), (3, 5), (5, 4), (4, 6), (6, 1)),
    "multi_dot-row": (product, (3,), (3, 5), (5, 4)),
    "multi_dot-column": (product, (2, 3), (3, 5), (5,)),
    "multi_dot-both": (product, (3,), (3, 5), (5,)),
    "multi_dot-empty": (product, (2, 0), (0, 3), (3, 4)),
    **{f"matrix_power-{n}": (lambda a, n=n: np.linalg.matrix_power(a, n), (3, 3)) for n in range(-4, 8)},
    "matrix_power-batch": (lambda a: np.linalg.matrix_power(a, np.int64(3)), (2, 5, 2, 2)),
    "matrix_power-0-batch": (lambda a: np.linalg.matrix_power(a, 0), (2, 3, 3)),
}


@pytest.mark.parametrize(("f", "shapes"), [(c[0], c[1:]) for c in CASES.values()], ids=list(CASES))
def test_the_slopes(f, shapes):
    xs = [draw(*shape) for shape in shapes]
    check_orders(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    check_values_and_types(f, *xs)
    check_values_and_types(f, *[np.asarray(np.flip(x.T).copy().T, order="F") for x in xs])


def test_only_some_of_the_factors_may_be_tensors():
    A, B, C = draw(2, 3), draw(3, 4), draw(4, 5)
    np.testing.assert_allclose(slopes(lambda B: product(A, B, C), B), A.T @ np.ones((2, 5)) @ C.T)


def test_an_exponent_is_an_integer():
    with pytest.raises(TypeError, match="integer"):
        np.linalg.matrix_power(mg.Tensor(draw(2, 2)), 1.5)


def test_a_product_of_one_factor_is_refused():
    with pytest.raises(ValueError, match="at least two"):
        np.linalg.multi_dot([mg.Tensor(draw(2, 3))])
