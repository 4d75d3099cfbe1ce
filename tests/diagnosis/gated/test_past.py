import numpy as np
from gated_campaign import planted

from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


def test_arrays_start_at_zero_and_have_a_row_beyond_the_end():
    scene = Scene(planted("lstm", "", 1)[1])
    past = Past(scene, scene.observed.upstream)
    assert past.dh.shape == past.dc.shape == past.da["f"].shape == (7, 3, 6)
    assert not past.dh.any()
    assert not past.ahead["f"][-1].any()


def test_given_da_is_fed_back_and_freed_of_its_slope():
    scene = Scene(planted("lstm", "", 1)[1])
    right = simulate(scene)
    past = Past(scene, scene.observed.upstream, {g: a[:-1] for g, a in right.da.items()})
    for g in scene.letters:
        np.testing.assert_array_equal(past.fed[g], right.da[g])
        np.testing.assert_allclose(past.pre[g], right.pre[g], rtol=1e-12)
