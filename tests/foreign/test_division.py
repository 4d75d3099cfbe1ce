"""What can only be integers is divided as in Python 2; what may be is told."""

import ast

import numpy as np
import pytest

from minigrad.foreign.division import rounded_down


@pytest.mark.parametrize(
    ("text", "new", "changed", "left"),
    [
        ("d = W.shape[1]/4", "d = W.shape[1]//4", [1], []),
        ("d = (len(x) + 1) / 2 / 3", "d = (len(x) + 1) // 2 // 3", [1], []),
        ("d = x / len(y)", "d = x / len(y)", [], [1]),
        ("ä = 'ö'; d = [len('ü') / 2, 7 / 2]", "ä = 'ö'; d = [len('ü') // 2, 7 // 2]", [1], []),
        ("d = (len(x)  # a/b\n  / 2)", None, [], [1]),
        ("a = 1\nb = (n + 1) / len(x)\nc = self.n / int(y)", None, [], [2, 3]),
        ("a = 1.0 / 2", None, [], []),
        ("a = 1 / (1 + np.exp(-x))", None, [], []),
        ("a = True / 2", None, [], []),
        ("a = n // 2", None, [], []),
        ("a = 2 ** -1 / 2", None, [], []),
        ("from __future__ import division\na = 7 / 2", None, [], []),
    ],
)
def test_lines(text, new, changed, left):
    assert rounded_down(text, ast.parse(text)) == (new or text, changed, left)


def test_it_computes_what_python_2_computed():
    space = {"W": np.zeros((3, 8))}
    text = "d = W.shape[1] / 3; e = (len(W) + 4) / 2; f = 7 / 2.0"
    exec(rounded_down(text, ast.parse(text))[0], space)  # noqa: S102  # ours
    assert (space["d"], space["e"], space["f"]) == (2, 3, 3.5)
