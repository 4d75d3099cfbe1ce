import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg
from minigrad import closed_form

K, H, C, N = 4, 5, 7, 3
LENGTHS = [6, 200]


def network(T, rng, *, batch=False, bias=True, task="classification", dtype=np.float64):
    """A network with random biases, real inputs, one-hot targets and h(0) that is not zero."""
    rnn = mg.nn.RNN(K, H, C, seed=3, bias=bias, task=task, dtype=dtype)
    if bias:
        rnn.b.value = rng.normal(size=H).astype(dtype)
        rnn.c.value = rng.normal(size=C).astype(dtype)
    n = (N,) if batch else ()
    xs = rng.normal(size=(T, *n, K)).astype(dtype)
    classes = rng.integers(C, size=(T, *n))
    ys = np.eye(C, dtype=dtype)[classes]
    if task == "regression":
        ys = rng.normal(size=(T, *n, C)).astype(dtype)
    return rnn, xs, ys, classes, (rng.normal(size=(*n, H)) / 2).astype(dtype)


def arguments(rnn):
    return {name: p.value for name, p in rnn.parameters().items()}


def assert_same(grads, form, *, transposed="", parameters="UWVbc"):
    """Every gradient of a closed form, nodes by name and step, contributions by step."""
    assert len(form.gradients) > 10
    steps = {name: grads.per_step(name) for name in parameters}
    for key, wanted in form.gradients.items():
        name = key if isinstance(key, str) else key[0]
        found = steps[name][key[1]] if key != name and name in steps else grads[key]
        assert_gradient(found.T if name in transposed and name in steps else found, wanted)


@pytest.mark.parametrize("T", LENGTHS)
@pytest.mark.parametrize("form", [closed_form.goodfellow, closed_form.rossi])
def test_a_sequence_has_the_gradients_of_the_book(T, form, rng):
    rnn, xs, ys, _, h0 = network(T, rng)
    run = rnn.unroll(xs, ys, h0)
    wanted = form(**arguments(rnn), h0=h0, x=xs, y=ys)
    assert_same(mg.backprop(run.loss), wanted)
    for key in [("h", 0), ("a", 2), ("h", T), ("o", 3), ("ŷ", 4), ("L", T)]:
        assert_gradient(run[key].value, wanted.forward[key])
    assert_gradient(run.loss.value, wanted.forward["L"])


@pytest.mark.parametrize("T", LENGTHS)
def test_a_regression_has_the_gradients_without_a_softmax(T, rng):
    rnn, xs, ys, _, h0 = network(T, rng, task="regression")
    run = rnn.unroll(xs, ys, h0)
    wanted = closed_form.rossi_regression(**arguments(rnn), h0=h0, x=xs, y=ys)
    assert_same(mg.backprop(run.loss), wanted)
    assert "ŷ" not in run.names()


@pytest.mark.parametrize("T", LENGTHS)
def test_a_network_without_biases_has_the_double_sums(T, rng):
    rnn, xs, ys, _, h0 = network(T, rng, bias=False)
    assert rnn.b is rnn.c is None
    assert list(rnn.parameters()) == ["U", "W", "V"]
    run = rnn.unroll(xs, ys, h0)
    U, W, V = arguments(rnn).values()
    assert_same(mg.backprop(run.loss), closed_form.huang_vector(U, W, V, h0, xs, ys), parameters="UWV")


@pytest.mark.parametrize("T", LENGTHS)
def test_a_batch_has_the_row_form(T, rng):
    rnn, xs, ys, _, h0 = network(T, rng, batch=True, bias=False)
    run = rnn.unroll(xs, ys, h0)
    U, W, V = (p.T for p in arguments(rnn).values())
    wanted = closed_form.huang_batch(U, W, V, h0, xs, ys)
    losses = {key for key in wanted.gradients if key[0] == "L" and key != "L"}
    scalars = {k: v for k, v in wanted.gradients.items() if k not in losses or v.ndim == 0}
    kept = closed_form.ClosedForm(wanted.forward, scalars, {})
    assert_same(mg.backprop(run.loss), kept, transposed="UWV", parameters="UWV")


@pytest.mark.parametrize("T", LENGTHS)
def test_the_scalar_network_is_a_cell_of_a_user(T, rng):
    U, W, V, s0 = 0.7, 0.8, -1.3, 0.4
    x, y = rng.normal(size=T), rng.integers(2, size=T).astype(float)
    p = {name: mg.Tensor(v, name) for name, v in {"U": U, "W": W, "V": V}.items()}

    def cell(x, h, y):
        a = p["U"] * x + p["W"] * h
        h = np.tanh(a)
        o = p["V"] * h
        return {"a": a, "h": h, "o": o, "L": -y * np.log(mg.sigmoid(o))}

    grads = mg.backprop(mg.nn.unroll(cell, x, s0, y).loss)
    assert_same(grads, closed_form.huang_scalar(U, W, V, s0, x, y), parameters="UWV")


def test_a_planted_fault_in_a_closed_form_is_caught(rng):
    rnn, xs, ys, _, h0 = network(6, rng)
    grads = mg.backprop(rnn.unroll(xs, ys, h0).loss)
    right = closed_form.goodfellow(**arguments(rnn), h0=h0, x=xs, y=ys)
    for key in ["W", ("W", 3), ("h", 0), ("o", 6), "c"]:
        faulty = dict(right.gradients)
        faulty[key] = faulty[key] * (1 + 1e-11)
        with pytest.raises(AssertionError):
            assert_same(grads, closed_form.ClosedForm({}, faulty, {}))


def test_dummy_copies_are_nodes_with_the_gradients_of_the_steps(rng):
    rnn, xs, ys, _, h0 = network(6, rng)
    apart = mg.backprop(rnn.unroll(xs, ys, h0, copies=True).loss)
    shared = mg.backprop(rnn.unroll(xs, ys, h0).loss)
    for name, p in rnn.parameters().items():
        steps, uses = shared.per_step(p), apart.contributions(p)
        assert list(steps) == list(range(1, 7))
        for t in steps:
            assert_gradient(apart[name, t], steps[t])
            assert_gradient(uses[t - 1].value, apart[name, t])
        assert [c.step for c in uses] == list(steps)
        assert_gradient(apart[p], shared[p])


def test_classes_are_one_hot_targets_and_tokens_one_hot_inputs(rng):
    for n in ((), (N,)):
        rnn, _, ys, classes, h0 = network(6, rng, batch=bool(n))
        tokens = rng.integers(K, size=(6, *n))
        one = mg.backprop(rnn.unroll(np.eye(K)[tokens], ys, h0).loss)
        other = mg.backprop(rnn.unroll(tokens, classes, h0).loss)
        for name in (*"UWVbc", ("h", 0), ("h", 3), ("o", 6), ("a", 1)):
            assert_gradient(other[name], one[name])
        lists = rnn.unroll(tokens.tolist(), classes.tolist(), h0)
        assert_gradient(mg.backprop(lists.loss)["U"], one["U"])


@pytest.mark.parametrize("task", mg.nn.rnn.TASKS)
def test_a_batch_is_its_sequences(task, rng):
    rnn, xs, ys, _, h0 = network(6, rng, batch=True, task=task)
    run = rnn.unroll(xs, ys, h0)
    grads = mg.backprop(run.loss)
    runs = [rnn.unroll(xs[:, n], ys[:, n], h0[n]) for n in range(N)]
    single = [mg.backprop(r.loss) for r in runs]
    assert run.loss.item() == pytest.approx(sum(r.loss.item() for r in runs), rel=1e-13)
    for name in rnn.parameters():
        assert_gradient(grads[name], sum(g[name] for g in single))
        for t in (1, 4):
            per_step = sum(g.per_step(name)[t] for g in single)
            assert_gradient(grads.per_step(name)[t], per_step)
    for key in [("h", t) for t in range(7)] + [("o", 2), ("a", 5)]:
        assert_gradient(grads[key], np.stack([g[key] for g in single]))


def test_the_inputs_have_gradients_when_they_are_asked_for(rng):
    rnn, xs, ys, _, h0 = network(6, rng)
    grads = mg.backprop(rnn.unroll(xs, ys, h0).loss)
    wanted = complex_step(lambda z: closed_form.goodfellow_loss(**arguments(rnn), h0=h0, x=z, y=ys), xs)
    assert_gradient(np.stack([grads["x", t] for t in range(1, 7)]), wanted)


def test_hessian_times_vector_through_time(rng):
    rnn, xs, ys, _, h0 = network(6, rng)
    v = rng.normal(size=(H, H))
    grads = mg.backprop(rnn.unroll(xs, ys, h0).loss, record=True)
    found = mg.backprop(np.sum(grads[rnn.W] * v), [rnn.U, rnn.b, rnn.W])
    for name in "UbW":

        def directional(z, name=name):
            p = arguments(rnn) | {name: z}
            return np.sum(closed_form.goodfellow(**p, h0=h0, x=xs, y=ys).gradients["W"] * v)

        assert_gradient(
            found[getattr(rnn, name)], complex_step(directional, arguments(rnn)[name]), rtol=1e-11
        )


def test_the_initial_state_is_zero_unless_it_is_given(rng):
    rnn, xs, ys, _, _ = network(6, rng)
    assert rnn.unroll(xs, ys)["h", 0].value.tolist() == [0] * H
    rnn, xs, ys, classes, _ = network(6, rng, batch=True)
    assert rnn.unroll(xs, ys)["h", 0].shape == (N, H)
    assert rnn.unroll(rng.integers(K, size=(6, N)), classes)["h", 0].shape == (N, H)


def test_parameters_have_the_shapes_of_the_book_and_a_seed():
    one, same, other = (mg.nn.RNN(K, H, C, seed=s) for s in (1, 1, 2))
    assert {n: p.shape for n, p in one.parameters().items()} == {
        "U": (H, K),
        "W": (H, H),
        "V": (C, H),
        "b": (H,),
        "c": (C,),
    }
    assert np.array_equal(one.W.value, same.W.value)
    assert not np.array_equal(one.W.value, other.W.value)
    assert all(p.name == n for n, p in one.parameters().items())


@pytest.mark.parametrize("task", mg.nn.rnn.TASKS)
@pytest.mark.parametrize("tokens", [False, True])
def test_float32_stays_float32(task, tokens, rng):
    rnn, xs, ys, _, h0 = network(6, rng, task=task, dtype=np.float32)
    xs = rng.integers(K, size=6) if tokens else xs.astype(float)
    run = rnn.unroll(xs, ys.astype(float), h0)
    for record in (False, True):
        grads = mg.backprop(run.loss, record=record)
        assert {n.dtype for n in grads} == {np.dtype(np.float32)}
        assert {grads[n].dtype for n in grads} == {np.dtype(np.float32)}


def test_a_wider_initial_state_or_integer_targets_do_not_widen_the_network(rng):
    rnn, xs, ys, _, h0 = network(6, rng, dtype=np.float32)
    assert rnn.unroll(xs, ys, h0.astype(float)).loss.dtype == np.float32
    assert rnn.unroll(xs, ys.astype(int), h0).loss.dtype == np.float32


@pytest.mark.parametrize(
    ("activation", "f"),
    [("sigmoid", lambda a: 1 / (1 + np.exp(-a))), ("relu", lambda a: np.where(a.real > 0, a, 0 * a))],
)
def test_other_activations(activation, f, rng):
    rnn = mg.nn.RNN(K, H, C, seed=3, task="regression", activation=activation)
    xs, ys, h0 = (rng.normal(size=shape) for shape in [(6, K), (6, C), H])
    own = arguments(rnn)

    def loss(p):
        h, total = h0, 0.0
        for x, y in zip(xs, ys, strict=True):
            h = f(p["U"] @ x + p["W"] @ h + p["b"])
            total = total + 0.5 * np.sum((p["V"] @ h + p["c"] - y) ** 2)
        return total

    run = rnn.unroll(xs, ys, h0)
    assert run.loss.item() == pytest.approx(loss(own), rel=1e-13)
    assert len(mg.graph.nodes(run.loss)) == len(
        mg.graph.nodes(mg.nn.RNN(K, H, C, task="regression").unroll(xs, ys, h0).loss)
    )
    grads = mg.backprop(run.loss)
    for name in own:
        assert_gradient(grads[name], complex_step(lambda z, n=name: loss(own | {n: z}), own[name]))


def test_bad_input_is_named(rng):
    rnn, xs, ys, _, h0 = network(6, rng)
    with pytest.raises(ValueError, match=r"'tanh', 'sigmoid', 'relu'.*'swish'"):
        mg.nn.RNN(K, H, C, activation="swish")
    with pytest.raises(ValueError, match=r"sizes ≥ 1.*given: 4, 0, 7"):
        mg.nn.RNN(K, 0, C)
    with pytest.raises(ValueError, match="'guess'"):
        mg.nn.RNN(K, H, C, task="guess")
    with pytest.raises(ValueError, match=r"h⁽⁰⁾ of shape \(6,\).*W of shape \(5, 5\).*at step 1"):
        rnn.unroll(xs, ys, np.zeros(6))
    with pytest.raises(ValueError, match=r"x⁽¹⁾ of shape \(3,\).*U of shape \(5, 4\).*at step 1"):
        rnn.unroll(xs[:, :3], ys, h0)
    with pytest.raises(IndexError, match=r"0 … 3 .* given: 4"):
        rnn.unroll([0, 4], [0, 0])
    with pytest.raises(IndexError, match=r"0 … 6.* given: 7"):
        rnn.unroll([0, 1], [0, 7])
    with pytest.raises(ValueError, match="6 inputs and 5 targets"):
        rnn.unroll(xs, ys[:5], h0)
    with pytest.raises(TypeError, match="no gradient"):
        mg.nn.unroll(lambda x, h: h, xs, np.zeros(H, int))
