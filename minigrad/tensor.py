"""A node of the graph: a value that remembers how it was computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from minigrad.anomaly import ANOMALY, check_value
from minigrad.dispatch import dispatch, dispatch_ufunc
from minigrad.given import floats, has_tensor, snapshot, stacked
from minigrad.message import call_text, describe, locate
from minigrad.op import DIFFERENTIABLE, Op
from minigrad.scope import SCOPE, Scope
from minigrad.versions import CREATED, Versioned

_new = object.__new__


def record(op: Op, inputs: tuple[Any, ...]) -> Any:
    """The node op(*inputs); constants are copied, so that a later change can't reach the gradient.

    An operand with `__takes__`, such as a pair of tensors, decides itself what comes out.
    """
    values = []
    constants = False
    for x in inputs:
        if type(x) is Tensor:
            values.append(x.array)
        elif hasattr(x, "__takes__"):
            return x.__takes__(op, inputs)
        elif isinstance(x, (list, tuple)) and has_tensor(x):
            return record(op, tuple([stacked(y) for y in inputs]))
        else:
            values.append(snapshot(x))
            constants = True
    if constants:
        inputs = tuple([x if type(x) is Tensor else v for x, v in zip(inputs, values, strict=True)])
    node: Tensor = _new(Tensor)
    node.array = _applied(op, inputs, values)
    node.op = op
    node.inputs = inputs
    node.values = values
    node.order = next(CREATED)
    node.scope = SCOPE.get()
    node.name = node.past = None
    lines = ANOMALY.get()
    if lines is not None:
        check_value(node, lines)
    return node


def _applied(op: Op, inputs: tuple[Any, ...], values: list[Any]) -> NDArray[Any]:
    """The value of op(*inputs), which nobody can change."""
    try:
        y: Any = op.f(*values)
    except Exception as error:
        locate(error, call_text(op, inputs, SCOPE.get().step))
        raise
    if type(y) is not np.ndarray:
        y = np.asarray(y)
    if y.dtype.kind != "f":
        call = call_text(op, inputs, SCOPE.get().step)
        msg = f"{call} gave {y.dtype}; the value of a node is made of real floating-point numbers"
        raise TypeError(msg)
    y.flags.writeable = False
    array: NDArray[Any] = y
    return array


class Tensor(Versioned):
    """A variable: a floating-point array, its name, its time step, and how it was computed.

    NumPy's functions and operators take tensors and build the graph. An array beside a tensor is a
    constant. A value never changes: writing (`x += y`, `x[i] = v`, `x.value = new`) keeps the Python
    object and makes a new version of its node, and what was computed before keeps the old one.

    Args:
        value: floats, of any shape; copied.
        name: the name that tables, pictures and messages use.

    Attributes:
        op: the operation that computed it, None for a leaf.
        inputs: what the operation was applied to, tensors and constants.
        values: the arrays of `inputs` at that moment.
        order: the creation counter; the inputs of a node always have smaller ones.
        name: the name or None.
        grad: the sum of the gradients that `backward()` brought, None before.

    Raises:
        TypeError: if `value` holds anything but real floating-point numbers.

    Example:
        >>> import numpy as np
        >>> x = Tensor([3.0, 4.0], name="x")
        >>> y = np.sqrt(np.sum(x**2))
        >>> y.item(), y.op
        (5.0, Sqrt())
    """

    __slots__ = (
        "__weakref__",
        "_grad",
        "array",
        "inputs",
        "name",
        "op",
        "order",
        "past",
        "scope",
        "values",
        "views",
    )

    backward: ClassVar[Callable[..., None]]

    def __init__(self, value: Any, name: str | None = None) -> None:
        self.array = floats(value)
        self.op: Op | None = None
        self.inputs: tuple[Any, ...] = ()
        self.values: Sequence[Any] = ()
        self.order = next(CREATED)
        self.name: str | None = None
        self.scope: Scope = SCOPE.get()
        self.past: list[Tensor] | None = None
        if name is not None:
            self.named(name)

    __record__ = staticmethod(record)

    @classmethod
    def leaf_of(cls, array: NDArray[Any]) -> Tensor:
        """A leaf with a copy of `array`."""
        return cls(array)

    def named(self, name: Any) -> Tensor:
        """The same tensor under a name.

        Raises:
            TypeError: if `name` is no string.
        """
        if not isinstance(name, str):
            msg = f"a tensor's name is a string, not {name!r} of type {type(name).__name__}"
            raise TypeError(msg)
        self.name = name
        return self

    @property
    def value(self) -> Any:
        """The array, read-only. Assigning another makes a new version, a leaf."""
        return self.array

    @value.setter
    def value(self, new: Any) -> None:
        array = floats(new)
        if array.shape != self.shape:
            msg = f"{describe(self)} has shape {self.shape} and was assigned a value of shape {array.shape}"
            raise ValueError(msg)
        self._become(Tensor(array.astype(self.dtype)), self.frozen())

    @property
    def step(self) -> int | None:
        """The time step in which it was made, or None."""
        return self.scope.step

    @property
    def axis(self) -> str:
        """The name of the time axis that `step` counts on."""
        return self.scope.axis

    @property
    def grad(self) -> NDArray[Any] | None:
        """What `backward()` has added up so far; assign None to start again."""
        return getattr(self, "_grad", None)

    @grad.setter
    def grad(self, value: NDArray[Any] | None) -> None:
        self._grad = value

    def outdate(self) -> None:
        """Forget the value of this view, as what it shows was written to; its next use reads it again."""
        del self.array
        self.__class__ = _Outdated

    def __copy__(self) -> Tensor:
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        # A copied variable is another variable; a copied result stays in the graph.
        twin: Any = Tensor(self.array) if self.op is None else np.copy(self)
        twin.name = self.name
        return twin  # type: ignore[no-any-return]  # the copy of a tensor is one

    def __reduce__(self) -> Any:
        msg = (
            f"{describe(self)} can't be pickled, as its graph would be lost: save its .value, as mg.save does"
        )
        raise TypeError(msg)

    def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[Any]:
        msg = (
            f"{describe(self)} was to become a plain array, which would cut it out of the graph: "
            "use its .value for that, or np.stack for a list of tensors"
        )
        raise TypeError(msg)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method == "__call__" and not kwargs and ufunc in DIFFERENTIABLE:
            return DIFFERENTIABLE[ufunc](*inputs)
        return dispatch_ufunc(ufunc, method, inputs, kwargs)

    def __array_function__(
        self,
        function: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        if len(types) > 1 and not all(issubclass(kind, (Tensor, np.ndarray)) for kind in types):
            return NotImplemented
        return dispatch(function, args, kwargs)

    def __repr__(self) -> str:
        text = np.array2string(self.array, precision=4, threshold=12, prefix="Tensor(")
        name = f", name={self.name!r}" if self.name else ""
        step = f", step={self.step}" if self.step is not None else ""
        return f"Tensor({text}{name}{step})"


class _Outdated(Tensor):
    """A view of what was written to since, until it is used: a tensor again from then on.

    It is a class of its own because one with `__getattr__` makes every look-up slower.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name != "array":
            msg = f"a tensor has no attribute {name!r}"
            raise AttributeError(msg)
        self.__class__ = Tensor  # type: ignore[assignment]  # from the subclass back to the class
        self.read_again()
        return self.array

    def __takes__(self, op: Op, inputs: tuple[Any, ...]) -> Tensor:
        self.array  # noqa: B018  # reading it makes this a tensor again
        node: Tensor = record(op, inputs)
        return node


def leaf(array: NDArray[Any], name: str) -> Tensor:
    """A leaf over a read-only array of floats, which is not copied."""
    node: Tensor = _new(Tensor)
    node.array, node.op, node.inputs, node.values = array, None, (), ()
    node.order, node.scope, node.name, node.past = next(CREATED), SCOPE.get(), name, None
    return node
