"""What a case says, and what could be seen before and after its call."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minigrad.foreign.capture import frozen, visible
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.reach import Found
from minigrad.versions import CREATED

KEYS = ("loss", "params", "call", "grads")


@dataclass(frozen=True)
class Told:
    """What a case said, and what could be seen before and after its call.

    Attributes:
        case: the case file.
        loss: a scalar, ("upstream", output, G), or None.
        roots: the parameters, by name.
        listed: the names of the parameters, where the case lists names.
        before: everything that could be seen before the gradients were computed.
        after: everything that could be seen then.
        grads: the gradients by name, or None if they are to be found.
        start: the creation counter before the call.
        again: everything that could be seen after a second call.
        made_up: whether the case is a guess of ours.
    """

    case: Path
    loss: Any
    roots: Mapping[str, Any]
    listed: tuple[str, ...]
    before: list[Found]
    after: list[Found]
    grads: Any
    start: int
    again: tuple[Found, ...] = ()
    made_up: bool = False


def told_by(function: Any, module: types.ModuleType, rng: Any, case: Path) -> tuple[Mapping[str, Any], Path]:
    """What the function `case` of a case file returns, and that file.

    Raises:
        ForeignError: if there is no such function, or it returns something else than a case.
    """
    if not callable(function):
        msg = (
            "a case file defines `def case(m, rng)`; m is the module that is checked, rng a seeded generator"
        )
        raise ForeignError(msg, case)
    code = getattr(function, "__code__", None)
    if code is not None and code.co_argcount != 2:  # noqa: PLR2004  # m and rng
        takes = code.co_argcount
        msg = f"`case` takes two arguments, m (the module) and rng (a seeded generator); it takes {takes}"
        raise ForeignError(msg, case, code.co_firstlineno)
    told = function(module, rng)
    line = getattr(code, "co_firstlineno", None)
    wrong = _misuse(told)
    if wrong:
        raise ForeignError(wrong, case, line)
    return told, case


def _misuse(told: Any) -> str:
    """What is wrong with what a case returns, empty if nothing is."""
    wanted = f"`case` returns a dict with some of the keys {', '.join(KEYS)}"
    if not isinstance(told, Mapping):
        return f"{wanted}; it returned {type(told).__name__}"
    unknown = [key for key in told if key not in KEYS]
    if unknown:
        return f"{wanted}; it returned {unknown[0]!r} too"
    if "call" not in told and "grads" not in told:
        return f"{wanted}; one of call (what computes the gradients) and grads (what holds them) is needed"
    if "call" in told and not callable(told["call"]):
        given = type(told["call"]).__name__
        return f"`call` of a case is a function without arguments, lambda: net.backward(dy); given: {given}"
    return ""


def called(told: tuple[Mapping[str, Any], Path], module: types.ModuleType) -> Told:
    """The case after its `call`, with what could be seen before and after."""
    said, case = told
    around = {**visible(vars(module)), **_owner(said)}
    roots, names = _roots(said.get("params"), module, around, case)
    everything = {**roots, **around, **roots}
    loss = said.get("loss")
    if callable(loss) and not hasattr(loss, "__record__"):
        loss = loss()
    output = loss[1] if isinstance(loss, tuple) and len(loss) > 1 else None
    before, start = frozen({**everything, "output": output}), next(CREATED)
    returned, grads = _gradients(said)
    after = frozen({"returned": returned if grads is None else grads, **everything})
    return Told(case, loss, roots, names, before, after, grads, start, _second(said, everything))


def _roots(
    params: Any, module: types.ModuleType, around: Mapping[str, Any], case: Path
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The parameters by name, and their names where only those are told."""
    if isinstance(params, str):
        params = [params]
    if isinstance(params, (list, tuple)) and params and all(isinstance(p, str) for p in params):
        absent = [name for name in params if not hasattr(module, name)]
        if absent:
            msg = (
                f"`params` of the case names {absent[0]!r}, which the module does not have; if they are no "
                "globals of the file, give the object that holds them, or a dict of them"
            )
            raise ForeignError(msg, case)
        return {name: getattr(module, name) for name in params}, tuple(params)
    if isinstance(params, Mapping):
        return {str(name): value for name, value in params.items()}, ()
    own = next((name for name, value in around.items() if value is params), "params")
    return ({own: params} if params is not None else {}), ()


def _gradients(said: Mapping[str, Any]) -> tuple[Any, Any]:
    """What `call` returned, and what `grads` is."""
    returned = said["call"]() if "call" in said else None
    grads = said.get("grads")
    return returned, grads(returned) if callable(grads) else grads


def _second(said: Mapping[str, Any], everything: Mapping[str, Any]) -> tuple[Found, ...]:
    """What can be seen after a second call."""
    if "call" not in said:
        return ()
    try:
        returned, grads = _gradients(said)
    except (Exception, SystemExit):  # noqa: BLE001  # somebody's code need not bear a second call
        return ()
    return tuple(frozen({"returned": returned if grads is None else grads, **everything}))


def _owner(said: Mapping[str, Any]) -> dict[str, Any]:
    """The objects that the `call` of a case closes over, such as a network."""
    call = said.get("call")
    cells = getattr(call, "__closure__", None) or ()
    names = getattr(getattr(call, "__code__", None), "co_freevars", ())
    found = {n: c.cell_contents for n, c in zip(names, cells, strict=False)}
    owner = getattr(call, "__self__", None)
    return {**found, **({} if owner is None else {"self": owner})}
