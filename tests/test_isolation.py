"""Gradients that are taken at the same time, or of which one fails, know nothing of each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import minigrad as mg
from minigrad.anomaly import ANOMALY, anomaly
from minigrad.checkpoint import checkpoint
from minigrad.scope import SCOPE
from minigrad.transforms import grad, hvp, jvp, value_and_grad


class Baton:
    """Lets two threads go on by turns, in an order that is written down."""

    def __init__(self, order):
        self.order = list(order)
        self.turn = threading.Condition()

    def wait(self, who):
        with self.turn:
            assert self.turn.wait_for(lambda: self.order[:1] == [who], timeout=20), self.order
            self.order.pop(0)
            self.turn.notify_all()


def nested(who, baton, seen):
    """A gradient inside of a gradient, with five places where the other thread may come in between."""

    def inner(x, y):
        baton.wait(who)
        with mg.time_step(ord(who)):
            z = np.sin(x * y)
            baton.wait(who)
            seen.append((who, (z * y).step))
        return np.sum(z * y)

    def outer(x):
        baton.wait(who)
        g = grad(inner, argnums=1)(x, x + 1.0)
        baton.wait(who)
        return np.sum(g * x)

    result = grad(outer)(np.array([0.3, ord(who) / 60.0]))
    baton.wait(who)
    return result


@pytest.mark.parametrize("order", ["ABABABABAB", "AABBBABAAB"])
def test_two_interleavings_of_nested_gradients(order):
    wanted = {who: nested(who, Baton(who * 5), []) for who in "AB"}
    baton, seen = Baton(order), []
    with ThreadPoolExecutor(2) as pool:
        found = {who: pool.submit(nested, who, baton, seen) for who in "AB"}
        for who in "AB":
            np.testing.assert_array_equal(found[who].result(), wanted[who])
    assert sorted(seen) == [("A", 65), ("B", 66)]
    assert baton.order == []
    x = np.array([0.3, ord("A") / 60.0])
    # d/dx of x ∂/∂y(y sin(xy)) at y = x + 1, written out.
    y = x + 1
    s, c = np.sin(x * y), np.cos(x * y)
    closed = s + x * y * c + x * ((y + x) * c + (y + x) * c - x * y * (y + x) * s)
    np.testing.assert_allclose(wanted["A"], closed, rtol=1e-12)


def job(seed):
    rng = np.random.default_rng(seed)
    W, x = rng.normal(size=(3, 4)), rng.normal(size=4)

    def f(x):
        return np.sum(np.tanh(W @ x) ** 2) * np.exp(x[0])

    value, gradient = value_and_grad(f)(x)
    tangent = jvp(checkpoint(f), (x,), (x,))[1]
    return np.concatenate([[value, tangent], gradient, hvp(f)(x, x)]).tobytes()


def compare(count):
    alone = [job(seed) for seed in range(count)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda k: [job(seed) for seed in np.roll(range(count), k * 7)], range(8)))
    for k, results in enumerate(together):
        assert results == [alone[seed] for seed in np.roll(range(count), k * 7)]


def test_eight_threads_give_the_bits_of_one():
    compare(25)


@pytest.mark.long
def test_eight_threads_give_the_bits_of_one_ten_thousand_times():
    compare(10_000)


def test_eight_threads_pull_through_one_graph():
    x = mg.Tensor(np.linspace(0.1, 1.0, 5))
    y = np.sum(checkpoint(lambda x: np.sin(x) * x)(x) ** 2)
    alone = mg.backprop(y, x)[x].tobytes()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: mg.backprop(y, x)[x].tobytes(), range(80))) == {alone}


class Broken(mg.Op):
    """Fails in f or in its rule."""

    where: str

    def f(self, x):
        self._fail("f")
        return x

    def bprop_x(self, G, y, x):
        self._fail("bprop")
        return G

    def _fail(self, place):
        if place == self.where:
            msg = f"broken {place}"
            raise KeyError(msg)


@pytest.mark.parametrize("where", ["f", "bprop"])
@pytest.mark.parametrize(
    "derive",
    [grad, lambda f: grad(grad(f)), lambda f: lambda x: jvp(f, (x,), (x,)), lambda f: grad(checkpoint(f))],
    ids=["grad", "grad of grad", "jvp", "checkpoint"],
)
def test_a_failure_leaves_no_state_and_says_where_it_arose(derive, where):
    op = Broken(where)

    def f(x):
        with mg.time_step(4):
            return op(x * 2.0)

    with anomaly():
        lines = ANOMALY.get()
        located = rf"broken {where} \[in .*Broken\(where='{where}'\) .* at step 4"
        with pytest.raises(KeyError, match=located) as caught:
            derive(f)(0.5)
        assert ANOMALY.get() is lines
    assert caught.traceback[-1].name == "_fail"
    assert SCOPE.get() == type(SCOPE.get())()
    assert ANOMALY.get() is None
    assert derive(np.sin)(0.5) is not None
