"""Pictures by `dot` or by pygraphviz, and a clear error without either."""

import importlib.util
import shutil
import subprocess
import sys

import graphviz
import pytest
from draw.pictured import elements

from minigrad.draw import DrawingError, NoGraphvizError, render, require_graphviz

DOT = 'digraph { layout="dot"; "a" -> "b" }'
needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="no dot on PATH")
needs_wheel = pytest.mark.skipif(
    importlib.util.find_spec("pygraphviz") is None, reason="no pygraphviz installed"
)


@pytest.fixture
def no_program(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)


def edges_in(svg):
    groups = elements(svg, "g")
    return sum(group.get("class") == "edge" for group in groups)


@needs_dot
def test_by_the_program():
    assert edges_in(render(DOT)) == 1
    assert render(DOT, "png").startswith(b"\x89PNG")


@needs_wheel
def test_by_pygraphviz(no_program):
    assert edges_in(render(DOT)) == 1
    assert render(DOT, "png").startswith(b"\x89PNG")


@needs_dot
def test_what_graphviz_says_is_passed_on():
    with pytest.raises(DrawingError, match=r"could not draw svg: .*syntax error"):
        render("digraph { a -> ")


@needs_wheel
def test_what_pygraphviz_says_is_passed_on(no_program):
    with pytest.raises(DrawingError, match="could not draw svg"):
        render("digraph { a -> ")


def test_a_program_that_goes_away(monkeypatch):
    def gone(*_, **__):
        raise graphviz.ExecutableNotFound(["dot"])

    monkeypatch.setattr(shutil, "which", lambda name: "/nowhere/dot")
    monkeypatch.setattr(graphviz, "pipe", gone)
    with pytest.raises(DrawingError, match="failed to execute"):
        render(DOT)


def test_a_child_that_hangs(no_program, monkeypatch):
    def hang(command, *, timeout, **_):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(DrawingError, match="longer than 60 s"):
        render(DOT)


@pytest.mark.parametrize(
    "program",
    ["import os; os.abort()", "pass", "import sys; print('x'); sys.stderr.write('Error: bad label')"],
)
def test_a_child_that_fails(no_program, monkeypatch, program):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setattr(sys.modules["minigrad.draw.render"], "_CHILD", program)
    with pytest.raises(DrawingError, match="could not draw"):
        render(DOT)


def test_without_graphviz_both_cures_are_named(no_program, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    for attempt in (require_graphviz, lambda: render(DOT)):
        with pytest.raises(NoGraphvizError, match=r"package graphviz.*pip install 'minigrad\[render\]'"):
            attempt()
