"""What imports find."""

import sys

import pytest
from twins import on_tensors

from minigrad.foreign.missing import Nothing
from minigrad.tensor import Tensor


def imported(text, folder="."):
    found, world = on_tensors(text, folder)
    return found, world.modules


@pytest.mark.parametrize(
    "text",
    [
        "import numpy",
        "import numpy as numpy",
        "import cupy as numpy",
        "import autograd.numpy as numpy",
        "from jax import numpy",
    ],
)
def test_numpy_by_its_names(text):
    found, modules = imported(f"{text}\nx = numpy.ones(2)")
    assert isinstance(found["x"], Tensor)
    assert modules.numpy.ones is found.get("numpy", modules.numpy).ones


@pytest.mark.parametrize(
    "text",
    [
        "from numpy.linalg import norm",
        "import numpy.linalg as la; norm = la.norm",
        "import numpy.linalg; norm = numpy.linalg.norm",
    ],
)
def test_parts_of_numpy(text):
    assert imported(f"{text}\nr = norm(np.ones(4))")[0]["r"].item() == 2


def test_an_own_file_comes_first_and_python_before_those_further_away(tmp_path):
    inner = tmp_path / "random" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "random" / "x.py").write_text("")
    (tmp_path / "argparse.py").write_text("X = 1")
    (tmp_path / "layers.py").write_text("X = 1")
    (inner / "string.py").write_text("X = 2")
    found, _ = imported(
        (
            "import random, argparse, layers, string\n"
            "r = random.random(); p = argparse.ArgumentParser; a = layers.X; b = string.X"
        ),
        inner,
    )
    assert (found["a"], found["b"]) == (1, 2)


def test_a_folder_is_a_package(tmp_path):
    (tmp_path / "util").mkdir()
    (tmp_path / "util" / "ops.py").write_text("import numpy as np\ndef f(x): return x * np.ones(2)")
    found, _ = imported(
        "import util.ops as o\nfrom util import ops\nfrom util.ops import *\nr = o.f(2) + ops.f(1) + f(0)",
        tmp_path,
    )
    assert found["r"].tolist() == [3, 3]


def test_a_folder_that_the_file_adds(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "extra.py").write_text("X = 3")
    found, _ = imported(
        f"import sys; sys.path.insert(0, {str(tmp_path / 'lib')!r})\nimport extra\nr = extra.X", tmp_path
    )
    assert found["r"] == 3
    assert "extra" not in sys.modules


def test_what_is_not_there_is_made_up_and_told():
    text = (
        "from acts import sigmoid, Layer\nimport acts.more as m\n"
        "class A(Layer, m.Base):\n  def __init__(self): super().__init__(3)\n"
    )
    found, modules = imported(f"{text}a = A(); r = sigmoid(np.zeros(2)); n = m.thing(3)")
    assert found["r"].tolist() == [0.5, 0.5]
    assert isinstance(found["n"], Nothing)
    assert modules.absent == ["acts"]


def test_a_star_brings_the_names_that_are_used(tmp_path):
    (tmp_path / "net.py").write_text(
        "from acts import *\nclass A(Layer): pass\nr = softmax(np.zeros((2, 1)))\ns = str(3)"
    )
    found, _ = imported("import net\nr = net.r; s = net.s", tmp_path)
    assert (found["r"].tolist(), found["s"]) == ([[0.5], [0.5]], "3")


def test_absence_that_a_file_provides_for(tmp_path):
    (tmp_path / "net.py").write_text(
        "try:\n  import fastlib.core as f\nexcept ImportError:\n  f = None\nimport slowlib"
    )
    found, modules = imported("import net\nr = net.f", tmp_path)
    assert found["r"] is None
    assert modules.absent == ["slowlib"]


def test_relative_imports_of_what_is_not_there():
    found, _ = imported("from . import utils\nfrom .acts import tanh\nr = tanh(np.zeros(2)); n = utils.f(2)")
    assert found["r"].tolist() == [0, 0]
    assert isinstance(found["n"], Nothing)


def test_packages_of_which_we_have_a_little():
    found, modules = imported(
        "from nltk import word_tokenize\nfrom nltk.tokenize import *\n"
        "from sklearn.datasets import make_moons\nr = word_tokenize('a b'); x, y = make_moons(6)"
    )
    assert found["r"] == ["a", "b"]
    assert isinstance(found["x"], Tensor) or "sklearn" not in modules.absent
