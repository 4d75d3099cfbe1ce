"""From plain NumPy code to the gradient of every node and the contribution of every edge."""

import numpy as np

import minigrad as mg

x = np.random.default_rng(0).normal(size=(4, 5))

W = mg.Tensor(0.1 * np.ones((5, 5)), name="W")
h = mg.Tensor(np.zeros(5), name="h")
for t in range(1, 4):
    with mg.time_step(t):
        h = np.tanh(W @ h + x[t]).named("h")
loss = np.sum(h**2).named("L")

grads = mg.backprop(loss)
print("∇W has shape", grads[W].shape, "and norm", f"{np.linalg.norm(grads[W]):.6f}")
for use in grads.contributions(W):
    print(f"  from step {use.step}, argument {use.argument}: norm {np.linalg.norm(use.value):.6f}")

copies = grads.per_step(W)
assert np.allclose(sum(copies.values()), grads[W], rtol=1e-14)
print("the gradients of the copies", ", ".join(f"W⁽{t}⁾" for t in copies), "add up to ∇W")
