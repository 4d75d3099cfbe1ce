"""What speaks for a gradient, and what doesn't."""

import ast

import pytest

from minigrad.foreign.gradientlike import by_name, evidence, is_derivative, own_nodes, walks_back

DERIVATIVES = """
dWxh dWhh dby dh dhnext dh_next dhraw dc_prev dx dU dLdW dL_dW dLdU delta deltas delta_o grad grads gradients
W_grad weights_delta dout do df di dz dWax da_prevt nabla_W dE_dW grad_W _dW dhidden synapse_0_delta
"""
OTHERS = """
W h data dim dims dt d_model direction dictionary dataset dot dtype debug depth decoder hidden loss x y b
word_dim hprev state
"""


@pytest.mark.parametrize("name", DERIVATIVES.split())
def test_derivatives(name):
    assert is_derivative(name)


@pytest.mark.parametrize("name", OTHERS.split())
def test_other_names(name):
    assert not is_derivative(name)


@pytest.mark.parametrize(
    "loop",
    [
        "for t in reversed(range(T)): pass",
        "for t in reversed(xs): pass",
        "for t in range(T - 1, -1, -1): pass",
        "for t in xrange(T, 0, -1): pass",
        "for t in np.arange(T)[::-1]: pass",
        "for t, x in zip(range(T), xs[::-1]): pass",
        "for x in np.flip(xs): pass",
        "for i in range(T): t = T - 1 - i",
        "for i in range(T): t = T - (i + 1)",
        "for i in range(T): x = xs[-i - 1]",
        "for i in range(T): x = xs[-1 - i]",
        "for i in range(self.n_steps): t = self.n_steps - i - 1",
        "for i in range(len(x)): f(len(x) - 1 - i)",
        "while t >= 0:\n  f(t)\n  t -= 1",
        "g = [f(t) for t in reversed(x)]",
    ],
)
def test_loops_back_in_time(loop):
    assert walks_back(ast.parse(loop))


@pytest.mark.parametrize(
    "loop",
    [
        "for t in range(T): h = h - t",
        "for t in range(0, T, 2): x = y - t",
        "while t < 3: t += 1",
        "while True: n -= 2",
        "for t in x[1:]: pass",
        "x = y[::-1]",
        "def f():\n  for t in reversed(x): pass",
    ],
)
def test_other_loops(loop):
    assert not walks_back(ast.parse(loop))


def test_evidence_adds_up():
    parts = [
        "for t in reversed(x): pass",
        "dW = d @ h.T",
        "dU += 1",
        "g['db'] = 3",
        "r = {'dV': 1}",
        "q = dict(dc=3)",
    ]
    scores = [evidence(ast.parse("\n".join(parts[: n + 1]))) for n in range(len(parts))]
    assert scores == sorted(set(scores))
    assert evidence(ast.parse("y = x.T @ x\nz += 1")) < evidence(ast.parse("dy = x.T @ x\nz += 1"))


def test_inner_functions_are_not_the_outer_ones():
    tree = ast.parse("def f():\n  def g():\n    for t in reversed(x): dW += d.T\n  return g")
    assert evidence(tree.body[0]) == 0
    assert len(list(own_nodes(tree))) < len(list(ast.walk(tree)))


def test_names_for_and_against():
    order = ["backward", "f", "lstm_cell_backward", "forward", "gradient_check", "update_step", "sample"]
    assert by_name("bptt") > by_name("f") > by_name("sample")
    assert by_name("backward") > by_name("step_backward") > by_name("update")
    assert by_name("backward", "LSTM") > by_name("backward", "Foo") > by_name("backward", "Sigmoid")
    assert [name for name in order if by_name(name) < 0] == ["forward", "update_step", "sample"]
    assert by_name("forward_backward") > 0
