import ast
import pathlib
import shutil
import subprocess
import sys

import pytest

import minigrad

PACKAGE = pathlib.Path(minigrad.__file__).parent
TESTS = pathlib.Path(__file__).parent
ROOT = TESTS.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FILES = MODULES + sorted(TESTS.rglob("*.py"))


def test_there_is_something_to_look_at():
    assert len(MODULES) > 30


def is_one_sentence(text):
    """Whether a docstring is one line, ends as a sentence does, and has no end of a sentence within."""
    inner = text.rstrip(".")
    return text == inner + "." and "\n" not in text and not any(e in inner for e in (". ", "! ", "? "))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_docstring_of_a_module_is_one_sentence(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    if path == PACKAGE / "__init__.py":
        docstring = docstring.partition("\n\nExample:\n")[0]  # the tour follows
    assert is_one_sentence(docstring), docstring


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("One idea.", True),
        ("One idea: said by rows.", True),
        ("One. Two.", False),
        ("No end", False),
        ("One idea.\n\nAnd more.", False),
        ("One idea..", False),
        ("", False),
    ],
)
def test_sentences_are_counted(text, verdict):
    assert is_one_sentence(text) is verdict


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_has_fewer_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if not p.name.startswith("__")],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_tests_mirror_the_package(path):
    inner = path.relative_to(PACKAGE)
    assert (TESTS / inner.parent / f"test_{inner.name}").is_file()


def test_no_test_is_defined_twice():
    for path in TESTS.rglob("test_*.py"):
        names = [n.name for n in ast.parse(path.read_text(encoding="utf-8")).body if hasattr(n, "name")]
        assert len(names) == len(set(names)), path


def test_nothing_is_kept_in_global_variables():
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Global)], path


def test_each_room_imports_only_the_rooms_below_it():
    program = shutil.which("lint-imports", path=str(pathlib.Path(sys.executable).parent))
    assert program is not None
    done = subprocess.run(  # noqa: S603  # our own tool, no input from outside
        [program, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout
