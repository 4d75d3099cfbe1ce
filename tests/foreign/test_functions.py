"""The gradient function is ranked first in files of many styles."""

import ast

import pytest

from minigrad.foreign.functions import entry_calls, flat_script, gradient_functions, keys_of, shapes_of

LOOP = "for t in reversed(range(T)):\n{0}  dW += np.dot(dh, x[t].T)\n{0}  dh = W.T @ dh"


def loop(indent):
    return LOOP.format(" " * indent)


FILES = """
#### lossFun of a script that trains: lossFun
def lossFun(inputs, targets, hprev):
    hs, loss = {-1: hprev}, 0
    for t in range(len(inputs)): hs[t] = np.tanh(Wxh @ inputs[t] + Whh @ hs[t-1])
    dWxh, dWhh, dhnext = np.zeros_like(Wxh), np.zeros_like(Whh), 0
    for t in reversed(range(len(inputs))):
        dhraw = (1 - hs[t]**2) * (Why.T @ dy + dhnext)
        dWxh += dhraw @ xs[t].T
        dhnext = Whh.T @ dhraw
    return loss, dWxh, dWhh
def sample(h, n):
    for t in range(n): h = np.tanh(Whh @ h)
while True:
    loss, dWxh, dWhh = lossFun(x, y, h)
    mem += dWxh * dWxh
#### class with bptt, truncated: RNN.bptt
class RNN:
    def forward(self, x): pass
    def calculate_loss(self, x, y): return 0
    def bptt(self, x, y):
        dLdU, dLdV = np.zeros(self.U.shape), 0
        for t in np.arange(T)[::-1]:
            dLdV += np.outer(delta_o[t], s[t].T)
            for step in np.arange(max(0, t-4), t+1)[::-1]:
                dLdU += np.outer(delta_t, s[step-1])
                delta_t = self.W.T.dot(delta_t)
        return dLdU, dLdV
    def sgd_step(self, x, y, lr):
        dLdU, dLdV = self.bptt(x, y)
        self.U -= lr * dLdU
    def gradient_check(self, x, y):
        bptt_gradients = self.bptt(x, y)
        for p in ["U"]: estimated_gradient = 0
#### cell and sequence: rnn_backward
def rnn_cell_backward(da_next, cache):
    dtanh = (1 - a**2) * da_next
    dxt, dWax = Wax.T @ dtanh, dtanh @ xt.T
    da_prev, dWaa, dba = Waa.T @ dtanh, dtanh @ a_prev.T, dtanh.sum(1)
    return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}
def rnn_backward(da, caches):
    for t in reversed(range(T)):
        gradients = rnn_cell_backward(da[t] + da_prevt, caches[t])
        dWax += gradients["dWax"]
    return dWax
#### sequence in a comprehension, all work in the step: backward
def step_back(d, t):
    dz, dW, dU, db = d * (1 - h[t]**2), dz @ x.T, dz @ h.T, dz
    dx, dh = W.T @ dz, U.T @ dz
    dW += 1
    dU += 1
    return dW, dU, db
def backward(d):
    return [step_back(d, t) for t in reversed(range(T))]
#### backward that only delegates: Net._through_time
class Net:
    def backward(self, d): return self._through_time(d)
    def _through_time(self, d):
        dW = dh = 0
        for t in reversed(range(T)):
          dW += np.dot(dh, x[t].T)
          dh = W.T @ dh
        return dW
#### a trainer that is named for the gradient: Net.loss
class Net:
    def loss(self, x):
        dW = db = dh = 0
        for t in reversed(range(T)):
          dW += np.dot(dh, x[t].T)
          dh = W.T @ dh
        return dW
    def bptt(self, text):
        while True:
            dW = self.loss(text)
            dU = dW
#### a wrapper with much to unpack around one step: LSTM.backward_step
class LSTM:
    def backward(self, d): return self.backward_step(d)
    def backward_step(self, d):
        di, df, do, dg = d * i, d * f, d * o, d * g
        dWi, dWf, dx = di @ x.T, df @ x.T, W.T @ di
        return dWi, dWf
#### falling range and dict of gradients: gru_backward
def gru_backward(c):
  g = {'dWz': 0, 'dUz': 0}
  for t in range(T-1, -1, -1):
    g['dWz'] += d @ x.T
  return g
def gru_forward(x):
  for t in range(T): h = W @ h
#### forward index turned round: Model.compute
class Model:
  def compute(self):
    for i in range(T):
      t = T - 1 - i
      dW += d @ h[t].T
      db += d
  def predict(self): return self.W.T
#### while counting down: f
def f():
  t = T - 1
  while t >= 0:
    dW += d @ h[t].T
    t -= 1
def g(x): return x.T
#### no loop, unrolled by hand: grads
def grads():
  d2 = e2 @ V.T
  d1 = d2 @ W.T
  dW = h1.T @ d2
  dU = x.T @ d1
  return dW, dU
def loss(y): return y
#### x @ W, attributes: RNN.backward
class Sigmoid:
  def backward(self, dout): return dout * self.out * (1 - self.out)
class RNN:
  def backward(self, dhs):
    for t in reversed(range(T)):
      self.dWx += x.T @ d
      self.db += d
  def update(self): self.Wx -= self.dWx
  def reset_gradients(self): self.dWx = self.dWh = self.db = self.dby = 0
#### list of cells: TimeRNN.backward
class RNN:
  def backward(self, dh):
    dt = dh * (1 - h**2)
    db = dt.sum(0)
    dWh = h.T @ dt
    dWx = x.T @ dt
    dx = dt @ Wx.T
    dh_prev = dt @ Wh.T
    return dx, dh_prev
class TimeAffine:
  def backward(self, dout):
    dW = x.T @ dout
    return dout @ W.T
class TimeRNN:
  def backward(self, dhs):
    for t in reversed(range(T)):
      dx, dh = self.layers[t].backward(dhs[t] + dh)
      dxs[t] = dx
#### nested in the trainer: train.back
def train(x):
  def back():
    dW = 0
    for t in reversed(range(T)):
      dW += np.dot(dh, x[t].T)
      dh = W.T @ dh
    return dW
  for epoch in range(9):
    W -= back()
#### numerical one beside it: backprop
def numerical_gradient(f, W):
  grad = np.zeros_like(W)
  for i in range(3):
    grad[i] = (f(W) - f(W)) / 2
  return grad
def backprop():
  dW = 0
  for t in reversed(range(T)):
    dW += np.dot(dh, x[t].T)
    dh = W.T @ dh
  return dW
def gradient_check():
  dW = backprop()
  grad = numerical_gradient(f, W)
#### adam beside it: lstm_bptt
def adam(dW, m):
  for k in W:
    dW_hat = dW[k]
    m += dW_hat
def lstm_bptt():
  for t in reversed(range(T)):
    dW += np.dot(dh, x[t].T)
    dh = W.T @ dh
  di = df = do = dg = 0
#### two of one name, one of them used: cell_backward
def cell_backward_(d):
  dz, dW, dx, db = d, d @ x.T, W.T @ d, d
  return dW
def cell_backward(d):
  dz, dW, dx = d, d @ x.T, W.T @ d
  return dW
print(cell_backward(1))
#### other letters: обратно
def обратно(x):
  for t in reversed(x):
    grad_W += δ @ x[t].T
    grad_U += δ @ h[t].T
    grad_b += δ
"""
STYLES = [style.partition("\n") for style in FILES.split("#### ")[1:]]


@pytest.mark.parametrize(("style", "text"), [(head, text) for head, _, text in STYLES])
def test_the_gradient_comes_first(style, text):
    name = style.partition(": ")[2]
    ranked = gradient_functions(ast.parse(text))
    assert ranked[0].name == name, ranked
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert flat_script(ast.parse(text)) is None


def test_what_is_told_of_it():
    text = STYLES[1][2]
    first = gradient_functions(ast.parse(text))[0]
    assert (first.name, first.owner) == ("RNN.bptt", "RNN")
    assert text.split("\n")[first.line - 1].strip() == "def bptt(self, x, y):"


@pytest.mark.parametrize(
    "text",
    [
        "def forward(x):\n  for t in range(T): h = np.tanh(W @ x[t] + U @ h)\n  return h",
        "def softmax(x): return np.exp(x) / np.exp(x).sum()",
        "x = 3",
        "def load_data(path):\n  data = open(path).read()\n  return data.T",
        "class A: pass",
    ],
)
def test_files_without_a_gradient(text):
    assert gradient_functions(ast.parse(text)) == []
    assert flat_script(ast.parse(text)) is None


def test_a_flat_script():
    text = f"def sigmoid(x): return x\nfor epoch in range(9):\n  dW = db = 0\n  {loop(2)}\n  W -= dW"
    script = flat_script(ast.parse(text))
    assert script.name == ""
    assert script.score > 4


def test_functions_that_call_each_other_in_circles():
    one = "def back_{}(d):\n  for t in reversed(x): dW += back_{}(d.T)\n"
    text = one.format("a", "b") + one.format("b", "a")
    assert {r.name for r in gradient_functions(ast.parse(text))} == {"back_a", "back_b"}


def test_facts_for_calling_it_are_found_here_too():
    tree = ast.parse("def back(P): return P['W']\nback({})")
    assert entry_calls(tree, "back")[0].line == 2
    assert keys_of(tree, "P") == ("W",)
    assert shapes_of("W = np.zeros((3, 4))") == {"W": ("3", "4")}
