import ast

import pytest

from minigrad.foreign.marks import REACHED, STARTED, mark

TRAINING = """
for epoch in range(9):
    h = W @ x
    for t in reversed(range(3)):
        dW += dy[t] @ h.T
    W -= dW
"""
SUMMED_LATER = """
for epoch in range(9):
    for t in reversed(range(3)):
        delta[t] = W.T @ delta[t + 1] * (1 - h[t] ** 2)
    for t in range(3):
        dW += np.outer(delta[t], h[t - 1]).T
    W -= dW
"""
FUNCTION = "def f(x):\n    for t in reversed(range(3)):\n        dW += dy[t] @ h.T\n    return dW\n"


@pytest.mark.parametrize("text", [TRAINING, SUMMED_LATER])
def test_the_marks_stand_around_the_gradient(text):
    tree = ast.parse(text)
    assert mark(tree, "")
    lines = [line.strip() for line in ast.unparse(tree).splitlines()]
    assert lines[1] == f"{STARTED}()"
    assert lines[-2] == f"{REACHED}()"
    assert lines[-1] == "W -= dW"


def test_a_function_that_returns_its_gradient_needs_none():
    tree = ast.parse(FUNCTION)
    assert not mark(tree, "f")
    assert ast.unparse(tree) == ast.unparse(ast.parse(FUNCTION))


def test_a_function_that_trains_is_marked_inside():
    text = "class Net:\n    def train(self):\n" + "\n".join(
        "        " + line for line in TRAINING.splitlines()
    )
    tree = ast.parse(text)
    assert mark(tree, "Net.train")
    assert STARTED in ast.unparse(tree)


@pytest.mark.parametrize("name", ["g", "Net.train", ""])
def test_nothing_is_done_where_nothing_is(name):
    assert not mark(ast.parse("x = 1\n"), name)
