"""A case file: the few lines that say how somebody's functions are called."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.foreign.analysis import Analysis, analyses, paired
from minigrad.foreign.capture import Capture
from minigrad.foreign.drivers import Driver, generator
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.losses import Loss
from minigrad.foreign.pairing import Pair, Pairing
from minigrad.foreign.reach import Found
from minigrad.foreign.told import Told, called, told_by
from minigrad.foreign.upstream import TOLD
from minigrad.foreign.watch import Watch
from minigrad.foreign.wish import Wish, is_called, listed
from minigrad.foreign.world import World
from minigrad.tensor import Tensor

_np: Any = np
_TRIPLE = 3


def case_path(path: Path) -> Path:
    """Where the case file of `path` lies.

    Example:
        >>> case_path(Path("my_rnn.py")).name
        'my_rnn_case.py'
    """
    return path.with_name(f"{path.stem}_case.py")


def from_case(path: Path, case: Path) -> Driver:
    """Import the file and let the case file call it."""

    def drive(world: World, watch: Watch) -> Told | None:
        if not case.is_file():
            msg = "there is no such case file; `minigrad check --draft` writes one"
            raise ForeignError(msg, case)
        lines = vars(world.load(case, case.stem))
        _give(lines, world, case)
        if "given" in lines and "case" not in lines:
            watch.stops = True
            world.load(path, "__main__")
            return None
        module = _definitions(world, watch, path)
        return called(told_by(lines.get("case"), module, generator(world), case), module)

    return Driver(f"the case file {case.name}", path, drive, stops=False)


def _give(lines: dict[str, Any], world: World, case: Path) -> None:
    """Let the file have the names and the modules that the case gives it, in place of absent ones."""
    given = lines.get("given", {})
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        msg = (
            "`given` of a case file is a dict of what the file needs and can't find, by name: modules, base "
            f"classes, functions; given: {type(given).__name__}"
        )
        raise ForeignError(msg, case)
    lines["__builtins__"].update(given)
    for name, value in given.items():
        world.modules.enter(name, value)


def from_text(path: Path, text: str, told: str) -> Driver:
    """Import the file and let a case call it that is no file yet."""

    def drive(world: World, watch: Watch) -> Told:
        module = _definitions(world, watch, path)
        function = world.run(text, f"{path.stem}_case")["case"]
        return replace(called(told_by(function, module, generator(world), path), module), made_up=True)

    return Driver(told, path, drive, text, stops=False)


def _definitions(world: World, watch: Watch, path: Path) -> types.ModuleType:
    """The user's module, as far as it can be run: a case may need nothing of what comes after an error."""
    try:
        return world.definitions(path, watch)
    except Exception:
        module: types.ModuleType = world.modules.import_(path.stem)
        if not any(isinstance(value, (types.FunctionType, type)) for value in vars(module).values()):
            raise
        return module


def case_analyses(told: Told, watch: Watch, wish: Wish) -> list[Analysis]:
    """What a case may be about: its loss, or those that the call shows.

    Raises:
        ForeignError: if its loss is none, or a name in it belongs to nothing.
    """
    inner = next((watch.captures[n] for n in watch.wanted if n in watch.captures), None)
    capture = _joined(inner, told)
    loss = _loss(told) if wish.forward is None else None
    given = [] if loss is None else analyses(capture, [loss], wish)
    # A guess of ours may be wrong about what the gradient belongs to.
    found = given if given and not told.made_up else [*given, *analyses(capture, None, wish)]
    return [_as_told(one, told) for one in found]


def _as_told(analysis: Analysis, told: Told) -> Analysis:
    """The analysis with the parameters and gradients that the case names."""
    parameters = analysis.parameters
    if told.roots and not analysis.wish.params:
        parameters = [
            f for f in parameters if any(_root(name) in told.roots for name in f.names)
        ] or parameters
        _refuse_absent(told, analysis.parameters)
    given = _given(parameters, analysis.candidates) if isinstance(told.grads, Mapping) else None
    if given is None or not given.pairs:
        given = paired(parameters, analysis.candidates, analysis.capture, analysis.wish)
    return replace(analysis, parameters=parameters, pairing=given)


def _refuse_absent(told: Told, parameters: Sequence[Found]) -> None:
    """Say which of the parameters that a case lists by name the loss does not depend on."""
    for name in told.listed:
        if not any(is_called(f, name) for f in parameters):
            msg = (
                f"`params` of the case names {name!r}, but the loss does not depend on it; it comes from "
                f"{listed(parameters)}"
            )
            raise ForeignError(msg, told.case)


def _joined(inner: Capture | None, told: Told) -> Capture:
    """The call as it was watched, or else as the case made it."""
    if inner is None:
        return Capture("", "", 0, told.before, told.after, [], None, {}, start=told.start)
    after = [*told.after, *(inner.after if told.grads is None else [])]
    return replace(inner, before=[*told.before, *inner.before], after=after)


def _loss(told: Told) -> Loss | None:
    """The loss that the case gives."""
    given = told.loss
    if isinstance(given, tuple) and len(given) == _TRIPLE and given[0] == "upstream":
        return Loss(_upstream(given[1], given[2], told.case), TOLD)
    if isinstance(given, Tensor) and given.size == 1:
        return Loss(_np.sum(given), "`loss` of the case file")
    if given is None or told.made_up:
        return None
    is_tensor = isinstance(given, Tensor)
    kind = f"a tensor of shape {given.shape}" if is_tensor else f"{type(given).__name__} {given!r:.60}"
    msg = (
        "`loss` of a case is a scalar that was computed from the parameters, a function that returns it, or "
        f'("upstream", output, G); given: {kind}'
    )
    raise ForeignError(msg, told.case)


def _upstream(output: Any, G: Any, case: Path) -> Tensor:
    """⟨output, G⟩, of arrays or of lists or dicts of them."""
    if isinstance(output, Mapping) and isinstance(G, Mapping):
        terms = [_upstream(output[key], G[key], case) for key in G if key in output]
    elif isinstance(output, (list, tuple)) or isinstance(G, (list, tuple)):
        terms = [_upstream(y, g, case) for y, g in zip(output, G, strict=False)]
    else:
        plain = G.array if isinstance(G, Tensor) else np.asarray(G)
        if plain.size != np.size(output):
            shapes = f"the output has shape {np.shape(output)} and G {plain.shape}; wanted: equal ones"
            msg = f'in ("upstream", output, G) {shapes}'
            raise ForeignError(msg, case)
        terms = [_np.sum(output * plain.reshape(np.shape(output)))]
    total = sum(terms)
    if not isinstance(total, Tensor):
        msg = 'in ("upstream", output, G) the output was not computed from the parameters'
        raise ForeignError(msg, case)
    return total


def _root(name: str) -> str:
    return name.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]


def _given(parameters: list[Found], candidates: list[Found]) -> Pairing:
    """The pairs that a dict of gradients by the parameters' names says."""
    by_key = {f'returned["{_last(name)}"]': p for p in parameters for name in p.names}
    pairs = []
    for candidate in candidates:
        parameter = next((by_key[n] for n in candidate.names if n in by_key), None)
        if parameter is not None:
            pairs.append(Pair(parameter, candidate, "the case file", 1.0, "same", candidate.path))
    done = {p.parameter.path for p in pairs}
    return Pairing(tuple(pairs), tuple(p for p in parameters if p.path not in done))


def _last(path: str) -> str:
    return path.replace('"]', "").split('["')[-1].split(".")[-1]
