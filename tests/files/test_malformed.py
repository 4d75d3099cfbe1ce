"""Whatever is wrong with a file: one exception, in time, within memory."""

import time
import tracemalloc

import numpy as np
import pytest
from bad import bad_npz, bad_safetensors, good_npz, good_safetensors

from minigrad import files

LIMIT = 1 << 22
BAD = {f"{name}.npz": content for name, content in bad_npz().items()}
BAD |= {f"{name}.safetensors": content for name, content in bad_safetensors().items()}
GOOD = {".npz": good_npz(), ".safetensors": good_safetensors()}


def test_there_are_enough_bad_files_and_each_is_its_own():
    assert len(BAD) >= 100
    assert len(set(BAD.values())) >= len(BAD) - 3  # both formats have an empty one


@pytest.mark.parametrize("suffix", GOOD)
def test_what_the_bad_files_are_made_of_is_good(tmp_path, suffix):
    path = tmp_path / f"good{suffix}"
    path.write_bytes(GOOD[suffix])
    assert list(files.load(path, limit=LIMIT)) == ["W", "b"]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_time_and_within_memory(tmp_path, name):
    path = tmp_path / f"x.{name.rpartition('.')[2]}"
    path.write_bytes(BAD[name])
    tracemalloc.start()
    start = time.perf_counter()
    try:
        with pytest.raises(files.FormatError, match=r"^can't load '.*x\.") as caught:
            files.load(path, limit=LIMIT)
        assert time.perf_counter() - start < 2
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()
    assert len(str(caught.value)) < 1000


CHANGES = (
    lambda rng, part: rng.bytes(len(part)),
    lambda rng, part: b"",
    lambda rng, part: part + part,
    lambda rng, part: bytes([rng.choice([0, 1, 127, 128, 255])]) * len(part),
    lambda rng, part: bytes(byte ^ 1 << int(rng.integers(8)) for byte in part),
)


def mutated(rng, content):
    """A copy with some bytes changed, flipped, cut out or doubled, or all the rest cut off."""
    for _ in range(rng.integers(1, 5)):
        start = int(rng.integers(len(content) + 1))
        stop = start + int(rng.choice([1, 2, 4, 8, 64]))
        change = CHANGES[rng.integers(len(CHANGES))]
        rest = content[stop:] if rng.integers(8) else b""
        content = content[:start] + change(rng, content[start:stop]) + rest
    return content


def campaign(tmp_path, count):
    """How many of `count` mutated files were refused; the others must hold arrays of numbers."""
    rng = np.random.default_rng(59)
    refused = 0
    for k in range(count):
        suffix = list(GOOD)[k % 2]
        path = tmp_path / f"x{suffix}"
        path.write_bytes(mutated(rng, GOOD[suffix]))
        start = time.perf_counter()
        try:
            found = files.load(path, limit=LIMIT)
        except files.FormatError:
            refused += 1
        else:
            assert all(x.dtype.kind in "biufc" and x.nbytes <= LIMIT for x in found.values())
        assert time.perf_counter() - start < 2
    return refused


def test_mutated_files(tmp_path):
    assert campaign(tmp_path, 300) > 200


@pytest.mark.long
def test_ten_thousand_mutated_files(tmp_path):
    tracemalloc.start()
    try:
        assert campaign(tmp_path, 10_000) > 7_000
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["W", "a/b", "Wₓ", "W:0", "a.b", "...", "a b", "x" * 500])
def test_names_that_may_be(name):
    assert files.malformed.check_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "/W", "a/", "a//b", ".", "..", "a/..", "a\\b", "c:/b", "a\0", "a\n", "x" * 501]
)
def test_names_that_may_not_be(name):
    with pytest.raises(files.FormatError, match="can't be the name of an array"):
        files.malformed.check_name(name)


def test_the_exception_is_a_value_error():
    assert issubclass(files.FormatError, ValueError)
