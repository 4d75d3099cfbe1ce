"""What an import in somebody's file finds: NumPy's stand-in, another file, a package, or nothing."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.foreign.creation import LOST, SPECIAL
from minigrad.foreign.datasets import PANDAS, SKLEARN
from minigrad.foreign.drawing import DRAWN
from minigrad.foreign.mathematics import ABSENT, MATH, SCIPY_SPECIAL
from minigrad.foreign.missing import REPLACED, missing_module, unbound_names
from minigrad.foreign.places import PLACES
from minigrad.foreign.reading import Reading, from_bytes, pickled, to_bytes, unpickled
from minigrad.foreign.source import read_source
from minigrad.foreign.stand_in import stand_in

_LIKE_NUMPY = {"autograd", "jax", "minpy", "mxnet"}
_NUMPY_BY_OTHER_NAMES = {f"{name}.numpy" for name in _LIKE_NUMPY}
Loader = Callable[[Path, str], types.ModuleType]


class Modules:
    """The modules that one run of a file sees.

    Args:
        reading: the files that it reads, and where it lies.
        load: what runs a sibling file as a module.

    Attributes:
        numpy: what stands in for NumPy.
        absent: the modules that are not there.
        guarded: those for whose absence a file itself provides.
    """

    def __init__(self, reading: Reading, load: Loader) -> None:
        self.folders = [reading.folder, *list(reading.folder.parents)[:2]]
        self.numpy = stand_in(np, {**LOST, **SPECIAL, **DRAWN, **PLACES, **reading.numpy()})
        self.absent: list[str] = []
        self.guarded: set[str] = set()
        self._load = load
        self._loaded: dict[str, types.ModuleType] = {}

    def import_(
        self, name: str, scope: Any = None, _locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> Any:
        """What Python's `__import__` does, for a file that runs on tensors."""
        if level:
            return self._relative(name, scope or {}, fromlist or (), level)
        module = self._absolute(name)
        if fromlist:
            for item in fromlist:
                self._submodule(module, name, item)
            return self._with_all(module, scope or {}, fromlist)
        root = name.partition(".")[0]
        return module if root == name else self._with_parts(root, name)

    def _with_all(self, module: types.ModuleType, scope: dict[str, Any], fromlist: Any) -> types.ModuleType:
        """Let `from absent import *` bring what the file uses and has not made itself."""
        path = Path(scope.get("__file__", ""))
        if "*" in fromlist and hasattr(module, "is_not_there") and path.is_file():
            module.__dict__["__all__"] = sorted(unbound_names(read_source(path).tree))
        return module

    def _with_parts(self, root: str, name: str) -> types.ModuleType:
        """The module `root`, through which `name` can be reached by its dots."""
        top = parent = self._absolute(root)
        parts = name.split(".")
        for i, part in enumerate(parts[1:], 2):
            child = self._absolute(".".join(parts[:i]))
            if part not in vars(parent) and not isinstance(getattr(parent, part, None), types.ModuleType):
                setattr(parent, part, child)
            parent = child
        return top

    def _submodule(self, module: types.ModuleType, name: str, item: str) -> None:
        """Let `from package import item` find a file of that name."""
        if item == "*" or hasattr(module, item):
            return
        found = self._file(f"{name}.{item}")
        if found is not None:
            setattr(module, item, self._run(found, f"{name}.{item}"))
        elif _installed(name.partition(".")[0]) and hasattr(module, "__path__"):
            with suppress(ImportError):
                setattr(module, item, self._absolute(f"{name}.{item}"))

    def _absolute(self, name: str) -> types.ModuleType:
        if name in self._loaded:
            return self._loaded[name]
        module = self._find(name)
        self._loaded[name] = module
        return module

    def _find(self, name: str) -> types.ModuleType:
        root = name.partition(".")[0]
        if root in {"numpy", "cupy"} or name in _NUMPY_BY_OTHER_NAMES:
            module: Any = self.numpy
            for part in name.split(".")[1:] if root in {"numpy", "cupy"} else ():
                module = getattr(module, part)
            return module  # type: ignore[no-any-return]  # a submodule of NumPy
        if name in _LIKE_NUMPY:
            module = missing_module(name)
            module.__dict__["numpy"] = self.numpy
            return module  # type: ignore[no-any-return]  # as above
        if name in _REPLACEMENTS:
            return _REPLACEMENTS[name]()
        path = self._file(name)
        if path is not None:
            return self._run(path, name)
        if root not in REPLACED and _installed(root):
            return importlib.import_module(name)
        return self._stood_in(name, root)

    def _stood_in(self, name: str, root: str) -> types.ModuleType:
        """What there is for a module that is not installed, or not wanted."""
        if root in self.guarded and root not in REPLACED:
            msg = f"No module named {name!r}"
            raise ModuleNotFoundError(msg, name=name)
        if root not in self.absent:
            self.absent.append(root)
        known = _KNOWN.get(root)
        return known(name) if known is not None else self._missing(name)

    def _missing(self, name: str) -> types.ModuleType:
        """A module that is not there, with what its names can only mean."""
        module = missing_module(name)
        if name.partition(".")[0] not in REPLACED:
            module.__dict__.update(ABSENT, np=self.numpy)
        return module

    def guard(self, names: Iterable[str]) -> None:
        """Know modules whose absence a file provides for."""
        self.guarded |= {name.partition(".")[0] for name in names}

    def _run(self, path: Path, name: str) -> types.ModuleType:
        if name not in self._loaded:
            if path.is_dir():
                self._loaded[name] = _package(path, name)
            else:
                self._loaded[name] = self._load(path, name)
        return self._loaded[name]

    def enter(self, name: str, module: types.ModuleType) -> None:
        """Know a module that is only being loaded, for imports that go round in a circle."""
        self._loaded[name] = module

    def _file(self, name: str) -> Path | None:
        """The sibling file or package of that name; Python's own modules come before those further away."""
        inner = Path(*name.split("."))
        own, *further = [*self.folders[:1], *map(Path, sys.path[: self._added()]), *self.folders[1:]]
        folders = [own] if name.partition(".")[0] in sys.stdlib_module_names else [own, *further]
        candidates = [folder / inner for folder in folders]
        files = [path for base in candidates for path in (base.with_suffix(".py"), base / "__init__.py")]
        found = next((path for path in files if path.is_file()), None)
        if found is not None or _installed(name.partition(".")[0]):
            return found
        return next((base for base in candidates if base.is_dir() and any(base.glob("*.py"))), None)

    def _added(self) -> int:
        """How many folders the file itself has put in front of the search path."""
        return max(0, len(sys.path) - self._path_length)

    _path_length = len(sys.path)

    def _relative(self, name: str, scope: dict[str, Any], fromlist: Any, level: int) -> types.ModuleType:
        folder = Path(scope.get("__file__", ".")).parent
        for _ in range(level - 1):
            folder = folder.parent
        if name:
            base = folder / Path(*name.split("."))
            found = [p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()]
            return self._run(found[0], name) if found else self._absolute(name)
        module = types.ModuleType("package")
        for item in fromlist:
            path = folder / f"{item}.py"
            setattr(module, item, self._run(path, item) if path.is_file() else self._missing(item))
        return module


def _package(path: Path, name: str) -> types.ModuleType:
    """A folder of files without `__init__.py`."""
    module = types.ModuleType(name)
    module.__path__ = [str(path)]
    return module


def _installed(root: str) -> bool:
    try:
        return root in sys.builtin_module_names or importlib.util.find_spec(root) is not None
    except (ImportError, ValueError):
        return False


def _namespace(name: str, entries: dict[str, Any], real: str) -> types.ModuleType:
    """A module with `entries`, and what the installed one has beside them."""
    if _installed(real.partition(".")[0]):
        module = types.ModuleType(name)
        module.__dict__.update({k: v for k, v in vars(importlib.import_module(real)).items() if k[0] != "_"})
    else:
        module = missing_module(name)
    module.__dict__.update(entries)
    return module


def _scipy() -> types.ModuleType:
    module = _namespace("scipy", {}, "scipy")
    module.__dict__["special"] = _REPLACEMENTS["scipy.special"]()
    module.__path__ = []
    return module


def _pickle() -> types.ModuleType:
    return _namespace(
        "pickle", {"load": unpickled, "loads": from_bytes, "dump": pickled, "dumps": to_bytes}, "pickle"
    )


_REPLACEMENTS: dict[str, Callable[[], types.ModuleType]] = {
    "math": lambda: _namespace("math", MATH, "math"),
    "pickle": _pickle,
    "cPickle": _pickle,
    "scipy": _scipy,
    "scipy.special": lambda: _namespace("scipy.special", SCIPY_SPECIAL, "scipy.special"),
}


def _of_entries(entries: dict[str, Any]) -> Callable[[str], types.ModuleType]:
    """A package of which every module has `entries`, and nothing else does anything."""

    def module(name: str) -> types.ModuleType:
        found = missing_module(name)
        found.__dict__.update(entries)
        return found

    return module


_KNOWN: dict[str, Callable[[str], types.ModuleType]] = {
    "nltk": _of_entries({"word_tokenize": str.split, "sent_tokenize": str.splitlines}),
    "sklearn": _of_entries(SKLEARN),
    "pandas": _of_entries(PANDAS),
}
"""Packages of which a file often uses little more than what we have."""
