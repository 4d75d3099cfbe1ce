"""No file is written, no program started and no network reached while somebody's file runs."""

from __future__ import annotations

import builtins
import io
import json
import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import numpy as np

from minigrad.foreign.arrays import values

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.truncate", "os.chmod",
    "os.fork", "os.exec", "os.system", "os.posix_spawn", "os.kill", "subprocess.Popen", "socket.connect",
    "socket.bind", "socket.sendto", "socket.getaddrinfo", "shutil.", "webbrowser.open", "urllib.Request",
)  # fmt: skip
_LOCKS: list[object] = []
"""One for each file that runs."""


def _nothing(*_: Any, **__: Any) -> int:
    return 0


class _Done:
    """A program that has run without output."""

    returncode = 0
    stdout = stderr = ""
    args: tuple[str, ...] = ()

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def communicate(self, *_: Any, **__: Any) -> tuple[str, str]:
        """As of a program that has ended."""
        return "", ""

    wait = poll = kill = terminate = _nothing


def _of_json(_: Any, x: Any) -> Any:
    """What json.dumps makes of a tensor: its numbers."""
    if hasattr(x, "__record__"):
        return values(x).tolist()
    msg = f"Object of type {type(x).__name__} is not JSON serializable"
    raise TypeError(msg)


_CHANGING = "system makedirs mkdir remove unlink rmdir rename replace removedirs renames chdir chmod symlink"
_COPYING = "copy copy2 copyfile copytree move rmtree make_archive"
_PATCHED: list[tuple[Any, str, Any]] = [
    *[(os, name, _nothing) for name in _CHANGING.split()],
    *[(shutil, name, _nothing) for name in _COPYING.split()],
    *[(subprocess, name, _Done) for name in ("run", "Popen")],
    *[(subprocess, name, _nothing) for name in ("call", "check_call")],
    (subprocess, "check_output", lambda *_, **__: b""),
    (time, "sleep", _nothing),
    (json.JSONEncoder, "default", _of_json),
]


@contextmanager
def quiet(open_: Callable[..., Any]) -> Iterator[None]:
    """Let nothing be changed outside; what the patches don't know is refused.

    Args:
        open_: what stands in the place of Python's `open`.
    """
    _listen()
    lock = object()
    with ExitStack() as stack:
        for owner, name, new in _PATCHED:
            stack.enter_context(mock.patch.object(owner, name, new))
        for owner in (builtins, io):
            stack.enter_context(mock.patch.object(owner, "open", open_))
        stack.enter_context(mock.patch.dict(os.environ))
        stack.enter_context(np.errstate(all="ignore"))
        stack.enter_context(np.printoptions())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        _LOCKS.append(lock)
        try:
            yield
        finally:
            _LOCKS.remove(lock)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what changes anything outside, by Python's audit events."""
    if not _LOCKS:
        return
    if event == "open":
        if (
            isinstance(args[2], int)
            and args[2] & _WRITING
            and not isinstance(args[0], int)
            and args[0] != os.devnull
        ):
            _raise(f"opening {args[0]!r} for writing")
    elif event.startswith(_REFUSED):
        _raise(event)


def _raise(what: str) -> None:
    msg = f"{what} is not done while a file is checked"
    raise PermissionError(msg)


_LISTENING: list[bool] = []


def _listen() -> None:
    """Hear Python's audit events; a listener can't be taken away again, so that there is one."""
    if not _LISTENING:
        _LISTENING.append(True)
        sys.addaudithook(_refuse)
