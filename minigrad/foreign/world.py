"""Where somebody's file runs: its own modules and files, no writing, no waiting, no network."""

from __future__ import annotations

import ast
import builtins
import io
import random
import sys
import types
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from minigrad.foreign.attributes import lent
from minigrad.foreign.doors import Doors, place, watching
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.marks import REACHED, STARTED, mark
from minigrad.foreign.missing import guarded_imports
from minigrad.foreign.modules import Modules
from minigrad.foreign.quiet import quiet
from minigrad.foreign.reading import Reading
from minigrad.foreign.rewrite import HELPERS, rewritten
from minigrad.foreign.source import read_source
from minigrad.foreign.watch import Watch

SEED = 0


class World:
    """One run of a file, from its first line.

    Args:
        path: the file.

    Attributes:
        doors: where values have left the graph.
        files: the user's files that were loaded.
        modules: what its imports have found.
        reading: what it has read.
        printed: what it has printed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.doors = Doors()
        self.files = self.doors.files
        self.reading = Reading(self.path.parent)
        self.modules = Modules(self.reading, self.load)
        self.printed = io.StringIO()
        self._hidden: dict[str, types.ModuleType | None] = {}
        self.marked: Sequence[str] = ()
        self._builtins = {
            **vars(builtins),
            "__import__": self.modules.import_,
            "open": self.reading.open,
            "input": self.input,
            "raw_input": self.input,
            "get_ipython": _nothing,
            # A snippet is often published without its imports.
            "np": self.modules.numpy,
            "numpy": self.modules.numpy,
            **HELPERS,
        }

    def watched_by(self, watch: Watch) -> None:
        """Let the marks in a program that trains report to `watch`."""
        self.marked = watch.wanted
        self._builtins |= {STARTED: watch.started, REACHED: watch.reached}

    def load(self, path: Path, name: str) -> types.ModuleType:
        """Run the file at `path` as the module `name`.

        Raises:
            ForeignError: if it can't be read or parsed.
        """
        source = read_source(path)
        module = types.ModuleType(name)
        module.__file__ = str(path)
        module.__dict__["__builtins__"] = self._builtins
        self.files.add(str(path))
        self._enter(name, module)
        self.modules.guard(guarded_imports(source.tree))
        for function in self.marked if path == self.path or name == "__main__" else ():
            mark(source.tree, function)
        code = compile(rewritten(source.tree), str(path), "exec")
        exec(code, module.__dict__)  # noqa: S102  # running the user's file is what it is for
        return module

    def _enter(self, name: str, module: types.ModuleType) -> None:
        """Let the module be found while it runs, by imports in a circle and by the classes in it."""
        self.modules.enter(name, module)
        if name == "__main__" or name not in sys.modules:
            self._hidden.setdefault(name, sys.modules.get(name))
            sys.modules[name] = module

    def _leave(self) -> None:
        """Take the user's modules out of Python's table again."""
        for name, hidden in self._hidden.items():
            if hidden is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = hidden
        self._hidden.clear()

    def _arguments(self) -> list[str]:
        """The command line: names of texts, if the file takes them by their places."""
        text = str(self.path.with_name("input.txt"))
        wanted = b"argv[" in self.path.read_bytes() if self.path.is_file() else False
        return [str(self.path), *[text] * 3 * wanted]

    def run(self, text: str, name: str) -> dict[str, Any]:
        """Run a program that is no file; what it has defined."""
        file = f"<{name}>"
        self.files.add(file)
        scope: dict[str, Any] = {"__builtins__": self._builtins, "__name__": name, "__file__": str(self.path)}
        exec(compile(rewritten(ast.parse(text)), file, "exec"), scope)  # noqa: S102  # as for a file
        return scope

    def definitions(self, path: Path, watch: Watch) -> types.ModuleType:
        """Import the file for what it defines; one that trains is stopped when it begins to."""
        with watch.loading():
            self.load(path, path.stem)
        module: types.ModuleType = self.modules.import_(path.stem)
        return module

    def input(self, prompt: str = "") -> str:
        """Refuse to wait for somebody who is not there."""
        msg = f"the file waits for input ({str(prompt)!r}); call what it needs from a case file instead"
        raise ForeignError(msg, *place(self.files))

    @property
    def made_up(self) -> list[str]:
        """The absent files that it has read, for which there was a content of ours."""
        return self.reading.made_up

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the file run: seeded, without output, arguments, sleep, or a way to change files."""
        state = random.getstate(), np.random.get_state()  # noqa: NPY002  # the file's own generator
        with ExitStack() as stack:
            stack.enter_context(quiet(self.reading.open))
            stack.enter_context(lent())
            stack.enter_context(watching(self.doors))
            stack.enter_context(redirect_stdout(self.printed))
            stack.enter_context(redirect_stderr(self.printed))
            stack.enter_context(mock.patch.object(sys, "argv", self._arguments()))
            stack.enter_context(mock.patch.object(sys, "path", list(sys.path)))
            stack.callback(self._leave)
            random.seed(SEED)
            np.random.seed(SEED)  # noqa: NPY002  # as above
            try:
                yield
            finally:
                random.setstate(state[0])
                np.random.set_state(state[1])  # noqa: NPY002  # as above


def _nothing(*_: Any, **__: Any) -> int:
    return 0
