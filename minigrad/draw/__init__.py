"""Graphs as pictures; the room is called like its function, `mg.draw(run)`."""

import sys
from types import ModuleType
from typing import Any

from minigrad.draw.errors import DrawingError as DrawingError
from minigrad.draw.errors import NoGraphvizError as NoGraphvizError
from minigrad.draw.errors import TooLargeError as TooLargeError
from minigrad.draw.figure import Figure as Figure
from minigrad.draw.figure import draw as draw


class _Room(ModuleType):
    """A module that is called as its function is: `mg.draw(…)` is `mg.draw.draw(…)`."""

    def __call__(self, *args: Any, **options: Any) -> Figure:
        return draw(*args, **options)


sys.modules[__name__].__class__ = _Room
