import pytest
from runs import GRADIENT
from styles import write

from minigrad.foreign.draft import draft
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Options


def test_a_draft_is_python_that_defines_a_case(tmp_path):
    written = draft(write(tmp_path, "def strange(q):\n    return q\n"), Options())
    scope = {}
    exec(compile(written.read_text(encoding="utf-8"), "case", "exec"), scope)  # noqa: S102  # a file of ours
    assert callable(scope["case"])


def test_a_draft_goes_where_it_is_wanted_and_never_over_a_file(tmp_path):
    path = write(tmp_path, GRADIENT)
    target = tmp_path / "other.py"
    assert draft(path, Options(case=target)) == target
    before = target.read_text(encoding="utf-8")
    with pytest.raises(ForeignError, match="not overwritten"):
        draft(path, Options(case=target))
    assert target.read_text(encoding="utf-8") == before
    assert path.read_text(encoding="utf-8") == GRADIENT
