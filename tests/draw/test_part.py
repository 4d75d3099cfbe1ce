"""Items know what they are."""

import numpy as np

import minigrad as mg
from minigrad.draw.part import Item, Part


def test_a_leaf_a_constant_and_what_is_computed():
    x = mg.Tensor(2.0, "x")
    leaf, unnamed = Item("n0", "x", None, "t", 0, x), Item("n1", "tanh", None, "t", 1, np.tanh(x))
    constant = Item("n2", "y", 1, "t", 0.5, constant=np.array(3))
    rest = Item("n3", "h", 4, "t", 9, omitted=7)
    assert [i.leaf for i in (leaf, unnamed, constant, rest)] == [True, False, True, False]
    assert [i.named for i in (leaf, unnamed, constant, rest)] == [True, False, True, True]
    assert leaf.array == 2.0
    assert constant.array == 3
    assert rest.array is None


def test_a_copy_has_the_value_of_its_master():
    master = Item("n0", "y", 1, "t", 0.5, constant=np.array(3))
    assert Item("c0", "y", 1, "t", 2, master=master).array == 3


def test_leaves_at_steps_alone_make_no_time():
    with mg.time_step(1):
        x = mg.Tensor(2.0, "x")
    leaf = Item("n0", "x", 1, "t", 0, x)
    assert not Part([leaf], [], [x]).timed
    with mg.time_step(1):
        y = np.tanh(x)
    assert Part([leaf, Item("n1", "y", 1, "t", 1, y)], [], [y]).timed
