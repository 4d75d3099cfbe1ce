"""What writes into arrays, and what walks through their entries."""

import pytest
from twins import differences, gradient_errors

START = "a, v = np.random.randn(3, 2), np.random.randn(2)\n# ---\nx = a * 1\n"
LINES = [
    "np.add.at(x, [0, 1, 0], v)",
    "np.subtract.at(x, ([0, 0], [1, 1]), v)",
    "np.multiply.at(x, [0, 0, 1], 2.0)",
    "np.put(x, [0, 4], v)",
    "x.put([0, 9], 5, mode='wrap')",
    "np.copyto(x, v)",
    "np.copyto(x, v, where=x > 0)",
    "np.fill_diagonal(x, 7)",
    "np.fill_diagonal(x, v)",
    "np.place(x, x > 0, v)",
    "np.putmask(x, x > 0, v[0])",
    "np.put_along_axis(x, np.array([[0], [1], [1]]), 3 * v[:1], 1)",
    "np.put_along_axis(x, np.array([0, 3]), v, None)",
    "for e in np.nditer(x, op_flags=['readwrite']): e[...] = 2 * e",
    (
        "it = np.nditer(x, flags=['multi_index'])\n"
        "while not it.finished: x[it.multi_index] += it.index; it.iternext()\ndel it"
    ),
    "for i, e in np.ndenumerate(x): x[i] = e * 2",
    "for i in np.ndindex(*x.shape): x[i] *= 2",
    "x.flat[3] = v[0]; x.flat[:2] = v; x.flat = x.flat[::-1]",
    "x.T.flat[1] = v[0]",
    "r = sum(e * e for e in x.flat); n = len(x.flat)",
    "with np.nditer([x], op_flags=['readwrite']) as it:\n  for e in it: e[...] = e + 1\ndel it",
    "it = np.nditer(x); it[0] is None; it.reset(); del it",
]


@pytest.mark.parametrize("line", LINES)
def test_the_same_values(line):
    assert (
        differences(
            START.replace("# ---\n", "")
            + line.replace("it.index;", "1;")
            + "\nfor n in 'ei': globals().pop(n, 0)"
        )
        == []
    )


@pytest.mark.parametrize("line", [line for line in LINES if "multiply" not in line and "9], 5" not in line])
def test_the_same_gradients(line):
    text = f"{START}{line.replace('it.index;', '1;')}\nloss = (x ** 2).sum()"
    assert (
        max(
            gradient_errors(text, "a", "v")
            if "v" in line.replace("value", "")
            else gradient_errors(text, "a")
        )
        < 1e-6
    )


def test_arrays_of_integers_are_written_by_numpy():
    assert (
        differences(
            "n = np.arange(4); np.put(n, 1, 7); np.add.at(n, [0, 0], 1); np.copyto(n, 3, where=n > 2)"
        )
        == []
    )
    assert (
        differences(
            "n = np.arange(4); r = [int(e) for e in np.nditer(n)]; np.fill_diagonal(n.reshape(2, 2), 0)"
        )
        == []
    )
