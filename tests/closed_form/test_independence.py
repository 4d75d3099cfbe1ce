import ast
import sys
from pathlib import Path

import pytest

from minigrad import closed_form

FILES = sorted(Path(closed_form.__file__).parent.glob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} has a relative import"
            yield node.module


def foreign(modules):
    own = ("numpy", "minigrad.closed_form")
    return [m for m in modules if not m.startswith(own) and m not in sys.stdlib_module_names]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_closed_form_uses_numpy_and_the_standard_library_alone(path):
    assert foreign(name.removesuffix(".abc") for name in imported(path)) == []


def test_an_import_of_the_engine_would_be_seen(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("import numpy\nfrom minigrad.op import Op\nimport torch\n")
    assert foreign(imported(planted)) == ["minigrad.op", "torch"]
