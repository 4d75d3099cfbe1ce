import numpy as np
import pytest

import minigrad as mg
from minigrad.check.quantity import Quantity, parse, quantity_of


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("W", ("W", None)),
        (("W",), ("W", None)),
        (("h", 0), ("h", 0)),
        (("h", np.int64(3)), ("h", 3)),
        (("h", 5, 2), ("h", (5, 2))),
    ],
)
def test_keys_that_mean_a_quantity(key, wanted):
    assert parse(key) == wanted


@pytest.mark.parametrize("key", [3, None, (), (3, "h"), ("h", 1.5), ("h", True), ("h", "3"), b"W"])
def test_keys_that_mean_nothing(key):
    assert parse(key) is None


def test_tensors_go_by_name_and_step_or_else_by_number():
    with mg.time_step(3):
        h = mg.Tensor([1.0], name="h")
    nameless = mg.Tensor([1.0])
    assert parse(h) == Quantity("h", 3)
    assert quantity_of(nameless) == Quantity(f"unnamed #{nameless.order}")
