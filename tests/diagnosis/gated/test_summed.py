import pytest
from gated_campaign import planted

from minigrad.diagnosis.gated import summed
from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.explanation import play
from minigrad.diagnosis.gated.scene import Scene


def terms(role, *mistakes, cell="lstm", variant=""):
    scenes = [Scene(o) for o in planted(cell, variant, 1, *mistakes)]
    return summed.explain(play(scenes, {}), role, book(scenes))


@pytest.mark.parametrize(
    ("role", "mistakes", "names"),
    [
        ("Wh.f", (), []),
        ("Wh.f", ("Wh now:f",), ["now"]),
        ("Wh.f", ("Wh end:f", "Wh transposed:f"), ["end", "transposed"]),
        ("Wx.i", ("Wx pre:i", "Wx overwritten:i"), ["pre", "overwritten"]),
        ("b.g", ("b skip last:g",), ["skip last"]),
        ("Wy", ("Wy old",), ["old"]),
        ("by", ("by zero:by",), ["zero"]),
    ],
)
def test_what_was_summed_is_found(role, mistakes, names):
    best = terms(role, *mistakes)[0]
    assert [o.name for o in best.options] == names
    assert best.error < 1e-12
    assert (best.cost == 0) == (not names)


def test_constants_and_bounds_are_found():
    assert terms("Wh.f", "Wh mean:f")[0].words[0] == "1/T"
    assert terms("Wh.f", "Wh batch mean:f")[0].factors == pytest.approx((1, 1 / 3))
    both = terms("Wh.f", "Wh now:f", "Wh double:f")[0]
    assert ([o.name for o in both.options], both.words[0]) == (["now"], "2")
    assert terms("Wh.f", "clip all:0.01")[0].bound == 0.01


def test_ties_are_kept():
    names = {t.options[0].name for t in terms("Wh.f", "Wh no h0:f")}
    assert names >= {"zero start", "skip first"}


def test_a_wrong_recursion_is_not_explained_by_a_sum():
    assert terms("Wh.f", "slope twice:o", "path plain:all") == []
