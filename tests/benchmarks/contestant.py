"""What a contestant and an engine are, and which of them can be entered here."""

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from typing import Any, NamedTuple

from problem import Array, Problem, Run

MODULES = {
    "hand": "hand-written, plain loop",
    "hand_fast": "hand-written, best",
    "ours": "minigrad, NumPy on tensors",
    "ours_rnn": "minigrad, nn.RNN",
    "with_torch": "PyTorch",
    "with_mygrad": "MyGrad",
    "with_autograd": "HIPS/autograd",
}


class Contestant(NamedTuple):
    """A way to compute the loss and its gradients, and the number of ops that it records."""

    key: str
    title: str
    make: Callable[[Problem], Run]
    ops: Callable[[Problem], int] | None = None


class Engine(NamedTuple):
    """How a library records a function of one array, and how it differentiates what it recorded."""

    key: str
    tanh: Callable[[Any], Any]
    record: Callable[[Callable[[Any], Any], Array], Any]
    gradient: Callable[[Any], Array]


class Entries(NamedTuple):
    contestants: list[Contestant]
    engines: list[Engine]
    missing: dict[str, str]

    def chosen(self, keys: Collection[str]) -> "Entries":
        """Those of `keys`, and the reference."""
        kept = [each for each in self.contestants if each.key in {*keys, "hand"}]
        return Entries(kept, [each for each in self.engines if each.key in keys], self.missing)


def enter() -> Entries:
    """Whoever is installed, and why the others are missing."""
    entries = Entries([], [], {})
    for module, title in MODULES.items():
        try:
            found = import_module(module)
        except ImportError as error:
            entries.missing[title] = str(error)
            continue
        entries.contestants.extend(found.CONTESTANTS)
        entries.engines.extend(getattr(found, "ENGINES", ()))
    return entries


def count_nodes(root: Any, parents: Callable[[Any], Iterable[Any]]) -> int:
    """The number of different nodes that `root` depends on, itself included."""
    seen, stack = {id(root): root}, [root]
    while stack:
        for node in parents(stack.pop()):
            if id(node) not in seen:
                seen[id(node)] = node  # holding it keeps its id its own
                stack.append(node)
    return len(seen)
