import collections
import types
from typing import NamedTuple

import numpy as np
import pytest

import minigrad as mg
from minigrad.foreign.reach import CHILDREN, VISITS, reach


def paths(roots, **kwargs):
    return [found.path for found in reach(roots, **kwargs)]


class Two(NamedTuple):
    x: object
    y: object


class Plain:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Slotted:
    __slots__ = ("W", "__hidden", "empty")

    def __init__(self):
        self.W = np.ones(2)
        self.__hidden = np.ones(3)


class Both(Slotted):
    def __init__(self):
        super().__init__()
        self.b = np.ones(1)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"Whh": np.ones(2)}, 'v["Whh"]'),
        ({"input-to-hidden": np.ones(2)}, 'v["input-to-hidden"]'),
        ({'a"b': np.ones(2)}, "v['a\"b']"),
        ({3: np.ones(2)}, "v[3]"),
        ({-1: np.ones(2)}, "v[-1]"),
        ({(0, "W"): np.ones(2)}, "v[(0, 'W')]"),
        ([False, np.ones(2)], "v[1]"),
        ((None, (np.ones(2),)), "v[1][0]"),
        (collections.deque([np.ones(2)]), "v[0]"),
        (collections.OrderedDict(W=np.ones(2)), 'v["W"]'),
        (Two("x", np.ones(2)), "v.y"),
        (Plain(params={"W": [np.ones(2)]}), 'v.params["W"][0]'),
        (Plain(layers=[Plain(W=np.ones(2))]), "v.layers[0].W"),
        (np.array([None, Plain(W=np.ones(2))], dtype=object), "v[1].W"),
        (types.SimpleNamespace(W=np.ones(2, np.float32)), "v.W"),
        (mg.Tensor([1.0]), "v"),
        (np.float64(1.0), "v"),
        (3, "v"),
        (2.5, "v"),
    ],
)
def test_a_path_reads_like_python_and_leads_to_the_value(value, path):
    (found,) = reach({"v": value})
    assert (found.path, found.names) == (path, (path,))
    assert eval(path, {"v": value}) is found.value  # noqa: S307  # a path of the test's own


@pytest.mark.parametrize(
    "value",
    [
        True,
        "text",
        b"bytes",
        None,
        np.arange(3),
        np.ones(2, bool),
        np,
        Plain,
        len,
        np.tanh,
        [1j],
        {Plain(): 1.0},
    ],
)
def test_what_is_no_float_is_not_found(value):
    assert reach({"v": value}) == []


def test_slots_are_attributes_like_others_and_empty_ones_are_left_out():
    assert paths({"s": Slotted()}) == ["s.W", "s._Slotted__hidden"]
    assert paths({"s": Both()}) == ["s.b", "s.W", "s._Slotted__hidden"]


def test_one_array_has_all_the_names_that_lead_to_it_the_shortest_first():
    W, b = np.ones(2), np.ones(2)
    net = Plain(params=[W, b], W=W)
    found = reach({"self": net, "Wx": W})
    assert [f.names for f in found] == [("Wx", "self.W", "self.params[0]"), ("self.params[1]",)]


def test_equal_numbers_are_not_the_same_variable():
    assert paths({"a": 5, "b": 5}) == ["a", "b"]


def test_short_paths_come_first():
    assert paths({"deep": {"a": {"b": np.ones(1)}}, "top": np.ones(1)}) == ["top", 'deep["a"]["b"]']


def test_cycles_end():
    one, other = Plain(), Plain(W=np.ones(1))
    one.other, other.one = other, one
    loop = [one]
    loop.append(loop)
    assert paths({"loop": loop}) == ["loop[0].other.W"]


def test_depth_is_the_number_of_steps_of_a_path():
    nest = {"a": {"a": {"a": np.ones(1)}}}
    assert paths({"v": nest}, depth=3) == ['v["a"]["a"]["a"]']
    assert paths({"v": nest}, depth=2) == []


def test_long_lists_and_many_objects_are_cut():
    assert len(reach({"data": [float(i) for i in range(3 * CHILDREN)]})) == CHILDREN
    many = [[float(i) for i in range(1000)] for _ in range(100)]
    assert len(reach({"many": many})) <= VISITS


def test_an_object_that_answers_to_every_name_is_left_alone():
    class Anything:
        def __getattr__(self, name):
            return self

        def __getitem__(self, key):
            return self

        def __iter__(self):
            return iter(())

    assert reach({"anything": Anything()}) == []


def test_names_of_the_language_are_left_out():
    assert reach({"__file__": 1.0}) == []


def test_the_array_of_what_was_found():
    tensor, array, number = reach({"t": mg.Tensor([1.0, 2.0]), "a": np.ones(3), "n": 4})
    assert tensor.array.tolist() == [1.0, 2.0]
    assert array.array is array.value
    assert number.array.shape == ()
