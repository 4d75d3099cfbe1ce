"""A derivation by hand checked against automatic differentiation, on problems that are chosen for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from minigrad.diagnosis.calls import NAMES, ManualError
from minigrad.diagnosis.case import case_of, own_case
from minigrad.diagnosis.forward import UserForward
from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.known import KnownForward, as_known
from minigrad.diagnosis.layout import Layout, check_form, known_names
from minigrad.diagnosis.problem import BATCH, FIRST, LONGER, Problem, make_problem
from minigrad.diagnosis.report import Report
from minigrad.diagnosis.search import Search
from minigrad.diagnosis.session import Session
from minigrad.diagnosis.shapes import Shape, ShapeError, infer_shapes, parse_shape, sizes_of


def check_manual(  # noqa: PLR0913  # two functions, the rest are options
    manual: Callable[..., Any],
    forward: Any,
    *,
    shapes: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    xs: Any = None,
    h0: Any = None,
    targets: Any = None,
    seed: int = 0,
) -> Report:
    """Check gradients that were derived by hand, and say what is wrong with them.

    Both functions are called with (params, xs, h0, targets): `params` a dict of arrays, `xs` T inputs,
    `h0` the initial state, `targets` T classes or T vectors. minigrad chooses the problem: few steps of
    a network whose sizes all differ, with a random initial state, so that the gradients alone tell what
    each step has added; then a batch. Which axis is time and which the batch, and whether the code wants
    vectors or tokens, columns or rows, is found out by trying. The functions get copies.

    Args:
        manual: manual(params, xs, h0, targets) returns {name: gradient}; arrays of PyTorch, JAX and CuPy
            are taken, too.
        forward: forward(params, xs, h0, targets) returns the loss, in NumPy; or a cell, as `mg.nn.RNN`,
            `mg.nn.LSTM(5, 6, 3)`, whose parameters have the cell's names, or others told by `shapes`.
        shapes: of the parameters, H the size of the state, D of the input, O of the output: {"Wxh": "HD",
            "Whh": "HH", "bh": "H1", "W": ("4H", "D+H")}. Also of "xs" ("TBD"), "h0" ("BH") and "targets"
            ("TBO", "TB"), if they are to be told.
        params: example arrays in the place of `shapes`; with `xs` the parameters themselves.
        xs: the user's own inputs; then h0, targets and params are passed on as they are.
        h0: the user's own initial state; a tuple for several.
        targets: the user's own targets.
        seed: of the random numbers.

    Raises:
        ManualError: if a function can't be run or returns something that can't be compared, with the
            line that stopped it.
        ShapeError: if `shapes` can't be understood.

    Example:
        >>> import numpy as np
        >>> def forward(params, xs, h0, targets):
        ...     h, loss = h0, 0.0
        ...     for x, y in zip(xs, targets):
        ...         h = np.tanh(params["Wx"] @ x + params["Wh"] @ h)
        ...         loss = loss + 0.5 * np.sum((h - y) ** 2)
        ...     return loss
        >>> def manual(params, xs, h0, targets):
        ...     hs = [h0]
        ...     for x in xs:
        ...         hs.append(np.tanh(params["Wx"] @ x + params["Wh"] @ hs[-1]))
        ...     d, carry = {name: np.zeros_like(W) for name, W in params.items()}, 0.0
        ...     for t in range(len(xs), 0, -1):
        ...         da = (hs[t] - targets[t - 1] + carry) * (1 - hs[t] ** 2)
        ...         d["Wx"] += np.outer(da, xs[t - 1])
        ...         d["Wh"] += np.outer(da, hs[t - 1])
        ...         carry = params["Wh"].T @ da
        ...     return d
        >>> check_manual(manual, forward, shapes={"Wx": "HD", "Wh": "HH"}).ok
        True
    """
    _check_callable("manual", manual)
    told, forms = _told(shapes)
    if told is None and params is not None:
        told = infer_shapes(params)
    known = as_known(forward, told)
    if known is None:
        _check_callable("forward", forward)
    session = Session(UserForward(forward) if known is None else known, manual)
    if xs is not None:
        lines = _run_own(session, params, (xs, h0, targets))
    elif known is None and told is None:
        msg = (
            "check_manual wants shapes={'Wxh': 'HD', 'Whh': 'HH', …} or params= with example arrays; "
            "given: neither"
        )
        raise ManualError(msg)
    else:
        chosen = known.shapes if known else told or {}
        try:
            lines = _run_chosen(session, chosen, forms, seed, known.sizes if known else {})
        except ManualError:
            if params is None:
                raise
            # The code may hold sizes of its own, which are those of the examples.
            session = Session(session.forward, manual)
            lines = _run_chosen(session, chosen, forms, seed, sizes_of(params, chosen))
    same = f"forward gives the same loss on arrays and on tensors: {', '.join(session.losses)}"
    facts = [same, *session.facts] if session.losses else session.facts
    return judge(session.trials, problem=lines, facts=facts, notes=session.notes, remarks=session.remarks)


def _run_own(session: Session, params: Mapping[str, Any] | None, data: tuple[Any, Any, Any]) -> list[str]:
    if params is None:
        msg = "check_manual was given xs= without params=; pass the parameters that go with them"
        raise ManualError(msg)
    case = own_case(params, *data)
    session.run(case)
    return [case.about]


def _run_chosen(
    session: Session,
    shapes: Mapping[str, Shape],
    forms: Mapping[str, str],
    seed: int,
    fixed: Mapping[str, int],
) -> list[str]:
    """Run problems of minigrad's choice: one sequence, then a batch, or a longer one if there is no batch."""
    known = session.forward if isinstance(session.forward, KnownForward) else None
    search = Search(
        session.forward, session.manual, forms, rank=_rank(shapes, known), accepts=_accepted_by(known)
    )

    def problem(base: Mapping[str, int], number: int) -> Problem:
        return make_problem(shapes, {**base, **fixed}, seed + number)

    first, second = problem(FIRST, 0), problem(BATCH, 1)
    layout = search.best(second, problem(BATCH, 2))
    if layout is None:
        layout, second = search.best(first), problem(LONGER, 1)
        session.notes.append("the batch was not checked: the code takes one sequence at a time")
    if layout is None:
        raise search.failure()
    try:
        session.run(case_of(first, layout))
    except ManualError as error:
        if not layout.batched:
            raise
        session.notes.append(f"a batch of one sequence was not checked: {error}")
    session.run(case_of(second, layout))
    return [f"{first.about} · {second.about} · seed {seed}", str(layout)]


def _told(shapes: Any) -> tuple[dict[str, Shape] | None, dict[str, str]]:
    """The shapes of the parameters, and the forms of the other arguments."""
    if shapes is None:
        return None, {}
    if not isinstance(shapes, Mapping):
        msg = f"shapes= is {type(shapes).__name__}; wanted: a dict of shapes by name, as in {{'Whh': 'HH'}}"
        raise ShapeError(msg)
    forms = {name: check_form(name, shapes[name]) for name in known_names() if name in shapes}
    told = {str(name): parse_shape(given, str(name)) for name, given in shapes.items() if name not in forms}
    return told or None, forms


def _rank(shapes: Mapping[str, Shape], known: KnownForward | None) -> Callable[[Layout], tuple[bool, bool]]:
    """Which layouts to try first: all states of a cell; columns where biases are columns, as in (H, 1)."""
    columns = any(len(shape) > 1 and str(shape[-1]) == "1" for shape in shapes.values())
    pair = known is not None and known.states > 1
    return lambda layout: (layout.pair != pair, layout.columns != columns)


def _accepted_by(known: KnownForward | None) -> Callable[[Layout], bool]:
    """Whether a layout can mean the loss of a known cell, which has one at every step."""
    if known is None:
        return lambda _: True
    return lambda layout: "T" in layout.targets and ("O" in layout.targets or not known.regression)


def _check_callable(what: str, function: Any) -> None:
    """Refuse what can't be called with four arguments."""
    wanted = f"{what}({', '.join(NAMES)})"
    if not callable(function):
        msg = f"{what} is {type(function).__name__}; wanted: a function {wanted}"
        raise ManualError(msg)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*NAMES)
    except TypeError as error:
        msg = f"{what}{signature} can't be called as {wanted}: {error}"
        raise ManualError(msg) from error
