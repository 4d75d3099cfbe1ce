import ast
import textwrap

import pytest

from minigrad.foreign.signatures import keys_of, multiplies_from_the_left, signatures, undefined


def read(text, name="f"):
    return signatures(ast.parse(textwrap.dedent(text)))[name]


def test_functions_and_methods_with_their_arguments():
    found = signatures(
        ast.parse(
            textwrap.dedent("""
            def f(a, b=1, *rest, c, d=2, **more): pass
            class Net:
                def g(self, x): pass
                @staticmethod
                def h(x, y): pass
            class Deep(Net):
                def g(self, z): pass
            """)
        )
    )
    assert set(found) == {"f", "Net.g", "Net.h", "Deep.g", "Deep.h"}
    assert found["f"].arguments == {"a": False, "b": True, "c": False, "d": True}
    assert list(found["Net.g"].arguments) == ["x"]
    assert list(found["Net.h"].arguments) == ["x", "y"]
    assert list(found["Deep.g"].arguments) == ["z"]
    assert (found["Net.g"].owner, found["Net.g"].short, found["f"].owner) == ("Net", "g", "")


def test_a_class_that_is_its_own_base_ends():
    assert set(signatures(ast.parse("class A(A):\n  def f(self): pass"))) == {"A.f"}


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("return h, cache", ("h", "cache")),
        ("return h", ("h",)),
        ("return self.h, c['d'], 3, e[0]", ("h", "d", "", "e")),
        ("return", ()),
        ("pass", ()),
        ("return f(x)", ("",)),
    ],
)
def test_the_names_of_what_is_returned(end, names):
    assert read(f"def f(self, x):\n    {end}").returned == names


def test_shapes_that_are_unpacked_or_documented():
    f = read('''
    def f(x, a0, P, y):
        """Forward.

        x -- input, numpy array of shape (n_x, m, T_x)
        a0 -- initial state, of shape (n_a, m)
        Wax, Wxx -- weights, (n_a, n_x)
        - b: bias of shape (4*H,)
        y: whatever of shape (foo, bar)
        and all of them are (n_a, n_x)
        """
        n_y, n_a = P["Wya"].shape
        foo, bar = y.shape
        N, D = x.T
    ''')
    assert f.shapes == {
        "x": ("n_x", "m", "T_x"),
        "a0": ("n_a", "m"),
        "Wax": ("n_a", "n_x"),
        "Wxx": ("n_a", "n_x"),
        "b": ("4*H",),
        "Wya": ("n_y", "n_a"),
    }


def test_keys_are_read_in_order():
    f = read("def f(P, Q):\n  P['W']\n  Q['a']\n  P['b'] + P['W']\n  P[0]")
    assert keys_of(f, "P") == ["W", "b"]


@pytest.mark.parametrize(
    ("product", "left"),
    [
        ("W @ x", True),
        ("x @ W", False),
        ("np.dot(Wxh, x)", True),
        ("np.matmul(x, Wx)", False),
        ("self.W.dot(x)", True),
        ("x.dot(self.params['Wx'])", False),
        ("W @ x + h @ V", None),
        ("x @ y", None),
        ("x.dot()", None),
        ("W * x", None),
    ],
)
def test_the_side_of_weights(product, left):
    assert multiplies_from_the_left(read(f"def f(x, h):\n  return {product}")) is left


def test_what_is_defined_nowhere(tmp_path):
    text = textwrap.dedent("""
    import numpy as np
    from absent_sibling import sigmoid
    from math import tanh
    from . import softmax
    K = 3
    def g(): pass
    def f(x):
        global L
        y = len(x) + K
        return sigmoid(tanh(g(W @ y))) + np.e + softmax(y)
    """)
    tree = ast.parse(text)
    assert undefined(tree, signatures(tree)["f"]) == ["softmax", "sigmoid", "W"]
    (tmp_path / "absent_sibling.py").write_text("")
    assert undefined(tree, signatures(tree)["f"], tmp_path) == ["softmax", "W"]
