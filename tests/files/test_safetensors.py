"""The format of the library safetensors, and what it can't hold."""

import importlib

import numpy as np
import pytest
from bad import GOOD

from minigrad import files


def test_the_library_reads_what_is_written_and_the_other_way_round(tmp_path):
    library = importlib.import_module("safetensors.numpy")
    files.save(tmp_path / "a.safetensors", GOOD)
    library.save_file(GOOD, tmp_path / "b.safetensors", {"note": "from elsewhere"})
    for arrays in (library.load_file(tmp_path / "a.safetensors"), files.load(tmp_path / "b.safetensors")):
        assert arrays.keys() == GOOD.keys()
        for name, x in GOOD.items():
            np.testing.assert_array_equal(arrays[name], x, strict=True)


@pytest.mark.parametrize(
    "params", [{"W": np.ones(1, np.longdouble)}, {"__metadata__": 1.0}, {"c": np.ones(2) * 1j}]
)
def test_what_the_format_lacks_is_refused(tmp_path, params):
    with pytest.raises(TypeError, match=r"use a file that ends with \.npz"):
        files.save(tmp_path / "x.safetensors", params)
    assert list(tmp_path.iterdir()) == []


def test_a_note_about_byte_order_that_does_not_fit_the_type_is_no_matter(tmp_path):
    library = importlib.import_module("safetensors.numpy")
    library.save_file(GOOD, tmp_path / "x.safetensors", {"dtype of W": ">i4", "dtype of V": ">f8"})
    assert files.load(tmp_path / "x.safetensors")["W"].dtype.str == "<f8"
