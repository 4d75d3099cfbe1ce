"""The catalogue of what is differentiable is read off the tables, all of them and nothing else."""

import numpy as np

from minigrad.catalogue import families, markdown
from minigrad.dispatch import full_name
from minigrad.op import DIFFERENTIABLE


def test_every_differentiable_function_of_numpy_stands_in_one_family():
    listed = [name for names in families().values() for name in names]
    names = map(full_name, DIFFERENTIABLE)
    wanted = {name.removeprefix("numpy.") for name in names if name.startswith("numpy.")}
    assert set(listed) == wanted
    assert len(listed) == len(set(listed))


def test_a_family_is_the_module_of_the_rule():
    assert "sin" in families()["trigonometric"]
    assert "linalg.inv" in families()["solving"]


def test_markdown_has_a_row_for_each_family():
    rows = [line for line in markdown().splitlines() if line.startswith("| ")]
    assert len(rows) == len(families()) + 1
    assert f"{sum(map(len, families().values()))} functions" in markdown()
    assert np.sin.__name__ in markdown()
