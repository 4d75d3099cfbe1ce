"""Pictures by `dot` or by pygraphviz, and a clear error without either."""

import importlib.util
import shutil
import subprocess
import sys

import pytest
from draw.networks import vanilla

from minigrad.draw import DrawingError, NoGraphvizError, draw, engines
from minigrad.draw.engines import rendered

DOT = 'digraph { a [pos="0,0"]; b [pos="50,50"]; a -> b [pos="e,45,45 5,5 10,10 20,20 40,40"] }'
needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="no dot on PATH")
needs_wheel = pytest.mark.skipif(
    importlib.util.find_spec("pygraphviz") is None, reason="no pygraphviz installed"
)
MAGIC = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<?xml"}


@pytest.fixture
def no_program(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.parametrize("form", MAGIC)
@pytest.mark.parametrize(
    "engine", [pytest.param("dot", marks=needs_dot), pytest.param("pygraphviz", marks=needs_wheel)]
)
def test_forms(engine, form):
    assert rendered(draw(vanilla(2)).source, form, engine).startswith(MAGIC[form])


@needs_wheel
def test_the_wheel_serves_where_there_is_no_program(no_program):
    assert rendered(DOT, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "engine", [pytest.param("dot", marks=needs_dot), pytest.param("pygraphviz", marks=needs_wheel)]
)
def test_what_graphviz_says_is_passed_on(engine):
    with pytest.raises(DrawingError, match=r"could not write svg: ."):
        rendered("digraph { a -> ", "svg", engine)


def test_a_child_that_hangs(monkeypatch):
    def hang(command, *, timeout, **_):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(shutil, "which", lambda name: "/nowhere/dot")
    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(DrawingError, match="longer than 60 s"):
        rendered(DOT, "png")


def test_a_program_that_goes_away(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "/nowhere/dot")
    with pytest.raises(DrawingError, match="could not be run: No such file"):
        rendered(DOT, "png")


@pytest.mark.parametrize(
    "program",
    ["import os; os.abort()", "pass", "import sys; print('x'); sys.stderr.write('Error: bad label')"],
)
def test_a_child_that_fails(no_program, monkeypatch, program):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(engines, "_CHILD", program)
    with pytest.raises(DrawingError, match="could not write png"):
        rendered(DOT, "png")


def test_without_fonts_it_warns(no_program, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    text = "import sys; print('x'); sys.stderr.write('Fontconfig error: Cannot load default config file')"
    monkeypatch.setattr(engines, "_CHILD", text)
    with pytest.warns(UserWarning, match="no fonts"):
        rendered(DOT, "png")


@pytest.mark.parametrize(
    ("engine", "what"), [("auto", "Graphviz"), ("dot", "dot on PATH"), ("pygraphviz", "module pygraphviz")]
)
def test_without_graphviz_both_cures_are_named(no_program, monkeypatch, engine, what):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        NoGraphvizError, match=rf"no .*{what}.*package graphviz.*pip install 'minigrad\[render\]'"
    ):
        rendered(DOT, "png", engine)


def test_no_shell(monkeypatch):
    seen = []

    def run(command, **options):
        seen.append((command, options))
        return subprocess.CompletedProcess(command, 0, b"x", b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/dot; rm -rf /")
    assert rendered(DOT, "png") == b"x"
    assert isinstance(seen[0][0], list)
    assert not seen[0][1].get("shell")
    assert sys.executable not in seen[0][0]
