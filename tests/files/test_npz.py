"""Zip archives of NumPy's, with what only they can hold."""

import numpy as np
from bad import GOOD

from minigrad import files


def test_fortran_order_and_other_types_stay(tmp_path):
    fortran = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    arrays = {"F": fortran, "wide": np.arange(3, dtype="c16"), "long": np.ones(2, np.longdouble)}
    files.save(tmp_path / "x.npz", arrays)
    found = files.load(tmp_path / "x.npz")
    assert found["F"].flags.f_contiguous
    assert not found["F"].flags.c_contiguous
    for name, x in arrays.items():
        np.testing.assert_array_equal(found[name], x, strict=True)


def test_numpy_reads_what_is_written_and_the_other_way_round(tmp_path):
    files.save(tmp_path / "a.npz", GOOD)
    np.savez_compressed(tmp_path / "b.npz", **GOOD)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as npz:
        ours = dict(npz)
    for arrays in (ours, files.load(tmp_path / "b.npz")):
        assert arrays.keys() == GOOD.keys()
        for name, x in GOOD.items():
            np.testing.assert_array_equal(arrays[name], x, strict=True)


def test_an_array_of_many_axes_has_a_longer_header(tmp_path):
    x = np.zeros((1,) * 64)
    files.save(tmp_path / "x.npz", {"x": x})
    assert files.load(tmp_path / "x.npz")["x"].shape == x.shape
