import numpy as np
import pytest

from minigrad.closed_form import ClosedForm
from minigrad.closed_form.result import over_time


def test_scalars_become_arrays_of_their_own_type_and_all_are_read_only():
    form = ClosedForm({"L": np.float32(1.5)}, {"W": np.ones((2, 3))}, {})
    assert form.forward["L"].shape == ()
    assert form.forward["L"].dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        form.gradients["W"][0] = 1


def test_the_tables_are_the_form_s_own():
    gradients = {"W": np.ones(2)}
    form = ClosedForm({}, gradients, {})
    gradients["V"] = np.ones(3)
    assert set(form.gradients) == {"W"}
    assert form.loss_terms == {}


def test_repr_counts_the_quantities():
    form = ClosedForm({}, {"W": np.ones(2), "V": np.ones(2)}, {("h", 0): np.ones(1)})
    assert repr(form) == "ClosedForm(0 forward, 2 gradients, 1 jacobians, 0 loss_terms)"


def test_over_time_adds_the_steps_and_leaves_the_terms_alone():
    table = {("W", t): np.full((2, 3), float(t)) for t in range(1, 5)} | {("W", 0): np.ones((2, 3))}
    np.testing.assert_array_equal(over_time(table, "W", 4), np.full((2, 3), 10.0))
    np.testing.assert_array_equal(table["W", 1], np.ones((2, 3)))


def test_over_time_keeps_the_type_of_scalars():
    assert over_time({("L", 1): np.float32(1), ("L", 2): np.float32(2)}, "L", 2).dtype == np.float32
