"""Reading and writing by any index of NumPy, against the complex step on plain arrays."""

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from oracles import assert_gradient, complex_step

import minigrad as mg

SETTINGS = settings(max_examples=120, deadline=None, derandomize=True)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)


@st.composite
def part(draw, length, common):
    """An index of one axis."""
    kind = draw(st.sampled_from(["integer", "slice", "array", "list", "mask", "NumPy integer"]))
    if kind == "slice":
        return draw(st.slices(length))
    if kind == "mask":
        return draw(hnp.arrays(bool, length))
    assume(length > 0)
    entries = st.integers(-length, length - 1)
    if kind == "integer":
        return draw(entries)
    if kind == "NumPy integer":
        return np.int64(draw(entries))
    array = draw(hnp.arrays(int, common, elements=entries))
    return array.tolist() if kind == "list" else array


@st.composite
def mixed(draw, shape):
    """A part for each of the first axes, with new axes and an ellipsis among them."""
    common = draw(st.sampled_from([(), (1,), (2,), (3, 1), (2, 2)]))
    key = [draw(part(n, common)) for n in shape[: draw(st.integers(0, len(shape)))]]
    for extra in draw(st.lists(st.sampled_from([None, ..., True, False]), max_size=2)):
        assume(extra is not ... or not any(p is ... for p in key))
        key.insert(draw(st.integers(0, len(key))), extra)
    return tuple(key)


@st.composite
def open_mesh(draw, shape):
    """np.ix_ of a list for each axis."""
    assume(all(shape) and shape)
    return np.ix_(*[draw(st.lists(st.integers(-n, n - 1), min_size=1, max_size=3)) for n in shape])


def keys(shape):
    forms = [
        hnp.basic_indices(shape, allow_newaxis=True, allow_ellipsis=True, max_dims=5),
        hnp.arrays(bool, shape),
        mixed(shape),
    ]
    if shape and all(shape):
        forms += [hnp.integer_array_indices(shape), open_mesh(shape)]
    return st.one_of(forms)


@st.composite
def cases(draw):
    """The shape of an array and an index that NumPy takes for it."""
    shape = draw(SHAPES)
    key = draw(keys(shape))
    try:
        place = np.zeros(shape)[key]
    except IndexError:
        reject()
    assume(place.size < 100)
    return shape, key


def numbers(*shape):
    """Entries that are all different."""
    return np.asarray(0.3 + np.arange(float(np.prod(shape, dtype=int))).reshape(shape) / 7)


def weighted(y):
    """A scalar in which no two entries count the same."""
    return np.sum(np.sin(y) * (1.0 + np.arange(float(y.size)).reshape(y.shape)))


def reduced(draw, place):
    """A shape that broadcasts to `place`, in some of the ways that there are."""
    shape = tuple(1 if draw(st.booleans()) else n for n in place)
    return draw(st.sampled_from([place, shape, shape[len(shape) // 2 :], (), (1, *place)]))


@SETTINGS
@given(cases())
def test_reading(case):
    shape, key = case
    x = mg.Tensor(numbers(*shape))
    y = x[key]
    np.testing.assert_array_equal(y.value, x.value[key], strict=True)
    assert_gradient(
        mg.backprop(weighted(y))[x], complex_step(lambda x: weighted(np.asarray(x[key])), x.value)
    )


@SETTINGS
@given(cases())
def test_the_second_derivative_of_reading(case):
    shape, key = case
    x = mg.Tensor(numbers(*shape))
    g = mg.backprop(weighted(x[key]), record=True)[x]
    wanted = complex_step(lambda z: np.sum(np.cos(z) * slope_of_reading(z, key)), x.value)
    assert_gradient(mg.backprop(np.sum(np.cos(x) * g))[x], wanted)


def slope_of_reading(x, key):
    """The gradient of weighted(x[key]), for complex x too."""
    found = np.zeros(x.shape, x.dtype)
    y = np.asarray(x[key])
    np.add.at(found, key, np.cos(y) * (1.0 + np.arange(float(y.size)).reshape(y.shape)))
    return found


@pytest.mark.parametrize("symbol", ["=", "+=", "*="])
@SETTINGS
@given(st.data())
def test_writing(symbol, data):
    shape, key = data.draw(cases())
    start = numbers(*shape)
    value = 2.0 + numbers(*reduced(data.draw, np.shape(start[key])))
    if symbol != "=":
        assume(np.broadcast_shapes(np.shape(start[key]), value.shape) == np.shape(start[key]))

    def program(x, v):
        y = np.copy(x)
        if symbol == "=":
            y[key] = v
        elif symbol == "+=":
            y[key] += v
        else:
            y[key] *= v
        return y

    x, v = mg.Tensor(start), mg.Tensor(value)
    try:
        want = program(start, value)
    except (ValueError, TypeError) as error:
        # NumPy does not let every value of one entry be written everywhere.
        with pytest.raises(type(error)):
            program(x, v)
        return
    y = program(x, v)
    np.testing.assert_allclose(y.value, want, rtol=1e-15)
    grads = mg.backprop(weighted(y))
    assert_gradient(grads[x], complex_step(lambda z: weighted(program(z, value)), start))
    wanted = complex_step(lambda w: weighted(program(start.astype(complex), w)), value)
    assert_gradient(grads[v], wanted)


@pytest.mark.parametrize(
    "key",
    [((0, 1), (1, 2)), (range(2), 0), (slice(np.int64(1), None), np.array(2)), ((),), ([[0], [1]], [0, 2])],
    ids=repr,
)
def test_tuples_ranges_and_arrays_of_one_number(key):
    x = mg.Tensor(numbers(2, 3))
    np.testing.assert_array_equal(x[key].value, x.value[key])
    got = mg.backprop(weighted(x[key]))[x]
    assert_gradient(got, complex_step(lambda x: weighted(x[key]), x.value))
