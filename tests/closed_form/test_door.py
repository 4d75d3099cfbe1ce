import numpy as np
import pytest

from minigrad.closed_form.door import admit, require_distributions, require_steps


def test_arrays_are_copied():
    given = np.ones(3)
    (admitted,) = admit("form", a=(given, "A"))
    given[0] = 7
    np.testing.assert_array_equal(admitted, np.ones(3))


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128])
def test_a_typed_argument_decides_the_type_of_all(dtype):
    arrays = admit("form", a=(np.ones(2, dtype), "A"), b=([1, 2], "A"), c=(0.5, ""), d=(True, ""))
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_mixed_types_take_the_wider_one():
    a, b = admit("form", a=(np.ones(2, np.float32), "A"), b=(np.ones(3, np.complex128), "B"))
    assert a.dtype == b.dtype == np.complex128


def test_numbers_without_a_type_become_float64_or_complex128():
    assert admit("form", a=([1, 2], "A"))[0].dtype == np.float64
    assert admit("form", a=([1, 2j], "A"))[0].dtype == np.complex128


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "form: a is no array, wanted rows of equal length"),
        (["x", "y"], "form: a has dtype <U1, wanted numbers; convert a first"),
        (np.array([None, 1]), "form: a has dtype object, wanted numbers"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        admit("form", a=(value, "A"))


def test_a_shape_is_refused_with_who_decided_each_size():
    with pytest.raises(ValueError, match=r"where H = 2 is set by W and K = 3 is set by U; resize c"):
        admit(
            "form",
            W=(np.ones((2, 2)), "HH"),
            U=(np.ones((2, 3)), "HK"),
            c=(np.ones((3, 2)), "HK"),
        )


def test_a_matrix_that_is_not_square_is_refused_on_its_own():
    with pytest.raises(ValueError, match=r"W has shape \(2, 3\).*H is one size; resize W$"):
        admit("form", W=(np.ones((2, 3)), "HH"))


@pytest.mark.parametrize("shape", [(), (2, 2), (0,)])
def test_a_wrong_number_of_axes_or_an_empty_axis_is_refused(shape):
    with pytest.raises(ValueError, match=r"wanted \(A\) with every size at least 1; reshape a"):
        admit("form", a=(np.ones(shape), "A"))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_distributions_may_be_off_by_rounding_only(dtype):
    rows = np.random.default_rng(0).dirichlet(np.ones(50), size=9).astype(dtype)
    require_distributions("form", "y", rows / rows.sum(axis=1, keepdims=True))
    rows[3, 0] += 1e-3
    with pytest.raises(ValueError, match="step t=4"):
        require_distributions("form", "y", rows)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_targets_that_are_not_finite_are_refused(bad):
    with pytest.raises(ValueError, match=r"y at step t=2, point n=1 has a row that sums to"):
        require_distributions("form", "y", np.array([[[1.0], [1.0]], [[1.0], [bad]]]))


@pytest.mark.parametrize(("k", "t"), [(0, 0), (0, 6), (6, 6)])
def test_steps_of_the_run_are_let_through(k, t):
    require_steps("form", k, t, 6)


@pytest.mark.parametrize(("k", "t"), [(-1, 0), (4, 3), (0, 7)])
def test_other_steps_are_refused(k, t):
    with pytest.raises(ValueError, match=f"form: steps k={k}, t={t}, wanted 0 <= k <= t <= 6"):
        require_steps("form", k, t, 6)
