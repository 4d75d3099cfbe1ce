import numpy as np
import pytest
from all_examples import EXAMPLES
from drawing import Example
from matrix import central, check_first, check_second, complex_step, cotangents

import minigrad as mg
from minigrad.ops import arithmetic, broadcasting, indexing, shaping
from minigrad.tensor import Tensor

CAUGHT = (AssertionError, TypeError, ValueError)


EDGES = [
    pytest.param(cls, i, id=f"{cls.__name__}-{i}")
    for cls, examples in EXAMPLES.items()
    for i in sorted({i for example in examples for i in example.floats})
]
"""Every op class with every position that some example differentiates."""


def scaled(g, *_):
    return g * 1.001


def negated(g, *_):
    return -g


def dropped(g, *_):
    return None


def turned(g, *_):
    return np.transpose(g)


def last_entry_lost(g, *_):
    if g.ndim == 0:
        return g * 0.0
    mask = np.ones(g.size)
    mask[-1:] = 0
    return g * mask.reshape(g.shape)


def flattened(g, *_):
    return np.reshape(g, -1) if g.ndim != 1 else np.reshape(g, (1, -1))


def narrowed(g, *_):
    return g.astype(np.float32)


def added(g, x):
    return x * 0.0 + 1.0 if g is None else g + 1e-6


VALUE_FAULTS = [scaled, negated, dropped, last_entry_lost, flattened, narrowed, added]


def plant(monkeypatch, cls, position, fault):
    """Let `fault` change what the rule of `cls` for `position` returns."""
    honest = cls.bprops

    def spoilt(i, g, x):
        return g if i != position or (g is None and fault is not added) else fault(g, x)

    def bprops(self, G, y, inputs, positions):
        found = honest(self, G, y, inputs, positions)
        return [spoilt(i, g, inputs[i]) for i, g in zip(positions, found, strict=True)]

    monkeypatch.setattr(cls, "bprops", bprops)


def is_caught(check, examples, position):
    """Whether the check fails on one of the examples that differentiate `position`."""
    for example in examples:
        if position in example.floats:
            try:
                check(example)
            except CAUGHT:
                return True
    return False


def has_slope(cls, position):
    """Whether the rule of some example returns a contribution that is not zero."""
    for example in EXAMPLES[cls]:
        if position in example.floats:
            y = np.asarray(example.op.f(*example.inputs))
            g = example.op.bprop(position, np.ones_like(y), y, *example.inputs)
            if g is not None and np.any(g):
                return True
    return False


@pytest.mark.parametrize("fault", VALUE_FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize(("cls", "position"), EDGES)
def test_a_faulty_rule_is_caught(cls, position, fault, monkeypatch):
    if not has_slope(cls, position):
        fault = added
    assert not is_caught(check_first, EXAMPLES[cls], position)
    plant(monkeypatch, cls, position, fault)
    assert is_caught(check_first, EXAMPLES[cls], position)


@pytest.mark.parametrize(("cls", "position"), EDGES)
def test_swapped_axes_are_caught(cls, position, monkeypatch):
    matrices = [
        example
        for example in EXAMPLES[cls]
        if position in example.floats and len(set(np.shape(example.inputs[position]))) > 1
    ]
    plant(monkeypatch, cls, position, turned)
    if matrices and has_slope(cls, position):
        assert is_caught(check_first, matrices, position)


@pytest.mark.parametrize(("cls", "position"), EDGES)
def test_a_rule_that_leaves_the_graph_is_caught_at_order_2(cls, position, monkeypatch):
    def detached(g, *_):
        return mg.Tensor(g.value) if isinstance(g, Tensor) else g

    if has_slope(cls, position):
        plant(monkeypatch, cls, position, detached)
        assert is_caught(check_second, EXAMPLES[cls], position)


@pytest.mark.parametrize("cls", EXAMPLES, ids=lambda cls: cls.__name__)
def test_a_rule_that_writes_to_its_cotangent_is_caught(cls, monkeypatch):
    honest = cls.bprops

    def bprops(self, G, y, inputs, positions):
        found = honest(self, G, y, inputs, positions)
        if isinstance(G, np.ndarray) and G.flags.writeable:
            G *= 2
        return found

    monkeypatch.setattr(cls, "bprops", bprops)
    example = next(e for e in EXAMPLES[cls] if np.size(cotangents(e)[0]))
    with pytest.raises(CAUGHT):
        check_first(example)


def test_the_sum_that_undoes_broadcasting_is_seen_when_it_takes_one_entry_only(monkeypatch):
    def first_entries(self, g, like):
        return g[(0,) * (g.ndim - like.ndim)][tuple(slice(0, n) for n in like.shape)]

    monkeypatch.setattr(broadcasting.SumLike, "f", first_entries)
    copied = [e for e in EXAMPLES[arithmetic.Multiply] if np.shape(e.inputs[1]) == (4,)]
    assert is_caught(check_first, copied, 1)


def test_a_scatter_that_overwrites_instead_of_adding_is_caught(monkeypatch):
    def overwrite(self, *g_x_arrays):
        g, x, *arrays = g_x_arrays
        y = np.zeros(np.shape(x), g.dtype)
        y[self.key(tuple(arrays))] = g
        return y

    monkeypatch.setattr(indexing.PutItem, "f", overwrite)
    assert is_caught(check_first, EXAMPLES[indexing.GetItem], 0)


def test_a_value_that_its_rule_does_not_fit_is_caught(monkeypatch):
    monkeypatch.setattr(shaping.Reshape, "f", lambda self, x: 2 * np.reshape(x, self.shape))
    assert is_caught(check_first, [Example(shaping.Reshape((4, 6)), (np.ones((2, 3, 4)),))], 0)


@pytest.mark.parametrize(("differences", "tolerance"), [(complex_step, 1e-15), (central, 1e-11)])
def test_the_differences_give_a_known_slope(differences, tolerance):
    x = np.array([0.3, 0.7, 1.9])
    got = differences(lambda x: np.sum(np.sin(x) * x), (x,), 0)
    np.testing.assert_allclose(got, np.cos(x) * x + np.sin(x), rtol=tolerance)
