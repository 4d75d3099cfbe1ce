"""Writing the lines that call a gradient function, with every argument made up by its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from minigrad.foreign.delivered import DRAWN, Form, forms
from minigrad.foreign.meaning import kind_of
from minigrad.foreign.names import normal, stems
from minigrad.foreign.objects import annotation_of, class_for, default_of, is_pair, uses
from minigrad.foreign.signatures import Signature, keys_of
from minigrad.foreign.variables import Style, Variables, random_numbers

_TABLES = (
    (re.compile("(to|2)_?(ix|idx|index|id|int|num)"), '{c: i for i, c in enumerate("abcdefg")}'),
    (re.compile("(ix|idx|index|id|int)_?(to|2)"), 'dict(enumerate("abcdefg"))'),
    (re.compile("activation|nonlin|act_f"), '"tanh"'),
    (re.compile("chars|vocab|words"), 'list("abcdefg")'),
    (re.compile("^(rng|random|seed)"), "0"),
)

_DEEP = 2
_ERROR = re.compile(r"err|delta|loss|^dz$|^dl", re.IGNORECASE)


class Writer(Variables):
    """Lines of Python that grow as arguments are wanted.

    Args:
        style: the guesses.
        shapes: the shapes that the file's text tells, by name.
        weights: the names of all the weights that are wanted.
        tree: the file.
        known: its functions.

    Attributes:
        init: how a function of the file makes a dict of parameters; empty to make it here.
    """

    def __init__(
        self,
        style: Style,
        shapes: Mapping[str, tuple[str, ...]],
        weights: tuple[str, ...],
        tree: ast.Module | None = None,
        known: Mapping[str, Signature] | None = None,
    ) -> None:
        super().__init__(style, shapes, weights)
        self.init = ""
        self._tree = tree if tree is not None else ast.Module([], [])
        self._known = known if known is not None else {}
        self._losses: list[tuple[Form, str, str] | None] = []
        self._earlier: dict[str, list[str]] = {}
        self._depth = 0
        self._returned: list[str] = []
        self._parts: tuple[str, ...] = ()

    def call(self, target: str, signature: Signature, *, whole: bool = False, many: bool = False) -> str:
        """The expression `target(...)` with all that is needed; of data a list of one if `many`."""
        self._earlier = {kind: list(names) for kind, names in self.by_kind.items()}
        arguments = []
        for name, optional in signature.arguments.items():
            text = (
                self._optional(name, signature, whole=whole)
                if optional
                else self._value(name, signature, whole=whole)
            )
            if text is not None:
                if many and kind_of(name) in {"input", "target"}:
                    text = f"{text}[None]" if f"{text} = np." in "\n".join(self.lines) else f"[{text}]"
                arguments.append(f"{name}={text}" if optional else text)
        return f"{target}({', '.join(arguments)})"

    def instance(self, name: str) -> str:
        """An object of a class of the file; the arguments of its constructor are defined before."""
        constructor = self._known.get(f"{name}.__init__")
        return f"m.{name}()" if constructor is None else self.call(f"m.{name}", constructor, whole=True)

    def prepare(self, signature: Signature) -> None:
        """Define the data that a function takes, under the names that it has there."""
        for name, optional in signature.arguments.items():
            if not optional and kind_of(name) in {"input", "target"}:
                self._earlier = {kind: list(names) for kind, names in self.by_kind.items()}
                self._value(name, signature, whole=False)

    def loss(self) -> str:
        """The loss that the upstream gradients are handed in for; empty if it isn't known."""
        known = [loss for loss in self._losses if loss is not None and loss[0].loss]
        if len(known) < len(self._losses) or not known:
            return ""
        form, own, made = known[0]
        if len(known) == 1 and (form is DRAWN[0] or "{t}" in form.text):
            # Of a difference of output and target the loss is read off that difference.
            return f'("upstream", {own}, {made})' if form is DRAWN[0] else ""
        target = self._targets() if any("{t}" in form.text for form, *_ in known) else ""
        return " + ".join(form.loss.format(y=own, d=made, t=target) for form, own, made in known)

    def assign(self, names: tuple[str, ...], expression: str, parts: tuple[str, ...] = ()) -> None:
        """A line that gives what a call returns to variables of the names that it has there.

        Args:
            names: the names.
            expression: the call.
            parts: what a single value that it returns consists of.
        """
        self._parts = parts
        clean = [
            name if name.isidentifier() and name not in {"m", "np", "net", "self"} else f"out{i}"
            for i, name in enumerate(names)
        ]
        if not clean or len(set(clean)) < len(clean):
            clean = [f"out{i}" for i in range(len(names))] or ["out"]
        self.lines.append(f"{', '.join(clean)} = {expression}")
        self._returned = clean
        self.made.update({normal(name): name for name in clean})

    def _optional(self, name: str, signature: Signature, *, whole: bool) -> str | None:
        """An argument with a default, where ours is better: sizes, rates, truncation, initial states."""
        kind = kind_of(name, whole=whole)
        if kind == "state" and not whole and self.style.state and re.search("0|init|prev", name):
            return self.made.get(normal(name)) or self.state(name)
        if kind == "rate":
            return "1.0"
        if kind == "cut" and re.search("bptt|trunc", name):
            return "100" if default_of(signature.node, name) else None
        return str(self.style.sizes.of(name)) if kind == "size" and whole else None

    def _value(self, name: str, signature: Signature, *, whole: bool) -> str:
        """The text of one argument."""
        if normal(name) in self.made and not whole:
            return self.made[normal(name)]
        kind = kind_of(name, whole=whole and not self._takes_weights(signature))
        if kind in {"input", "target"} and self._earlier.get(kind):
            return self._earlier[kind].pop(0)
        if name == "c" and {"U", "V", "b"} <= set(self.names):
            kind = "weight"  # the textbook's bias of the output
        simple = {"rate": "1.0", "cut": "100", "one": "1"}.get(kind)
        if simple is not None:
            return simple
        table = next((text for pattern, text in _TABLES if pattern.search(name.lower())), None)
        if table is not None and kind not in {"size", "weight", "state"}:
            return table
        return self._array(name, kind, signature)

    @staticmethod
    def _takes_weights(signature: Signature) -> bool:
        names = signature.arguments
        return any(re.match("^W[a-z_]{0,4}$|^weights", n) for n in names) or {"u", "v", "w"} <= {
            n.lower() for n in names
        }

    def _array(self, name: str, kind: str, signature: Signature) -> str:
        """The text of an argument that is no plain number."""
        if kind in {"params", "cell", "other"}:
            made = self._object(name, signature)
            if made is not None:
                return made
        if kind == "params":
            return self._params(name, signature)
        if kind in {"state", "cell"} and is_pair(signature.node, name):
            return f"({self.state(f'{name}_h')}, {self.state(f'{name}_c')})"
        if self._returned and kind in {"cache", "output", "state"}:
            return self._from_forward(kind)
        makers = {
            "size": lambda: str(self.style.sizes.of(name)),
            "upstream": lambda: self._upstream(name, signature),
            "input": lambda: self.define(name, self.told(name) or self.style.layout.x),
            "target": lambda: self.define(name, self.told(name) or self.target()),
            "state": lambda: self.state(name),
            "cell": lambda: self.state(name),
            "weight": lambda: self.weight(name),
        }
        return makers[kind]() if kind in makers else self._other(name)

    def _other(self, name: str) -> str:
        """An argument whose name says nothing, or that it is a size."""
        told = self.told(name)
        if told is None and re.search("^n_|num|nodes|units|neurons|order|size|dim", name.lower()):
            return str(self.style.sizes.H)
        return self.define(name, told) if told else "None"

    def _object(self, name: str, signature: Signature) -> str | None:
        """An argument that is an object of a class of the file, or one with the attributes that are read."""
        near = [s for s in self._known.values() if s.owner == signature.owner]
        nodes = [s.node for s in near if signature.owner or name in s.arguments]
        used = uses([signature.node, *nodes], name)
        found = class_for(self._tree, name, used, annotation_of(signature.node, name))
        if self._depth > _DEEP or not (found or used):
            return None
        self._depth += 1
        try:
            if found and found != signature.owner:
                return self.define(name, self.instance(found))
            held = [
                f"{key}={self._held(key, use.keys, signature)}" for key, use in used.items() if not use.called
            ]
        finally:
            self._depth -= 1
        return self.define(name, f"types.SimpleNamespace({', '.join(held)})") if held else None

    def _held(self, name: str, keys: tuple[str, ...], signature: Signature) -> str:
        """The text of an attribute of an object that is made up."""
        if keys:
            return (
                "{" + ", ".join(f'"{key}": {self._value(key, signature, whole=False)}' for key in keys) + "}"
            )
        if re.search("decay|reg|lambda|drop|momentum|mask", name.lower()):
            return "0.0"
        return self._value(name, signature, whole=kind_of(name, whole=True) == "size")

    def _params(self, name: str, signature: Signature) -> str:
        """A dict of weights under the keys that are read from it."""
        if self.init:
            self.weights.append(self.define(name, self.init))
            return self.made[normal(name)]
        keys = list(dict.fromkeys([*keys_of(signature, name), *self.names]))
        for key in keys:
            if normal(key) not in self.made:
                self.weight(key)
        pairs = ", ".join(f'"{key}": {self.made[normal(key)]}' for key in keys)
        return self.define(name, f"{{{pairs}}}") if keys else "None"

    def _from_forward(self, kind: str) -> str:
        """What forward returned for the backward pass: its cache, or its output."""
        fitting = [v for v in self._returned if kind_of(v) == kind]
        if not fitting and kind == "output":
            fitting = [v for v in self._returned if re.match("y|o|p", v)]
            fitting += [v for v in self._returned if kind_of(v) not in {"input", "cache", "other"}]
        if fitting:
            return fitting[0]
        return self._returned[-1] if kind == "cache" else self._returned[0]

    def _upstream(self, name: str, signature: Signature) -> str:
        """A random gradient, shaped like what it belongs to; nothing comes from later where none is known."""
        own = next((self.made[stem] for stem in stems(name) if stem in self.made), None)
        others = [n for n in signature.arguments if kind_of(n) == "upstream" and not is_carried(n)]
        if own is None and self._returned and not (is_carried(name) and others):
            own = self._own(name)
        if own is not None:
            form = self._form(name)
            target = self._targets() if "{t}" in form.text else ""
            made = self.define(name, form.text.format(y=own, t=target))
            self._losses.append((form, own, made))
            return made
        if is_carried(name):
            zeros = f"np.zeros({self.shape(name) or self.style.layout.state})"
            return self.define(name, f"({zeros}, {zeros})" if is_pair(signature.node, name) else zeros)
        self._losses.append(None)
        if re.search("^d_?[hc]$", name):
            return self.define(name, self.told(name) or random_numbers(self.style.layout.state))
        letter = "O" if "y" in normal(name) or "out" in name else "H"
        return self.define(name, self.told(name) or self.style.layout.sequence(letter))

    def _form(self, name: str) -> Form:
        """The form of an upstream gradient: a difference where it goes past a softmax."""
        hidden = re.match("d_?[hac](_|s?$|next|prev)", name) is not None
        found = forms(softmax=self.style.softmax and not hidden, error=_ERROR.search(name) is not None)
        return found[min(self.style.form, len(found) - 1)]

    def _own(self, name: str) -> str:
        """What forward returned that an upstream gradient is probably of."""
        bare = [re.sub("next|prev|last", "", stem) for stem in stems(name)]
        found = next((self.made[stem] for stem in bare if stem in self.made), self._from_forward("output"))
        places = [i for i, part in enumerate(self._parts) if kind_of(part) in {"state", "output"}]
        return f"{found}[{places[0]}]" if places and len(self._returned) == 1 else found

    def _targets(self) -> str:
        """The variable of the targets, which are made if there are none."""
        made = self.by_kind.get("target")
        return made[0] if made else self.define("target", self.target())


def is_carried(name: str) -> bool:
    """Whether an upstream gradient is what one step hands to the one before.

    Example:
        >>> is_carried("dh_next"), is_carried("dh")
        (True, False)
    """
    return re.search("next|prev|last", name) is not None
