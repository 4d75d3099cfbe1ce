"""What is raised can be caught by its kind."""

import pytest

from minigrad.draw import DrawingError, NoGraphvizError, TooLargeError


@pytest.mark.parametrize(
    ("kind", "base"),
    [(DrawingError, RuntimeError), (NoGraphvizError, DrawingError), (TooLargeError, ValueError)],
)
def test_kinds(kind, base):
    assert issubclass(kind, base)
