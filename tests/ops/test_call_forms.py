import operator

import numpy as np
import pytest

import minigrad as mg
from minigrad.ops import arithmetic, linear

X = np.array([[0.5, 2.0, 1.5], [3.0, 1.0, 2.5]])
OTHERS = {
    "array": X[:1] + 1,
    "0-d array": np.array(1.5),
    "float64": np.float64(1.5),
    "float32": np.float32(1.5),
    "float": 1.5,
    "int": 2,
    "integers": np.array([1, 2, 3]),
    "list": [1.5, 2.0, 3.0],
    "bool": True,
}
OPERATORS = {
    operator.add: (np.add, arithmetic.Add),
    operator.sub: (np.subtract, arithmetic.Subtract),
    operator.mul: (np.multiply, arithmetic.Multiply),
    operator.truediv: (np.divide, arithmetic.Divide),
    operator.pow: (np.power, arithmetic.Power),
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("symbol", OPERATORS, ids=lambda f: f.__name__)
def test_operators_functions_and_reflected_operators(symbol, other):
    function, op = OPERATORS[symbol]
    z, x = OTHERS[other], mg.Tensor(X)
    for y, want in [
        (symbol(x, z), function(X, z)),
        (symbol(z, x), function(z, X)),
        (function(x, z), function(X, z)),
        (function(z, x), function(z, X)),
    ]:
        assert isinstance(y, mg.Tensor)
        assert y.op == op()
        np.testing.assert_array_equal(y.value, want, strict=True)
        assert mg.backprop(np.sum(y))[x].shape == X.shape


@pytest.mark.parametrize("symbol", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("number", [2, 1.5], ids=["int", "float"])
def test_a_python_number_does_not_widen_float32(symbol, number):
    x = mg.Tensor(X.astype(np.float32))
    for y in (symbol(x, number), symbol(number, x)):
        assert y.dtype == np.float32
        assert mg.backprop(np.sum(y))[x].dtype == np.float32


@pytest.mark.parametrize("z", [np.ones((3, 2)), [[1.0, 2.0]] * 3, np.ones(3)], ids=repr)
def test_matrix_products_from_either_side(z):
    x, v = mg.Tensor(X), np.array(z)
    for y, want in [(x @ z, X @ v), (np.matmul(x, z), X @ v), (np.dot(x, z), X @ v)]:
        assert y.op == linear.Matmul()
        np.testing.assert_array_equal(y.value, want)
    y = v[:2].T @ x if v.ndim == 2 else v[:2] @ x
    np.testing.assert_array_equal(y.value, v[:2].T @ X)


def test_unary_operators():
    x = mg.Tensor(-X)
    assert (-x).op == np.negative(x).op == arithmetic.Negative()
    assert abs(x).op == np.abs(x).op == np.absolute(x).op
    np.testing.assert_array_equal(abs(x).value, X)


@pytest.mark.parametrize(
    ("symbol", "want"),
    [(operator.lt, [True, False]), (operator.ge, [False, True]), (operator.eq, [False, True])],
)
def test_comparisons_give_arrays(symbol, want):
    got = symbol(mg.Tensor([1.0, 2.0]), 2.0)
    assert type(got) is np.ndarray
    assert got.tolist() == want


def test_outer_forms_of_ufuncs():
    a, b = np.array([1.0, 2.0]), np.array([[3.0, 4.0, 5.0]])
    for ufunc in (np.multiply, np.subtract, np.add, np.maximum):
        for y in (ufunc.outer(mg.Tensor(a), b), ufunc.outer(a, mg.Tensor(b))):
            np.testing.assert_array_equal(y.value, ufunc.outer(a, b))


def test_python_s_own_sum_and_max():
    x, z = mg.Tensor(1.0), mg.Tensor(2.0)
    total = sum([x, z, x])
    assert mg.backprop(total)[x] == 2
    assert max(x, z) is z


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda x: np.add(x, 1, out=np.zeros((2, 3))), "numpy.add"),
        (lambda x: np.add(x, 1, where=False), "numpy.add.*where"),
        (lambda x: np.add.at(x, 0, 1.0), "numpy.add.at"),
        (np.linalg.eig, "numpy.linalg.eig"),
        (np.asarray, "value"),
    ],
    ids=["out", "where", "at", "eig", "asarray"],
)
def test_a_form_without_a_rule_is_refused_by_name(call, names):
    with pytest.raises(TypeError, match=names):
        call(mg.Tensor(X))
