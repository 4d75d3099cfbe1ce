"""What is saved comes back bit by bit; what can't be saved leaves everything as it was."""

import os
import sys

import numpy as np
import pytest
from bad import GOOD

import minigrad as mg
from minigrad import files

FORMATS = [".npz", ".safetensors"]

ARRAYS = {
    "matrix": np.arange(6.0).reshape(2, 3),
    "Fortran order": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "strided": np.arange(24.0).reshape(4, 6)[::2, ::-3],
    "no axes": np.array(3.5),
    "empty": np.zeros((0, 3)),
    "empty within": np.zeros((2, 0, 4), np.float32),
    "special": np.array([np.nan, -0.0, np.inf, -np.inf, 5e-324, np.finfo(float).max]),
    "a nan of its own": np.array([0x7FF8000000000123], "u8").view("f8"),
    "big-endian": np.arange(5, dtype=">f8"),
    "big-endian floats": np.arange(4, dtype=">f4").reshape(2, 2).T,
    "big-endian integers": np.arange(5, dtype=">i2"),
    "half": np.arange(5, dtype="f2"),
    "truth": np.array([True, False]),
    "bytes": np.arange(256, dtype="u1"),
    "whole": np.array([-(2**63), 2**63 - 1]),
    "complex": np.array([1 + 2j], "c8"),
    "encoder/layer.0/Wₓ": np.ones(3),
    "W:0": np.ones(1),
    "__class__": np.ones(1),
    "__proto__": np.ones(1),
}


def assert_same(got, want):
    assert type(got) is np.ndarray
    assert got.dtype.str == want.dtype.str
    assert got.shape == want.shape
    assert got.tobytes() == want.tobytes()
    assert got.flags.writeable


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_saved_comes_back_bit_by_bit(tmp_path, suffix):
    path = tmp_path / f"all{suffix}"
    files.save(path, ARRAYS)
    found = files.load(str(path))
    assert found.keys() == ARRAYS.keys()
    for name, x in ARRAYS.items():
        assert_same(found[name], x)


@pytest.mark.parametrize("suffix", FORMATS)
def test_tensors_and_numbers_are_saved_as_arrays(tmp_path, suffix):
    path = tmp_path / f"x{suffix}"
    params = {"W": mg.Tensor([1.0, 2.0]), "h": mg.Tensor(3.0) * 2, "t": 4, "p": 0.5, "n": np.float32(2)}
    files.save(path, params)
    found = files.load(path)
    assert {name: x.tolist() for name, x in found.items()} == {
        "W": [1, 2], "h": 6, "t": 4, "p": 0.5, "n": 2,
    }  # fmt: skip
    assert mg.Tensor(found["W"]).shape == (2,)


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_arrays_at_all(tmp_path, suffix):
    files.save(tmp_path / f"x{suffix}", {})
    assert files.load(tmp_path / f"x{suffix}") == {}


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_arrays_give_the_same_bytes(tmp_path, suffix):
    for name in "ab":
        files.save(tmp_path / f"{name}{suffix}", GOOD)
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("params", "error", "message"),
    [
        ({"W": np.array([None])}, TypeError, "'W' is of type ndarray of object"),
        ({"W": np.array(["a"])}, TypeError, "of <U1; saved are"),
        ({"W": [1.0, 2.0]}, TypeError, "of type list; saved are"),
        ({"W": {"b": 1.0}}, TypeError, "of type dict"),
        ({"W": np.ma.array([1.0], mask=[True])}, TypeError, "MaskedArray"),
        ({"W": np.zeros(1, [("a", "f8")])}, TypeError, "of type ndarray of"),
        ({"": 1.0}, ValueError, "can't be the name"),
        ({3: 1.0}, ValueError, "is a string, not 3"),
        ({"../W": 1.0}, ValueError, "can't be the name"),
        ({"a//b": 1.0}, ValueError, "can't be the name"),
        ({"a\\b": 1.0}, ValueError, "can't be the name"),
        ({"C:/b": 1.0}, ValueError, "can't be the name"),
        ({"a\n": 1.0}, ValueError, "can't be the name"),
        ({"\ud800": 1.0}, ValueError, "can't be the name"),
    ],
)
def test_what_cannot_be_saved_leaves_the_file_as_it_was(tmp_path, suffix, params, error, message):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(b"before")
    with pytest.raises(error, match=message):
        files.save(path, GOOD | params)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "x.npz"
    files.save(path, GOOD)
    before = path.read_bytes()

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        files.save(path, {"W": np.ones(3)})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    real, link = tmp_path / "real.npz", tmp_path / "link.npz"
    link.symlink_to(real)
    files.save(link, GOOD)
    assert link.is_symlink()
    assert files.load(real).keys() == GOOD.keys()


def test_other_places_are_errors_of_the_system_and_other_endings_are_named(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.load(tmp_path / "none.npz")
    with pytest.raises(FileNotFoundError):
        files.save(tmp_path / "none" / "x.npz", GOOD)
    for call in (lambda p: files.save(p, GOOD), files.load):
        with pytest.raises(ValueError, match=r"ends with '\.pkl'; wanted: \.npz or \.safetensors"):
            call(tmp_path / "x.pkl")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(files.FormatError, match="it is no file"):
        files.load(tmp_path / "folder.npz")
    os.mkfifo(tmp_path / "pipe.npz")
    with pytest.raises(files.FormatError, match="it is no file"):
        files.load(tmp_path / "pipe.npz")


def test_without_the_library_the_other_format_still_works(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    monkeypatch.setitem(sys.modules, "safetensors", None)
    (tmp_path / "x.safetensors").write_bytes(b"")
    for call in (lambda p: files.save(p, GOOD), files.load):
        with pytest.raises(ImportError, match=r"pip install 'minigrad\[safetensors\]'"):
            call(tmp_path / "x.safetensors")
    files.save(tmp_path / "x.npz", GOOD)
    assert files.load(tmp_path / "x.npz").keys() == GOOD.keys()


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_limit_is_that_of_the_arrays(tmp_path, suffix):
    path = tmp_path / f"x{suffix}"
    size = 1 << 22
    files.save(path, {"W": np.zeros(size, np.uint8)})
    assert files.load(path, limit=size)["W"].size == size
    with pytest.raises(files.FormatError, match="pass limit="):
        files.load(path, limit=size // 2)
