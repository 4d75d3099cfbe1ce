"""What tensors have while a file runs, and lack again afterwards."""

import pytest
from twins import differences, on_tensors

from minigrad.foreign.attributes import LENT, lent
from minigrad.tensor import Tensor

LINES = [
    "r = x.flags.c_contiguous, x.itemsize, x.strides, x.base is None, x.nbytes",
    "r = x.real; r[0] = 5",
    "r = x.view(); r[0] = 5",
    "x.shape = (3, 2)",
    "x.shape = 6",
    "r = x.tobytes()",
    "r = x.dot(x.T, out=np.zeros((2, 2)))",
    "x.clip(-1, 1, out=x)",
    "r = np.zeros(3); x.sum(axis=0, out=r); x.mean(0, out=r)",
    "x.sort(); x.fill(2)",
    "r = x.sum(axis=0, keepdims=True, dtype=float)",
    (
        "r = str(x), repr(x), f'{x[0, 0]:.3f}', '{:8.2e}'.format(x[0, "
        "1]), '%d %s' % (x[0, 0], x), str([x[0, 0], x])"
    ),
    "r = round(x[0, 0]), round(x[0, 0], 2), complex(x[0, 0]), int(x[0, 0]), divmod(x[0, 0], 1)",
    "import json; r = json.dumps({'a': float(x[0, 0]), 'b': x.tolist()})",
    "import copy; r = copy.deepcopy([x, x]); r[0] += 1",
    "fmt = '%.2f'; r = fmt % x[0, 0], fmt % (x[0, 1],), '%(a)s' % {'a': x}",
    (
        "r = x.argmax(), x.any(), (x > 0).all(), x[0].argsort(), "
        "x.ravel().cumsum(), x.take([0], axis=1), x.trace(), x.var(ddof=1)"
    ),
]


@pytest.mark.parametrize("line", LINES)
def test_the_same(line):
    assert differences(f"x = np.random.randn(2, 3)\n{line}") == []


def test_a_pickle_goes_through_the_same_numbers():
    found, _ = on_tensors(
        "import pickle\nx = np.random.randn(2)\n"
        "y = pickle.loads(pickle.dumps({'a': [x]}))['a'][0]\ns = (y - x).sum()"
    )
    assert found["s"].item() == 0


def test_they_are_taken_back():
    names = {name: vars(Tensor).get(name) for name in LENT}
    with lent():
        assert "put" in vars(Tensor)
        x = Tensor([[1.0, 3.0]])
        x.itemset(0, 5.0)
        x.itemset((0, 1), 6.0)
        assert (x.tolist(), x.ptp().item()) == ([[5, 6]], 1)
    assert names == {name: vars(Tensor).get(name) for name in LENT}
    assert not hasattr(Tensor([1.0]), "flat")
