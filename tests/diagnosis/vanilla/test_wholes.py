import numpy as np
import pytest
from vanilla_catalogue import WHOLE, Case

from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.factors import MINUS
from minigrad.diagnosis.vanilla.fits import Fit
from minigrad.diagnosis.vanilla.multiples import scale
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.wholes import common_factors, norm_of, shared_factors, wholes


def scenes(names, **more):
    return [Scene.of(seen) for seen in Case(23, names, **more).observed()]


@pytest.mark.parametrize("name", WHOLE)
def test_what_concerns_all_gradients_is_found(name):
    found = wholes(scenes([name]))
    assert WHOLE[name][0] in {option.kind for option, _ in found}
    assert all(option.site == "whole" for option, _ in found)


@pytest.mark.parametrize("name", ["all 1/T", "all sign", "all norm"])
def test_without_it_the_gradients_are_right(name):
    every = scenes([name])
    _, changed = wholes(every)[0]
    for n in changed:
        assert all(n.error(role, np.asarray(n.observed.auto[role])) < 1e-12 for role in n.manual)


def test_one_gradient_alone_is_not_all_of_them():
    assert common_factors(scenes(["Wh mean time"])) == []
    assert common_factors(scenes(["Wh mean time", "Wx mean time"])) == [pytest.approx((1 / 4, 1 / 6))]
    assert common_factors(scenes(["Wy mean time"], roles=("Wx", "Wh", "Wy"))) == [
        pytest.approx((1 / 4, 1 / 6))
    ]
    assert wholes(scenes([])) == []


def test_factors_without_a_name_are_told_for_each_problem():
    every = scenes([])
    for n, c in zip(every, (0.37, 0.41), strict=True):
        for role in n.manual:
            n.manual[role][...] *= c
    ((option, _),) = wholes(every)
    assert option.did.endswith("0.37 (at T=4, B=1) and 0.41 (at T=6, B=3)")


def test_a_norm_that_is_clipped_on_one_problem_only():
    every = scenes(["all norm"])
    assert norm_of(every, (0.1, 0.2)) == pytest.approx(0.5)
    assert norm_of(every[:1], (0.1,)) == pytest.approx(0.5)
    assert norm_of(every, (1.0, 0.2)) == pytest.approx(0.5)
    assert norm_of(scenes([]), (0.1, 0.2)) == np.inf
    assert norm_of(every, (1.5, 2.0)) == np.inf


def test_a_factor_that_several_sums_of_an_explanation_have():
    every = scenes(["dy shifted", "all 1/T"])
    assert wholes(every) == []
    part = scale("Wy", "1/T", [0.25])
    fits = {role: Fit(role, (part,), 0.0) for role in ("Wy", "by")}
    ((option, changed),) = shared_factors(every, Explanation(Rule(), fits))
    assert (option.site, option.name, option.kind) == ("whole", "times 1/T", "scale")
    assert np.allclose(changed[1].manual["Wy"], 6 * every[1].manual["Wy"])
    assert shared_factors(every, Explanation(Rule(), {"Wy": fits["Wy"]})) == []
    bare = {role: Fit(role, (scale("Wy", "", [0.37]),), 0.0) for role in fits}
    assert shared_factors(every, Explanation(Rule(), bare)) == []
    minus = {role: Fit(role, (scale("Wy", MINUS, [-1.0]),), 0.0) for role in fits}
    assert shared_factors(every, Explanation(Rule(), minus))[0][0].kind == "sign"
