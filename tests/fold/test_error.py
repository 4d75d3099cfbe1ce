import copy

import pytest
from fold import recurrences as r

from minigrad.fold import FoldError, fold


def test_it_is_a_value_error_that_says_what_changes_and_when():
    error = FoldError("h does not fold", what="h", steps=(3, 4))
    assert isinstance(error, ValueError)
    assert (str(error), error.what, error.steps) == ("h does not fold", "h", (3, 4))


def test_without_steps_there_is_nothing_to_name():
    error = FoldError("nothing repeats")
    assert error.what is None
    assert error.steps is None


def test_a_copy_says_the_same():
    error = copy.copy(FoldError("m", what="h", steps=(3, 4)))
    assert (str(error), error.what, error.steps) == ("m", "h", (3, 4))


def test_fold_raises_it_with_both_steps():
    with pytest.raises(FoldError) as caught:
        fold(r.new_weights_half_way(9, 5))
    assert caught.value.steps == (4, 5)
    assert caught.value.what == "the matmul h.x"
