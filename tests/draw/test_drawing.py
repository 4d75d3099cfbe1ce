"""What can be drawn."""

import time

import numpy as np
import pytest
from draw.networks import vanilla

import minigrad as mg
from minigrad.draw import draw
from minigrad.draw.drawing import tensors


def test_runs():
    run = mg.unroll(lambda x, h: np.tanh(h + x), np.ones((3, 2)), np.zeros(2))
    assert [x.order for x in tensors(run)] == [h.order for h in run["h"]]
    with_loss = mg.nn.RNN(4, 5, 3).unroll(np.eye(4)[:2], [1, 2])
    assert tensors(with_loss) == [with_loss.loss]


def test_what_can_not_be_drawn():
    with pytest.raises(TypeError, match="not ndarray"):
        tensors(np.ones(3))
    with pytest.raises(TypeError, match="pass its loss, and the table as grads="):
        tensors(mg.backprop(vanilla(1)))
    with pytest.raises(TypeError, match="not list"):
        tensors([1.0])
    with pytest.raises(ValueError, match="given: none"):
        tensors([])


def test_a_run_of_a_hundred_thousand_steps_collapsed():
    run = mg.unroll(lambda x, h: np.tanh(h + x), np.ones((100_000, 1)), np.zeros(1))
    start = time.process_time()
    figure = draw(run)
    figure.svg()
    assert time.process_time() - start < 50.0
    assert len(figure.scene.nodes) < 20
    assert "over 100000 time steps" in figure.scene.title
