"""Ways out of the graph are told with their lines."""

import builtins

import numpy as np
import pytest
from twins import on_tensors

from minigrad.foreign.doors import Doors, note, place
from minigrad.foreign.errors import ForeignError
from minigrad.tensor import Tensor


def test_nobody_watches():
    note("a test", Tensor([1.0]))
    assert place({"elsewhere"}) == ("", 0)
    assert place({__file__})[0] == __file__
    assert Doors().found == {}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("a = list(map(float, x))", "float()"),
        ("import pickle\na = pickle.dumps(x)", "pickle"),
        ("a = np.random.normal(x)", "np.random.normal"),
        ("a = np.histogram(x)", "np.histogram"),
        ("a = np.linalg.svd(x * np.eye(2))", "np.svd"),
    ],
)
def test_doors(text, how):
    _, world = on_tensors(f"x = np.random.rand(2)\n{text}")
    (door,) = world.doors.found.values()
    assert (door.how, door.path) == (how, "<snippet>")
    assert door.line == 2 + text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "a = '%.1f' % x[0]",
        "a = f'{x} {x[0]:.2f}'",
        "a = int(x[0])",
        "a = x.astype(int)",
        "a = x > 0",
        "print(x)",
        "a = float(x[0]) + x[1].item()",
        "import json; a = json.dumps(float(x[0]))",
        "a = np.random.choice(2, p=x / x.sum())",
    ],
)
def test_no_door(text):
    _, world = on_tensors(f"x = np.random.rand(2)\n{text}")
    assert not world.doors.found


@pytest.fixture
def given(monkeypatch):
    """An array that a program is given from outside."""
    monkeypatch.setattr(builtins, "given", [np.zeros(2)], raising=False)


@pytest.mark.parametrize(
    "text",
    [
        "for b in given: b[0] = x[0]",
        "for b in given: b[:] = x",
        "given[0][:] = x",
        "(b, c), = [(given[0], 1)]; b[:] = x",
    ],
)
def test_a_plain_array_is_told_with_its_line(given, text):
    with pytest.raises(ForeignError, match=r"line 2: a computed value .* np\.array\(…\)"):
        on_tensors(f"x = np.random.rand(2)\n{text}")


def test_one_entry_of_a_plain_array_is_a_door(given):
    _, world = on_tensors("x = np.random.rand(2)\ngiven[0][1] = x[0]")
    assert [door.how for door in world.doors.found.values()] == ["float()"]


@pytest.mark.parametrize(
    "text", ["b = given[0]; b[0] = x[0]", "for b in given: b += x", "for b in given: b = b + x"]
)
def test_a_plain_array_that_can_give_way_to_a_tensor(given, text):
    found, world = on_tensors(f"x = np.random.rand(2)\n{text}\nr = b * 2")
    assert isinstance(found["r"], Tensor)
    assert not world.doors.found
