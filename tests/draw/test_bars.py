"""Bars show what each step adds to a parameter's gradient."""

import numpy as np
import pytest
from draw.networks import vanilla

import minigrad as mg
from minigrad.draw import draw


def test_they_equal_per_step():
    loss = vanilla()
    grads = mg.backprop(loss)
    bars = draw(loss, grads=grads, show="bars").scene.bars
    assert {bar.parameter for bar in bars} == set("UWVbc")
    for bar in bars:
        size = np.linalg.norm(np.ravel(grads.per_step(bar.parameter)[bar.step]))
        assert bar.norm == pytest.approx(float(size), rel=1e-12)


def test_they_stand_below_their_steps_and_scale_with_the_norm():
    loss = vanilla()
    figure = draw(loss, grads=mg.backprop(loss), show=("bars",), params="copies")
    scene = figure.scene
    boxes = {box.step: box for box in scene.boxes}
    for bar in scene.bars:
        box = boxes[bar.step]
        assert bar.corner[0] + bar.size[0] / 2 == pytest.approx(box.corner[0] + box.size[0] / 2)
        assert box.corner[1] + box.size[1] < bar.corner[1]
        assert bar.corner[1] + bar.size[1] < scene.size[1]
    own = [bar for bar in scene.bars if bar.parameter == "W"]
    assert len({round(bar.size[1] / bar.norm, 9) for bar in own}) == 1
    assert figure.svg().count('class="bar ') == len(scene.bars) == 25


def test_none_without_steps():
    w = mg.Tensor(2.0, "w")
    L = (w * w).named("L")
    assert draw(L, grads=mg.backprop(L), show="bars").scene.bars == ()
