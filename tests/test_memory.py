import gc
import sys
import time
import weakref

import numpy as np
import pytest

import minigrad as mg


def built(*, record=False):
    x = mg.Tensor(np.ones(3), "x")
    with mg.time_step(1):
        h = np.tanh(x * x).named("h")
    loss = np.sum(h * x).named("L")
    grads = mg.backprop(loss, record=record)
    if record:
        mg.backprop(np.sum(grads[x] * grads[x]))
    grads.contributions(x)
    return x, grads


def in_place():
    x = mg.Tensor(np.ones(3), "x")
    h = x * 1.0
    h += x
    h[0] = x[1]
    return h


def through_itself():
    h = mg.Tensor(np.ones(3), "x") * 1.0
    h += h * 2.0
    h *= h
    h[0] = h[1]
    return h


@pytest.mark.parametrize(
    "build",
    [built, lambda: built(record=True), in_place, through_itself],
    ids=["plain", "record", "in place", "through itself"],
)
def test_nothing_waits_for_the_garbage_collector(build):
    gc.collect()
    gc.disable()
    try:
        made = build()
        del made
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_dropped_graph_frees_its_leaves_at_once():
    x, grads = built(record=True)
    gone = weakref.ref(x)
    gc.disable()
    try:
        del x, grads
        assert gone() is None
    finally:
        gc.enable()


def test_a_deep_chain_is_freed_without_recursion():
    x = mg.Tensor(1.0)
    for _ in range(20_000):
        x = x * 1.0
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(120)
    try:
        mg.backprop(x)
        del x
    finally:
        sys.setrecursionlimit(limit)


def differentiate_chain(n):
    x = mg.Tensor(1.0)
    y = x
    for _ in range(n):
        y = y * 1.0
    return mg.backprop(y, [x])[x]


def test_a_long_chain_needs_no_recursion():
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(150)
    try:
        assert differentiate_chain(30_000) == 1
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.long
def test_a_chain_of_a_million_nodes_takes_time_linear_in_its_length():
    times = []
    for n in (100_000, 1_000_000):
        start = time.process_time()
        assert differentiate_chain(n) == 1
        times.append(time.process_time() - start)
    assert times[1] < 20 * times[0]
