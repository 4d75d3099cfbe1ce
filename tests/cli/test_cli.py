import sys

import pytest

from minigrad import cli
from minigrad.cli import main
from minigrad.foreign.errors import ForeignError


def _raising(error):
    def run(*_):
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [(ForeignError("no", "my.py", 3), 2), (MemoryError("much"), 2), (KeyboardInterrupt(), 130)],
)
def test_every_end_has_its_exit_code(monkeypatch, capsys, error, code):
    monkeypatch.setattr(cli.check, "check_file", _raising(error))
    assert main(["check", "my.py"]) == code
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.count("\n") == (code == 2)


def test_words_that_mean_nothing_are_one_line_and_2(capsys):
    assert main(["check"]) == 2
    assert main(["nothing"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("minigrad ")


def test_a_closed_output_is_told(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["check", "my.py"]) == 2
    assert "standard output is closed" in capsys.readouterr().err
