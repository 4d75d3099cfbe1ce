"""What in the text of a function speaks for its computing a gradient by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_DERIVATIVE = re.compile(
    r"_*(?:"
    r"d[A-Z_]|dL|[dD]elta|[gG]rad|nabla|bptt|del_|partial|dE"
    r"|d[a-z]{1,2}\d*(?:_|t?$)"
    r"|d[hcsazxywuvboifgrn][a-z]?(?:next|prev|raw|out|in|hat|bar|t|h|x|y|hh|xh|hy|total)\d*$"
    r"|d(?:out|loss|next|prev|state|hidden|cell|input|output|score|weight|bias|gate|logit)s?(?:_|$)"
    r"|.*(?:_grad|_delta|_deriv|Grad|Delta|_gradient|gradients|grads|_diff)s?$"
    r")"
)
_NOT_DERIVATIVE = re.compile(r"d_(?:model|in|out_dim|k|ff|hidden)$|d(?:t|ot)$|di[mr]|del(?:ta)?_t$")
_BACK = re.compile(r"back|bptt|bprop|grad|deriv|lossfun", re.IGNORECASE)
_AGAINST = re.compile(
    r"check|reset|sample|predict|init|update|adam|adagrad|rmsprop|numeric|clip|zero|descent|optimi[sz]|sgd|train"
    r"|test|plot|generate|eval|apply|forw(?!.*back)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"step|cell|activation|sigmoid|tanh|relu|softmax|dense|linear|fully|affine|embed|attention|entropy|mse|conv"
    r"|pool|dropout|gate|neuron|single|one_",
    re.IGNORECASE,
)
_RECURRENT = re.compile(r"rnn|lstm|gru|recurrent|bptt|seq|through_?time|net|model", re.IGNORECASE)
_LENGTH = re.compile(
    r"-1|(?:self\.)?(?:T\w*|n\w*|\w*(?:len|length|steps?|times?)\w*|len\(.+\)|.+\.shape\[\d\])(?: - 1)?"
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's or module's own body, without those of functions and classes in it."""
    pending = list(ast.iter_child_nodes(scope))
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, _SCOPES):
            pending.extend(ast.iter_child_nodes(node))


def is_derivative(name: str) -> bool:
    """Whether a name looks like that of a derivative.

    Example:
        >>> [name for name in ["dWhh", "data", "dhnext", "grads", "dim", "W"] if is_derivative(name)]
        ['dWhh', 'dhnext', 'grads']
    """
    return bool(_DERIVATIVE.match(name)) and not _NOT_DERIVATIVE.match(name)


def evidence(scope: ast.AST) -> float:
    """How much the body of a function or module speaks for a gradient; 0 for nothing."""
    nodes = list(own_nodes(scope))
    stored = {name for node in nodes for name in _stored(node) if is_derivative(name)}
    keys = {key for node in nodes for key in _keys(node) if is_derivative(key)}
    transposes = sum(isinstance(n, ast.Attribute) and n.attr in {"T", "transpose", "outer"} for n in nodes)
    sums = sum(isinstance(n, ast.AugAssign) and isinstance(n.op, ast.Add) for n in nodes)
    derivatives = min(len(stored | keys), 10)
    score = 3.0 * walks_back(scope) + 0.5 * derivatives
    return score + 0.4 * min(transposes, 6) + 0.3 * min(sums, 6) * bool(derivatives)


def by_name(name: str, owner: str | None = None) -> float:
    """How much the name of a function and its class speak for a gradient."""
    score = 3.0 * bool(_BACK.search(name)) - 3.0 * bool(_AGAINST.search(name))
    score -= 1.5 * bool(_PART.search(name))
    if owner:
        score += 0.5 * bool(_RECURRENT.search(owner)) - 1.5 * bool(_PART.search(owner))
    return score + 0.5 * bool(_RECURRENT.search(name))


def walks_back(scope: ast.AST) -> bool:
    """Whether a loop of the body goes back in time.

    Example:
        >>> walks_back(ast.parse("for t in range(T - 1, -1, -1): pass"))
        True
        >>> walks_back(ast.parse("for i in range(T): t = T - 1 - i"))
        True
    """
    loops = [node for node in own_nodes(scope) if isinstance(node, ast.For | ast.While | ast.comprehension)]
    return any(_is_reversed(loop) for loop in loops)


def _is_reversed(loop: ast.For | ast.While | ast.comprehension) -> bool:
    if isinstance(loop, ast.While):
        nodes = [node for statement in loop.body for node in ast.walk(statement)]
        return any(_counts_down(node) for node in nodes)
    if any(_turns_round(node) for node in ast.walk(loop.iter)):
        return True
    return isinstance(loop, ast.For) and isinstance(loop.target, ast.Name) and _mirrors(loop, loop.target.id)


def _turns_round(node: ast.AST) -> bool:
    """`reversed(…)`, `range(…, …, -1)`, `…[::-1]`, `np.flip(…)`."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        falling = name in {"range", "xrange", "arange"} and any(map(_is_negative, node.args[2:]))
        return name in {"reversed", "flip", "flipud"} or falling
    return isinstance(node, ast.Slice) and node.step is not None and _is_negative(node.step)


def _is_negative(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


def _counts_down(node: ast.AST) -> bool:
    return isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub) and ast.unparse(node.value) == "1"


def _mirrors(loop: ast.For, name: str) -> bool:
    """Whether the body uses T - 1 - t, T - (t + 1) or -t - 1 as an index."""
    nodes = [node for statement in loop.body for node in ast.walk(statement)]
    differences = [n for n in nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Sub)]
    return any(_mirrored(difference, name) for difference in differences)


def _mirrored(node: ast.BinOp, name: str) -> bool:
    left, right = ast.unparse(node.left), ast.unparse(node.right)
    if right in {name, f"({name} + 1)", f"{name} + 1", f"(1 + {name})"}:
        return bool(_LENGTH.fullmatch(left))
    return left == f"-{name}" and right == "1"


def _stored(node: ast.AST) -> Iterator[str]:
    """The names, attributes and containers that a statement writes to."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield getattr(node.value, "id", getattr(node.value, "attr", ""))


def _keys(node: ast.AST) -> Iterator[str]:
    """Strings by which entries of a dict are set: `d["dW"] = …`, `{"dW": …}`, `dict(dW=…)`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield from _strings([node.slice])
    elif isinstance(node, ast.Dict):
        yield from _strings(node.keys)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def _strings(nodes: list[ast.expr] | list[ast.expr | None]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
