import sys

import pytest

from minigrad.bptt import BadInputError
from minigrad.cli.terminal import WIDTH, complain, emit, rendered


def test_text_has_no_colours_and_no_trailing_blanks_away_from_a_terminal():
    text = rendered("[bold]one[/bold]   ")
    assert text == "one\n"
    assert len(max(rendered("word " * 60).splitlines(), key=len)) <= WIDTH


def test_a_complaint_is_one_line(capsys):
    complain("two\n lines")
    assert capsys.readouterr().err == "minigrad: two lines\n"


def test_letters_that_the_output_lacks_are_replaced(monkeypatch):
    import io  # noqa: PLC0415  # one test needs it

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    emit("∂W\n")
    sys.stdout.flush()
    assert raw.getvalue() == b"?W\n"


def test_an_output_that_is_full_is_told(monkeypatch):
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123  # a device
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(BadInputError, match="can't write to standard output"):
            emit("x\n")
