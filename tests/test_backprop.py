import threading

import numpy as np
import pytest
from oracles import assert_gradient, complex_step, evaluate, random_dag, sum_over_paths

import minigrad as mg
from minigrad.gradtable import UnknownTensorError


@pytest.fixture
def spy():
    """An op y = 3a + 5b that notes each edge whose rule is applied."""
    applied = []

    class Spy(mg.Op):
        def f(self, a, b):
            return 3 * a + 5 * b

        def bprop_a(self, G, y, a, b):
            applied.append("a")
            return G * 3

        def bprop_b(self, G, y, a, b):
            applied.append("b")
            return G * 5

    return Spy(), applied


def test_a_node_used_twice_gets_both_contributions():
    x = mg.Tensor(3.0)
    assert mg.backprop(x + x)[x] == 2
    assert mg.backprop(x * x)[x] == 6
    assert mg.backprop(x * x * x)[x] == 27
    assert mg.backprop(mg.add_n([x, x, x, x]))[x] == 4
    assert mg.backprop(x - x)[x] == 0
    assert mg.backprop(x)[x] == 1


def test_a_diamond_has_the_sum_of_both_sides(rng):
    v = rng.normal(size=3)
    x = mg.Tensor(v)
    h = np.sin(x)
    left, right = h * h, np.exp(h)
    grads = mg.backprop(np.sum(left * right + h))

    def loss(z):
        s = np.sin(z)
        return np.sum(s * s * np.exp(s) + s)

    assert_gradient(grads[x], complex_step(loss, v))
    s = np.sin(v)
    assert_gradient(grads[h], 2 * s * np.exp(s) + s * s * np.exp(s) + 1)


@pytest.mark.parametrize("size", [2, 4, 7, 10])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_every_node_of_a_random_dag_has_the_sum_over_all_paths(size, shape, rng):
    for _ in range(3):
        dag = random_dag(rng, size)
        values = evaluate(dag, rng.normal(size=shape))
        nodes = evaluate(dag, mg.Tensor(values[0]))
        grads = mg.backprop(np.sum(nodes[-1]))
        recorded = mg.backprop(np.sum(nodes[-1]), record=True)
        for i, node in enumerate(nodes):
            wanted = sum_over_paths(dag, values, i)
            if node in grads:
                assert_gradient(grads[node], wanted, rtol=1e-11)
                assert_gradient(recorded[node].value, wanted, rtol=1e-11)
            else:
                assert not np.any(wanted)


def test_a_shared_parameter_gets_what_its_copies_get_together(rng):
    W = mg.Tensor(rng.normal(size=(3, 3)) * 0.5, "W")
    x = rng.normal(size=3)

    def loss(weights):
        h = x
        for w in weights:
            h = np.tanh(w @ h)
        return np.sum(h)

    copies = [mg.Tensor(W.value) for _ in range(4)]
    apart = mg.backprop(loss(copies))
    shared = mg.backprop(loss([W] * 4))
    assert_gradient(shared[W], sum(apart[c] for c in copies), rtol=1e-14)
    for use, c in zip(shared.contributions(W), copies, strict=True):
        assert_gradient(use.value, apart[c], rtol=1e-14)


def test_asking_twice_gives_the_same_answer(rng):
    x = mg.Tensor(rng.normal(size=4))
    loss = np.sum(np.exp(x) * x)
    first = mg.backprop(loss)[x].copy()
    mg.backprop(loss, record=True)
    np.testing.assert_array_equal(mg.backprop(loss)[x], first)


def test_a_seed_weights_the_outputs(rng):
    v, seed = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    x = mg.Tensor(v)
    wanted = complex_step(lambda z: np.sum(seed * np.exp(z)), v)
    for form in (seed, seed.tolist(), mg.Tensor(seed)):
        assert_gradient(mg.backprop(np.exp(x), seed=form)[x], wanted)
        assert_gradient(mg.backprop(np.exp(x), seed=form, record=True)[x].value, wanted)


def test_a_seed_can_change_afterwards(rng):
    x = mg.Tensor(rng.normal(size=3))
    seed = np.ones(3)
    grads = mg.backprop(x * 1.0, seed=seed)
    seed[:] = 99
    assert grads[x].tolist() == [1, 1, 1]
    assert grads.contributions(x)[0].value.tolist() == [1, 1, 1]


def test_no_rule_is_applied_for_what_is_not_asked_for(spy):
    op, applied = spy
    a, b = mg.Tensor(2.0, "a"), mg.Tensor(3.0, "b")
    loss = op(np.exp(a), b) * 2.0
    assert mg.backprop(loss, b)[b] == 10
    assert applied == ["b"]
    applied.clear()
    assert mg.backprop(loss, [a])[a] == pytest.approx(6 * np.exp(2))
    assert applied == ["a"]
    applied.clear()
    mg.backprop(loss, [loss])
    assert applied == []
    mg.backprop(loss)
    assert sorted(applied) == ["a", "b"]


def test_no_rule_is_applied_for_a_constant_nor_below_a_target(spy):
    op, applied = spy
    x = mg.Tensor(2.0)
    h = op(x, 1.0)
    assert mg.backprop(np.sin(h))[x] == pytest.approx(3 * np.cos(11))
    assert applied == ["a"]
    applied.clear()
    assert mg.backprop(h * h, [h])[h] == 22
    assert applied == []


def test_no_rule_is_applied_where_no_gradient_arrives(spy):
    op, applied = spy
    x = mg.Tensor([2.0, 3.0])
    h = op(x, x)
    zero = mg.ops.broadcasting.SIZE_RATIO(h, x)
    loss = zero * mg.Tensor(1.0)
    assert mg.backprop(loss)[x].tolist() == [0, 0]
    assert applied == []


def test_targets_may_be_one_tensor_several_or_the_loss():
    x = mg.Tensor(2.0, "x")
    y = x * x
    assert list(mg.backprop(y, x)) == [x]
    assert [float(g) for g in map(mg.backprop(y, (n for n in (y, x))).get, (y, x))] == [1, 4]
    assert mg.backprop(y, [x, x])[x] == 4


def test_bad_requests_are_named():
    with mg.time_step(3):
        h = mg.Tensor(np.ones(2), "h")
    W, L = mg.Tensor(np.ones((2, 2)), "W"), np.sum(h * h).named("L")
    with pytest.raises(ValueError, match=r"h⁽³⁾ of shape \(2,\) is no scalar: .* seed="):
        mg.backprop(h)
    with pytest.raises(UnknownTensorError, match=r"L does not depend on wrt\[1\] = W.* \(2, 2\)"):
        mg.backprop(L, [h, W])
    with pytest.raises(ValueError, match=r"seed has shape \(3,\); wanted: \(\), .* L"):
        mg.backprop(L, seed=np.ones(3))
    with pytest.raises(TypeError, match=r"the loss is .*arrays are constants"):
        mg.backprop(np.ones(()))
    with pytest.raises(TypeError, match=r"wrt\[0\] .*arrays are constants"):
        mg.backprop(L, [np.ones(2)])
    with pytest.raises(ValueError, match="is no scalar"):
        mg.backprop(mg.Tensor(np.ones((0, 2))))


@pytest.mark.parametrize("second", [np.ones(3), 3.0, "W"])
def test_a_second_argument_that_is_no_tensor_is_refused(second):
    x = mg.Tensor(2.0, "x")
    with pytest.raises(TypeError, match="arrays are constants"):
        mg.backprop(x * x, second)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_narrow_types_stay_narrow_on_the_whole_way(dtype, rng):
    x = mg.Tensor(rng.uniform(0.5, 1, (2, 3)).astype(dtype))
    W = mg.Tensor(rng.uniform(0.5, 1, (4, 3)).astype(dtype))
    h = np.tanh(mg.linear(x, W) / 2) * 0.5 + np.maximum(x @ W.T, 0.1) ** 2
    h = np.where(h > 1, h, 2 * h) - np.mean(h, axis=0) + np.concatenate([h, h])[:2]
    y = np.sqrt(np.exp(h)) + mg.logsumexp(h, axis=1, keepdims=True) + mg.softmax(h).max()
    loss = np.mean(y) + mg.cross_entropy(h, [1, 3]) + mg.mean_squared_error(h, h * 0.5)
    for record in (False, True):
        grads = mg.backprop(loss, record=record)
        assert {n.dtype for n in grads} == {np.dtype(dtype)}
        assert {grads[n].dtype for n in grads} == {np.dtype(dtype)}


def test_what_has_no_axes_stays_so():
    x = mg.Tensor(2.0)
    y = np.exp(x) * x + x / 3
    for record in (False, True):
        grads = mg.backprop(y, record=record)
        assert {n.shape for n in grads} == {()}
        assert {grads[n].shape for n in grads} == {()}
        assert all(isinstance(grads[n], mg.Tensor if record else np.ndarray) for n in grads)


def test_backward_adds_up_at_the_leaves():
    w, x = mg.Tensor(3.0), mg.Tensor([1.0, 2.0])
    loss = w * np.sum(x * x)
    loss.backward()
    loss.backward()
    assert (w.grad, x.grad.tolist()) == (10, [12, 24])
    assert loss.grad is None
    w.grad = None
    (w * x).backward(seed=[1.0, 1.0])
    assert w.grad == 3


def test_backward_after_an_update_counts_each_use_once():
    w = mg.Tensor(3.0)
    loss = w * w
    w -= 0.5
    loss.backward()
    assert w.grad == 6


def test_threads_build_and_differentiate_apart(rng):
    shared = mg.Tensor(rng.normal(size=5))
    found = {}

    def work(k):
        with mg.time_step(k):
            x = mg.Tensor(shared.value * k)
            h = x
            for _ in range(200):
                h = np.sin(h * shared) + x
        grads = mg.backprop(np.sum(h))
        found[k] = (grads[x], grads[shared], set(grads.per_step(shared)))

    for k in (1, 2, 3):
        work(k)
    alone = dict(found)
    threads = [threading.Thread(target=work, args=(k,)) for k in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for k in (1, 2, 3):
        np.testing.assert_array_equal(found[k][0], alone[k][0])
        np.testing.assert_array_equal(found[k][1], alone[k][1])
        assert found[k][2] == {k}


def test_a_rule_that_writes_to_its_cotangent_is_stopped():
    class Spoiled(mg.Op):
        def f(self, x, y):
            return x * y

        def bprop_x(self, G, out, x, y):
            G *= y
            return G

        def bprop_y(self, G, out, x, y):
            return G * x

    a, b = mg.Tensor([1.0, 2.0]), mg.Tensor([3.0, 4.0])
    with pytest.raises(ValueError, match=r"read-only.*Spoiled\(\)"):
        mg.backprop(np.sum(Spoiled()(a, b)))
