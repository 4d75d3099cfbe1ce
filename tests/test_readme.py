"""The README's Python runs as it stands, in the order in which it stands."""

import re
from pathlib import Path

import numpy as np
import pytest

import minigrad as mg
from minigrad.catalogue import markdown
from minigrad.diagnosis import finding

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
CONVENTIONS = re.findall(r"^\| `(.+)` \| (\S+) \| (\S+) \| (\S+) \|$", TEXT, re.MULTILINE)


def test_readme_blocks_run_in_order(capsys):
    assert len(BLOCKS) == 6
    names = {}
    for block in BLOCKS:
        exec(compile(block, str(README), "exec"), names)  # noqa: S102  # the README's own code
    out = capsys.readouterr().out
    assert "(5, 5)" in out
    assert "[1, 2, 3]" in out
    assert "∇W (5, 5)" in out


def test_readme_tour_is_twenty_lines():
    lines = [line for line in BLOCKS[0].splitlines() if line.strip()]
    assert len(lines) <= 20


@pytest.mark.parametrize("command", ["minigrad bptt", "python -m pytest -q"])
def test_readme_names_one_command_for_each_job(command):
    blocks = re.findall(r"^```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    assert any(command in block for block in blocks)
    assert all(len(block.strip().splitlines()) == 1 for block in blocks)


def test_readme_lists_what_is_differentiable():
    """The block between the two comments is what `minigrad.catalogue.markdown()` gives for a new NumPy."""
    block = re.search(r"<!-- functions -->\n(.*)<!-- /functions -->", TEXT, re.DOTALL).group(1).strip()
    if np.lib.NumpyVersion(np.__version__) >= "2.2.0":
        assert block == markdown()


def test_readme_lists_the_kinds_of_findings():
    """The block between the two comments is what `minigrad.diagnosis.finding.markdown()` gives."""
    block = re.search(r"<!-- kinds -->\n(.*)<!-- /kinds -->", TEXT, re.DOTALL).group(1).strip()
    assert block == finding.markdown()


def test_readme_has_enough_conventions():
    assert len(CONVENTIONS) >= 25


@pytest.mark.parametrize(("expression", "at", "slope", "curvature"), CONVENTIONS)
def test_a_convention_of_the_readme_holds(expression, at, slope, curvature):
    f = eval(f"lambda x: {expression}", {"np": np, "mg": mg})  # noqa: S307  # the README's own expression
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(mg.grad(f)(float(at)), float(slope), rtol=1e-13)
        np.testing.assert_allclose(mg.grad(mg.grad(f))(float(at)), float(curvature), rtol=1e-13)
