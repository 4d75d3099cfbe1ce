"""What goes through helpers gives what it did."""

import ast

import pytest
from twins import differences, gradient_errors, on_tensors

from minigrad.foreign.rewrite import HELPERS, rewritten
from minigrad.tensor import Tensor

LINES = [
    "r = np.arange(3) / 2; r[0] = x[0]",
    "r = 0.5; r *= np.arange(3); r[0] = x[0]",
    "r = (x > 0) * 1.0; r[1] = x[1]",
    "r = np.arange(3).astype(float); r[1] = x[1]",
    "r = np.arange(6).reshape(2, 3).mean(axis=0); r[0] = x[0]",
    "class A: pass\na = A(); a.v = np.arange(3) * 0.5; a.v += x; r = a.v",
    "r = {'a': np.arange(3) / 3}; r['a'] += x; r['a'][0] = x[1]",
    "n = np.zeros(3, int); n[0] = x[0] * 9; n[1:] = x[:2] * 9; r = n",
    "r = x.astype(int)",
    "r = 7 % 3, '%d %%' % 3, 'ab' * 2, [1] * 3, 2 ** 3, 1 + True, [1] + [2], (1,) + (2,)",
    "r = [1]; s = r; s += [2]; s *= 2",
    (
        "class I:\n  def __iadd__(self, o): return 5\n  def item(self, a, b=2): return a + b\n"
        "  def dot(self, x): return 7\n  clip = item\n"
        "i = I(); d = i.item(1, b=3), i.dot(2), i.clip(4); i += 1"
    ),
    "r = float(x[0]), float(3), float('2'), int('12'), int('11', 2), int(x[0]), int(), type(3)",
    "r = type('A', (), {})().__class__.__name__, isinstance(x, (list, np.ndarray)), isinstance(3, int)",
    "r = type(x) is type(x), x.item(0), x.tolist(), x[0].item()",
    "def f():\n  n = 0\n  def g():\n    nonlocal n\n    n += 1\n    return n\n  g()\n  return g()\nr = f()",
    "class C:\n  n = 1\n  n += 2\n  __k = 3\n  def f(self): self.__k += 1; return self.__k\nr = C().f(), C.n",
    "a, *b = x; (c, d), e = (1, 2), 3; f = g = x; f += 1",
    "def f(r: float = 3):\n  q: float = r\n  q /= 2\n  return q\nr = f()",
    "r = np.float64(x[0]) * np.int_(x[0] * 5)",
    "m = np.arange(4).reshape(2, 2); m @= m; m %= 5; m //= 2; m **= 2; r = m - 1; r = -m / 4; r[0] = x[0]",
]


@pytest.mark.parametrize("line", LINES)
def test_the_same(line):
    assert differences(f"x = np.random.rand(3)\n{line}") == []


def test_the_graph_is_kept():
    text = "x = np.random.rand(3)\n# ---\nr = np.arange(3) / 2; r[0] = x[0]; k = 2 * np.arange(3) ** 0.5\n"
    text += "k += x; loss = float(r @ k) * x[1].item()"
    assert max(gradient_errors(text, "x")) < 1e-8


@pytest.mark.parametrize(
    "text",
    ["x = 3\ny = x +\\\n  undefined", "x = [1]\nx[0] += undefined", "import ast as x\nx.AST += undefined"],
)
def test_lines_stay(text):
    with pytest.raises(NameError) as error:
        on_tensors(text)
    assert error.traceback[-1].lineno in {1, 2}


def test_only_what_has_to_be_is_changed():
    text = "x[0] += 1\ny = 3 * 4\nz = other(x)[0] if x else 2\nf(x, y)"
    assert ast.unparse(rewritten(ast.parse(text))) == text
    assert all(name.startswith("_minigrad_") for name in HELPERS)


def test_objects_hold_tensors():
    found, _ = on_tensors("r = np.array([None, 1], dtype=object); r[0] = np.ones(2)")
    assert isinstance(found["r"][0], Tensor)
