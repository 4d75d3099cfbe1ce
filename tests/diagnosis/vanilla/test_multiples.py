import numpy as np
import pytest

from minigrad.diagnosis.vanilla.factors import MINUS
from minigrad.diagnosis.vanilla.multiples import bound_of, clip, scale


def test_a_named_factor_is_more_probable_than_one_without_a_name():
    named, bare = scale("Wh", "1/T", [0.25, 1 / 6]), scale("Wh", "", [0.37, 0.37])
    assert named.weight < bare.weight
    assert (named.kind, named.factor, named.did) == ("scale", 0.25, "d{Wh} is multiplied by 1/T")
    assert bare.did.endswith("0.37")


@pytest.mark.parametrize("role", ["Wh", "bh", "all", "h0"])
def test_an_opposite_sign_is_no_scale(role):
    found = scale(role, MINUS, [-1.0])
    assert (found.kind, found.factor) == ("sign", -1.0)


def test_the_factor_is_told_from_a_problem_where_it_is_not_1():
    assert scale("bh", "1/B", [1.0, 1 / 3]).factor == pytest.approx(1 / 3)
    assert scale("bh", "1/B", [1.0, 1 / 3]).kind == "bias"


def test_clips_of_one_and_of_all():
    assert (clip("Wh", 5.0).site, clip("all", 5.0).site) == ("sum Wh", "whole")


def test_a_bound_is_where_several_entries_stand(rng):
    a = rng.normal(size=(4, 5))
    assert bound_of([a]) == np.inf
    assert bound_of([np.clip(a, -0.5, 0.5)]) == 0.5
    assert bound_of([np.sign(a)]) == 1.0
    assert bound_of([np.ones((2, 3))]) == np.inf
    assert bound_of([np.zeros(3)]) == np.inf
