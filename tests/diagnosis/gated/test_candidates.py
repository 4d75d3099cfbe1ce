import numpy as np
from gated_campaign import planted
from gated_mutants import observed, problem

from minigrad.diagnosis.gated import candidates
from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


def seen(*mistakes):
    scenes = [Scene(o) for o in planted("lstm", "", 1, *mistakes)]
    scene, said = candidates.solvable(scenes)
    return scenes, scene, said


def test_the_single_sequence_is_solved():
    scenes, scene, said = seen()
    assert scene is scenes[0]
    assert set(said) == set("ofig")
    assert candidates.solvable(scenes[1:]) is None
    assert candidates.solvable([Scene(observed(problem("lstm", 1, 4, 9)))]) is None


def test_what_most_parameters_say_comes_first():
    _, scene, said = seen("Wh now:all")
    first = next(candidates.sets(said))
    for g, d in simulate(scene).da.items():
        np.testing.assert_allclose(first[g], d[:-1], atol=1e-11)


def test_where_two_say_different_things_both_are_tried():
    _, _, said = seen("Wx next:g")
    own = [given["g"] for given in candidates.sets(said) if "g" in given]
    assert len({round(float(d[0, 0, 0]), 9) for d in own}) > 1


def test_a_constant_shows_at_the_last_step():
    _, scene, said = seen("scale:2")
    found = candidates.ratios(scene, next(candidates.sets(said)))
    np.testing.assert_allclose(found, [1, 2])


def test_ends_and_bounds_are_seen():
    for mistake, site in (("loop first", "loop"), ("loop last", "loop"), ("clip da:0.01", "clip.da")):
        _, scene, said = seen(mistake)
        facts = candidates.facts(scene, next(candidates.sets(said)))
        assert facts[0] == {}
        assert any(site in fact for fact in facts), mistake
    scenes, scene, said = seen()
    assert candidates.facts(scene, next(candidates.sets(said))) == [{}]
    assert len(candidates.facts(scene, next(candidates.sets(said)), book(scenes))) > 6
