"""Files are there whole or not at all."""

import pytest

from minigrad.draw import DrawingError
from minigrad.draw.saving import replace


def test_it_replaces(tmp_path):
    for content in (b"one", b"two"):
        replace(tmp_path / "a.svg", content)
        assert (tmp_path / "a.svg").read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 1


def test_links_are_followed(tmp_path):
    (tmp_path / "real.svg").write_bytes(b"old")
    (tmp_path / "link.svg").symlink_to(tmp_path / "real.svg")
    replace(tmp_path / "link.svg", b"new")
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "real.svg").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["none/a.svg", "folder.svg", "nul\0.svg", "x" * 300 + ".svg"])
def test_what_can_not_be_written(tmp_path, name):
    (tmp_path / "folder.svg").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DrawingError, match="can't write"):
        replace(tmp_path / name, b"x")
    assert sorted(tmp_path.iterdir()) == before


def test_an_error_on_the_way_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.svg"
    path.write_bytes(b"old")

    def fail(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(DrawingError, match="No space left"):
        replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
