"""The command, in this process and as one of its own."""

import json
import os
import subprocess
import sys
import time
from importlib import metadata

import numpy as np
import pytest

from minigrad import cli, closed_form
from minigrad.bptt import Request
from minigrad.cli import main


def names(folder):
    return sorted(path.name for path in folder.iterdir())


QUICK = ["--chars", "9", "--hidden", "3"]


@pytest.fixture
def bptt(tmp_path, capsys):
    def run(*arguments):
        code = main(["bptt", "--out", str(tmp_path / "out"), *arguments])
        return code, *capsys.readouterr()

    return run


def process(tmp_path, *arguments, **options):
    command = [sys.executable, "-m", "minigrad", "bptt", "--out", str(tmp_path), *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)  # noqa: S603  # ours


def test_a_process_of_its_own(tmp_path):
    done = process(tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
    assert names(tmp_path) == ["folded.svg", "unrolled.dot", "unrolled.svg"]
    for name in names(tmp_path):
        assert f"Wrote {tmp_path / name}" in text


def test_standard_input_as_json(tmp_path):
    done = process(tmp_path, "-", "--json", *QUICK, input="schön, nicht wahr?".encode())
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["text"]) == (0, True, "standard input")
    assert len(told["files"]) == 3


def test_a_reader_that_leaves(tmp_path):
    command = [sys.executable, "-m", "minigrad", "bptt", "--out", str(tmp_path), *QUICK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603  # ours
        running.stdout.close()
        time.sleep(0.1)
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_letters_that_the_terminal_lacks(tmp_path):
    done = process(tmp_path, *QUICK, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?W" in done.stdout


def test_a_convention(bptt):
    code, out, err = bptt("--convention", "goodfellow", *QUICK)
    assert (code, err) == (0, "")
    assert "goodfellow" in out
    assert "huang-batch" not in out


def test_a_wrong_closed_form_is_seen(bptt, monkeypatch):
    right = closed_form.rossi

    def wrong(*arguments):
        form = right(*arguments)
        form.gradients["W"] = form.gradients["W"] * (1 + 1e-9)
        return form

    monkeypatch.setattr(closed_form, "rossi", wrong)
    code, out, _ = bptt(*QUICK)
    assert code == 1
    assert "1 of 117 quantities of 7 closed forms do NOT agree: rossi ∇W." in out
    code, out, _ = bptt("--json", *QUICK)
    assert code == 1
    assert json.loads(out)["ok"] is False


def test_a_form_that_gives_nan_is_seen(bptt, monkeypatch):
    right = closed_form.goodfellow

    def wrong(*arguments):
        form = right(*arguments)
        form.gradients["b"] = form.gradients["b"] * np.nan
        return form

    monkeypatch.setattr(closed_form, "goodfellow", wrong)
    code, out, _ = bptt("--json", *QUICK)
    assert code == 1
    json.loads(out, parse_constant=pytest.fail)


BAD = [
    (["none.txt"], "can't read 'none.txt'"),
    (["empty"], "'empty' is empty"),
    (["binary"], "no text in UTF-8"),
    (["same"], "nothing but 'a'"),
    (["."], "can't read '.'"),
    (["--chars", "99999"], "more than the packaged text has"),
    (["--chars", "1"], "at least 2"),
    (["--chars", "many"], "invalid int value"),
    (["--hidden", "0"], "at least 1"),
    (["--batch", "99"], "99 streams"),
    (["--convention", "mine"], "invalid choice: 'mine'"),
    (["--out", "same"], "'same' is no folder"),
    (["--out", "same/deep"], "'same' is no folder"),
    (["--unknown"], "unrecognized arguments: --unknown"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD, ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_bad_input_is_one_line_and_writes_nothing(bptt, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    for name, content in (("empty", b""), ("binary", b"ab\xff"), ("same", b"aaaa")):
        (tmp_path / name).write_bytes(content)
    before = names(tmp_path)
    code, out, err = bptt(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("minigrad: ")
    assert err.count("\n") == 1
    assert said in err
    assert names(tmp_path) == before


def test_without_graphviz(bptt, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    assert bptt(*QUICK)[0] == 0
    assert names(tmp_path / "out") == ["folded.svg", "unrolled.dot", "unrolled.svg"]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(MemoryError("9 TiB"), 2, "not enough memory: 9 TiB"), (KeyboardInterrupt(), 130, "")],
)
def test_what_may_happen_on_the_way(bptt, monkeypatch, error, code, said):
    def fail(request):
        assert isinstance(request, Request)
        raise error

    monkeypatch.setattr(cli.bptt, "run_job", fail)
    found, out, err = bptt()
    assert (found, out) == (code, "")
    assert said in err


def test_a_terminal_gets_colours(bptt, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for name, value in (("TERM", "xterm-256color"), ("COLUMNS", "80")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    code, out, _ = bptt(*QUICK)
    assert code == 0
    assert "\x1b[" in out


def test_help_and_version(capsys, monkeypatch):
    for arguments, words in (
        (["--help"], "bptt"),
        (["bptt", "--help"], "--convention"),
        (["--version"], "minigrad "),
    ):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
        assert words in capsys.readouterr().out

    def unknown(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == "minigrad (not installed)\n"


def test_a_command_is_wanted(capsys):
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().err
