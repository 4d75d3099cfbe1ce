"""What is drawn of what a user gives: a run, a tensor, several tensors."""

from __future__ import annotations

from typing import Any

from minigrad.draw.compose import compose
from minigrad.draw.folding import beside_scene, folded_scene
from minigrad.draw.options import Options, check
from minigrad.draw.remark import with_note
from minigrad.draw.scene import Scene
from minigrad.fold import FoldError, fold
from minigrad.gradtable import GradTable
from minigrad.nn.unroll import Run
from minigrad.tensor import Tensor


def draw(what: Any, options: Options, *, folded: bool | str = False) -> Scene:
    """The scene of a run, a tensor or several tensors.

    Args:
        what: as in `figure.draw`.
        options: how it is drawn.
        folded: False, True or "beside".

    Raises:
        TypeError: if `what` is nothing that can be drawn.
        ValueError: if there is nothing to draw, or `folded` is something else.
    """
    check("folded", folded, (False, True, "beside"))
    outputs = tensors(what)
    if not folded:
        return compose(outputs, options)
    try:
        step = fold(*outputs)
        return beside_scene(step) if folded == "beside" else folded_scene(step)
    except FoldError as error:
        scene = compose(outputs, options)
        return with_note(scene, f"Drawn unrolled, as it does not fold: {error}")


def tensors(what: Any) -> list[Tensor]:
    """The tensors whose graph is meant: a run's loss, or all that its cell returned if there is none.

    Raises:
        TypeError: if it is none of a run, a tensor, or several tensors.
        ValueError: if there are none.

    Example:
        >>> x = Tensor(3.0, name="x")
        >>> len(tensors(x)), len(tensors([x, x]))
        (1, 2)
    """
    if isinstance(what, Run):
        if any("L" in out for out in what.outputs):
            return [what.loss]
        return [node for out in what.outputs for node in out.values()]
    if isinstance(what, Tensor):
        return [what]
    if isinstance(what, (list, tuple)) and all(isinstance(x, Tensor) for x in what):
        if not what:
            msg = "draw wants a tensor or several; given: none"
            raise ValueError(msg)
        return list(what)
    msg = f"draw wants a run of unroll, a tensor, or several tensors, not {type(what).__name__}"
    if isinstance(what, GradTable):
        msg += "; pass its loss, and the table as grads="
    raise TypeError(msg)
