"""DOT text rendered by whichever Graphviz there is."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys

import graphviz

TIMEOUT = 60.0
"""Seconds that a child process may take."""

_CHILD = """
import sys, pygraphviz
source = sys.stdin.buffer.read().decode("utf-8")
picture = pygraphviz.AGraph(string=source).draw(format=sys.argv[1], prog=sys.argv[2])
sys.stdout.buffer.write(picture)
"""


class NoGraphvizError(RuntimeError):
    """There is no Graphviz to draw with."""


class DrawingError(RuntimeError):
    """Graphviz failed."""


def render(dot: str, form: str = "svg") -> bytes:
    """A picture of DOT text that says its `layout`, by `dot` on PATH or else by pygraphviz.

    Args:
        dot: text of `unrolled_dot` or `folded_dot`.
        form: a format of Graphviz: "svg", "png", "pdf".

    Raises:
        NoGraphvizError: if there is neither; names both cures.
        DrawingError: if Graphviz fails or takes longer than a minute.

    Example:
        >>> b"<svg" in render('digraph { layout="dot"; a -> b }')
        True
    """
    engine = "neato" if 'layout="neato"' in dot else "dot"
    require_graphviz()
    if shutil.which("dot"):
        return _by_program(dot, form, engine)
    return _by_pygraphviz(dot, form, engine)


def require_graphviz() -> None:
    """Make sure that `render` has something to draw with.

    Raises:
        NoGraphvizError: if there is neither `dot` on PATH nor pygraphviz.
    """
    if not shutil.which("dot") and importlib.util.find_spec("pygraphviz") is None:
        msg = (
            "no Graphviz to draw with: install the system package graphviz, so that `dot` is on PATH, "
            "or the wheel that brings its own: pip install 'minigrad[render]'"
        )
        raise NoGraphvizError(msg)


def _by_program(dot: str, form: str, engine: str) -> bytes:
    try:
        picture: bytes = graphviz.pipe(engine, form, dot.encode(), quiet=True)
    except (graphviz.CalledProcessError, graphviz.ExecutableNotFound, OSError) as error:
        stderr = getattr(error, "stderr", None) or str(error).encode()
        raise DrawingError(_failure(form, stderr)) from error
    return picture


def _by_pygraphviz(dot: str, form: str, engine: str) -> bytes:
    """In a child process, as a crash of the library would take the caller's process along."""
    command = [sys.executable, "-c", _CHILD, form, engine]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and program
            command, input=dot.encode(), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        msg = f"Graphviz took longer than {TIMEOUT:g} s to draw {form}; draw fewer steps"
        raise DrawingError(msg) from error
    if done.returncode or not done.stdout or done.stderr.startswith(b"Error:"):
        raise DrawingError(_failure(form, done.stderr))
    return done.stdout


def _failure(form: str, stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").split("\n")
    text = next((line.strip() for line in reversed(lines) if line.strip()), "it gave no reason")
    return f"Graphviz could not draw {form}: {text}"
