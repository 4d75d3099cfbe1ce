import numpy as np
from gated_campaign import planted

from minigrad.diagnosis.gated.adding import sums
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.term import total

RNG = np.random.default_rng(0)
D, U = RNG.normal(size=(4, 2, 6)), RNG.normal(size=(4, 2, 6))
TERMS = np.einsum("tbi,tbj->tij", D, U)


def by_name(role):
    scenes = [Scene(o) for o in planted("lstm", "", 1)]
    return {o.name: o.value((D, U)) for o in sums(scenes, role)}


def test_sums_by_hand():
    found = by_name("Wh.f")
    np.testing.assert_allclose(found["overwritten"], TERMS[0])
    np.testing.assert_allclose(found["first written"], TERMS[3])
    np.testing.assert_allclose(found["skip first"], TERMS[1:].sum(0))
    np.testing.assert_allclose(found["skip last"], TERMS[:3].sum(0))
    np.testing.assert_allclose(found["skip 2"], TERMS.sum(0) - TERMS[1])
    np.testing.assert_allclose(found["transposed"], TERMS.sum(0).T)
    np.testing.assert_allclose(found["running"], np.cumsum(TERMS[::-1], 0).sum(0))
    np.testing.assert_allclose(found["inner"], np.full((6, 6), np.sum(D * U)))
    np.testing.assert_allclose(found["elementwise"][3], np.sum(D * U, (0, 1)))
    np.testing.assert_allclose(found["by column"][:, 3], np.sum(D * U, (0, 1)))
    np.testing.assert_allclose(found["diagonal"], np.diag(np.sum(D * U, (0, 1))))
    np.testing.assert_allclose(found["of sums"], np.outer(D.sum((0, 1)), U.sum((0, 1))))
    assert not found["zero"].any()


def test_every_wrong_sum_differs_and_has_its_name():
    for role in ("Wh.f", "b.f"):
        for name, value in by_name(role).items():
            assert np.max(np.abs(value - total((D, U)))) > 1e-3, name


def test_an_elementwise_product_of_other_sizes_matches_nothing():
    scenes = [Scene(o) for o in planted("lstm", "", 1)]
    [inner] = [o for o in sums(scenes, "Wx.f") if o.name == "inner"]
    assert np.isnan(inner.value((D, U[..., :5]))).all()
