"""Runs of small programs, for tests of what is seen in them."""

from __future__ import annotations

from pathlib import Path

from styles import write

from minigrad.foreign.attempt import attempt
from minigrad.foreign.drivers import script

GRADIENT = """
import numpy as np
W, U = np.random.randn(3, 3) * 0.01, np.random.randn(3, 2) * 0.01
x, h0 = np.random.randn(4, 2), np.zeros(3)

def gradient(x, h0):
    hs = [h0]
    for t in range(len(x)):
        hs.append(np.tanh(W @ hs[-1] + U @ x[t]))
    loss = np.sum(hs[-1] ** 2) / 2
    dW, dU, dh = np.zeros_like(W), np.zeros_like(U), hs[-1]
    for t in reversed(range(len(x))):
        da = (1 - hs[t + 1] ** 2) * dh
        dW += np.outer(da, hs[t])
        dU += np.outer(da, x[t])
        dh = W.T @ da
    return loss, dW, dU

loss, dW, dU = gradient(x, h0)
"""

UPSTREAM = """
import numpy as np
W, U = np.random.randn(3, 3), np.random.randn(3, 2)
x = np.random.randn(4, 2)

def forward(x):
    hs = [np.zeros(3)]
    for t in range(len(x)):
        hs.append(np.tanh(W @ hs[-1] + U @ x[t]))
    return hs

def backward(hs, dout, x):
    dW, dU, dh = np.zeros_like(W), np.zeros_like(U), np.zeros(3)
    for t in reversed(range(len(x))):
        da = (1 - hs[t + 1] ** 2) * (dh + dout[t])
        dW += np.outer(da, hs[t])
        dU += np.outer(da, x[t])
        dh = W.T @ da
    return dW, dU

hs = forward(x)
out = OUT
dout = DOUT
backward(hs, dout, x)
"""


def run(folder: Path, text: str, *wanted: str, **given):
    """The attempt to run a program and to see its gradient functions."""
    return attempt(script(write(folder, text)), wanted, **given)
