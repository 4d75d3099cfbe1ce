"""Each closed form agrees with its graph, and a fault in one is seen."""

import numpy as np
import pytest
from bptt.sample import K, N, T, data

from minigrad import closed_form
from minigrad.bptt import forms
from minigrad.bptt.data import Data
from minigrad.bptt.forms import FORMS, jacobian_steps
from minigrad.check.compare import compare

KINDS = {
    "∂L/∂L(t)",
    "∇o(t)",
    "∇h(t)",
    "∇h(T)",
    "∇h(0)",
    "∇a(t)",
    *(f"∇{p}" for p in "UWV"),
    *(f"∇{p}⁽ᵗ⁾" for p in "UWV"),
}
BIASES = {"∇b", "∇c", "∇b⁽ᵗ⁾", "∇c⁽ᵗ⁾"}
STEPS, PRODUCTS = {"∂h(t)/∂h(t−1)"}, {"∂h(T)/∂h(T−l)"}
TERMS = {f"∂L(t)/∂{p}" for p in "UWV"}
EXTRA = {
    "goodfellow": BIASES | STEPS,
    "rossi": BIASES | STEPS,
    "huang-scalar": STEPS | PRODUCTS | TERMS,
    "huang-vector": STEPS | PRODUCTS | TERMS,
    "huang-batch": TERMS,
}
CASES = [(convention, sequences) for convention in FORMS for sequences in (1, N)]


def names_in(table):
    return {key if isinstance(key, str) else key[0] for key in table}


@pytest.mark.parametrize(("convention", "sequences"), CASES)
def test_every_quantity_agrees(convention, sequences):
    for case in FORMS[convention](data(sequences)):
        found = compare(case.manual, case.auto, rtol=1e-12)
        assert found.ok, str(found)
        assert names_in(case.manual) == names_in(case.auto) == KINDS | EXTRA[convention]
        assert names_in(case.manual) <= {name for name, source in case.equations.items() if source}
        assert case.convention == convention
        assert len(case.run) == T


def test_a_run_of_one_step_with_one_unit_agrees():
    given = Data(np.array([[0], [2]]), K, 1, 0)
    for convention in FORMS:
        for case in FORMS[convention](given):
            assert compare(case.manual, case.auto, rtol=1e-12).ok


def test_nothing_that_is_compared_is_zero_throughout():
    for convention in FORMS:
        for case in FORMS[convention](data()):
            for name in names_in(case.auto):
                entries = [v for k, v in case.auto.items() if name in (k, k[0])]
                assert any(np.any(entry) for entry in entries), (convention, name)


FAULTS = [("gradients", "W"), ("gradients", ("h", 3)), ("gradients", ("U", 2)), ("jacobians", ("h", 1))]


@pytest.mark.parametrize(("table", "key"), FAULTS)
def test_a_planted_fault_is_seen(monkeypatch, table, key):
    right = closed_form.goodfellow

    def wrong(*arguments):
        form = right(*arguments)
        value = getattr(form, table)[key].copy()
        value.flat[np.abs(value).argmax()] *= 1 + 1e-9
        getattr(form, table)[key] = value
        return form

    monkeypatch.setattr(closed_form, "goodfellow", wrong)
    (case,) = FORMS["goodfellow"](data(1))
    found = compare(case.manual, case.auto, rtol=1e-10)
    assert [row.verdict for row in found.rows if not row.ok] == ["different"]


def test_a_long_run_compares_some_jacobians(monkeypatch):
    monkeypatch.setattr(forms, "JACOBIANS", 3)
    (case,) = FORMS["huang-vector"](data(1))
    assert [key[1] for key in case.auto if key[0] == "∂h(t)/∂h(t−1)"] == [1, 3, 6]
    assert compare(case.manual, case.auto, rtol=1e-12).ok


def test_all_jacobians_of_a_short_run():
    assert jacobian_steps(1) == [0]
    assert jacobian_steps(forms.JACOBIANS) == list(range(forms.JACOBIANS))
    spread = jacobian_steps(10_000)
    assert len(set(spread)) == forms.JACOBIANS
    assert (spread[0], spread[-1]) == (0, 9_999)
