"""What back-propagation through the unrolled graph gives, against complex steps."""

import numpy as np
import pytest
from bptt.sample import H, N, T, data
from oracles import assert_gradient, complex_step

from minigrad import closed_form
from minigrad.bptt import automatic, networks


@pytest.fixture
def graph():
    return networks.column(data(1))


def test_every_gradient_has_its_key(graph):
    run, p = graph
    found = automatic.gradients(run, p)
    steps = range(1, T + 1)
    wanted = {("h", 0)} | {(n, t) for n in "ahoLUWVbc" for t in steps} | set("UWVbc")
    assert set(found) == wanted


def test_gradients(graph):
    run, p = graph
    x, y = data(1).one_hot()
    U, W, V, b, c = (q.value for q in p.values())
    h0 = run["h", 0].value
    found = automatic.gradients(run, p)

    def loss(W=W, h0=h0):
        return closed_form.goodfellow_loss(U, W, V, b, c, h0, x[:, 0], y[:, 0])

    assert_gradient(found["W"], complex_step(lambda moved: loss(W=moved), W))
    assert_gradient(found["h", 0], complex_step(lambda moved: loss(h0=moved), h0))
    assert_gradient(sum(found["W", t] for t in range(1, T + 1)), found["W"])


def step(W, h, drive):
    return np.tanh(drive + W @ h)


def test_jacobians(graph):
    run, p = graph
    found = automatic.step_jacobians(run, [0, 3])
    assert list(found) == [("h", 0), ("h", 3)]
    W, h = p["W"].value, run["h", 3].value
    drive = np.arctanh(run["h", 4].value) - W @ h
    rows = [complex_step(lambda moved, i=i: step(W, moved, drive)[i], h) for i in range(H)]
    assert_gradient(found["h", 3], np.stack(rows), rtol=1e-11)


def test_products_are_products(graph):
    run, _ = graph
    single = automatic.step_jacobians(run, range(T))
    for k, product in automatic.last_jacobians(run, [0, 2, T - 1]).items():
        chain = [single["h", i] for i in range(T - 1, k[2] - 1, -1)]
        assert_gradient(product, np.linalg.multi_dot(chain) if len(chain) > 1 else chain[0])


def test_a_batch_has_the_jacobian_of_each_sequence():
    run, _ = networks.column(data(N))
    found = automatic.step_jacobians(run, [2])["h", 2]
    assert found.shape == (N, H, H)
    W = run["W"].value
    wanted = (1 - run["h", 3].value ** 2)[:, :, None] * W
    assert_gradient(found, wanted)


@pytest.mark.parametrize("sequences", [1, N])
def test_a_scalar_network_has_numbers(sequences):
    run, p = networks.scalar(data(sequences))
    found = automatic.last_jacobians(run, [T - 1], scalar=True)["h", T, T - 1]
    assert_gradient(found, np.asarray((1 - run["h", T].value ** 2) * p["W"].value))


def test_loss_terms_add_up(graph):
    run, p = graph
    terms, total = automatic.loss_terms(run, p), automatic.gradients(run, p)
    for name in p:
        assert_gradient(sum(terms[name, t] for t in range(1, T + 1)), total[name])
        if name in "UWb":
            assert not np.allclose(terms[name, T], total[name, T])
