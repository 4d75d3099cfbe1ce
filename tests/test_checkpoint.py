import gc
import tracemalloc
import weakref

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg
from minigrad.checkpoint import checkpoint
from minigrad.transforms import grad, hessian, jacobian, jvp


def block(x, np=np):
    return np.tanh(x) ** 2 * np.sin(x[0])


def energy(x):
    return np.sum(block(block(x)) * x)


def checked(x):
    kept = checkpoint(block)
    return np.sum(kept(kept(x)) * x)


def nested(x):
    inner = checkpoint(block)
    return checkpoint(lambda x: np.sum(checkpoint(lambda x: inner(inner(x)))(x) * x))(x)


@pytest.fixture
def x(rng):
    return rng.normal(size=4)


def test_the_third_order_is_that_without_it(x):
    assert_gradient(jacobian(hessian(checked))(x), jacobian(hessian(energy))(x), rtol=1e-12)


@pytest.mark.parametrize("f", [checked, nested])
def test_values_and_gradients_are_those_without_it(f, x):
    assert f(mg.Tensor(x)).item() == energy(x)
    assert_gradient(grad(f)(x), complex_step(energy, x), rtol=1e-13)
    assert_gradient(hessian(f)(x), hessian(energy)(x), rtol=1e-13)
    assert_gradient(jvp(f, (x,), (x,))[1][np.newaxis], jvp(energy, (x,), (x,))[1][np.newaxis], rtol=1e-13)


def test_the_call_is_one_node(x):
    y = checkpoint(block)(mg.Tensor(x))
    assert [repr(node.op) for node in mg.graph.nodes(y)] == ["None", "Checkpoint(block)"]
    assert y.op == y.op
    assert y.op != checkpoint(block)(mg.Tensor(x)).op
    assert len({y.op, y.op}) == 1


def test_arrays_come_out_where_no_tensor_goes_in(x):
    np.testing.assert_array_equal(checkpoint(block)(x), block(x))
    assert checkpoint(lambda x: 3)(mg.Tensor(x)) == 3


def test_f_may_return_what_it_has_not_made(x):
    leaf, W = mg.Tensor(x), mg.Tensor(2.0)
    y = checkpoint(lambda x: x)(leaf)
    np.testing.assert_array_equal(mg.backprop(y, seed=x)[leaf], x)
    a, b = checkpoint(lambda x: (W, x))(leaf)
    table = mg.backprop(np.sum(a * b))
    np.testing.assert_array_equal(table[leaf], np.full(4, 2.0))
    np.testing.assert_allclose(table[W], np.sum(x))


def test_f_runs_once_more_for_all_arguments_together(rng):
    calls = []

    def f(a, p, *, k):
        calls.append(1)
        return a * p["b"] ** k

    a, b = mg.Tensor(rng.normal(size=3)), mg.Tensor(rng.normal(size=3))
    loss = np.sum(checkpoint(f)(a, {"b": b, "note": "text"}, k=2))
    assert len(calls) == 1
    table = mg.backprop(loss)
    assert len(calls) == 2
    assert_gradient(table[a], b.value**2)
    assert_gradient(table[b], 2 * a.value * b.value)


def cell(W, x, h):
    h = np.tanh(W @ h + x)
    return {"h": h, "more": (np.sum(h * x).astype(np.float32), "state")}


def recurrence(step, W, X):
    h = np.zeros(3)
    total = 0.0
    for t in range(5):
        out = step(W, X[t], h)
        h = out["h"]
        total = total + out["more"][0] ** 2
        assert out["more"][1] == "state"
    return total + np.sum(h**2)


def test_several_outputs_keep_their_containers_types_and_gradients(rng):
    W, X = rng.normal(size=(3, 3)), rng.normal(size=(5, 3))
    kept = checkpoint(cell)
    out = kept(mg.Tensor(W), X[0], X[1])
    assert (out["h"].shape, out["more"][0].shape, out["more"][0].dtype) == ((3,), (), np.float32)
    for argnums in (0, 1):
        plain = grad(lambda W, X: recurrence(cell, W, X), argnums)(W, X)
        assert_gradient(grad(lambda W, X: recurrence(kept, W, X), argnums)(W, X), plain, rtol=1e-12)


def test_closures_count_as_arguments_at_every_order(rng):
    x = rng.normal(size=3)
    W = mg.Tensor(rng.normal(size=(3, 3)), name="W")
    V = np.tanh(W)

    def f(x):
        return np.sum(np.sin(W @ x) * (V @ x))

    leaf = mg.Tensor(x)
    plain, kept = f(leaf), checkpoint(f)(leaf)
    assert kept.inputs == (leaf, W, V)
    for wanted in (W, leaf):
        assert_gradient(mg.backprop(kept, wanted)[wanted], mg.backprop(plain, wanted)[wanted], rtol=1e-13)
        first, again = (mg.backprop(y, W, record=True)[W] for y in (plain, kept))
        second = mg.backprop(np.sum(first**2), wanted)[wanted]
        assert_gradient(mg.backprop(np.sum(again**2), wanted)[wanted], second, rtol=1e-12)
    bound = checkpoint(lambda: f(leaf))()
    assert_gradient(mg.backprop(bound, leaf)[leaf], mg.backprop(plain, leaf)[leaf], rtol=1e-13)


def test_what_f_writes_stays_inside_and_is_differentiated(x):
    def f(x):
        x[1] = x[0] * 3.0
        x += 1.0
        return np.sum(x**2)

    leaf = mg.Tensor(x)
    y = checkpoint(f)(leaf)
    np.testing.assert_array_equal(leaf.value, x)
    assert_gradient(mg.backprop(y)[leaf], complex_step(lambda z: f(z.copy()), x))


def test_constants_are_those_of_the_call(x):
    scale = np.full(4, 2.0)
    leaf = mg.Tensor(x)
    y = np.sum(checkpoint(lambda x, s: x * s["s"])(leaf, {"s": scale}))
    scale[:] = 100.0
    np.testing.assert_array_equal(mg.backprop(y)[leaf], np.full(4, 2.0))


def test_an_argument_that_is_written_to_later_keeps_its_version(x):
    leaf = mg.Tensor(x)
    state = leaf * 1.0
    y = np.sum(checkpoint(np.sin)(state))
    state *= 0.0
    leaf -= 1.0
    np.testing.assert_allclose(mg.backprop(y)[leaf], np.cos(x))


def test_a_closed_over_tensor_that_was_written_to_is_refused(x):
    W = mg.Tensor(2.0, name="W")
    y = np.sum(checkpoint(lambda x: x * W)(mg.Tensor(x)))
    W += 1.0
    with pytest.raises(RuntimeError, match=r"Checkpoint.<lambda>. .*\(now: W\) are not those of the first"):
        mg.backprop(y)


@pytest.mark.parametrize("record", [False, True])
def test_a_function_that_draws_anew_is_refused(record, x):
    draw = np.random.default_rng(0)
    y = np.sum(checkpoint(lambda x: x * draw.normal(size=4))(mg.Tensor(x)))
    with pytest.raises(RuntimeError, match="gave another result: f must not draw anew"):
        mg.backprop(y, record=record)


def test_another_shape_the_second_time_is_refused(x):
    sizes = iter([4, 3])
    y = checkpoint(lambda x: x[: next(sizes)])(mg.Tensor(x))
    with pytest.raises(RuntimeError, match="returns another shape"):
        mg.backprop(y, seed=np.ones(4))


def test_the_op_is_a_function_that_can_be_asked_again(x):
    W = mg.Tensor(2.0, name="W")
    y = checkpoint(lambda x: x * W)(mg.Tensor(x))
    np.testing.assert_array_equal(y.op.f(x + 1, np.array(2.0)), (x + 1) * 2)
    with pytest.raises(RuntimeError, match="another value of W: pass it as an argument"):
        y.op.f(x, np.array(3.0))


def test_infinities_and_nans_are_equal_to_themselves():
    x = mg.Tensor([-1.0, 0.0, 4.0])
    with np.errstate(all="ignore"):
        y = checkpoint(np.log)(x)
    np.testing.assert_array_equal(mg.backprop(y, seed=np.array([0.0, 0.0, 1.0]))[x], [0.0, 0.0, 0.25])


def test_a_failure_says_where_and_when(x):
    def f(x):
        if len(calls) == 1:
            msg = "second time"
            raise ZeroDivisionError(msg)
        calls.append(1)
        return np.sum(x)

    calls = []
    with mg.time_step(3):
        y = checkpoint(f)(mg.Tensor(x, name="x"))
    with pytest.raises(ZeroDivisionError, match=r"second time \[in .* Checkpoint\(f\) .* at step 3"):
        mg.backprop(y)
    assert mg.Tensor(1.0).step is None


def test_nodes_of_the_second_run_have_the_step_of_the_first(x):
    steps = []

    def f(x):
        y = np.sin(x)
        steps.append(y.step)
        return np.sum(y)

    with mg.time_step(7):
        y = checkpoint(f)(mg.Tensor(x))
    mg.backprop(y)
    assert steps == [7, 7]


def test_it_keeps_less_than_the_plain_function():
    def segment(x):
        for _ in range(50):
            x = np.sin(x) + 1.0
        return x

    def peak(step):
        x = mg.Tensor(np.ones(2_000))
        tracemalloc.start()
        y = x
        for _ in range(20):
            y = step(y)
        table = mg.backprop(np.sum(y), x)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, table[x]

    (plain, wanted), (kept, actual) = peak(segment), peak(checkpoint(segment))
    np.testing.assert_array_equal(actual, wanted)
    assert kept < plain / 6


def test_nothing_of_the_inside_is_kept_and_there_is_no_cycle(x):
    inside = []

    def f(x):
        y = np.sin(x)
        inside.append(weakref.ref(y))
        return np.sum(y)

    gc.disable()
    try:
        y = checkpoint(f)(mg.Tensor(x))
        assert inside[0]() is None
        mg.backprop(y)
        assert inside[1]() is None
        node = weakref.ref(y)
        del y
        assert node() is None
    finally:
        gc.enable()
