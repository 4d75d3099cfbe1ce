"""Every encoding is read; what is no text of Python is refused by one message."""

import os

import pytest

from minigrad.foreign import decoding as module
from minigrad.foreign.decoding import read_text
from minigrad.foreign.errors import ForeignError


def read(tmp_path, data, name="f.py"):
    path = tmp_path / name
    path.write_bytes(data)
    return read_text(path)


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ("s = 'größe'".encode(), False),
        ("s = 'größe'".encode("utf-8-sig"), False),
        ("# -*- coding: cp1252 -*-\ns = 'größe'".encode("cp1252"), False),
        ("s = 'größe'".encode("latin-1"), True),
        ("# coding: klingon\ns = 'größe'".encode("latin-1"), True),
        ("# coding: ascii\ns = 'größe'".encode("latin-1"), True),
        ("s = 'größe'".encode("utf-16"), True),
    ],
)
def test_encodings(tmp_path, data, noted):
    text, notes = read(tmp_path, data)
    assert text.endswith("s = 'größe'")
    assert bool(notes) is noted


def test_line_ends(tmp_path):
    assert read(tmp_path, b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x7fELF\0\0", "binary"),
        (b"\n<!DOCTYPE html><html>", "web page"),
    ],
)
def test_what_is_no_text_of_python(tmp_path, data, said):
    with pytest.raises(ForeignError, match=said) as caught:
        read(tmp_path, data)
    assert caught.value.path == tmp_path / "f.py"


def test_what_cannot_be_opened(tmp_path):
    with pytest.raises(ForeignError, match="No such file"):
        read_text(tmp_path / "none.py")
    with pytest.raises(ForeignError, match="folder"):
        read_text(tmp_path)
    with pytest.raises(ForeignError, match="can't be read"):
        read_text(tmp_path / "a\0b.py")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(ForeignError, match="device or pipe"):
        read_text(tmp_path / "pipe.py")


def test_a_large_file(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 2**20)
    assert len(read(tmp_path, b"#" * 2**20)[0]) == 2**20
    with pytest.raises(ForeignError, match="larger than 1 MiB"):
        read(tmp_path, b"#" * (2**20 + 1))
    assert read(tmp_path, b"#" * (2**20 + 1), "f.ipynb")[0], "a notebook may hold pictures"
