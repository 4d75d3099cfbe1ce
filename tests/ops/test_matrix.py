import importlib
import pkgutil

import numpy as np
import pytest
from all_examples import EXAMPLES
from matrix import LAYOUTS, check_first, check_second, given, is_float

import minigrad as mg
from minigrad.op import Op

ALL = [example for examples in EXAMPLES.values() for example in examples]
DTYPES = [np.float64, np.float32]


def op_classes(base=Op):
    for cls in base.__subclasses__():
        yield cls
        yield from op_classes(cls)


def test_every_op_has_examples():
    for module in pkgutil.iter_modules(mg.ops.__path__, "minigrad.ops."):
        importlib.import_module(module.name)
    ops = {c for c in op_classes() if c.__module__.startswith("minigrad.ops.") and c.f is not Op.f}
    assert len(ops) >= 46
    assert {cls.__name__ for cls in ops - EXAMPLES.keys()} == set()


@pytest.mark.parametrize("cls", EXAMPLES, ids=lambda cls: cls.__name__)
def test_every_argument_of_an_op_is_differentiated_by_an_example_that_is_not_empty(cls):
    seen = {
        example.op.argument(i)
        for example in EXAMPLES[cls]
        for i, x in enumerate(example.inputs)
        if np.size(x)
    }
    assert cls.variadic or seen == set(cls.arguments)
    assert any(np.ndim(x) for example in EXAMPLES[cls] for x in example.inputs)


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("example", ALL, ids=str)
def test_first_order(example, dtype):
    for layout in LAYOUTS:
        check_first(example, dtype, layout)


@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("example", ALL, ids=str)
def test_second_order(example, dtype):
    for layout in LAYOUTS:
        check_second(example, dtype, layout)


@pytest.mark.parametrize("example", [e for e in ALL if len(e.floats) > 1], ids=str)
def test_arguments_of_different_precision_get_gradients_of_their_own(example):
    for narrow in example.floats:
        inputs = [
            mg.Tensor(x.astype(np.float32 if i == narrow else np.float64)) if is_float(x) else x
            for i, x in enumerate(given(example, np.float64, "C"))
        ]
        y = example.op(*inputs)
        grads = mg.backprop(y, seed=np.ones(y.shape))
        for i in example.floats:
            assert grads[inputs[i]].dtype == inputs[i].dtype
            assert grads[inputs[i]].shape == inputs[i].shape
