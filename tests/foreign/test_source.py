"""Files are read as they are or were meant; what was repaired is told, and lines stay in their places."""

import ast
import json
from pathlib import Path

import pytest

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.source import Source, dedented, read_source, without_shell


@pytest.fixture
def read(tmp_path):
    def write(text, name="net.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        before = path.read_bytes()
        source = read_source(path)
        assert path.read_bytes() == before
        return source

    return write


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def line_of(source, name):
    return next(n.lineno for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef) and n.name == name)


def test_python_3_is_taken_as_it_is(read):
    text = "import numpy as np\n\n\ndef f(x):\n    return x  # 'x'\n"
    source = read(text)
    assert source.text == text
    assert source.notes == ()
    assert source.place(4) == "line 4"
    assert line_of(source, "f") == 4


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("# one\nprint 'a'\ndef f(): pass", "Python 2"),
        ("# one\nx = list(xrange(3))\ndef f(): pass", "Python 2"),
        ("if 1:\n\tx = 1\n        y = 2\ndef f(): pass", "Python 2"),
        ("if 1:\n\tx = 1\n    y = 2\n    def f(): pass", "Python 2"),
        ("# one\nx\u00a0= 1\ndef f(): pass", "odd spaces"),
        ("# one\n%matplotlib inline\ndef f(): pass", "shell"),
        ("# one\n!pip install x\ndef f(): pass", "shell"),
        ("# one\n  x = 1\n  def f(): pass", "indentation"),
        ("# one\n%pylab\ndef f(): print 1", "shell"),
    ],
)
def test_repairs_are_told_and_keep_the_lines(read, text, noted):
    source = read(text)
    assert any(noted in note for note in source.notes)
    assert source.text.count("\n") == text.count("\n")
    assert line_of(source, "f") == 1 + text[: text.index("def f")].count("\n")


def test_division_in_python_2_is_noted_and_left(read):
    source = read("print 1\nn = 7\nm = n / 2\n")
    assert "m = n / 2" in source.text
    assert "line 3" in source.notes[-1]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x = 1\ny = (2\nz = 3\n", None, "no Python"),
        ("x = 1\ndWax = \n", 2, "blank"),
        ("x = 1\n\nreturn x\n", 3, "'return' outside function"),
        ("print 'a'\nx = = 3\n", 2, "no Python"),
        ("def f():\nx = 1\n", 2, "indented block"),
        ("x = " + "(" * 5000 + ")" * 5000, None, "no Python"),
        ("x = " + "-" * 100_000 + "1", None, "nested too deeply"),
    ],
)
def test_what_is_no_python(read, text, line, said):
    with pytest.raises(ForeignError, match=said) as caught:
        read(text)
    assert line is None or caught.value.line == line


def test_a_file_without_code(read):
    with pytest.raises(ForeignError, match="no code"):
        read("# nothing\n")


def test_no_warning_for_what_the_user_wrote(read):
    assert read("s = '\\d'\nassert (1, 'x')\nx = 1 is 1\n").notes == ()
    assert read("s = '\\d'\nprint s\n").notes


def test_the_cells_of_a_notebook(read):
    source = read(
        notebook("%matplotlib inline\nimport numpy as np", "def f():\n    return 1", "f()"), "net.ipynb"
    )
    assert source.first_lines == (1, 3, 5)
    assert line_of(source, "f") == 3
    assert [source.place(line) for line in (1, 4, 5)] == [
        "code cell 1, line 1",
        "code cell 2, line 2",
        "code cell 3, line 1",
    ]


def test_a_cell_that_cannot_be_read_is_left_out(read):
    cells = ["a = 1", "b =\nc", "%%bash\nls -l", "print 'x'\nd = 4", "from __future__ import division"]
    source = read(notebook(*cells), "n.ipynb")
    names = {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}
    assert {"a", "d"} <= names
    assert not {"b", "ls"} & names
    assert "code cell 2: left out" in source.notes[0]
    assert source.first_lines == (1, 2, 4, 6, 8)


def test_a_notebook_with_nothing_to_read(read):
    with pytest.raises(ForeignError, match="no Python"):
        read(notebook("a = = 1"), "n.ipynb")
    with pytest.raises(ForeignError, match="none of its cells"):
        read(notebook("%%bash\nls"), "n.ipynb")


def test_lines_for_the_shell():
    kept = "y = (3\n  % 4)\ns = '''\n%d\n'''\nz = 5 \\\n % 3"
    shell = "%time x = f()\nfor i in x:\n    !ls\nnp.dot?\nfiles = !ls\n"
    assert without_shell(shell + kept) == "pass\nfor i in x:\n    pass\npass\npass\n" + kept
    assert without_shell("%%html\n<b>\n") == "\n\n"
    assert without_shell("%%time\nx = 1") == "pass\nx = 1"


def test_the_margin_is_taken_away():
    assert dedented("# c\n    x = 1\n      y\n") == "# c\nx = 1\n  y\n"
    assert dedented("x\n  y") == "x\n  y"
    assert dedented("# c") == "# c"


def test_place_before_the_first_cell():
    source = Source("", ast.parse(""), Path("n.ipynb"), first_lines=(1,))
    assert source.place(2) == "code cell 1, line 2"
