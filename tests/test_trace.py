import numpy as np

import minigrad as mg
from minigrad.trace import since


def test_it_stops_at_the_older_nodes():
    W = mg.Tensor(2.0, name="W")
    b = np.tanh(W).named("b")
    x = mg.Tensor(3.0, name="x")
    y = W * x + b
    own, older = since(x.order, [y])
    assert [node.name or type(node.op).__name__ for node in own] == ["x", "Multiply", "Add"]
    assert older == [W, b]


def test_of_a_tensor_that_was_written_to_it_finds_the_version_that_was_used():
    W = mg.Tensor(2.0)
    first = W.order
    x = mg.Tensor(3.0)
    y = W * x
    W += 1.0
    _, older = since(x.order, [y])
    assert [node.order for node in older] == [first]
    assert older[0].item() == 2.0


def test_outputs_may_be_older_themselves_or_occur_twice():
    W = mg.Tensor(2.0)
    x = mg.Tensor(3.0)
    y = x * x
    own, older = since(x.order, [W, y, y])
    assert own == [x, y]
    assert older == [W]
