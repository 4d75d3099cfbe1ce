import json

import numpy as np
import pytest

from minigrad.check import compare


def steps(values):
    return {("W", t): np.array(value) for t, value in enumerate(values)}


def test_folding_keeps_the_worst_step_and_the_initial_state_apart():
    auto = steps([1.0, 1.0, 2.0, 1.0])
    manual = steps([1.0, 1.0 + 1e-12, 2.5, 1.25]) | {"W": 7.0}
    found = compare(manual, auto | {"W": 7.0}, equations={("W", 1): "A", ("W", 2): "B"})
    rows = found.folded().rows
    assert [(row.label, row.step, row.folded) for row in rows] == [
        ("W⁽⁰⁾", 0, 0),
        ("W⁽ᵗ⁾", 2, 3),
        ("W", None, 0),
    ]
    assert (rows[1].verdict, rows[1].note, rows[1].source) == ("different", "2 of 3 steps", "A; B")
    assert found.folded().ok is found.ok is False


def test_one_bad_step_of_many_makes_the_folded_row_bad():
    auto = steps(np.ones(50))
    for bad in [np.nan, 1.5, "text", [1.0]]:
        row = compare(auto | {("W", 17): bad}, auto).folded().rows[1]
        assert not row.ok
        assert (row.step, row.folded) == (17, 49)


def test_worst_prefers_the_graver_verdict_and_then_the_larger_excess():
    auto = {"a": 1.0, "b": 1e6, "c": 0.0}
    assert compare({"a": 1.1, "b": 1e6 + 1, "c": 0.0}, auto).worst.name == "a"
    assert compare({"a": np.nan, "b": 0.0, "c": 1.0}, auto).worst.name == "a"
    assert compare({}, {}).worst is None


def test_nothing_compared_is_not_ok():
    found = compare({}, {})
    assert not found.ok
    assert "nothing was compared" in str(found)
    with pytest.raises(AssertionError, match="nothing was compared"):
        found.raise_if_different()


def test_the_dictionary_is_strict_json_whatever_the_values():
    odd = [np.nan, np.inf, -np.inf, 1e-3, "text", [1.0, 2.0], None]
    manual = {f"q{i}": value for i, value in enumerate(odd)} | {("h", 2, 1): 1.0, ("h", np.int64(3)): 2}
    auto = dict.fromkeys(manual, 0.0)
    text = json.dumps(compare(manual, auto, require=["z"]).to_dict(), allow_nan=False)
    back = json.loads(text)
    assert back["ok"] is False
    assert [row["absolute"] for row in back["rows"][:4]] == ["nan", "inf", "inf", 1e-3]
    assert [row["manual"] for row in back["rows"][:3]] == ["nan", "inf", "-inf"]
    assert [row["step"] for row in back["rows"][-3:]] == [[2, 1], 3, None]
    assert back["counts"]["type"] == 2


def test_the_assertion_names_the_worst_rows_first_and_how_many_more():
    auto = {f"q{i}": 1.0 for i in range(9)}
    manual = {f"q{i}": 1.0 + i for i in range(9)}
    with pytest.raises(AssertionError) as caught:
        compare(manual, auto).raise_if_different()
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("1 equal, 8 different (tolerance: 1e-10 of the largest entry)")
    assert lines[1].strip().startswith("q8: different: 9.0 (manual) ≠ 1.0 (automatic) at []")
    assert lines[-1].strip() == "… and 3 more"
    assert len(lines) == 7
    compare(auto, auto).raise_if_different()


def test_the_summary_says_what_was_left_out():
    found = compare({"a": 1.0}, {"a": 1.0, "b": 2.0}, require=[], atol=1e-3)
    assert found.skipped == (("b", None),)
    assert 'largest entry + 0.001); 1 more automatic ones (require="all"' in repr(found)
    assert len(list(found)) == len(found) == 1
