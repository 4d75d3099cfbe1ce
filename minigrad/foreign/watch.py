"""Watching somebody's file run: the first call of its gradient function, and what it could see."""

from __future__ import annotations

import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from minigrad.foreign.capture import Capture, Entry, frozen, local, outside, visible
from minigrad.foreign.marks import REACHED
from minigrad.foreign.reach import Found
from minigrad.tensor import record
from minigrad.versions import CREATED

__all__ = ["Capture", "Stop", "TimeUp", "Watch", "frozen", "marked_name", "visible"]

_RECORD = record.__code__


class Stop(BaseException):  # it is no error, and no `except Exception` may catch it
    """The gradient function has returned: nothing more is wanted of the file."""


class TimeUp(BaseException):  # as above
    """The file has run for too long."""


@dataclass
class Watch:
    """Follows the calls of a file's functions.

    Args:
        files: the user's files.
        wanted: qualified names of gradient functions, the best first; the first of all ends the run.
        seconds: how long the file may run.
        stops: whether the return of the first wanted function ends the run.
        skip: how many calls of each wanted function are let go by before one is looked at.
        at: a creation counter at which `then` is called, before the next node is made.
        then: see `at`.
        forward: the name of a function whose last returned value is kept.
    """

    files: set[str]
    wanted: Sequence[str]
    seconds: float = 10.0
    stops: bool = True
    skip: int = 0
    at: int | None = None
    then: Callable[[], None] | None = None
    forward: str = ""
    captures: dict[str, Capture] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)
    start: int = 0
    _deep: dict[str, int] = field(default_factory=dict)
    _entered: dict[str, Entry] = field(default_factory=dict)
    _gone: dict[str, int] = field(default_factory=dict)
    _returned: tuple[Found, ...] = ()
    _end: float = 0.0
    _importing: bool = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Watch what runs inside; Stop ends it quietly.

        Raises:
            TimeUp: when the time is over.
        """
        self.start = next(CREATED)
        self._end = time.monotonic() + self.seconds
        old = sys.getprofile()
        try:
            with _alarm(self.seconds):
                sys.setprofile(self._event)
                try:
                    yield
                finally:
                    sys.setprofile(old)
        except Stop:
            pass

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Import a file: a call of a wanted function meanwhile, as by one that trains, ends that."""
        self._importing = True
        try:
            yield
        except Stop:
            sys.setprofile(self._event)
        finally:
            self._importing = False

    def _event(self, frame: types.FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event == "call":
            if code is _RECORD:
                self._node()
            elif code.co_filename in self.files:
                self._call(frame, code)
        elif event == "return" and code.co_filename in self.files:
            if self.forward and self.forward in {code.co_name, code.co_qualname}:
                self._returned = tuple(frozen({self.forward: argument}))
            if code.co_qualname in self._deep:
                self._return(frame, code, argument)

    def _node(self) -> None:
        """A node is about to be made; both runs count alike."""
        count = next(CREATED) - self.start
        self.marks.append(count)
        if self.at is not None and count >= self.at and self.then is not None:
            self._interrupt(self.then)
        if not len(self.marks) & 255 and time.monotonic() > self._end:
            raise TimeUp

    def _interrupt(self, then: Callable[[], None]) -> None:
        """Call `then`, after which what was seen on entry is looked at again."""
        self.then = None
        sys.setprofile(None)
        try:
            # What was frozen on entry must be gone: it can't be told from the tensors themselves.
            entries = {name: (entry.seen, entry.arguments) for name, entry in self._entered.items()}
            self._entered.clear()
            then()
            for name, (seen, arguments) in entries.items():
                self._entered[name] = Entry.of(seen, arguments)
        finally:
            sys.setprofile(self._event)

    def _call(self, frame: types.FrameType, code: types.CodeType) -> None:
        if time.monotonic() > self._end:
            raise TimeUp
        name = code.co_qualname
        if name not in self.wanted or name in self.captures:
            return
        if self._importing:
            raise Stop
        if not self._deep.get(name):
            arguments = dict(frame.f_locals)
            seen = {**visible(frame.f_globals), **arguments}
            self._entered[name] = Entry.of(seen, arguments)
        self._deep[name] = self._deep.get(name, 0) + 1

    def _return(self, frame: types.FrameType, code: types.CodeType, returned: Any) -> None:
        name = code.co_qualname
        self._deep[name] -= 1
        if self._deep[name]:
            return
        del self._deep[name]
        if returned is None and _is_raising(frame):
            return
        if self._passed(name):
            del self._entered[name]
        elif not _is_marked(frame):
            self._capture(frame, name, returned)

    def _passed(self, name: str) -> bool:
        """Whether this call is one of those that are let go by."""
        self._gone[name] = self._gone.get(name, 0) + 1
        return self._gone[name] <= self.skip

    def started(self) -> None:
        """The mark at the start of an iteration: what can be seen now is what there was before."""
        frame = sys._getframe(1)  # noqa: SLF001  # the place of the mark
        name = marked_name(frame)
        if name not in self.captures:
            seen = {**visible(frame.f_globals), **local(frame)}
            self._entered[name] = Entry.of(seen, {})

    def reached(self) -> None:
        """The mark behind the gradient."""
        frame = sys._getframe(1)  # noqa: SLF001  # as above
        if marked_name(frame) in self._entered and not self._passed(marked_name(frame)):
            self._capture(frame, marked_name(frame), None)

    def _capture(self, frame: types.FrameType, name: str, returned: Any) -> None:
        """Keep what can be seen, now that the gradient is there."""
        entry = self._entered.pop(name)
        arguments = entry.arguments
        self.captures[name] = Capture(
            name,
            frame.f_code.co_filename,
            frame.f_code.co_firstlineno,
            entry.before,
            frozen({"returned": returned, **visible(frame.f_globals), **local(frame)}),
            frozen(outside(frame.f_back, self.files)),
            returned,
            arguments,
            next(iter(arguments.values()), None) if "." in name else None,
            self._returned,
            entry.start,
        )
        if self.stops and name == self.wanted[0]:
            raise Stop


def _is_raising(frame: types.FrameType) -> bool:
    """Whether the function is left by an exception and not by a return."""
    return frame.f_code.co_code[frame.f_lasti] not in _RETURNS


def _returns() -> set[int]:
    import opcode  # noqa: PLC0415  # for a table of two numbers

    return {opcode.opmap[name] for name in ("RETURN_VALUE", "RETURN_CONST") if name in opcode.opmap}


_RETURNS = _returns()


def marked_name(frame: types.FrameType) -> str:
    """The name under which a marked function or script is captured."""
    return "" if frame.f_code.co_name == "<module>" else frame.f_code.co_qualname


def _is_marked(frame: types.FrameType) -> bool:
    return REACHED in frame.f_code.co_names


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the main thread also where no function is called any more."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: Any) -> None:
        raise TimeUp

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
