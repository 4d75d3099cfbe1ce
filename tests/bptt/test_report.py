"""What is printed."""

import dataclasses
import io
import json

import pytest
from rich.console import Console

from minigrad.bptt import Request, run_job
from minigrad.bptt.misprints import Misprint
from minigrad.bptt.report import as_json, report
from minigrad.check.compare import compare
from minigrad.closed_form import SLIPS


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run_job(Request(out=str(tmp_path_factory.mktemp("out")), chars=9))


@pytest.fixture
def wrong(result):
    case = result.findings[0].case
    manual = case.manual | {"∇W": case.manual["∇W"] * 2, ("∇h(t)", 3): case.manual["∇h(t)", 3][:-1]}
    del manual["∇b"]
    finding = dataclasses.replace(result.findings[0], comparison=compare(manual, case.auto).folded())
    infinite = Misprint(SLIPS[0], float("inf"), float("nan"))
    return dataclasses.replace(result, findings=[finding], slips=[infinite])


def printed(result):
    file = io.StringIO()
    Console(file=file, width=100, color_system=None).print(report(result))
    return file.getvalue()


def test_the_tables_fit_and_are_complete(result):
    text = printed(result)
    assert max(map(len, text.splitlines())) <= 100
    assert "…" not in text
    for words in (
        "∇h(0)",
        "∇W⁽ᵗ⁾",
        "∂h(t)/∂h(t−1)",
        "G 10.26",
        "R 37",
        "H 101–112",
        "W^{t−k}",
        "unrolled.svg",
    ):
        assert words in text
    assert "All 117 quantities of 7 closed forms agree to 1e-10 relative" in text


def test_what_is_wrong_stands_out(wrong):
    text = printed(wrong)
    assert "3 of 17 quantities of 1 closed form do NOT agree: goodfellow" in text
    for verdict in ("different", "missing", "shape"):
        assert verdict in text
    assert "agree to 1e-10" not in text


def test_a_slip_that_makes_no_difference_is_said(result):
    same = dataclasses.replace(result, slips=[Misprint(SLIPS[4], 0.0, 0.0)])
    assert "both are the same" in " ".join(printed(same).split())


def test_markup_in_names_is_text(result):
    hostile = dataclasses.replace(result, files=["[red]x[/red].svg"], notes=["[/bold]"])
    assert "Wrote [red]x[/red].svg" in printed(hostile)


def test_json(result, wrong):
    told = json.loads(as_json(result))
    assert told["ok"] is True
    assert [len(told["forms"]), len(told["slips"]), len(told["files"])] == [7, len(SLIPS), 3]
    row = next(row for row in told["forms"][0]["rows"] if row["name"] == "∇W")
    assert (row["source"], row["auto_shape"], row["verdict"]) == ("G 10.26", [8, 8], "equal")
    told = json.loads(as_json(wrong), parse_constant=pytest.fail)
    assert told["ok"] is False
    assert (told["slips"][0]["absolute"], told["slips"][0]["relative"]) == ("inf", "nan")
