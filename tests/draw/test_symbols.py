"""Operations have signs."""

import numpy as np

import minigrad as mg
from minigrad.draw.symbols import symbol


def test_signs_and_words():
    x, y = mg.Tensor([1.0, 2.0]), mg.Tensor([3.0, 4.0])
    nodes = [x + y, x * y, x @ y, -x, np.sum(x), np.tanh(x), x[:1]]
    assert [symbol(node.op) for node in nodes] == ["+", "×", "@", "−", "Σ", "tanh", "[·]"]
