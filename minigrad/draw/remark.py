"""Sentences below a picture."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap

from minigrad.draw.scene import Scene

LINE, LETTER, MARGIN = 16.0, 5.2, 20.0


def with_note(scene: Scene, note: str) -> Scene:
    """The scene with one more note, in lines as long as the picture is wide.

    Example:
        >>> with_note(Scene((), (), (), (60.0, 40.0)), "nothing").size
        (300.0, 64.0)
    """
    width = max(scene.size[0], 300.0)
    lines = tuple(wrap(note, int((width - 2 * MARGIN) / LETTER)))
    first = 0.0 if scene.notes else 8.0
    size = (width, scene.size[1] + LINE * len(lines) + first)
    return replace(scene, notes=(*scene.notes, *lines), size=size)
