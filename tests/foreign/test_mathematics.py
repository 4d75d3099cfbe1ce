"""math and scipy.special on tensors."""

import numpy as np
import pytest
from twins import differences, gradient_errors, on_tensors

from minigrad.foreign.mathematics import ABSENT

START = "import math\nx = np.random.rand(3)\n# ---\ns = np.sum(x) / 4\n"
SMOOTH = (
    "exp(s) sqrt(s) log(s) log(s,2) log(3) log10(s) log2(s) log1p(s) expm1(s) tanh(s) sinh(s) "
    "cosh(s) sin(s) cos(s) tan(s) "
    "atan(s) asin(s) acos(s) asinh(s) acosh(s+1) atanh(s) pow(s,2) hypot(s,2) fabs(s) atan2(s,2) fsum([s,s])"
)
STEPS = (
    "floor(s) ceil(s) trunc(s) isnan(s) isinf(s) isfinite(s) isclose(s,s) copysign(1,s) factorial(3) gcd(4,6)"
)


@pytest.mark.parametrize("call", [*SMOOTH.split(), *STEPS.split()])
def test_the_same_numbers(call):
    assert differences(f"{START}r = math.{call}; n = math.pi") == []


@pytest.mark.parametrize("call", [c for c in SMOOTH.split() if "s" in c.partition("(")[2]])
def test_the_same_gradients(call):
    assert max(gradient_errors(f"{START}loss = math.{call}", "x")) < 1e-7


@pytest.mark.parametrize(
    ("text", "kind"),
    [("math.log(x[0] * 0)", ValueError), ("math.exp(x[0] + 1e5)", OverflowError), ("math.exp(x)", TypeError)],
)
def test_what_math_refuses(text, kind):
    with pytest.raises((kind, ValueError)):
        on_tensors(f"import math\nx = np.random.rand(3)\nr = {text}")


def test_scipy():
    text = "from scipy.special import expit, softmax, logsumexp, log_softmax\nx = np.random.rand(2, 3)\n"
    text += "a, b, c, d = expit(x), softmax(x, axis=1), softmax(x), logsumexp(x)\n"
    found, world = on_tensors(f"{text}e = log_softmax(x, 1) - np.log(b)")
    x = found["x"].array
    e = np.exp(x)
    assert np.allclose(found["a"].array, 1 / (1 + 1 / e))
    assert np.allclose(found["b"].array, e / e.sum(1, keepdims=True))
    assert np.allclose(found["c"].array, e / e.sum())
    assert np.isclose(found["d"].item(), np.log(e.sum()))
    assert np.allclose(found["e"].array, 0)
    assert not world.doors.found


@pytest.mark.parametrize(("shape", "axis"), [((3,), 0), ((3, 1), 0), ((2, 3), -1)])
def test_softmax_of_a_module_that_is_not_there(shape, axis):
    assert np.allclose(ABSENT["softmax"](np.ones(shape)).sum(axis), 1)


def test_functions_whose_name_says_it():
    z = np.array([-1.0, 2.0])
    assert ABSENT["relu"](z).tolist() == [0, 2]
    assert np.allclose(ABSENT["tanh_derivative"](ABSENT["tanh"](z)), 1 - np.tanh(z) ** 2)
    s = ABSENT["sigmoid"](z)
    assert np.allclose(ABSENT["sigmoid_derivative"](s), s * (1 - s))
