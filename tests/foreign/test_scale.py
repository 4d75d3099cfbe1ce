import numpy as np

from minigrad.foreign.scale import common, factor, shared


def test_the_factor_is_one_exactly_where_both_are_equal():
    a = np.array([[1.0, -2.0], [0.5, 3.0]])
    assert factor(a, a) == 1.0
    assert factor(a * (1 + 1e-9), a) == 1.0


def test_the_factor_of_multiples_signs_and_nothing():
    a = np.array([1.0, -2.0, 4.0])
    assert factor(-a, a) == -1.0
    assert np.isclose(factor(a / 3, a), 1 / 3)
    assert factor(a + 1, a) is None
    assert factor(np.zeros(3), a) is None


def test_zeros_agree_with_zeros_only():
    assert factor(np.zeros(2), np.zeros(2)) == 1.0
    assert factor(np.ones(2), np.zeros(2)) is None


def test_other_sizes_and_numbers_that_are_none_have_no_factor():
    assert factor(np.ones(3), np.ones(2)) is None
    assert factor(np.array([np.nan, 1.0]), np.ones(2)) is None


def test_the_common_factor_is_the_most_frequent():
    assert common([6.0, 6.0 * (1 + 1e-9), 1.0]) == 6.0
    assert shared(6.0, [6.0, 6.0, 1.0]) == 2
    assert common([]) == 1.0
