"""What is raised where a picture can't be made."""

from __future__ import annotations


class DrawingError(RuntimeError):
    """A picture could not be made or written."""


class NoGraphvizError(DrawingError):
    """There is no Graphviz to draw with."""


class TooLargeError(ValueError):
    """There is more to draw than anybody could look at."""
