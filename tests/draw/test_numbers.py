"""Numbers are NumPy's own."""

import numpy as np
import pytest

from minigrad.draw.numbers import norm, numbers, short

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("shape", [(), (1,), (8,), (2, 4), (9,), (13, 5), (40, 30), (2, 3, 4), (1, 100)])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_they_equal_numpys(shape, dtype):
    x = np.asarray(RNG.normal(size=shape).astype(dtype))
    found = numbers(x)
    assert found.shape == shape
    assert found.norm == float(np.linalg.norm(x.ravel()))
    assert (found.low, found.high) == (float(x.min()), float(x.max()))
    assert found.entries == (tuple(x.ravel().tolist()) if x.size <= 8 else ())
    assert bool(found.heat) == (x.size > 8)


def test_the_heat_map_has_block_means():
    x = RNG.normal(size=(30, 25))
    heat = numbers(x).heat
    assert (len(heat), len(heat[0])) == (12, 12)
    rows, columns = np.arange(12) * 30 // 12, np.arange(12) * 25 // 12
    block = x[rows[1] : rows[2], columns[3] : columns[4]]
    assert heat[1][3] == pytest.approx(block.mean() / np.abs(x).max())
    assert numbers(np.arange(1.0, 10.0)).heat[0][-1] == 1.0


def test_what_is_not_finite():
    found = numbers(np.array([1.0, np.nan]))
    assert np.isnan([found.norm, found.low, found.high]).all()
    large = numbers(np.full(20, np.inf))
    assert (large.high, large.heat) == (np.inf, ())
    assert numbers(np.zeros(20)).heat == ()
    assert norm(np.array([1e300, 1e300])) == np.inf


def test_an_empty_array():
    assert numbers(np.zeros((0, 3))).norm == 0.0


def test_integers():
    assert numbers(np.array(3)).entries == (3,)


@pytest.mark.parametrize(
    ("value", "text"), [(-0.5, "−0.5"), (1e-5, "1e-5".replace("-", "−")), (np.inf, "∞"), (-np.inf, "−∞")]
)
def test_short(value, text):
    assert short(value) == text
