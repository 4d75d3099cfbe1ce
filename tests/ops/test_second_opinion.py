import numpy as np
import pytest

import minigrad as mg

autograd = pytest.importorskip("autograd")
anp = pytest.importorskip("autograd.numpy")
M = np.random.default_rng(9).normal(size=(4, 2))
X = np.random.default_rng(8).uniform(0.3, 2.0, (3, 4))
PROGRAMS = {
    "arithmetic": lambda np, x: (x + 2) * x - 3 / x + (-x) ** 2,
    "power": lambda np, x: x**1.5 + 2.0**x + x**x + np.power(x, -2),
    "exponential": lambda np, x: np.exp(x) * np.log(x) + np.sqrt(x) * np.tanh(x),
    "trigonometric": lambda np, x: np.sin(x) * np.cos(2 * x),
    "matmul": lambda np, x: np.matmul(x, M) ** 2,
    "batched": lambda np, x: np.matmul(x[:, None, :] * x[:, :, None], M) ** 3,
    "dot and outer": lambda np, x: np.dot(x, M) * np.outer(x[0, :3], x[1, :2]),
    "sum and mean": lambda np, x: np.sum(x**2, axis=0, keepdims=True) * np.mean(x, axis=-1)[:, None],
    "max and min": lambda np, x: np.max(x**2, axis=1) * np.min(x, axis=(0, 1)),
    "shapes": lambda np, x: np.swapaxes(np.reshape(x**3, (2, 6)), 0, 1).T.reshape(-1) * x.ravel(),
    "expand and squeeze": lambda np, x: np.squeeze(np.expand_dims(x, 1) ** 2, 1) * np.transpose(x.T),
    "broadcast": lambda np, x: np.broadcast_to(x[:1] ** 2, (5, 4)) * x[1],
    "joined": lambda np, x: np.concatenate([x, x**2], axis=1) * np.stack([x] * 2, 2).reshape(3, 8),
    "indexed": lambda np, x: x[[0, 0, 2]] ** 2 * x[:, ::-1] + x[1:2, None, 3],
    "choice": lambda np, x: np.where(x > 1, x**2, np.exp(x)) * np.abs(x - 1),
    "extrema": lambda np, x: np.maximum(x, 1.1) ** 2 * np.minimum(x**2, 1.7) + np.clip(x, 0.5, 1.5),
}
OURS_AND_THEIRS = {
    "softmax": (
        lambda x: mg.softmax(x, 0) ** 2,
        lambda x: (anp.exp(x) / anp.sum(anp.exp(x), 0)) ** 2,
    ),
    "cross_entropy": (
        lambda x: mg.cross_entropy(x, [0, 3, 1], reduction="mean"),
        lambda x: anp.mean(anp.log(anp.sum(anp.exp(x), 1)) - x[[0, 1, 2], [0, 3, 1]]),
    ),
    "sigmoid": (lambda x: mg.sigmoid(x) * x, lambda x: x / (1 + anp.exp(-x))),
    "logsumexp": (
        lambda x: mg.logsumexp(x, axis=1, keepdims=True) ** 2,
        lambda x: anp.log(anp.sum(anp.exp(x), 1)) ** 2,
    ),
    "linear": (lambda x: mg.linear(x, M.T) ** 2, lambda x: anp.dot(x, M) ** 2),
}


def pairs():
    for name, program in PROGRAMS.items():
        ours, theirs = (lambda x, p=program: p(np, x)), (lambda x, p=program: p(anp, x))
        yield pytest.param(ours, theirs, id=name)
    for name, (ours, theirs) in OURS_AND_THEIRS.items():
        yield pytest.param(ours, theirs, id=name)


@pytest.mark.parametrize(("ours", "theirs"), list(pairs()))
def test_gradient_and_hessian_product_agree_with_hips_autograd(ours, theirs):
    weights = np.cos(np.arange(np.size(theirs(X)), dtype=float)).reshape(np.shape(theirs(X)))
    direction = np.sin(np.arange(12.0)).reshape(3, 4)

    def scalar(x):
        return anp.sum(theirs(x) * weights)

    gradient = autograd.grad(scalar)
    product = autograd.grad(lambda x: anp.sum(gradient(x) * direction))
    x = mg.Tensor(X)
    y = ours(x)
    g = mg.backprop(np.sum(y * weights.reshape(y.shape)), record=True)[x]
    np.testing.assert_allclose(g.value, gradient(X), rtol=1e-10, atol=1e-12)
    got = mg.backprop(np.sum(g * direction))
    curved = got[x] if x in got else np.zeros_like(X)
    np.testing.assert_allclose(curved, product(X), rtol=1e-9, atol=1e-11)
