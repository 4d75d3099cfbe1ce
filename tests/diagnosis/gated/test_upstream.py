import dataclasses

import numpy as np
from gated_campaign import planted
from gated_mutants import observed, problem

from minigrad.diagnosis.gated import upstream
from minigrad.diagnosis.gated.scene import Scene


def test_every_wrong_loss_and_step_differs_from_dy():
    scene = Scene(planted("lstm", "", 2)[1])
    dy = scene.observed.dy
    for option in [*upstream.losses(scene), *upstream.moves("dy", "dy")]:
        if option.name != "difference":  # it is right for a softmax with its cross-entropy
            assert np.max(np.abs(option.value(scene, dy) - dy)) > 1e-3, option.name


def test_y_minus_target_is_a_mistake_for_another_loss():
    seen = observed(problem("lstm", 1))
    scene = Scene(dataclasses.replace(seen, dy=3 * seen.dy))
    [option] = [o for o in upstream.losses(scene) if o.name == "difference"]
    np.testing.assert_allclose(option.value(scene, scene.observed.dy), seen.dy)


def test_without_targets_no_loss_is_guessed():
    seen = dataclasses.replace(observed(problem("gru", 1)), targets=None)
    assert upstream.losses(Scene(seen)) == []


def test_a_square_output_matrix_may_be_turned():
    names = {o.name for o in upstream.edges(Scene(observed(problem("lstm", 1, sizes=(5, 4, 4)))))}
    assert "plain" in names
    assert "plain" not in {o.name for o in upstream.edges(Scene(observed(problem("lstm", 1))))}


def test_moves_by_hand():
    a = np.arange(1.0, 4.0)[:, None, None]
    found = {o.name: np.ravel(o.value(None, a)).tolist() for o in upstream.moves("dy", "dy")}
    assert found["repeated"] == [3, 3, 3]
    assert found["next"] == [2, 3, 3]
    assert found["summed"] == [6, 5, 3]
    assert found["only last"] == [0, 0, 3]
    assert found["but last"] == [1, 2, 0]
