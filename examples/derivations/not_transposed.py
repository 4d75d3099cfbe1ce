"""Character model in one function: the carry uses Whh where its transpose belongs."""

import numpy as np

text = "the quick brown fox jumps over the lazy dog "
letters = sorted(set(text))
index = {letter: i for i, letter in enumerate(letters)}
n, H = len(letters), 12

Wxh = np.random.randn(H, n) * 0.01
Whh = np.random.randn(H, H) * 0.01
Why = np.random.randn(n, H) * 0.01
bh, by = np.zeros((H, 1)), np.zeros((n, 1))


def loss_fun(inputs, targets, hprev):
    xs, hs, ps, loss = {}, {-1: np.copy(hprev)}, {}, 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((n, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(Wxh @ xs[t] + Whh @ hs[t - 1] + bh)
        y = Why @ hs[t] + by
        ps[t] = np.exp(y) / np.sum(np.exp(y))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += dy @ hs[t].T
        dby += dy
        dh = Why.T @ dy + dhnext
        da = (1 - hs[t] ** 2) * dh
        dWxh += da @ xs[t].T
        dWhh += da @ hs[t - 1].T
        dbh += da
        dhnext = Whh @ da
    return loss, dWxh, dWhh, dWhy, dbh, dby


while True:
    for start in range(0, len(text) - 9, 8):
        part = [index[letter] for letter in text[start : start + 9]]
        loss, *grads = loss_fun(part[:-1], part[1:], np.zeros((H, 1)))
        for param, grad in zip([Wxh, Whh, Why, bh, by], grads, strict=True):
            param -= 0.1 * grad
