"""What is observed of a problem can't be changed by those who explain it."""

import dataclasses

import numpy as np
import pytest

from minigrad.diagnosis.observed import Observed


def test_an_observation_is_frozen_and_optional_parts_are_empty():
    x, h = np.zeros((2, 1, 3)), np.zeros((3, 1, 4))
    seen = Observed("tanh", x, h, {}, {}, {}, upstream=h[1:])
    assert (seen.dy, dict(seen.gates), seen.variant) == (None, {}, "")
    with pytest.raises(dataclasses.FrozenInstanceError):
        seen.cell = "relu"
