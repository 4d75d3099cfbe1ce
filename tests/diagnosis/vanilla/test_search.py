import numpy as np
import pytest
from vanilla_catalogue import Case
from vanilla_mutants import BATCH

from minigrad.diagnosis.vanilla.scene import EXACT, Scene
from minigrad.diagnosis.vanilla.search import search


def found(names, **more):
    with np.errstate(all="ignore"):
        return search([Scene.of(seen) for seen in Case(24, names, **more).observed()])


def kinds(one):
    return sorted(part.kind for part in one.parts)


def test_mistakes_at_every_place_at_once():
    one = found(["all 1/T", "dy shifted", "slope activated", "carry Wh", "Wh wrap", "bh zero"])
    assert one.missing == ()
    assert one.error <= EXACT
    assert kinds(one) == sorted(
        ["scale", "output-step", "derivative-of-activated", "carry-not-transposed", "initial-state", "zero"]
    )


@pytest.mark.parametrize("names", [["bh mean batch"], ["all 1/B"], ["Wx of sums", "Wh mean batch"]])
def test_what_only_a_batch_shows(names):
    one = found(names)
    assert one.missing == ()
    assert len(one.parts) == len(names)


def test_only_a_batch():
    one = found(["carry Wh", "slope none", "Wh h(t)"], sizes=[BATCH])
    assert kinds(one) == ["carry-not-transposed", "wrong-derivative", "wrong-state"]


@pytest.mark.parametrize(
    ("rule", "state", "factor"),
    [("carry Wh", "Wh h(t-2)", "Wx mean time"), ("edge shifted", "Wh transposed", "Wx sign")],
)
def test_a_da_from_one_scaled_gradient_is_not_believed(rule, state, factor):
    one = found([rule, state, factor])
    assert len(one.parts) == 3
    assert {part.site for part in one.parts if part.site.startswith("sum")} == {"sum Wh", "sum Wx"}


def test_only_the_output_layer():
    assert kinds(found(["Wy h(t-1)"], roles=("Wy", "by"))) == ["wrong-state"]
    assert kinds(found(["loss squared"], roles=("by",))) == ["wrong-loss"]


def test_no_output_layer():
    assert kinds(found(["loss squared", "carry zero"], roles=("Wx", "Wh", "bh"))) == [
        "carry-missing",
        "wrong-loss",
    ]


def test_rivals_have_no_more_mistakes():
    one = found(["carry one step"])
    assert one.rivals
    assert all(len(rival.parts) <= len(one.parts) for rival in one.rivals)


def test_what_is_right_is_explained_by_nothing():
    one = found([])
    assert (one.parts, one.missing, one.cost) == ((), (), 0)
