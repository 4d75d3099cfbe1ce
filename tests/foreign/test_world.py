"""A program on tensors has the numbers of the same program on arrays, and their gradients."""

import os
import random
import sys
import threading

import numpy as np
import pytest
from twins import differences, gradient_errors, on_tensors

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.watch import Watch
from minigrad.foreign.world import World
from minigrad.tensor import Tensor

START = """
W, U, V = np.random.randn(4, 3), np.random.randn(4, 4) * 0.5, np.random.randn(2, 4)
x, y, h0 = np.random.randn(5, 3, 1), [0, 1, 1, 0, 1], np.random.randn(4, 1)
# ---
"""
SNIPPETS = {
    "R1": "for p in [W, U]: p -= 0.1 * p\nloss = W.sum() + (U ** 2).sum()",
    "R2": (
        "H = np.zeros((6, 4)); H[-1] = h0[:, 0]\nq = np.zeros((4, 1, 5))\n"
        "for t in range(5):\n"
        "  H[t] = np.tanh(W @ x[t][:, 0] + U @ H[t-1]); "
        "q[:, 0, t] = H[t]; q[0, 0, t] -= 1\n"
        "H[H < 0] = 0\nloss = np.sum(H ** 2) + np.sum(q * q)"
    ),
    "R3": "z = np.zeros_like(W); z += W; e = np.eye(4)[[1, 2]]; loss = (e @ z).sum() * np.ones(1)[0]",
    "R5": (
        "L = np.array([[W[0, 0], 1.0], [2, U[0, 1]]]); loss = np.vstack([L, np.append(L[0], 3)[:2]]).prod()"
    ),
    "R6": "acc = np.arange(3) / 2; keep = acc * 1.0; acc += W[0]; loss = np.sum(acc ** 2 * keep)",
    "R7": "one = np.array([1, 2, 3]) / 4; loss = one.dot(W.T).sum() + np.arange(3).dot(W[1])",
    "R8": (
        "hs = {-1: h0.copy()}\nfor t in range(5): hs[t] = np.tanh(W @ x[t] + U @ hs[t-1])\n"
        "c = hs[2]; c += 1; loss = sum(np.sum(V @ hs[t]) for t in hs) + np.sum(hs[3] * hs[2])"
    ),
    "R9": "row = U[1]; row += W[:, 0]; U.T[0] *= 2; U.reshape(-1)[3] = W[0, 0]; loss = (U ** 2).sum()",
    "R10": (
        "g = W * 3; np.clip(g, -1, 1, out=g); np.multiply(g, W, out=g); g.clip(-.5, .5, out=g)\n"
        "loss = g.sum()"
    ),
    "R11": (
        "b = W[:, 0] + h0; p = np.exp(b) / np.exp(b).sum()\n"
        "loss = -np.log(p[np.arange(4), [0, 1, 2, 0]]).sum()"
    ),
    "R12": (
        "loss = 0; s = 0.0\nfor t in range(5):\n  p = np.exp(V @ np.tanh(W @ x[t])); p /= np.sum(p)\n"
        "  loss += -np.log(p[y[t], 0]); s = max(s, float(loss))\n"
        "best = 1e9 if loss > 1e9 else loss; n = '%.3f' % loss"
    ),
    "R13": (
        "class S:\n  def forward(self, z): self.out = 1 / (1 + np.exp(-z)); return self.out\n"
        "a = S(); b = a.forward(W); c = a.forward(W * 2); b *= 2; loss = np.sum(a.out * b)"
    ),
    "R14": (
        "P = {'W': W, 'v': [V, V.copy()]}; P['v'][0][...] = 2; P['v'][1] += V\n"
        "loss = (P['v'][1] ** 2).sum() + W.sum()"
    ),
    "steps": (
        "d = np.zeros(4); np.add.at(d, [0, 1, 0], W[:3, 0])\n"
        "loss = np.sum(d * d) + float(np.linalg.norm(W)) ** 2"
    ),
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_same_numbers(name):
    assert differences(START + SNIPPETS[name]) == []


@pytest.mark.parametrize("name", [name for name in SNIPPETS if name not in {"R1", "R9"}])
def test_the_same_gradients(name):
    assert max(gradient_errors(START + SNIPPETS[name], "W")) < 2e-6


def test_what_differs_is_seen():
    assert differences("a = np.ones(2); b = type(np).__name__; c = {'b': b}; d = [a, 1]") == ["b", "c"]


@pytest.fixture
def folder(tmp_path):
    files = {
        "main.py": "from net import *\nimport net\nl = net.loss_of(net.Net(), net.K)\nname = __name__",
        "net/__init__.py": "from .parts import K\nfrom .core import *\n",
        "net/parts.py": "import numpy as np\nK = np.ones(2)\nfrom . import core",
        "net/core.py": (
            "from __future__ import annotations\nfrom dataclasses import dataclass, field\n"
            "import numpy as np\nfrom . import parts\n@dataclass\nclass Net:\n"
            "  W: np.ndarray = field(default_factory=lambda: np.ones(2))\n"
            "def loss_of(n, k): return np.sum(n.W * k * parts.K)\n"
        ),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_packages_with_imports_in_a_circle(folder):
    before = set(sys.modules)
    world = World(folder / "main.py")
    with world.running():
        module = world.load(folder / "main.py", "__main__")
        assert sys.modules["__main__"] is module
    assert (module.l.item(), module.name) == (2.0, "__main__")
    assert not {"net", "net.core", "parts", "core"} & (set(sys.modules) - before)
    assert sys.modules["__main__"] is not module


def everything():
    drawn = np.random.get_state()[1].tolist()  # noqa: NPY002  # the generator that files use
    streams = sys.stdout, sys.stderr, sys.argv, list(sys.path)
    return random.getstate(), drawn, streams, Tensor.__repr__, open, np.geterr(), os.environ.copy()


def test_everything_is_as_it_was():
    state = everything()
    with pytest.raises(SystemExit):
        on_tensors(
            "import sys, random\nnp.random.rand(3); random.random(); print('x')\n"
            "sys.path.append('y'); sys.exit(3)"
        )
    assert state == everything()


def test_what_it_prints_is_kept():
    _, world = on_tensors("print(np.ones(2), '%d' % np.sum(np.ones(2)), f'{np.ones(1)[0]:.2f}', end='!')")
    assert world.printed.getvalue() == "[1. 1.] 2 1.00!"


def test_it_runs_in_a_thread():
    found = []
    thread = threading.Thread(target=lambda: found.append(on_tensors("a = np.ones(2) * 2")[0]["a"]))
    thread.start()
    thread.join()
    assert isinstance(found[0], Tensor)


def test_waiting_for_input_is_refused_with_the_line():
    with pytest.raises(ForeignError, match=r"line 2: the file waits for input \('n\?'\)"):
        on_tensors("x = 1\nn = input('n?')")


@pytest.mark.parametrize(
    ("text", "n"), [("import sys\na = sys.argv[1]", 4), ("import sys\na = len(sys.argv)", 1)]
)
def test_arguments_are_made_up_where_they_are_asked_for(tmp_path, text, n):
    path = tmp_path / "a.py"
    path.write_text(text)
    world = World(path)
    with world.running():
        world.load(path, "__main__")
        assert len(sys.argv) == n


def test_definitions_of_a_file_that_trains(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("W = 3\ndef step(): return 1\nwhile True: step()")
    world = World(path)
    watch = Watch(world.files, ["step"])
    world.watched_by(watch)
    with world.running(), watch.running():
        assert world.definitions(path, watch).W == 3
