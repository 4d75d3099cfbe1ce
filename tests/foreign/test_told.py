import types
from pathlib import Path

import numpy as np
import pytest

from minigrad import Tensor
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.told import called, told_by

CASE = Path("my_case.py")


def _told(function, module=None):
    module = module or types.ModuleType("m")
    return called(told_by(function, module, None, CASE), module)


def test_parameters_may_be_an_object_a_dict_names_or_nothing():
    module = types.ModuleType("m")
    module.W = Tensor(np.ones(2))
    net = types.SimpleNamespace(W=module.W)
    call = dict
    assert list(_told(lambda m, rng: {"params": net, "call": call}, module).roots) == ["params"]
    assert list(_told(lambda m, rng: {"params": {"W": m.W}, "call": call}, module).roots) == ["W"]
    assert _told(lambda m, rng: {"params": ["W"], "call": call}, module).listed == ("W",)
    assert _told(lambda m, rng: {"params": "W", "call": call}, module).listed == ("W",)
    assert _told(lambda m, rng: {"call": call}, module).roots == {}


def test_gradients_may_be_a_dict_or_a_function_of_what_was_returned():
    given = {"W": 1.0}
    assert _told(lambda m, rng: {"grads": given}).grads == given
    assert _told(lambda m, rng: {"call": lambda: (7, given), "grads": lambda r: r[1]}).grads == given
    assert _told(lambda m, rng: {"call": lambda: given}).grads is None


def test_what_a_second_call_leaves_is_seen_apart():
    box = types.SimpleNamespace(g=Tensor(np.zeros(2)))

    def add():
        box.g = box.g + 1.0

    told = _told(lambda m, rng: {"params": box, "call": add})
    seen = [
        next(f.array.tolist() for f in group if f.path == "box.g")
        for group in (told.before, told.after, told.again)
    ]
    assert seen == [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]


def test_a_second_call_may_fail():
    once = iter([1.0])
    assert _told(lambda m, rng: {"call": lambda: next(once)}).again == ()


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (None, "defines `def case"),
        (lambda m: {}, "takes two arguments"),
        (lambda m, rng: [], "it returned list"),
        (lambda m, rng: {"grad": 1}, "'grad' too"),
        (lambda m, rng: {}, "one of call"),
        (lambda m, rng: {"call": 1}, "without arguments"),
        (lambda m, rng: {"call": dict, "params": ["W"]}, "'W', which the module does not have"),
    ],
)
def test_misuse_is_told(function, message):
    with pytest.raises(ForeignError, match=message):
        _told(function)
