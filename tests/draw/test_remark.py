"""Notes are wrapped to the picture's width."""

from minigrad.draw.remark import with_note
from minigrad.draw.scene import Scene


def test_long_notes_are_wrapped():
    scene = with_note(Scene((), (), (), (400.0, 100.0), notes=("one",)), "word " * 60)
    assert len(scene.notes) > 3
    assert all(5.2 * len(note) < 400 for note in scene.notes)
    assert scene.size == (400.0, 100.0 + 16.0 * (len(scene.notes) - 1))
