"""The printed slips on a run."""

import math

import numpy as np
import pytest
from bptt.sample import N, data

from minigrad.bptt import misprints as module
from minigrad.bptt.misprints import misprints
from minigrad.closed_form import SLIPS, Slip


@pytest.mark.parametrize("sequences", [1, N])
def test_each_slip_is_off(sequences):
    found = misprints(data(sequences))
    assert [each.slip for each in found] == list(SLIPS)
    for each in found:
        assert each.relative > 1e-6
        assert math.isfinite(each.absolute)


def slip(printed, right):
    return Slip("", "", "", "", "", lambda run: (np.array(printed), np.array(right)))


@pytest.mark.parametrize(
    ("printed", "right", "absolute", "relative"),
    [
        ([1.0, 5.0], [1.0, 4.0], 1.0, 0.25),
        ([0.0], [0.0], 0.0, 0.0),
        ([1.0], [0.0], 1.0, math.inf),
        ([math.inf], [2.0], math.inf, math.inf),
    ],
)
def test_how_far_off(monkeypatch, printed, right, absolute, relative):
    monkeypatch.setattr(module, "SLIPS", [slip(printed, right)])
    (found,) = misprints(data())
    assert (found.absolute, found.relative) == (absolute, relative)
