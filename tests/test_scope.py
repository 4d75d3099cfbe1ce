import threading

import numpy as np
import pytest

import minigrad as mg
from minigrad.scope import SCOPE, Scope


def test_every_node_made_inside_carries_the_step():
    before = mg.Tensor(1.0)
    with mg.time_step(3) as t:
        leaf = mg.Tensor(2.0)
        node = before * leaf
    after = node + 1.0
    assert t == 3
    assert [n.step for n in (before, leaf, node, after)] == [None, 3, 3, None]


def test_steps_nest_and_come_back():
    seen = []
    with mg.time_step(1):
        with mg.time_step(2, axis="s"):
            seen.append(mg.Tensor(0.0))
        seen.append(mg.Tensor(0.0))
    assert [(n.step, n.axis) for n in seen] == [(2, "s"), (1, "t")]
    assert SCOPE.get() == Scope()


def test_an_exception_leaves_no_step_behind():
    with pytest.raises(RuntimeError), mg.time_step(1), mg.time_step(2):
        raise RuntimeError
    assert mg.Tensor(0.0).step is None


def test_a_failing_op_leaves_no_step_and_no_edge_behind():
    class Broken(mg.Op):
        def f(self, x):
            return x * 1.0

        def bprop_x(self, G, y, x):
            msg = "no"
            raise RuntimeError(msg)

    with mg.time_step(4):
        y = Broken()(mg.Tensor(1.0))
    for record in (False, True):
        with pytest.raises(RuntimeError):
            mg.backprop(y, record=record)
    assert SCOPE.get() == Scope()


def test_one_context_can_be_entered_again_also_inside_itself():
    step = mg.time_step(5)
    with step, mg.time_step(6), step:
        assert mg.Tensor(0.0).step == 5
    with step:
        assert mg.Tensor(0.0).step == 5
    assert mg.Tensor(0.0).step is None


def test_a_step_is_any_integer_and_nothing_else():
    with mg.time_step(np.int64(7)):
        x = mg.Tensor(0.0)
    assert (type(x.step), x.step) == (int, 7)
    with mg.time_step(-2):
        assert mg.Tensor(0.0).step == -2
    for wrong in (1.0, "3", None, np.float64(2)):
        with pytest.raises(TypeError, match=r"time_step was given .* a step is an integer"):
            mg.time_step(wrong)


def test_threads_keep_their_steps_apart():
    seen = {}
    both = threading.Barrier(2)

    def work(t):
        both.wait()
        with mg.time_step(t):
            both.wait()
            seen[t] = mg.Tensor(0.0).step
            both.wait()
        seen[-t] = mg.Tensor(0.0).step

    threads = [threading.Thread(target=work, args=(t,)) for t in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {1: 1, 2: 2, -1: None, -2: None}


def test_a_thread_does_not_inherit_a_step():
    seen = []
    with mg.time_step(9):
        thread = threading.Thread(target=lambda: seen.append(mg.Tensor(0.0).step))
        thread.start()
        thread.join()
    assert seen == [None]
