"""Every function of NumPy that a tensor can be given to is in one list and in one only."""

import importlib
import pkgutil

import numpy as np
import pytest
from numpy.testing import overrides

import minigrad as mg
from minigrad import ops
from minigrad.dispatch import full_name
from minigrad.op import CONSTANT, DIFFERENTIABLE, REFUSED

for module in pkgutil.iter_modules(ops.__path__, "minigrad.ops."):
    importlib.import_module(module.name)
importlib.import_module("numpy.fft")

UNLISTED = (
    "numpy.lib.recfunctions", "numpy.char", "numpy.strings", "numpy._core.strings",
    "numpy.polynomial.polynomial",
)  # fmt: skip
"""Functions for structured arrays, text and polynomials: importing them costs, and unlisted is refused."""


def public(function):
    """What a user calls: functions with like= stand in NumPy's list a second time without a name."""
    module = importlib.import_module(getattr(function, "__module__", None) or "numpy")
    return getattr(module, function.__name__, function)


FUNCTIONS = {
    public(function)
    for function in overrides.get_overridable_numpy_array_functions()
    if function.__module__ not in UNLISTED
}
UFUNCS = overrides.get_overridable_numpy_ufuncs()
LISTS = {"differentiable": set(DIFFERENTIABLE), "constant": CONSTANT, "refused": set(REFUSED)}


def names(functions):
    return sorted(map(full_name, functions))


def test_numpys_own_list_is_not_empty():
    assert len(FUNCTIONS) > 250
    assert len(UFUNCS) > 100


def test_every_function_is_in_a_list():
    assert names((FUNCTIONS | UFUNCS) - set().union(*LISTS.values())) == []


@pytest.mark.parametrize(
    ("one", "other"), [("differentiable", "constant"), ("differentiable", "refused"), ("constant", "refused")]
)
def test_no_function_is_in_two_lists(one, other):
    assert names(LISTS[one] & LISTS[other]) == []


def test_nothing_else_is_listed():
    """Except what no tensor overrides through NumPy: methods and the operators for indexing."""
    # What is refused may also be what an older NumPy does not let a tensor override.
    listed = LISTS["differentiable"] | LISTS["constant"]
    others = {function.__name__ for function in listed - FUNCTIONS - UFUNCS}
    assert others <= {"astype", "getitem", "setitem"}


def test_refused_functions_are_named_together_with_what_to_use():
    x = mg.Tensor([1.0, 2.0])
    for function in (np.copyto, np.unique, np.polyval, np.i0, np.gcd):
        with pytest.raises(TypeError, match=f"no derivative of numpy.{function.__name__}: "):
            function(*[x] * (1 if function is np.i0 else 2))
    with pytest.raises(TypeError, match=r"numpy\.eye: .*like= out"):
        np.eye(3, like=x)
    with pytest.raises(TypeError, match=r"numpy\.linalg\.eig: .*eigh"):
        np.linalg.eig(x)


def test_structured_arrays_are_refused_by_default():
    recfunctions = importlib.import_module(UNLISTED[0])
    with pytest.raises(TypeError, match=r"numpy\.lib\.recfunctions\.drop_fields"):
        recfunctions.drop_fields(mg.Tensor([1.0]), "a")


@pytest.mark.parametrize("function", sorted(CONSTANT & UFUNCS, key=full_name), ids=full_name)
def test_a_constant_ufunc_gives_an_array_with_the_value_that_arrays_have(function):
    x = np.array([-1.5, 0.4, 2.5])
    got = function(*[mg.Tensor(x)] * function.nin)
    assert isinstance(got, np.ndarray)
    np.testing.assert_array_equal(got, function(*[x] * function.nin))


@pytest.mark.parametrize(
    "function",
    [np.angle, np.imag, np.around, np.fix, np.nanargmax, np.argpartition, np.iscomplex, np.isposinf],
    ids=full_name,
)
def test_a_constant_function_gives_an_array(function):
    x = np.array([-1.5, 0.0, 2.5])
    rest = (1,) if function is np.argpartition else ()
    got = function(mg.Tensor(x), *rest)
    assert isinstance(got, (np.ndarray, np.generic))
    np.testing.assert_array_equal(got, function(x, *rest))
