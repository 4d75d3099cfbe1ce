"""Keys and shapes are read from how people write them."""

import ast
import time

import pytest

from minigrad.foreign.written import keys_of, shapes_of


@pytest.mark.parametrize(
    ("text", "name", "keys"),
    [
        ("P['Wax'] @ x + P['ba']", "P", ("Wax", "ba")),
        ("P['b']; P['a']; P['b']", "P", ("b", "a")),
        ("P.get('a', 3); P.pop('b'); Q['c']", "P", ("a", "b")),
        ("P['a'] = 3", "P", ("a",)),
        ("self.params['W1'] @ params['x']", "self.params", ("W1",)),
        ("for k in ['a', 'b']:\n  P[k] -= g[k]", "P", ("a", "b")),
        ("for k in ['a', 'b']:\n  P[0] -= g[k]", "P", ()),
        ("P[0]; P[k]; P.get(k)", "P", ()),
    ],
)
def test_keys(text, name, keys):
    assert keys_of(ast.parse(text), name) == keys


def docstring(*lines):
    return "def f(x):\n    '''\n" + "\n".join(f"    {line}" for line in lines) + "\n    '''\n"


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        (docstring("Wax -- Weight matrix, numpy array of shape (n_a, n_x)"), {"Wax": ("n_a", "n_x")}),
        (docstring("- x: Input data, of shape (N, T, D).", "- h0: Initial state of shape (N, H)"),
         {"x": ("N", "T", "D"), "h0": ("N", "H")}),
        (docstring(":param Wx: weights (D, 4H)"), {"Wx": ("D", "4H")}),
        (docstring(":param np.ndarray b: bias, shape (H,)"), {"b": ("H",)}),
        (docstring("x : array, shape (T, D)"), {"x": ("T", "D")}),
        (docstring("x (np.array (T, D)): the input"), {"x": ("T", "D")}),
        (docstring("Wf -- weights,", "      array of shape (n_a, n_a + n_x)"), {"Wf": ("n_a", "n_a + n_x")}),
        (docstring("Wx, Wh: weights of shape (H, H)"), {"Wx": ("H", "H"), "Wh": ("H", "H")}),
        (docstring("x: H x 1 column"), {"x": ("H", "1")}),
        (docstring("P -- dict:", "    P['ba'] -- bias, of shape (n_a, 1)"), {"ba": ("n_a", "1")}),
        ("W = f()  # (H, D)", {"W": ("H", "D")}),
        ("self.W = f()  # input to hidden, H x D", {"W": ("H", "D")}),
        ("P['W'] = f()  # shape: (H, D)", {"W": ("H", "D")}),
        ("# x: (T, D)\n# W.shape = (H, D)\ny = 1", {"x": ("T", "D"), "W": ("H", "D")}),
        ("def f(\n    x,  # (N, D)\n    W,\n): pass", {"x": ("N", "D")}),
        ("n_x, m = x.shape\nn_y, n_a = P['Wya'].shape", {"x": ("n_x", "m"), "Wya": ("n_y", "n_a")}),
        ("W = np.random.randn(H, self.D) * 0.1", {"W": ("H", "D")}),
        ("self.b = np.zeros((H, 1))\nc = np.zeros(H)", {"b": ("H", "1"), "c": ("H",)}),
        ("W = np.random.uniform(-1, 1, (H, D))", {"W": ("H", "D")}),
        ("U = rng.normal(0, 1, size=(H, H))", {"U": ("H", "H")}),
        ("W = np.zeros((H, D))\ndW = np.zeros(W.shape)", {"W": ("H", "D"), "dW": ("H", "D")}),
        ("dW = np.zeros(Q.shape)", {}),
        ("# dh = np.dot(W.T, dy)\n# so (as we saw) it goes\n# y = softmax(x, axis)\nx = 1  # see (1)", {}),
        ("def f(x):\n  '''Go.'''\n  '''x'''", {}),
        ("W = 1  # times x\nx = [1]", {}),
    ],
)  # fmt: skip
def test_shapes(text, shapes):
    assert shapes_of(text) == shapes


def test_no_warning_for_what_the_user_wrote():
    assert shapes_of("s = '\\d'  # (H, D)") == {"s": ("H", "D")}


def test_words_count_before_code():
    text = "def f():\n  '''W -- of shape (H, D)'''\n  W = np.zeros((3, 4))"
    assert shapes_of(text)["W"] == ("H", "D")


def test_one_function_only():
    text = docstring("x: (N, D)") + docstring("x: (N, T, D)").replace("f(", "g(")
    assert shapes_of(text) == {"x": ("N", "D")}
    assert shapes_of(text, first=5) == {"x": ("N", "T", "D")}
    assert shapes_of(text, last=2) == {}


@pytest.mark.parametrize(
    "line",
    [
        "x: (" + "a, " * 5000,
        "x (" + " " * 5000,
        "a and " * 3000,
        "and" * 5000,
        "x: (" + "a+" * 1000 + "!)",
        "(" * 5000,
    ],
)
def test_no_line_takes_long(line):
    start = time.perf_counter()
    shapes_of(f"# {line}\n")
    assert time.perf_counter() - start < 20
