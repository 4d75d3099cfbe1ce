"""Files are written whole or not at all."""

import os
import pathlib

import pytest

from minigrad.bptt import BadInputError
from minigrad.bptt.files import check_folder, write_files


def test_files_in_a_new_folder(tmp_path):
    folder = tmp_path / "a" / "b"
    check_folder(str(folder), ["x"])
    assert not folder.exists()
    assert write_files(str(folder), {"x": b"1", "y": b"2"}) == [str(folder / "x"), str(folder / "y")]
    assert sorted(path.name for path in folder.iterdir()) == ["x", "y"]
    assert (folder / "y").read_bytes() == b"2"


def test_old_files_are_replaced_with_usual_permissions(tmp_path):
    (tmp_path / "x").write_bytes(b"old and longer")
    write_files(str(tmp_path), {"x": b"new"})
    (tmp_path / "usual").write_bytes(b"")
    assert (tmp_path / "x").read_bytes() == b"new"
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_folders_that_can_not_be(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "x").mkdir()
    for folder, said in (("file", "'file' is no folder"), ("file/deep", "'file' is no folder")):
        with pytest.raises(BadInputError, match=said):
            check_folder(str(tmp_path / folder), ["y"])
    with pytest.raises(BadInputError, match="'x' is a folder there"):
        check_folder(str(tmp_path), ["x"])
    with pytest.raises(BadInputError, match="null byte"):
        write_files("a\0b", {"x": b""})


def test_a_folder_without_permission(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(BadInputError, match="permission denied"):
        check_folder(str(tmp_path / "new"), ["x"])


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "x").write_bytes(b"old")
    chmod = pathlib.Path.chmod
    calls = []

    def full(path, mode):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        chmod(path, mode)

    monkeypatch.setattr(pathlib.Path, "chmod", full)
    with pytest.raises(BadInputError, match="No space left on device"):
        write_files(str(tmp_path), {"x": b"1", "y": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"


def test_a_folder_that_is_a_file_after_all(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInputError, match="can't write into the folder"):
        write_files(str(tmp_path / "file"), {"x": b""})
