"""Code cells are taken out of notebooks of both formats."""

import json
from pathlib import Path

import pytest

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.notebook import code_cells, without_future

PATH = Path("n.ipynb")


def code(source):
    return {"cell_type": "code", "source": source}


def test_format_4():
    cells = [{"cell_type": "markdown", "source": "# x"}, code(["a = 1\n", "b = 2\n"]), code("c = 3\r\n")]
    assert code_cells(json.dumps({"cells": cells, "nbformat": 4}), PATH) == ["a = 1\nb = 2", "c = 3"]


def test_format_3():
    sheet = {"cells": [{"cell_type": "code", "input": ["a = 1\n", "b"]}, {"cell_type": "heading"}]}
    assert code_cells(json.dumps({"worksheets": [sheet], "nbformat": 3}), PATH) == ["a = 1\nb"]


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "without code"),
        ('{"cells": 3}', "without code"),
        ('{"worksheets": 3}', "without code"),
        ('{"cells": [3, {"cell_type": "code"}]}', "without code"),
        ('{"cells": [{"cell_type": "code", "source": " "}]}', "without code"),
        ('{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}', "notebook in R"),
    ],
)
def test_what_is_no_notebook(notebook, said):
    with pytest.raises(ForeignError, match=said):
        code_cells(notebook, PATH)


def test_an_error_of_json_names_the_line():
    with pytest.raises(ForeignError) as caught:
        code_cells('{\n"cells": ,\n}', PATH)
    assert caught.value.line == 2


def test_imports_from_the_future_go():
    assert without_future("from __future__ import division\na = 1") == "pass\na = 1"
