"""What is raised when a graph has no step that repeats."""

from __future__ import annotations


class FoldError(ValueError):
    """The graph does not repeat.

    Attributes:
        what: the class of nodes that changes, by name or by its place below a name; None without steps.
        steps: the two steps between which it changes.
    """

    def __init__(
        self, message: str, *, what: str | None = None, steps: tuple[int, int] | None = None
    ) -> None:
        super().__init__(message)
        self.what = what
        self.steps = steps
