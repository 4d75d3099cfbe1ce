"""Every example runs as it stands, and the check finds in each wrong derivation what its docstring says."""

import json
import re
import runpy
from pathlib import Path

import pytest

from minigrad.cli import main

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
DERIVATIONS = Path(__file__).parents[1] / "examples" / "derivations"
MISTAKES = {
    "not_transposed": {("carry-not-transposed", 7)},
    "wrapped_index": {("initial-state", 1)},
    "activated_twice": {("derivative-of-activated", 6)},
    "forget_gate": {("local-rule", 5)},
    "two_mistakes": {("carry-missing", 4), ("overwritten", None)},
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs_and_prints(example, capsys):
    runpy.run_path(str(example), run_name="__main__")
    assert capsys.readouterr().out.strip()


def test_each_derivation_has_its_mistake_and_its_report():
    names = {path.stem for path in DERIVATIONS.glob("*.py") if not path.stem.endswith("_case")}
    assert names == set(MISTAKES) == {path.stem for path in DERIVATIONS.glob("*.txt")}


@pytest.mark.parametrize(("name", "mistakes"), MISTAKES.items())
def test_the_mistake_of_a_derivation_is_found(name, mistakes, capsys):
    assert main(["check", str(DERIVATIONS / f"{name}.py"), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {(finding["kind"], finding["step"]) for finding in found} == mistakes


def without_rounding(text):
    """A report without what differs from one processor to another: rounding errors, last digits."""
    text = re.sub(r"\d(\.\d+)?e-1[3-9]|(?<= )0(?= )", "ε", text)
    text = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.3g}", text)
    return re.sub(r"[ ─]+", " ", text)


@pytest.mark.parametrize("name", MISTAKES)
def test_the_report_of_a_derivation_is_what_is_printed(name, capsys):
    main(["check", str(DERIVATIONS / f"{name}.py")])
    written = (DERIVATIONS / f"{name}.txt").read_text(encoding="utf-8")
    assert without_rounding(capsys.readouterr().out) == without_rounding(written)
