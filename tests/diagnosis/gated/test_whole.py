import numpy as np
from gated_campaign import planted

from minigrad.diagnosis.gated import whole
from minigrad.diagnosis.gated.scene import Scene

SCENE = Scene(planted("lstm", "", 1)[1])


def test_loops_leave_out_steps():
    assert whole.loop(1, 0).value(SCENE).tolist() == [False, True, True, True, True, True]
    assert whole.loop(0, 2).value(SCENE).tolist() == [True, True, True, True, False, False]
    assert (whole.loop(1, 0).kind, whole.loop(0, 1).kind) == ("initial-state", "skipped-step")


def test_every_exchange_and_every_copy():
    found = [o.value(SCENE) for o in whole.swaps(SCENE)]
    assert {"i": "f", "f": "i"} in found
    assert {"g": "o"} in found
    assert len(found) == 6 + 12


def test_cuts():
    found = {o.name: np.flatnonzero(o.value(SCENE)).tolist() for o in whole.cuts(SCENE) if o.site == "cut"}
    assert found["missing"] == [0, 1, 2, 3, 4, 5]
    assert found["every 2"] == [1, 3]
    assert found["forward 2"] == [1, 3]
    assert found["beyond 1"] == [0, 1, 2, 3]


def test_a_clip_says_where():
    assert "what comes into dh(t)" in whole.clip("carry", 5.0).did
    assert whole.clip("dh", 0.5).value(SCENE) == 0.5
