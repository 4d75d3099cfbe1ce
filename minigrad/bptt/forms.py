"""Each convention's closed form beside the gradients of its own unrolled graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from minigrad import closed_form
from minigrad.bptt import automatic, by_hand, names, networks
from minigrad.bptt.data import Data
from minigrad.closed_form import EQUATIONS, ClosedForm
from minigrad.nn import Run
from minigrad.tensor import Tensor

Table = dict[Any, Any]
Form = Callable[..., ClosedForm]
Graph = tuple[Run, dict[str, Tensor]]

JACOBIANS = 48
"""At how many steps Jacobians are computed at most; each one costs H walks over the graph before it."""

LOSS_TERMS = {
    "huang_scalar": {"V": "H 4", "W": "H 5–13 (tanh′ put in)", "U": "H 17 (tanh′ put in)"},
    "huang_vector": {"V": "H 45–54", "W": "H 57–65", "U": "H 68"},
    "huang_batch": {"V": "H 93–100", "W": "H 101–112", "U": "H 113–114"},
}
PRODUCTS = {"huang_scalar": "H 13 (tanh′ put in)", "huang_vector": "H 58–62"}


NETWORKS = {
    "goodfellow": "columns, biases, softmax",
    "rossi": "columns, biases, softmax",
    "rossi_regression": "columns, biases, no softmax, L(t) = ½‖o − y‖²",
    "huang_scalar": "one unit; x: place in the alphabet, y: whether the next place is high",
    "huang_scalar_binary": "the same with the whole binary cross-entropy",
    "huang_vector": "columns, no biases, softmax",
    "huang_batch": "rows of N points, transposed weights, no biases, softmax",
}


@dataclass(frozen=True, eq=False)
class Case:
    """One closed form and the same quantities from a graph, by the names of `names`.

    Attributes:
        form: the key of the form in EQUATIONS.
        run: the unrolled graph.
        manual: the closed form's quantities, by name or (name, step).
        auto: the graph's.
        equations: the source of each quantity by name.
    """

    form: str
    run: Run
    manual: Table
    auto: Table
    equations: dict[str, str]

    @property
    def convention(self) -> str:
        """The convention that the form belongs to, a key of FORMS."""
        return next(name for name in FORMS if self.form.startswith(name.replace("-", "_")))

    @property
    def network(self) -> str:
        """The network in words."""
        return NETWORKS[self.form]


def jacobian_steps(last: int) -> list[int]:
    """The steps t = 0 … T−1 whose Jacobians are compared: all, or 48 spread evenly over them.

    Example:
        >>> jacobian_steps(3), len(jacobian_steps(1000)), jacobian_steps(1000)[-1]
        ([0, 1, 2], 48, 999)
    """
    if last <= JACOBIANS:
        return list(range(last))
    return [round(i * (last - 1) / (JACOBIANS - 1)) for i in range(JACOBIANS)]


def goodfellow(data: Data) -> list[Case]:
    """Goodfellow 10.17–10.28 against the vanilla network."""
    graph = networks.column(data)
    return [_case("goodfellow", graph, _sequences(closed_form.goodfellow, graph, data.one_hot()))]


def rossi(data: Data) -> list[Case]:
    """Rossi (1)–(42) against the vanilla network, with softmax and without."""
    return [
        _case(name, graph, _sequences(form, graph, data.one_hot()))
        for name, form, graph in (
            ("rossi", closed_form.rossi, networks.column(data)),
            (
                "rossi_regression",
                closed_form.rossi_regression,
                networks.column(data, task="regression"),
            ),
        )
    ]


def huang_scalar(data: Data) -> list[Case]:
    """Huang (1)–(18) against one hidden unit, with his loss and with the whole cross-entropy."""
    return [
        _case(name, graph, _sequences(form, graph, data.scalars()))
        for name, form, graph in (
            ("huang_scalar", closed_form.huang_scalar, networks.scalar(data)),
            (
                "huang_scalar_binary",
                closed_form.huang_scalar_binary,
                networks.scalar(data, binary=True),
            ),
        )
    ]


def huang_vector(data: Data) -> list[Case]:
    """Huang (19)–(73) against the vanilla network without biases."""
    graph = networks.column(data, bias=False)
    return [_case("huang_vector", graph, _sequences(closed_form.huang_vector, graph, data.one_hot()))]


def huang_batch(data: Data) -> list[Case]:
    """Huang (74)–(114) against the network of rows."""
    run, parameters = networks.batch(data)
    U, W, V = (parameters[name].value for name in "UWV")
    form = closed_form.huang_batch(U, W, V, run["h", 0].value, *data.one_hot())
    return [_case("huang_batch", (run, parameters), [form])]


FORMS: dict[str, Callable[[Data], list[Case]]] = {
    "goodfellow": goodfellow,
    "rossi": rossi,
    "huang-scalar": huang_scalar,
    "huang-vector": huang_vector,
    "huang-batch": huang_batch,
}
"""Each convention and what compares it."""


def _sequences(form: Form, graph: Graph, arrays: tuple[Any, Any]) -> list[ClosedForm]:
    """The closed form of each sequence, as the sources write it for one."""
    run, parameters = graph
    values = [p.value for p in parameters.values()]
    x, y = arrays
    states = run["h", 0].value
    states = states if x.shape[1] > 1 else states[None]
    return [form(*values, states[n], x[:, n], y[:, n]) for n in range(x.shape[1])]


def _case(form: str, graph: Graph, by_sequence: list[ClosedForm]) -> Case:
    """One closed form, every quantity that it defines, and the same from the graph."""
    run, parameters = graph
    last, steps = len(run), jacobian_steps(len(run))
    base = form.removesuffix("_binary")
    W = parameters["W"].value if base in PRODUCTS else None
    manual = by_hand.together([_with_jacobians(one, W, steps, last) for one in by_sequence])
    jacobians, scalar = {}, base == "huang_scalar"
    if manual.jacobians:
        jacobians = automatic.step_jacobians(run, steps, scalar=scalar)
    if base in PRODUCTS:
        jacobians |= automatic.last_jacobians(run, steps, scalar=scalar)
    terms = automatic.loss_terms(run, parameters) if manual.loss_terms else {}
    gradients = automatic.gradients(run, parameters)
    return Case(
        form,
        run,
        _named(manual.gradients, manual.jacobians, manual.loss_terms, last),
        _named(gradients, jacobians, terms, last),
        _equations(form, base, manual, last),
    )


def _with_jacobians(form: ClosedForm, W: Any, steps: list[int], last: int) -> ClosedForm:
    """The form with the Jacobians of `steps` alone, and their products if there is a W for them."""
    jacobians: Table = {("h", t): form.jacobians["h", t] for t in steps if form.jacobians}
    if W is not None:
        jacobians |= by_hand.state_products(form, W, steps, last)
    return replace(form, jacobians=jacobians)


def _named(gradients: Table, jacobians: Table, terms: Table, last: int) -> Table:
    """All quantities in one table, by the names under which they are shown."""
    found = {names.gradient_key(key, last): value for key, value in gradients.items()}
    found |= {names.jacobian_key(key): value for key, value in jacobians.items()}
    found |= {names.loss_term_key(key): value for key, value in terms.items()}
    return names.in_order(found)


def _equations(form: str, base: str, manual: ClosedForm, last: int) -> dict[str, str]:
    """The source of each quantity by the name under which it is shown."""
    found = names.sources(manual.gradients, EQUATIONS[form], last)
    found |= {f"∂L(t)/∂{p}": equation for p, equation in LOSS_TERMS.get(base, {}).items()}
    found[names.PRODUCT] = PRODUCTS.get(base, "")
    found[names.JACOBIAN] = EQUATIONS[form].get("∂h/∂h", "")
    return found
