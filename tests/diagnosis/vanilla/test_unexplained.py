import numpy as np
from vanilla_catalogue import Case
from vanilla_mutants import BATCH

from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.unexplained import unexplained

ALL = ("Wx", "Wh", "bh", "Wy", "by")


def told(names, missing=ALL, **more):
    case = Case(25, names, **more)
    scenes = [Scene.of(seen) for seen in case.observed()]
    return case, unexplained(scenes, Explanation(Rule(), {}, missing))


def test_da_with_both_numbers_and_both_edges():
    case, (one,) = told(["outside carry"], ("Wx", "Wh", "bh"))
    assert (one.kind, one.quantity, one.step) == ("unexplained", "da", 3)
    mine, right = np.array(case.gradients[0][1])[2], np.array(Case(25, []).gradients[0][1])[2]
    place = np.unravel_index(np.argmax(np.abs(mine - right)), mine.shape)
    assert f"is {mine[place]:.6g}, it should be {right[place]:.6g}" in one.sentence
    assert "(t=4 is exact)" in one.sentence
    assert "from y(3) comes" in one.sentence
    assert "from h(4)" in one.sentence


def test_of_a_wrong_dy_da_is_not_blamed():
    _, findings = told(["outside dy"])
    assert [(one.quantity, one.step) for one in findings] == [("dy", 4)]
    _, findings = told(["outside dy", "carry zero"])
    assert [(one.quantity, one.step) for one in findings] == [("dy", 4), ("da", 3)]


def test_gradients_where_da_cannot_be_solved_for():
    case, findings = told(["outside slope"], ("Wx", "Wh", "bh"), sizes=[BATCH])
    assert [one.quantity for one in findings] == ["Wxh", "Whh", "bh"]
    wrong, right = case.gradients[0][0]["Wh"], Case(25, [], sizes=[BATCH]).gradients[0][0]["Wh"]
    place = np.unravel_index(np.argmax(np.abs(wrong - right)), wrong.shape)
    assert (
        f"dWhh[{place[0]}, {place[1]}] is {wrong[place]:.6g}, it should be {right[place]:.6g}"
        in findings[1].sentence
    )


def test_nothing_is_missing():
    assert told(["outside slope"], ())[1] == []
