"""NumPy's functions by the names of the stand-in."""

import numpy as np
import pytest
from twins import differences, gradient_errors, on_tensors

from minigrad.foreign.stand_in import stand_in

START = "a, b, v = np.random.randn(2, 3), np.random.randn(2, 3), np.random.rand(3)\n# ---\n"
CALLS = """
np.concatenate([a, b], axis=1) | np.stack((a, b), 1) | np.vstack([a, v]) | np.hstack([v, [1, 2]])
np.append([], v) | np.insert(a, 0, 1, axis=1) | np.tile(v, (2, 1)) | np.pad(v, 1)
np.einsum("ij,kj->ik", a, b) | np.dot(a, v) | np.sum([v, v]) | np.mean([v[0], v[1]])
np.max(a, axis=1, keepdims=True) | np.where(a > 0, a, 0) | np.maximum(0, a) | np.add.reduce(a)
np.multiply.outer(v, v) | np.subtract.reduce(v) | np.linalg.norm(a, axis=1) | np.linalg.svd(a @ b.T)[1]
np.select([v > 0], [v], 0) | np.array_split(v, 2) | np.isscalar(v[0]) | np.unique(np.round(v))
np.argmax(v) | np.shape(a) | np.linspace(0, 1, 3) | np.zeros(2, int) | np.logaddexp(v, v)
np.trapezoid(v) | np.polyfit(v, v, 1)[0] > 5 | np.c_[a, b] | np.r_[v, 1:3, 2.0] | np.float64(v) * 2
np.int_(v[0] * 9) | np.fft.fft(v).real | np.cumsum(v, out=np.zeros(3)) | np.clip(v, 0, 0.5, np.zeros(3))
np.pi | np.random.rand(2) | np.nan_to_num(v) | np.linalg.inv(a @ b.T) | np.finfo(float).eps
np.vectorize(lambda q: q * 2)(v)
"""


@pytest.mark.parametrize("call", [c.strip() for c in CALLS.replace("\n", "|").split("|") if c.strip()])
def test_the_same_values(call):
    assert differences(f"{START}r = {call}") == []


def test_the_same_gradient():
    text = "loss = np.add.reduce(np.multiply.outer(v, v)).prod() + np.clip(v, 0, 0.5, np.zeros(3)).sum()"
    assert max(gradient_errors(START + text, "v")) < 1e-7


def test_star_brings_what_numpy_would():
    text = "from numpy import *\nfrom numpy.linalg import norm\nimport numpy.linalg as la\n"
    found, _ = on_tensors(text + "a = exp(zeros(2)); n = norm(a) + la.det(eye(2)); s = sum(a)")
    assert (found["s"].item(), type(found["a"]).__name__) == (2.0, "Tensor")


def test_names_are_looked_up_once():
    module = stand_in(np, {"twice": 2})
    assert module.exp is module.exp
    assert module.twice == 2
    assert module.linalg.norm(np.ones(4)) == 2
    assert "twice" in dir(module)
    assert module.__version__ == np.__version__
    assert repr(module.exp) == "<ufunc 'exp'>"
    with pytest.raises(AttributeError):
        module.__wrapped__  # noqa: B018  # it is asked for
