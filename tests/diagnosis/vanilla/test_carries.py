import numpy as np
import pytest
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.carries import carries
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene

PLANTED = ("zero", "Wh", "stale", "without slope", "printed", "buffer", "one step", "double", "sign")


@pytest.mark.parametrize("sizes", [None, {"T": 5, "B": 2, "D": 6, "H": 6, "O": 3}])
@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_carry_is_among_them(name, sizes):
    p = problem(6, sizes=sizes)
    n = Scene.of(observe(p, backward(p)[0]))
    wanted = np.array(backward(p, {f"carry {name}"})[1])
    single = [one for one in carries(n) if len(one.parts) == 1]
    assert any(np.allclose(Rule(carry=one).run(n).d[:, 0], wanted, atol=1e-12) for one in single)


def test_there_are_right_ones_with_one_mistake_and_with_two():
    p = problem(6)
    counts = [len(one.parts) for one in carries(Scene.of(observe(p, backward(p)[0])))]
    assert counts[0] == 0
    assert set(counts) == {0, 1, 2}
    assert counts == sorted(counts)


def test_two_mistakes_in_one_carry():
    p = problem(6)
    n = Scene.of(observe(p, backward(p)[0]))
    both = next(one for one in carries(n) if [part.name for part in one.parts] == ["g", "Wh"])
    run = Rule(carry=both).run(n)
    assert np.allclose(run.g[2, 0], n.observed.upstream[2] + run.g[3, 0] @ n.Wh.T, atol=1e-14)


def test_another_square_matrix_only_where_there_is_one():
    for D, wanted in ((5, False), (6, True)):
        p = problem(6, sizes={"T": 3, "B": 1, "D": D, "H": 6, "O": 3})
        names = [part.name for one in carries(Scene.of(observe(p, backward(p)[0]))) for part in one.parts]
        assert ("Wx" in names) is wanted
