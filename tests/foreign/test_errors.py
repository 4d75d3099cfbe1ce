"""An error names the file and the line."""

import pickle

import pytest

from minigrad.foreign.errors import ForeignError


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("no",), "no"),
        (("no", "a.py"), "a.py: no"),
        (("no", "a.py", 3), "a.py, line 3: no"),
        (("no", None, 3), "line 3: no"),
    ],
)
def test_its_text(arguments, text):
    assert str(ForeignError(*arguments)) == text


def test_it_survives_being_sent_to_another_process():
    error = pickle.loads(pickle.dumps(ForeignError("no", "a.py", 3)))  # noqa: S301  # our own bytes
    assert (error.message, str(error.path), error.line) == ("no", "a.py", 3)
