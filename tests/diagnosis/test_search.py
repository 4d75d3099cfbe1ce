import numpy as np
import pytest
from derivation_styles import BatchFirst, BatchRows, TokenColumns

from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.forward import UserForward
from minigrad.diagnosis.layout import Layout
from minigrad.diagnosis.problem import BATCH, FIRST, make_problem
from minigrad.diagnosis.search import Search
from minigrad.diagnosis.shapes import parse_shape


def search(style, manual=None, forms=None, **options):
    return Search(UserForward(style.forward), manual or style.manual, forms or {}, **options)


def problem(style, base, seed=0):
    return make_problem({name: parse_shape(text) for name, text in style.shapes.items()}, base, seed)


def test_a_batch_is_found_where_there_is_one():
    first, other = (problem(BatchFirst, BATCH, seed) for seed in (0, 1))
    assert search(BatchFirst).best(first, other) == Layout("BTD", "BH", "BTO")
    first, other = (problem(TokenColumns, BATCH, seed) for seed in (0, 1))
    assert search(TokenColumns).best(first, other) is None


def test_a_softmax_over_the_whole_batch_is_no_batch():
    class Columns:
        shapes = TokenColumns.shapes  # not changed

        @staticmethod
        def forward(P, xs, h0, targets):
            h, loss = h0, 0.0
            for x, y in zip(xs, targets, strict=True):
                h = np.tanh(P["Wxh"] @ x + P["Whh"] @ h + P["bh"])
                e = np.exp(P["Why"] @ h + P["by"])
                loss = loss - np.sum(y * np.log(e / np.sum(e)))
            return loss

        @staticmethod
        def manual(P, xs, h0, targets):
            return {name: np.zeros_like(p) for name, p in P.items()}

    first, other = (problem(Columns, BATCH, seed) for seed in (0, 1))
    assert search(Columns).best(first, other) is None
    assert search(Columns, rank=lambda layout: not layout.columns).best(problem(Columns, FIRST)) == Layout(
        "TD1", "H1", "TO1"
    )


def test_a_row_added_to_a_column_is_noticed():
    tried = search(TokenColumns)
    tried.best(problem(TokenColumns, FIRST))
    ran = {attempt.layout.h0: attempt.spread for attempt in tried.attempts if attempt.stage == 4}
    assert ran["H1"] is False
    assert ran.get("H") in {None, True}


def test_what_the_functions_print_is_not_shown(capsys):
    def manual(*arguments):
        print("noise")  # noqa: T201  # what is not to be seen
        return BatchRows.manual(*arguments)

    search(BatchRows, manual).best(problem(BatchRows, BATCH), problem(BatchRows, BATCH, 1))
    assert capsys.readouterr().out == ""


def test_the_failure_names_what_came_furthest():
    def manual(P, xs, h0, targets):
        raise KeyError("dWxh") if xs.ndim == 3 else ValueError("other")  # two errors

    tried = search(BatchRows, manual)
    assert tried.best(problem(BatchRows, FIRST)) is None
    error = tried.failure()
    assert isinstance(error, ManualError)
    assert "no layout of the data suits both functions. The nearest of" in str(error)
    assert "shapes={'xs': 'TBD'" in str(error)


def test_an_error_that_no_layout_changes_is_told_alone():
    tried = search(BatchRows, lambda *_: {}["dW"])
    assert tried.best(problem(BatchRows, FIRST)) is None
    assert str(tried.failure()).startswith("manual raised KeyError (test_search.py, line")


def test_only_accepted_layouts_are_tried():
    tried = search(BatchRows, accepts=lambda layout: layout.xs == "T1D" and layout.targets == "T1O")
    assert tried.best(problem(BatchRows, FIRST)).xs == "T1D"
    assert {attempt.layout.targets for attempt in tried.attempts} == {"T1O"}


def test_the_gradients_shapes_decide_between_layouts_that_run():
    def manual(P, xs, h0, targets):
        given = {name: np.zeros_like(p) for name, p in P.items()}
        return given if h0.ndim == 2 else {name: g[None] for name, g in given.items()}

    def forward(P, xs, h0, targets):
        return np.sum(P["W"]) + np.sum(h0) * np.sum(P["b"])

    tried = Search(UserForward(forward), manual, {})
    assert tried.best(problem(BatchRows, FIRST)).h0 in {"H1", "1H"}


@pytest.mark.parametrize("listed", [False, True])
def test_lists_are_tried_after_arrays(listed):
    def forward(P, xs, h0, targets):
        assert isinstance(xs, list) is listed
        return BatchRows.forward(P, np.array(xs), h0, np.array(targets))

    def manual(P, xs, h0, targets):
        return BatchRows.manual(P, np.array(xs), h0, np.array(targets))

    tried = Search(UserForward(forward), manual, {})
    found = tried.best(problem(BatchRows, BATCH), problem(BatchRows, BATCH, 1))
    assert found == Layout("TBD", "BH", "TBO", listed=listed)
