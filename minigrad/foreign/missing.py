"""Modules that stand in for those that are not there, or that would plot, print or reach the network."""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, Self

_PLOTTING = "matplotlib pylab seaborn plotly bokeh altair IPython ipywidgets tkinter turtle pygame visdom"
_PRINTING = "tqdm progressbar alive_progress wandb tensorboardX tensorboard colorama termcolor pdb ipdb"
_NETWORK = "requests wget gdown kaggle"
_COMPILING = "numba line_profiler memory_profiler"

REPLACED = frozenset(f"{_PLOTTING} {_PRINTING} {_NETWORK} {_COMPILING}".split())
"""The modules, by their first name, that are replaced even where they are installed."""

_BARS = "tqdm tqdm_notebook tnrange trange progressbar ProgressBar alive_it"
_PROGRESS = frozenset(_BARS.split())
_HIDDEN = ("__", "_repr_", "_ipython_")


def missing_module(name: str) -> types.ModuleType:
    """A module of that name of which any attribute can be read, called, iterated, and does nothing.

    `from module import *` brings nothing. Bars of progress hand on what they go over. A value of such a
    module can't become an array: NumPy then raises an error that names the module.

    Example:
        >>> module = missing_module("matplotlib.pyplot")
        >>> with module.figure(3).axes[0] as axes:
        ...     for line in axes.plot([1, 2]):
        ...         print(line)
        >>> [i for i in missing_module("tqdm").tqdm([1, 2])]
        [1, 2]
    """
    return _Missing(name)


def guarded_imports(tree: ast.Module) -> frozenset[str]:
    r"""The modules whose absence the file itself provides for, in `try` with `except ImportError`.

    Such an import should fail when the module isn't there, so that what the file has instead is used.

    Example:
        >>> sorted(guarded_imports(ast.parse("try: import cupy\nexcept ImportError: import numpy")))
        ['cupy']
    """
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
    caught = [node for node in tries if any(_catches_import(handler) for handler in node.handlers)]
    return frozenset(name for node in caught for inner in node.body for name in _imported(inner))


def unbound_names(tree: ast.AST) -> set[str]:
    r"""The names that a program reads and that neither it nor Python defines.

    Example:
        >>> unbound_names(ast.parse("def f(x):\n  return relu(x) + len(x)"))
        {'relu'}
    """
    nodes = list(ast.walk(tree))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    bound |= {
        n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and n.name
    }
    aliases = [node for node in nodes if isinstance(node, ast.alias)]
    bound |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
    return {node.id for node in names if node.id not in bound and not hasattr(builtins, node.id)}


def _catches_import(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"ImportError", "ModuleNotFoundError", "Exception"})


def _imported(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module


class Nothing:
    """Something of a module that is not there: whatever is done with it gives nothing again.

    Args:
        path: how the file reaches it, for messages.
    """

    __array_ufunc__ = None  # an array leaves its operators to us

    def __init__(self, path: str, *_: Any, **__: Any) -> None:
        # A class that derives from it calls this as the constructor of its base.
        self.__dict__.setdefault("_path", path)

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_HIDDEN):
            raise AttributeError(name)
        return _part(f"{self._path}.{name}", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __call__(self, *args: Any, **_: Any) -> Any:
        """Nothing, or what it decorates."""
        if len(args) == 1 and isinstance(args[0], types.FunctionType | type):
            return args[0]
        return Nothing(f"{self._path}()")

    def __getitem__(self, _: Any) -> Nothing:
        return Nothing(f"{self._path}[…]")

    def __setitem__(self, key: Any, value: Any) -> None: ...

    def __delitem__(self, key: Any) -> None: ...

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __next__(self) -> NoReturn:
        raise StopIteration

    def __len__(self) -> int:
        return 0

    def __contains__(self, _: Any) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        first = next(base for base in bases if isinstance(base, Nothing))
        return (Base,) if first is self else ()

    def __instancecheck__(self, _: Any) -> bool:
        return False

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<{self._path}, which is not there>"

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        msg = (
            f"{self._path} is used as an array, but that module is not here; put it beside the file or "
            "install it"
        )
        raise TypeError(msg)

    def _same(self, *_: Any) -> Any:
        return self

    def _false(self, *_: Any) -> bool:
        return False

    def _zero(self) -> int:
        return 0

    def _zero_float(self) -> float:
        return 0.0

    __add__ = __radd__ = __iadd__ = __sub__ = __rsub__ = __isub__ = _same
    __mul__ = __rmul__ = __imul__ = __truediv__ = __rtruediv__ = __itruediv__ = _same
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _same
    __matmul__ = __rmatmul__ = __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _same
    __neg__ = __pos__ = __abs__ = __invert__ = __round__ = _same
    __lt__ = __le__ = __gt__ = __ge__ = _false
    __int__ = __index__ = _zero
    __float__ = _zero_float


class Base:
    """What a class derives from whose base is not there: a constructor that takes everything."""

    def __init__(self, *_: Any, **__: Any) -> None: ...


class _Progress(Nothing):
    """A bar of progress: it goes over what it was made with."""

    def __init__(self, path: str, over: Iterable[Any] = ()) -> None:
        super().__init__(path)
        self.__dict__["_over"] = over

    def __call__(self, *args: Any, **keywords: Any) -> _Progress:
        if self._path.endswith("range"):
            return _Progress(f"{self._path}()", range(*args))
        over = args[0] if args else keywords.get("iterable", ())
        return _Progress(f"{self._path}()", over if hasattr(over, "__iter__") else ())

    def __iter__(self) -> Iterator[Any]:
        return iter(self._over)

    def __len__(self) -> int:
        return len(self._over)


class _Missing(types.ModuleType):
    """The module itself."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []
        self.is_not_there = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith(_HIDDEN):
            raise AttributeError(name)
        return _part(f"{self.__name__}.{name}", name)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """As `from package import missing` may be meant as a class or function."""
        return _part(self.__name__, self.__name__.rpartition(".")[2])(*args, **keywords)


def _part(path: str, name: str) -> Nothing:
    return _Progress(path) if name in _PROGRESS else Nothing(path)
