import time

import numpy as np
import pytest
from derivation_styles import (
    STYLES,
    BatchFirst,
    BatchRows,
    FlatRegression,
    GatedPair,
    LastStep,
    RowBiasRelu,
    Stacked,
    TokenColumns,
    mutant,
)

import minigrad as mg
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.manual import check_manual


def check(style, manual=None, **options):
    return check_manual(manual or style.manual, style.forward, shapes=style.shapes, **options)


def kinds(report):
    return [finding.kind for finding in report.findings]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_right_code_in_every_style_is_right_and_nothing_is_found(style):
    for seed in (0, 1, 2):
        report = check(style, seed=seed)
        assert report.ok, report
        assert not report.findings
        assert len(report.rows) >= len(style.shapes)


@pytest.mark.long
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
def test_right_code_is_right_on_a_hundred_seeds(style):
    assert all(check(style, seed=seed).ok for seed in range(100))


@pytest.mark.parametrize(
    ("style", "layout"),
    [
        (TokenColumns, "xs (T,) tokens, h0 (H, 1), targets (T,) classes"),
        (BatchRows, "xs (T, B, D), h0 (B, H), targets (T, B, O) one-hot"),
        (BatchFirst, "xs (B, T, D), h0 (B, H), targets (B, T, O) one-hot"),
        (FlatRegression, "xs (T, D), h0 (H,), targets (T, O) one-hot"),
        (RowBiasRelu, "xs (T, B, D), h0 (B, H), targets (T, B) classes"),
        (LastStep, "xs (T, D, 1), h0 (H, 1), targets a class"),
        (Stacked, "xs (T, D, B), h0 (H, B), targets (T, O, B) one-hot"),
        (GatedPair, "xs (T, B, D), h0 ((B, H), (B, H)), targets (T, B, O) one-hot"),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_the_layout_that_is_meant_is_found_for_right_and_for_wrong_code(style, layout):
    def wrong(*arguments):
        given = style.manual(*arguments)
        found = given[1] if isinstance(given, tuple) else given
        return {name: 1.3 * g for name, g in found.items()}

    assert check(style).problem[1] == layout
    report = check(style, wrong)
    assert report.problem[1] == layout
    assert not any(row.ok for row in report.rows)


CARRY = ('carry = da @ P["W"].T', 'carry = da @ P["W"]')


@pytest.mark.parametrize(
    ("style", "right", "wrong", "found"),
    [
        (BatchRows, *CARRY, ("carry-not-transposed", "dh", 3)),
        (BatchRows, CARRY[0], "carry = 0.0", ("carry-missing", "dh", 3)),
        (BatchRows, "da.sum(axis=0)", "da.mean(axis=0)", ("bias", "b", None)),
        (BatchRows, '["W"] += hs', '["W"] = hs', ("overwritten", "W", None)),
        (BatchRows, "(ps[t] - y[t])", "(y[t] - ps[t])", ("sign", "all", None)),
        (FlatRegression, "* hs[t] * (1 - hs[t])", "* (1 - hs[t])", ("wrong-derivative", "da", 4)),
        (FlatRegression, "np.outer(da, hs[t - 1])", "np.outer(hs[t - 1], da)", ("transposed", "Wh", None)),
        (RowBiasRelu, "* (hs[t + 1] > 0)", "", ("wrong-derivative", "da", 4)),
        (RowBiasRelu, 'd["b"] += da.sum(0, keepdims=True)', 'd["b"] = d["b"] + da', ("shape", "b", None)),
        (LastStep, "da @ hs[t].T", "da @ hs[t + 1].T", ("wrong-state", "Whh", None)),
        (Stacked, "(2 * (hs", "(1 * (hs", ("scale", "all", None)),
    ],
)
def test_a_mistake_is_named_with_its_place(style, right, wrong, found):
    report = check(style, mutant(style, right, wrong).manual)
    assert not report.ok
    assert found in [(f.kind, f.quantity, f.step) for f in report.findings], report
    assert all(f.reproduces_to is None or f.reproduces_to <= 1e-8 for f in report.findings)


def test_a_mistake_outside_of_every_table_is_told_without_a_cause():
    report = check(BatchRows, lambda *a: {n: g + 0.1 * np.cos(g) for n, g in BatchRows.manual(*a).items()})
    assert set(kinds(report)) == {"unexplained"}
    assert all(f.reproduces_to is None for f in report.findings)


def test_a_check_takes_less_than_two_seconds():
    wrong = mutant(TokenColumns, 'P["Whh"].T, raw', 'P["Whh"], raw').manual
    start = time.perf_counter()
    check(TokenColumns, wrong)
    assert time.perf_counter() - start < 20


def test_example_arrays_stand_for_shapes():
    rng = np.random.default_rng(0)
    examples = {"U": (20, 11), "W": (11, 11), "V": (11, 7), "b": (11,), "c": (7,)}
    params = {name: rng.normal(size=shape) for name, shape in examples.items()}
    report = check_manual(BatchRows.manual, BatchRows.forward, params=params)
    assert report.ok
    assert report.rows[0].shape == (5, 6)


def test_ones_own_data_are_used_as_they_are(rng):
    shapes = {"Wxh": (9, 8), "Whh": (9, 9), "Why": (8, 9), "bh": (9, 1), "by": (8, 1)}
    params = {name: rng.normal(size=shape) * 0.3 for name, shape in shapes.items()}
    own = {"params": params, "xs": [3, 1, 7, 0, 2], "h0": rng.normal(size=(9, 1)), "targets": [1, 7, 0, 2, 2]}
    assert check_manual(TokenColumns.manual, TokenColumns.forward, **own).ok
    wrong = mutant(TokenColumns, 'P["Whh"].T, raw', 'P["Whh"], raw').manual
    report = check_manual(wrong, TokenColumns.forward, **own)
    assert "carry-not-transposed" in kinds(report)
    assert report.problem[0].startswith("your data: xs list of (5,), h0 ndarray of (9, 1)")
    with pytest.raises(ManualError, match="without params="):
        check_manual(TokenColumns.manual, TokenColumns.forward, xs=[1, 2])


def test_a_layout_may_be_told():
    report = check_manual(BatchFirst.manual, BatchFirst.forward, shapes={**BatchFirst.shapes, "xs": "BTD"})
    assert report.ok
    with pytest.raises(ManualError, match=r"no layout of the data suits both .* Tried: xs T;"):
        check_manual(BatchRows.manual, BatchRows.forward, shapes={**BatchRows.shapes, "xs": "T"})


@pytest.mark.parametrize("style", [TokenColumns, BatchRows], ids=lambda style: style.__name__)
def test_a_known_cell_is_a_forward_pass(style):
    assert check_manual(style.manual, mg.nn.RNN, shapes=style.shapes).ok


def test_the_problem_is_printed_and_depends_on_the_seed():
    first, again, other = (check(BatchRows, seed=seed) for seed in (4, 4, 5))
    assert first.problem[0] == "T=4 B=1 D=5 H=6 O=3 · T=6 B=3 D=4 H=7 O=5 · seed 4"
    assert first.facts == again.facts
    assert first.facts != other.facts


def test_code_with_sizes_of_its_own_gets_the_sizes_of_the_examples(rng):
    def fixed(function):
        def called(params, *rest):
            if params["W"].shape != (11, 11):
                raise ValueError(params["W"].shape)
            return function(params, *rest)

        return called

    shapes = {"U": (20, 11), "W": (11, 11), "V": (11, 7), "b": (11,), "c": (7,)}
    params = {name: rng.normal(size=shape) * 0.3 for name, shape in shapes.items()}
    report = check_manual(fixed(BatchRows.manual), fixed(BatchRows.forward), params=params)
    assert report.ok
    assert report.problem[0].startswith("T=4 B=1 D=20 H=11 O=7 · T=6 B=3 D=20 H=11 O=7")


def test_a_cell_with_two_states_gets_both():
    given = check_manual(lambda P, xs, h0, ys: {"V": h0[1] * 0}, mg.nn.LSTM)
    assert "h0 ((" in given.problem[1]


def test_code_that_fails_on_a_batch_of_one_is_checked_on_the_batch():
    def forward(params, xs, h0, targets):
        if len(h0) == 1 and np.ndim(h0) == 2 and len(xs) == 4:
            raise ValueError("one sequence")  # noqa: EM101, TRY003  # what the test is about
        return BatchRows.forward(params, xs, h0, targets)

    report = check_manual(BatchRows.manual, forward, shapes=BatchRows.shapes)
    assert report.ok
    assert report.notes[0].startswith("a batch of one sequence was not checked: forward raised ValueError")
