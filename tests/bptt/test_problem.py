"""The error for input that can't be used."""

from minigrad.bptt import BadInputError
from minigrad.bptt.problem import BadInputError as Defined


def test_it_is_a_value_error_with_its_message():
    assert BadInputError is Defined
    assert issubclass(BadInputError, ValueError)
    assert str(BadInputError("--chars 1")) == "--chars 1"
