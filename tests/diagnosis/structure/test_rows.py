import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.structure.rows import arrangements, as_matrix, multipliers, units
from minigrad.diagnosis.structure.wiring import Wiring

D, H = 4, 5


@pytest.mark.parametrize("B", [1, 2, 7])
@pytest.mark.parametrize("columns", [False, True])
def test_rows_and_what_they_are_multiplied_by(B, columns, rng):
    x, m = rng.normal(size=(B, D)), rng.normal(size=(B, H))
    p = {"b": mg.Tensor(rng.normal(size=(H, 1) if columns else H))}
    p |= {
        "Wx": mg.Tensor(rng.normal(size=(H, D) if columns else (D, H))),
        "Wh": mg.Tensor(rng.normal(size=(H, H))),
    }
    a = p["Wx"] @ x.T + p["Wh"] @ m.T + p["b"] if columns else x @ p["Wx"] + m @ p["Wh"] + p["b"]
    wiring = Wiring(np.sum(a), p)
    layer = units(wiring, a.order, set())
    assert layer.places.shape == (B, H)
    assert set(layer.rows) == {q.order for q in p.values()}
    layer = multipliers(wiring, a.order, layer, layer.rows, set())
    for name, wanted in {"Wx": x, "Wh": m, "b": np.ones((B, 1))}.items():
        rows = layer.rows[p[name].order]
        assert rows.even
        assert_gradient(layer.multipliers[p[name].order], wanted)
        W = p[name].value.reshape(-1)[rows.entries]
        assert_gradient(W, p[name].value.reshape(H, -1) if columns or name == "b" else p[name].value.T)


def test_a_one_hot_input_and_a_zero_state(rng):
    W, V = mg.Tensor(rng.normal(size=(H, D))), mg.Tensor(rng.normal(size=(H, H)))
    a = W[:, 2] + V @ np.zeros(H)
    layer = units(Wiring(np.sum(a), {"W": W, "V": V}), a.order, set())
    assert set(layer.rows) == {W.order}
    assert_gradient(W.value.reshape(-1)[layer.rows[W.order].entries], W.value)


def test_a_factor_of_its_own_for_each_unit_is_uneven(rng):
    W = mg.Tensor(rng.normal(size=(H, D)))
    a = rng.normal(size=H) * (W @ rng.normal(size=D))
    assert not units(Wiring(np.sum(a), {"W": W}), a.order, set()).rows[W.order].even


def test_what_is_no_affine_layer_is_none(rng):
    W, x = mg.Tensor(rng.normal(size=(D, D))), mg.Tensor(rng.normal(size=D))
    for a, leaves in [
        (np.exp(W @ np.ones(D)) @ rng.normal(size=(D, 3)), {"W": W}),
        (rng.normal(size=(H, D)) @ x, {"x": x}),
        (np.sum(x).reshape(1), {"x": x}),
    ]:
        assert units(Wiring(np.sum(a), leaves), a.order, set()) is None


def test_shapes_as_matrices_and_batches():
    shapes = [(5,), (5, 1), (1, 5), (4, 5), (1, 4, 5), (4, 5, 3), ()]
    assert [as_matrix(s) for s in shapes] == [(5, 1), (5, 1), (5, 1), (4, 5), (4, 5), (20, 3), (1, 1)]
    assert [p.shape for p in arrangements((3, 1, 5))] == [(3, 5), (5, 3)]
    assert [p.shape for p in arrangements((1, 5))] == [(1, 5)]
    assert not list(arrangements((2, 3, 4)))
