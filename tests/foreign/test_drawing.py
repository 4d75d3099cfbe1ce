"""The same random numbers, as tensors, and drawn entries that stay in the graph."""

import numpy as np
import pytest
from twins import differences, gradient_errors, on_tensors

LINES = """
np.random.rand(2, 3) | np.random.randn() | np.random.randint(3, size=4) | np.random.normal(0, 1, (2, 2))
np.random.permutation(5) | np.random.shuffle(X) | np.random.permutation(X) | np.random.choice(X[:, 0])
np.random.choice(X[:, 0], 3, replace=False) | np.random.choice(range(4), p=p)
np.random.choice(4, p=p.ravel()) | np.random.choice(["a", "b"]) | np.random.shuffle(L)
np.random.binomial(1, p) | np.random.multinomial(1, p) | np.random.seed(3)
np.random.uniform(-1, 1, size=X.shape) | np.random.RandomState(3).randn(2)
np.random.RandomState(1).shuffle(X) | np.random.default_rng(2).normal(size=3)
np.random.default_rng(2).permutation(X) | np.random.default_rng(2).choice(X, 2)
np.random.default_rng(2).shuffle(p) | np.random.default_rng(2).random(out=p)
np.random.default_rng(2).choice(X, axis=1) | np.random.default_rng(1).integers(3, size=2)
np.random.set_state(np.random.get_state()) | random.shuffle(L) | random.choice(L) | random.sample(L, 2)
"""


@pytest.mark.parametrize("line", [c.strip() for c in LINES.replace("\n", "|").split("|") if c.strip()])
def test_the_same_numbers(line):
    start = "import random\nX, p = np.random.randn(4, 3), np.array([0.1, 0.2, 0.3, 0.4])\nL = list(X)\n"
    assert differences(f"{start}r = {line}\nafter = np.random.rand(2)") == []


def test_gradients_go_to_the_drawn_entries():
    text = (
        "x = np.random.randn(4, 2)\n# ---\ny = x * 1; np.random.shuffle(y); w = np.arange(8.).reshape(4, 2)\n"
    )
    text += "loss = (np.random.permutation(y) * y * w).sum() + (np.random.choice(x[:, 1], 3) ** 2).sum()"
    assert max(gradient_errors(text, "x")) < 1e-7


def test_generators_without_a_seed_are_seeded():
    text = (
        "a = np.random.default_rng().random(2); "
        "b = np.random.RandomState().rand(2); np.random.seed(); c = np.random.rand(2)"
    )
    first, second = on_tensors(text)[0], on_tensors(text)[0]
    assert all(np.array_equal(first[name].array, second[name].array) for name in "abc")
