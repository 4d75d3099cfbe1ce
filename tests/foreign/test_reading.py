"""What a file reads, there or not, and that it writes nowhere."""

import codecs
import io
import pathlib

import numpy as np
import pytest
from twins import on_tensors

from minigrad.foreign.reading import Reading
from minigrad.tensor import Tensor


@pytest.fixture
def reading(tmp_path):
    (tmp_path / "there.txt").write_text("1 2\n3 4\n", encoding="utf-8")
    np.save(tmp_path / "there.npy", np.ones(2))
    np.savez(tmp_path / "there.npz", a=np.ones(2), b=np.arange(2))
    return Reading(tmp_path)


def test_files_that_are_there(reading):
    with reading.open("there.txt") as text, reading.open(pathlib.Path("there.txt"), "rb") as raw:
        assert text.read().encode() == raw.read()
    assert reading.load("there.npy").tolist() == [1, 1]
    assert isinstance(reading.load("there.npz")["a"], Tensor)
    assert reading.numpy()["loadtxt"]("there.txt")[1, 0].item() == 3
    assert reading.made_up == []


def test_files_that_are_not(reading):
    assert len(reading.open("input.txt").read()) > 2000
    assert reading.open("input.txt", "rb").read(3) == b"the"
    assert reading.open("vocab.pkl", "rb").read(1) == b"\x80"
    assert reading.numpy()["loadtxt"]("series.txt").shape[1] == 5
    assert reading.numpy()["genfromtxt"]("series.txt", delimiter=",").shape[1] == 5
    assert reading.made_up == ["input.txt", "input.txt", "vocab.pkl", "series.txt", "series.txt"]
    with pytest.raises(FileNotFoundError, match="made up"):
        reading.load("weights.npy")


def test_what_is_open_already(reading):
    assert reading.load(io.BytesIO((reading.folder / "there.npy").read_bytes())).tolist() == [1, 1]
    assert reading.numpy()["loadtxt"](io.StringIO("1 2")).tolist() == [1, 2]


WRITES = [
    "open('a', 'w').write('x')",
    "open('a', 'ab').write(b'x')",
    "pathlib.Path('a').write_text('x')",
    "io.open('a', 'w').write('x')",
    "codecs.open('a', 'w', 'utf-8').write('x')",
    "pickle.dump({'x': np.ones(2)}, open('a', 'wb'))",
    "np.save('a', np.ones(2))",
    "np.ones(2).tofile('a')",
    "np.arange(2).tofile('a')",
    "print(3, file=open('a', 'w'))",
    "json.dump([1], open('a', 'w'))",
]


@pytest.mark.parametrize("text", WRITES)
def test_nothing_is_written(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    assert codecs.open is not None
    on_tensors(f"import pathlib, io, codecs, pickle, json\n{text}", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_pickle_gives_tensors(tmp_path):
    found, _ = on_tensors(
        "import pickle\nx = np.ones(2); y = pickle.loads(pickle.dumps({'a': [x]}))['a'][0]", tmp_path
    )
    assert isinstance(found["y"], Tensor)
