"""np.matrix on tensors has NumPy's numbers."""

import pytest
from twins import gradient_errors, on_numpy, on_tensors

from minigrad.foreign.matrices import Matrix, unwrapped

LINES = """
a * b | a * h | h * a | a + h | 1 - a | a / 2 | 2 * a | a ** 2 | -a | a.T | a[0] | a[:, 0] | a[0, 1]
a[:, 0] * a[0] | a.sum() | a.sum(axis=1) | a.max(axis=0) | a.A | a.A1 | a.I | a.flatten() | a.shape
len(a) | np.dot(a, h) | np.multiply(a, b) | np.exp(a) | np.array(a) | np.asarray(a) * 2
np.vstack((a, b)) | np.concatenate([a, h], axis=1) | h @ a | np.tanh(a) * v.T | a * v.T | np.asmatrix(v)
np.asmatrix(h) is a | np.asmatrix("1 2; 3 4") * 2 | [row for row in a][1] | a.copy() | a > 0
np.zeros_like(a) | np.transpose(a) | np.linalg.inv(a) | np.asarray(h) | abs(a) | a.tolist()
np.argmax(a)
"""


@pytest.mark.parametrize("line", [c.strip() for c in LINES.replace("\n", "|").split("|") if c.strip()])
def test_the_same(line):
    text = (
        "a, b, h = np.matrix([[1., 2], [3, 5]]), np.asmatrix(np.random.randn(2, 2)), np.random.randn(2, 2)\n"
    )
    text += (
        f"v = np.matrix(h[0]); r = {line}\n"
        f"if not isinstance(r, (tuple, list, bool)): r = np.asarray(r).tolist()"
    )
    plain, (traced, world) = on_numpy(text)["r"], on_tensors(text)
    assert flat(traced["r"]) == flat(plain)
    assert not world.doors.found


def flat(x):
    x = unwrapped(x)
    if isinstance(x, (list, tuple)):
        return [flat(item) for item in x]
    return x.tolist() if hasattr(x, "tolist") else x


def test_writing_is_seen_by_other_names():
    text = "a = np.matrix(np.eye(2)); b = a; b += 1; b[0, 0] = 5; b *= b; r = np.asarray(a).tolist()"
    assert flat(on_tensors(text)[0]["r"]) == on_numpy(text)["r"]


def test_the_gradient_goes_through():
    text = (
        "h = np.random.randn(2, 2)\n# ---\n"
        "a = np.asmatrix(h); loss = np.sum(a * a.T + h * a) + float((a[0] * a[:, 1])[0, 0])"
    )
    assert max(gradient_errors(text, "h")) < 1e-7


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_it_shows_itself_as_numpy_does():
    assert repr(Matrix([[1.0, 2.0]])) == "matrix([[1., 2.]])"
