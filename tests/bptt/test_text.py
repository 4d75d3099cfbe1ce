"""Texts are read whole, checked, and cut into streams."""

import io
import sys

import numpy as np
import pytest

from minigrad.bptt import BadInputError
from minigrad.bptt import text as module
from minigrad.bptt.text import Text, read_text


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "t.txt"
        path.write_bytes(content)
        return str(path)

    return write


def test_the_packaged_text():
    text = read_text()
    assert 1000 < len(text.characters) < 3000
    assert text.alphabet == "".join(sorted(set(text.characters)))


def test_a_file(file):
    text = read_text(file("schön\r\n∇".encode()))
    assert text.characters == "schön\r\n∇"
    assert len(text.alphabet) == 8


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    assert read_text("-") == Text("standard input", "abc", "abc")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"aaaa", "nothing but 'a'"),
        (b"ab\xff", "byte 2 can't be decoded"),
    ],
)
def test_a_text_that_is_none(file, content, said):
    with pytest.raises(BadInputError, match=said):
        read_text(file(content))


def test_a_file_that_is_not_there(tmp_path):
    for name in (str(tmp_path / "none"), str(tmp_path), "a\0b"):
        with pytest.raises(BadInputError, match="can't read"):
            read_text(name)


def test_a_file_that_is_too_large(file, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 4)
    assert read_text(file(b"abca")).characters == "abca"
    with pytest.raises(BadInputError, match="is larger than"):
        read_text(file("abc∇".encode()))


def test_standard_input_that_is_closed(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadInputError, match="standard input: it is closed"):
        read_text("-")


def test_streams_follow_each_other():
    text = Text("a test", "abcdefgh", "abcdefgh")
    assert text.tokens(8, 1).T.tolist() == [[0, 1, 2, 3, 4, 5, 6, 7]]
    assert text.tokens(7, 3).T.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert np.issubdtype(text.tokens(4, 2).dtype, np.integer)


def test_too_many_characters_or_streams():
    text = Text("a test", "abcdefgh", "abcdefgh")
    with pytest.raises(BadInputError, match="--chars 9 is more than a test has: 8 characters"):
        text.tokens(9, 1)
    with pytest.raises(BadInputError, match="5 streams of 8 characters would have 1 each"):
        text.tokens(8, 5)
