"""The README's Python runs as it stands, in the order in which it stands."""

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_readme_blocks_run_in_order(capsys):
    assert len(BLOCKS) == 4
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
    blocks = re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    assert any(command in block for block in blocks)
    assert all(len(block.strip().splitlines()) == 1 for block in blocks)
