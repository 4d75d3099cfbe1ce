import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import factor
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_wrong_factor_differs_from_the_right_one(cell, variant):
    scene = Scene(planted(cell, variant, 2)[0])
    for g in factor.RIGHT[cell]:
        right, options = factor.right(scene, g), factor.factors(scene, g)
        assert len({o.name for o in options}) == len(options) > 5
        for option in options:
            value = np.broadcast_to(option.value(scene), right.shape)
            plain = option.name in {"h old", "plain"} and g == "r" and not scene.after
            assert plain or np.max(np.abs(value - right)) > 1e-3, (g, option.name)


def test_an_initial_state_that_wraps_is_wrong_at_the_first_step_only():
    scene = Scene(planted("lstm", "", 2)[0])
    [wrapped] = [o for o in factor.factors(scene, "f") if o.name == "wrapped"]
    value = wrapped.value(scene)
    np.testing.assert_array_equal(value[0], scene.c[-1])
    np.testing.assert_array_equal(value[1:], factor.right(scene, "f")[1:])
