"""What becomes a tensor, and how a value is taken out."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.foreign.arrays import is_plain_float, taken_in, taken_out, traced, value_of, values
from minigrad.foreign.doors import Doors, watching


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_become_double(kind):
    assert traced(np.ones(2, kind)).dtype == np.float64
    assert type(traced(kind(2))) is np.float64


@pytest.mark.parametrize(
    "x", [np.arange(2), np.ones(2, bool), np.array(["a"]), np.ones(2) + 1j, 3, "a", None]
)
def test_other_things_stay(x):
    assert traced(x) is x
    assert taken_in(x) is x


def test_containers_are_gone_into():
    found = traced({"a": [np.ones(2), (np.zeros(1), 3)]})
    assert isinstance(found["a"][0], mg.Tensor)
    assert isinstance(found["a"][1][0], mg.Tensor)
    assert isinstance(traced(np.linalg.slogdet(np.eye(2)[None])).sign, mg.Tensor)


def test_what_is_taken_in_keeps_its_identity():
    kept = [np.ones(2)]
    assert taken_in(kept) is kept
    assert isinstance(taken_in((np.ones(2), 3))[0], mg.Tensor)
    assert is_plain_float(np.ones(1))
    assert not is_plain_float(np.float64(1))


def test_a_value_is_one_of_its_own():
    x = mg.Tensor([1.0, 2.0])
    value_of(x)[0] = 5
    assert x.tolist() == [1, 2]
    assert type(value_of(np.sum(x))) is np.float64
    assert values({"a": [x]})["a"][0].tolist() == [1, 2]


def test_taking_out_is_recorded_once_for_each_place():
    x = mg.Tensor([1.0])
    plain = [1, 2]
    with watching(Doors({__file__})) as doors:
        for _ in range(2):
            taken_out({"a": (x, [x])}, "a test")
        assert taken_out(plain, "a test") is plain
    (door,) = doors.found.values()
    assert (door.path, door.how, door.node.tolist()) == (__file__, "a test", [1.0])
