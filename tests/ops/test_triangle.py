import numpy as np

from minigrad.ops.triangle import LOWER_HALF, onto_triangle

RNG = np.random.default_rng(41)


def test_a_symmetric_matrix_is_the_sum_of_its_lower_half_and_the_transpose():
    x = RNG.normal(size=(2, 3, 3))
    x = x + x.mT
    half = LOWER_HALF(x)
    assert not np.any(np.triu(half, 1))
    np.testing.assert_array_equal(half + half.mT, x)


def test_an_infinite_entry_of_the_other_triangle_does_no_harm():
    assert LOWER_HALF(np.array([[2.0, np.inf], [3.0, 4.0]])).tolist() == [[1, 0], [3, 2]]


def test_one_triangle_holds_what_a_symmetric_change_does():
    S, change = RNG.normal(size=(2, 3, 3)), RNG.normal(size=(2, 3, 3))
    change = change + change.mT
    for upper, part in ((False, np.tril), (True, np.triu)):
        g = onto_triangle(S, upper=upper)
        np.testing.assert_array_equal(g, part(g))
        np.testing.assert_allclose(np.sum(g * change), np.sum(S * change), rtol=1e-14)
