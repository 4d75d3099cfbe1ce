"""`minigrad draw`."""

import argparse
import re

import pytest

from minigrad.bptt import BadInputError
from minigrad.cli import draw as command
from minigrad.draw import DrawingError

CELL = """
import numpy as np
import minigrad as mg
W = mg.Tensor(0.1 * np.eye(4), "W")
def cell(x, h):
    return np.tanh(W @ h + x[:4]).named("h")
def wrong(x, h):
    return W @ x
net = mg.nn.GRU(28, 3, 28)
loss = (W.sum() ** 2).named("L")
number = 3
def with_target(x, h, y):
    h = cell(x, h)
    return {"h": h, "L": mg.cross_entropy(h, y % 4)}
"""


@pytest.fixture
def run(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    (tmp_path / "cells.py").write_text(CELL)
    (tmp_path / "broken.py").write_text("1 / 0")

    def run(*arguments):
        given = parser.parse_args(["draw", *(a.replace("DIR", str(tmp_path)) for a in arguments)])
        code = given.run(given)
        return code, capsys.readouterr().out

    return run


def test_text_to_the_terminal(run):
    code, out = run("--steps", "2")
    assert code == 0
    assert out.startswith("outside of time\n  U = ")
    assert "t = 2\n" in out
    assert "t = 3" not in out


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--params", "copies", "--grads"],
        ["--detail", "ops", "--cell", "lstm", "--steps", "2"],
        ["--folded"],
        ["--beside", "--cell", "gru"],
        ["--show", "grad", "--show", "bars", "--theme", "dark"],
        ["--steps", "30"],
        ["--steps", "14", "--all"],
        ["--cell", "DIR/cells.py:cell"],
        ["--cell", "DIR/cells.py:with_target", "--grads"],
        ["--cell", "DIR/cells.py:loss"],
    ],
    ids=" ".join,
)
def test_pictures(run, tmp_path, options):
    code, out = run(*options, "-o", "DIR/a.svg")
    assert (code, out) == (0, f"Wrote {tmp_path / 'a.svg'}\n")
    text = (tmp_path / "a.svg").read_text()
    assert text.startswith("<svg")
    assert ("--grads" in options or "--show" in options) == (
        ' backward"' in re.sub("<style>.*</style>", "", text)
    )


def test_other_endings(run, tmp_path):
    for ending in ("html", "json", "dot", "txt"):
        run("--grads", "-o", f"DIR/a.{ending}")
        assert (tmp_path / f"a.{ending}").stat().st_size > 100


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--steps", "0"], "--steps 0"),
        (["none.txt"], "can't read 'none.txt'"),
        (["--cell", "rnnn"], "--cell 'rnnn' is unknown; wanted: rnn, lstm, gru, or FILE.py:NAME"),
        (["--cell", "none.py:cell"], "no Python file 'none.py'"),
        (["--cell", "DIR/broken.py:cell"], "can't be run: ZeroDivisionError"),
        (["--cell", "DIR/cells.py:none"], "has no 'none'"),
        (["--cell", "DIR/cells.py:number"], "of type int"),
        (["--cell", "DIR/cells.py:wrong"], r"failed on x of shape \(\d+,\) and h of shape \(4,\)"),
        (["--cell", "DIR/cells.py:cell", "--grads"], "--grads wants one loss; there are 5 outputs"),
        (["-o", "a.jpg"], "ends with '.jpg'"),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, list) else "",
)
def test_bad_input_is_one_line(run, options, said):
    with pytest.raises(BadInputError, match=said):
        run(*options)


def test_a_place_that_can_not_be_written(run):
    with pytest.raises(DrawingError, match="can't write"):
        run("-o", "DIR/none/a.svg")


def test_a_network_of_a_file(run, tmp_path):
    text = (tmp_path / "text").write_text("".join(chr(97 + k) for k in range(26)) + ".,")
    assert text == 28
    assert run("DIR/text", "--cell", "DIR/cells.py:net", "--steps", "2")[0] == 0
