from vanilla_catalogue import Case

from minigrad.diagnosis.vanilla import slopes
from minigrad.diagnosis.vanilla.explanation import (
    UNKNOWN,
    Explanation,
    distinct,
    hidden_fits,
    output_fits,
    signature,
)
from minigrad.diagnosis.vanilla.joins import joins
from minigrad.diagnosis.vanilla.losses import RIGHT
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene


def scenes(names, **more):
    return [Scene.of(seen) for seen in Case(22, names, **more).observed()]


def test_what_is_fitted_and_what_is_missing():
    fits, missing = hidden_fits(scenes(["outside Wh", "bh sign"]), Rule(), 1)
    assert (set(fits), missing) == ({"Wx", "bh"}, ("Wh",))
    fits, missing = output_fits(scenes(["by sign"]), RIGHT, 1)
    assert (set(fits), missing) == ({"Wy", "by"}, ())
    one = Explanation(Rule(), fits, ("Wh",))
    assert [part.kind for part in one.parts] == ["sign"]
    assert one.cost == UNKNOWN + one.parts[0].weight
    assert one.error < 1e-12
    assert Explanation(Rule(), {}).error == 0.0


def test_rules_that_give_the_same_numbers_are_one_group():
    every = scenes([], last=True)
    rules = [Rule()] + [Rule(join=join) for join in joins()[1:]]
    groups = distinct(every, rules, 99)
    assert sum(map(len, groups)) == len(rules)
    names = [{rule.parts[0].name for rule in group if rule.parts} for group in groups]
    assert any({"constant", "accumulated"} <= group for group in names)
    assert len(distinct(every, rules, 2)) == 2


def test_other_numbers_have_another_signature():
    every = scenes([])
    wrong = Rule(slope=slopes.slopes(every[0])[1])
    assert signature(every, Rule()).shape == signature(every, wrong).shape
    assert abs(signature(every, Rule()) - signature(every, wrong)).max() > 1e-3
