"""Random programs: gradients of order 1 and 2 beside those of PyTorch or of complex step."""

import operator
from collections import Counter

import numpy as np
import pytest

import minigrad as mg
from fuzz.campaign import campaign, report, shrunk
from fuzz.compare import ROUNDINGS, Task, Verdict, compare
from fuzz.generate import generate
from fuzz.ours import names
from fuzz.reference import ComplexStep, Torch, best
from fuzz.table import TABLE, about, available
from minigrad.op import DIFFERENTIABLE
from minigrad.ops import arithmetic, indexing, joining, linear, reduction, trigonometric
from minigrad.ops.exponential import Tanh

FIXED = [
    (1200, Task(1, "float64"), False),
    (300, Task(1, "float32"), False),
    (300, Task(1, "float64"), True),
    (200, Task(2, "float64"), False),
]
"""How many, what is compared, and whether axes may be empty: 2,000 programs in every run of the tests."""

MOST_LEFT_OUT = {1: 0.06, 2: 0.1}
"""The share of programs that may be too ill-conditioned to compare, by order."""


def run(graphs, task, reference, *, empty=False, seed=0):
    """The tally of a campaign; mismatches fail with the shrunk programs."""
    *_, tally = campaign(graphs, task, reference, empty=empty, seed=seed)
    texts = []
    if tally.mismatches:
        report(tally, task, reference, texts.append, empty=empty)
    assert not tally.mismatches, "\n".join(texts)
    assert tally.share_left_out <= MOST_LEFT_OUT[task.order], tally.share_left_out
    return tally


@pytest.mark.parametrize(
    ("graphs", "task", "empty"), FIXED, ids=["float64", "float32", "empty axes", "order 2"]
)
def test_the_fixed_programs_agree(graphs, task, empty):
    assert run(graphs, task, best(), empty=empty).same == graphs


def test_there_are_two_thousand_fixed_programs():
    assert sum(graphs for graphs, _, _ in FIXED) == 2000


@pytest.mark.parametrize("order", [1, 2])
def test_the_references_agree_with_each_other(order):
    pytest.importorskip("torch")
    for reference in (ComplexStep(), Torch()):
        run(40, Task(order), reference, seed=10_000)


def test_a_seed_is_reproducible_and_programs_have_20_to_200_nodes():
    sizes = [len(generate(seed).steps) for seed in range(40)]
    assert generate(7).text("float64") == generate(7).text("float64")
    assert min(sizes) >= 20
    assert max(sizes) <= 200
    assert max(sizes) > 120
    assert min(sizes) < 30


def test_a_program_is_numpy_code_that_gives_the_same_numbers_on_arrays(capsys):
    program = generate(3)
    arrays = {name: value.copy() for name, value in program.leaves.items()}
    on_arrays = program.run(arrays, names(np.float64))
    assert isinstance(on_arrays, np.floating | np.ndarray)
    leaves = {name: mg.Tensor(value) for name, value in program.leaves.items()}
    grads = mg.backprop(program.run(leaves, names(np.float64)), list(leaves.values()))
    exec(program.text("float64"), {})  # noqa: S102  # what a mismatch prints
    assert f"x0 {grads[leaves['x0']]}" in capsys.readouterr().out


ELSEWHERE = {
    operator.getitem: "x[i]",
    operator.setitem: "x[i] = v",
    np.ndarray.astype: "np.astype",
    np._core.umath.clip: "np.clip",
}
"""What is in the table under another name."""


def test_every_differentiable_function_is_in_the_table():
    covered = {about(name) for name in TABLE}
    for function in DIFFERENTIABLE:
        known = function in covered or ELSEWHERE.get(function) in TABLE
        assert known, f"no maker of programs writes {function}"


def test_every_function_of_the_table_is_used_often():
    count = Counter(step.function for seed in range(250) for step in generate(seed).steps)
    rare = [name for name in available() if count[name] < 10]
    assert not rare


def off_by(factor):
    """A rule that is wrong by a factor."""
    return lambda rule: lambda self, G, y, *xs: rule(self, G, y, *xs) * factor


FAULTS = {
    "tanh off by 1e-6": (Tanh, 0, off_by(1 + 1e-6)),
    "multiply gives the other factor's sign": (arithmetic.Multiply, 1, off_by(-1.0)),
    "divide in b off by a part in a million": (arithmetic.Divide, 1, off_by(1 - 1e-6)),
    "mean counts one too many": (reduction.Mean, 0, off_by(1.01)),
    "max gives the gradient twice": (reduction.Max, 0, off_by(2.0)),
    "matmul loses a": (linear.Matmul, 0, off_by(0.0)),
    "cos has the sign of sin": (trigonometric.Cos, 0, off_by(-1.0)),
}
"""Name → class, position of the rule, and what is done to it."""


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_planted_fault_is_found_among_the_fixed_programs(name, monkeypatch):
    op, position, spoil = FAULTS[name]
    rules = list(op.rules)
    rules[position] = spoil(rules[position])
    monkeypatch.setattr(op, "rules", tuple(rules))
    assert found_by(Task()) is not None


@pytest.mark.parametrize("op", [indexing.GetItem, indexing.SetItem, joining.Concatenate])
def test_a_fault_of_an_op_of_many_inputs_is_found(op, monkeypatch):
    right = op.bprops

    def wrong(self, G, y, inputs, positions):
        return [None if g is None else g * 1.001 for g in right(self, G, y, inputs, positions)]

    monkeypatch.setattr(op, "bprops", wrong)
    assert found_by(Task()) is not None


def found_by(task, graphs=40):
    """The seed of the first mismatch among the first fixed programs."""
    for tally in campaign(graphs, task, ComplexStep(), empty=False, seed=0):
        if tally.mismatches:
            return tally.mismatches[0][0]
    return None


def test_a_fault_of_the_second_order_alone_is_found(monkeypatch):
    """Where a rule has the right value, but the wrong graph."""

    def cut(self, G, y, x):
        factor = y if isinstance(y, np.ndarray) else y.value
        return G * (1 - factor * factor)

    monkeypatch.setattr(Tanh, "rules", (cut,))
    assert found_by(Task(1), graphs=15) is None
    assert found_by(Task(2)) is not None


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda g: g.astype(np.float64), "float32"),
        (lambda g: np.full_like(g, np.nan), "not finite"),
    ],
)
def test_types_and_numbers_are_checked(spoil, says, monkeypatch):
    monkeypatch.setattr("fuzz.ours.check_value", lambda *_: None)
    right = mg.GradTable.__getitem__
    monkeypatch.setattr(mg.GradTable, "__getitem__", lambda self, key: spoil(right(self, key)))
    outcome = compare(generate(1), Task(1, "float32"), ComplexStep())
    assert outcome.verdict is Verdict.DIFFERENT
    assert says in outcome.reason


def test_a_mismatch_is_shrunk_to_the_step_that_is_wrong(monkeypatch):
    monkeypatch.setattr(Tanh, "rules", (off_by(1.5)(Tanh.rules[0]),))
    seed = found_by(Task())
    program = shrunk(seed, Task(), ComplexStep())
    assert "np.tanh(" in program.text("float64")
    assert len(program.steps) <= 2
    assert len(program.steps) < len(generate(seed).steps)


def test_the_guard_asks_the_reference_alone(monkeypatch):
    """A wrong gradient can't make a program count as ill-conditioned."""
    told = [compare(generate(seed), Task(), ComplexStep()).verdict for seed in range(30)]
    infinite = lambda program, *_: {n: x + np.inf for n, x in program.leaves.items()}  # noqa: E731  # short
    monkeypatch.setattr("fuzz.compare.gradients", infinite)
    spoiled = [compare(generate(seed), Task(), ComplexStep()).verdict for seed in range(30)]
    assert [v is Verdict.ILL_CONDITIONED for v in told] == [v is Verdict.ILL_CONDITIONED for v in spoiled]
    assert Verdict.SAME not in spoiled
    assert ROUNDINGS * np.finfo(float).eps < 1e-13


@pytest.mark.long
@pytest.mark.parametrize(
    ("graphs", "task", "empty"),
    [
        (100_000, Task(1, "float64"), False),
        (10_000, Task(2, "float64"), False),
        (10_000, Task(1, "float32"), False),
        (10_000, Task(1, "float64"), True),
        (10_000, Task(2, "float64"), True),
        (10_000, Task(1, "float32"), True),
    ],
)
def test_a_campaign_agrees(graphs, task, empty):
    run(graphs, task, best(), empty=empty, seed=100_000)
