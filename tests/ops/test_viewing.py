"""What is written to a view is written to what it shows, as in NumPy, and differentiated so."""

import gc

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg

X = np.arange(1.0, 13.0).reshape(3, 4)

WRITES = {
    "row of a row": lambda y: y[1].__setitem__(2, 50.0),
    "row": lambda y: y[0].__iadd__(y[2]),
    "slice of a slice": lambda y: y[1:][0].__imul__(3.0),
    "transpose": lambda y: y.T.__setitem__(0, 7.0),
    "reshape": lambda y: y.reshape(-1).__setitem__(slice(2, 6), np.arange(4.0)),
    "reshape of a transpose copies": lambda y: y.T.reshape(-1).__setitem__(slice(2, 6), 0.0),
    "ravel": lambda y: y.ravel().__itruediv__(2.0),
    "flatten copies": lambda y: y.flatten().__setitem__(0, 9.0),
    "swapped axes": lambda y: np.swapaxes(y, 0, 1)[1].__isub__(1.0),
    "new axis": lambda y: np.expand_dims(y, 0)[0, 1].__setitem__(0, 3.0),
    "squeezed": lambda y: np.squeeze(y[:1]).__setitem__(3, 3.0),
    "flipped": lambda y: np.flip(y, 0)[0].__imul__(2.0),
    "by an array copies": lambda y: y[[0, 1]].__setitem__(0, 9.0),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_value_and_gradient_are_those_of_the_same_lines_on_an_array(write):
    def f(x):
        y = x * 1.0
        write(y)
        return np.sum(y * y * np.arange(12.0).reshape(3, 4))

    x = mg.Tensor(X)
    loss = f(x)
    assert loss.item() == pytest.approx(f(X.copy()), rel=1e-14)
    assert_gradient(mg.backprop(loss)[x], complex_step(f, X))


def test_a_view_stays_one_after_it_was_written_to():
    y = mg.Tensor(X) * 1.0
    row = y[0]
    row += 1
    row *= 2
    assert y.value[0].tolist() == row.value.tolist() == [4, 6, 8, 10]


def test_a_number_taken_out_is_no_view():
    y = mg.Tensor([1.0, 2.0]) * 1.0
    first = y[0]
    first += 5
    assert y.value.tolist() == [1, 2]


READS = {
    "base written": lambda a: (v := a[0], a.__imul__(2.0), v * a)[-1],
    "sibling written": lambda a: (v := a[0], w := a[:2], v.__iadd__(1.0), w * a[:2])[-1],
    "rows not swapped": lambda a: (y := a[0], a.__setitem__(0, a[1]), a.__setitem__(1, y), a * 1.0)[-1],
    "transpose": lambda a: (t := a.T, a.__setitem__((0, 1), 5.0), t * 2.0)[-1],
    "view of a view": lambda a: (v := a[1:], w := v[0], a.__imul__(3.0), w * v)[-1],
    "written after the base": lambda a: (v := a[0], a.__iadd__(1.0), v.__imul__(2.0), a * 1.0)[-1],
    "rows of a loop": lambda a: ([row.__imul__(2.0) for row in a], a * 1.0)[-1],
    "parts of a split": lambda a: (p := np.split(a, [1]), p[0].__imul__(3.0), p[1].__imul__(2.0), a * 1.0)[
        -1
    ],
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_view_shows_what_was_written_since(read):
    def f(x):
        y = read(x * 1.0)
        return np.sum(y * y * np.arange(1.0, y.size + 1).reshape(y.shape))

    x = mg.Tensor(X)
    loss = f(x)
    assert loss.item() == pytest.approx(f(X.copy()), rel=1e-14)
    assert_gradient(mg.backprop(loss)[x], complex_step(f, X))


def test_what_was_computed_from_a_view_before_keeps_the_old_value():
    W = mg.Tensor(X, "W")
    loss = np.sum(np.sin(W.T))
    W -= 1.0
    assert loss.item() == np.sum(np.sin(X))
    np.testing.assert_allclose(mg.backprop(loss)[W], np.cos(X), rtol=1e-14)


def test_writing_to_views_leaves_no_cycle():
    gc.collect()
    y = mg.Tensor(X) * 1.0
    row = y[0]
    row += y[1]
    row *= 2.0
    loss = np.sum(y)
    del y, row, loss
    assert gc.collect() == 0
