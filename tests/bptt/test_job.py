"""The main job."""

import pytest

from minigrad.bptt import BadInputError, Request, job, run_job
from minigrad.bptt.forms import FORMS


@pytest.fixture
def run(tmp_path):
    return lambda **options: run_job(Request(out=str(tmp_path), **options))


def test_the_plain_job(run, tmp_path):
    result = run()
    assert result.ok
    assert result.chars == job.CHARS
    assert {finding.case.convention for finding in result.findings} == set(FORMS)
    sequences = {f.case.convention: f.data.sequences for f in result.findings}
    assert sequences == dict.fromkeys(FORMS, 1) | {"huang-batch": job.POINTS}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(job.PICTURES)


@pytest.mark.parametrize(
    "options",
    [
        {"chars": 2},
        {"chars": 3, "hidden": 1},
        {"chars": 20, "batch": 4, "hidden": 3, "seed": 5},
    ],
)
def test_small_and_batched_jobs(run, options):
    result = run(**options)
    assert result.ok
    for finding in result.findings:
        if "batch" in options:
            assert finding.data.sequences == options["batch"]


def test_a_short_text_is_used_whole(run, tmp_path):
    (tmp_path / "short").write_text("abcab")
    assert run(file=str(tmp_path / "short")).chars == 5


def test_one_convention(run):
    result = run(convention="huang-vector", chars=8)
    assert [finding.case.form for finding in result.findings] == ["huang_vector"]
    assert result.notes[0] == "The pictures show the graph of huang-vector."


def test_what_is_left_out_is_said(run, monkeypatch):
    monkeypatch.setattr(job, "JACOBIANS", 4)
    notes = run(convention="goodfellow", chars=12).notes
    assert notes[1:] == [
        "unrolled.svg shows 5 of its 11 time steps.",
        "Jacobians were compared at 4 of 11 time steps, evenly spread.",
    ]
    assert len(run(convention="goodfellow", chars=4).notes) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"chars": 1}, "--chars 1 .*at least 2"),
        ({"hidden": 0}, "--hidden 0 .*at least 1"),
        ({"hidden": 10**9}, "at most 10000"),
        ({"batch": 0}, "--batch 0"),
        ({"seed": -1}, "--seed -1"),
        ({"convention": "mine"}, "'mine' is unknown; wanted: one of goodfellow, "),
        ({"chars": 10**6}, "more than the packaged text has"),
        ({"batch": 16}, "16 streams"),
    ],
)
def test_bad_input_writes_nothing(run, tmp_path, options, said):
    with pytest.raises(BadInputError, match=said):
        run(**options)
    assert not list(tmp_path.iterdir())
