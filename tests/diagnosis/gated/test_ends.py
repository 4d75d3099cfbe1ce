import dataclasses

import numpy as np
import pytest
from gated_campaign import CELLS
from gated_mutants import observed, problem, total_loss

from minigrad.diagnosis.gated import ends, explain_gated
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


def slopes(q, role):
    """The gradient of x, h(0) or c(0) by the complex step."""
    start = {"x": q.x, "h0": q.v["h"][0], "c0": q.v.get("c", [None])[0]}[role]
    found = np.zeros(start.shape)
    for index in np.ndindex(*start.shape):
        moved = start.astype(complex)
        moved[index] += 1e-30j
        given = {"h0": None, "c0": None, role: moved}
        one = dataclasses.replace(q, x=moved if role == "x" else q.x)
        found[index] = np.imag(total_loss(one, None, given["h0"], given["c0"])) / 1e-30
    return found


def with_ends(cell, variant, change=None):
    q = problem(cell, 4, 2, 4, variant=variant)
    seen = observed(q)
    found = {role: slopes(q, role) for role in ("x", "h0", *(["c0"] if cell == "lstm" else []))}
    auto, manual = {**seen.auto, **found}, {**seen.manual, **found}
    if change:
        role, factor = change
        manual[role] = factor * manual[role]
    names = {**seen.names, "h0": "hprev"}
    return dataclasses.replace(seen, auto=auto, manual=manual, names=names)


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_gradients_of_what_goes_in_are_the_complex_step(cell, variant):
    seen = with_ends(cell, variant)
    scene = Scene(seen)
    past = simulate(scene)
    for role in ends.ROLES:
        if role in seen.auto:
            np.testing.assert_allclose(ends.guess(scene, past, role, ()), seen.auto[role], atol=1e-12)
    assert explain_gated([seen]) == []


def test_wrong_ones_are_named():
    [zero] = explain_gated([with_ends("lstm", "", ("h0", 0.0))])
    assert (zero.kind, zero.quantity) == ("zero", "hprev")
    [double] = explain_gated([with_ends("gru", "before,z-old", ("x", 2.0))])
    assert (double.kind, double.quantity, double.factor) == ("scale", "x", 2.0)


def test_parameters_have_no_such_options():
    assert ends.options(Scene(with_ends("lstm", "")), "Wh.f") == []
    assert {o.name for o in ends.options(Scene(with_ends("lstm", "")), "x")} >= {"no f", "only f", "zero"}
