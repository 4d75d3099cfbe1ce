import collections
import math
import threading

import numpy as np
import pytest
from oracles import central_difference

import minigrad as mg

RNG = np.random.default_rng(11)


def normal(*shape):
    return RNG.normal(size=shape)


def positive(*shape):
    return RNG.uniform(0.3, 2.0, shape)


def symmetric(n):
    a = normal(n, n)
    return a @ a.T + n * np.eye(n)


FORMS = {
    "scalar on the left": (lambda x: np.float64(2.5) / x + 3 - [1.0, 2.0, 4.0] * x, positive(2, 3)),
    "integers on the left": (lambda x: np.arange(1, 4) ** x, positive(2, 3)),
    "truth values": (lambda x: np.array([True, False, True]) * x, normal(2, 3)),
    "x to the x": (lambda x: x**x, positive(4)),
    "outer broadcasting": (lambda x: x[:, None] * x, normal(4)),
    "sum of no axes": (lambda x: np.sum(x**2, axis=()), normal(2, 3)),
    "negative axes kept": (lambda x: np.std(x, axis=(-1, 0), ddof=1, keepdims=True), normal(2, 3, 4)),
    "mean with a mask": (lambda x: np.mean(x**2, axis=1, where=[True, False, True]), normal(2, 3)),
    "max with an initial": (lambda x: np.max(x, axis=1, initial=0.1), normal(4, 3)),
    "prod of several axes": (lambda x: np.prod(x, axis=(0, 2)), normal(2, 3, 2)),
    "cumprod": (lambda x: np.cumprod(x, axis=-2), normal(3, 2)),
    "average": (lambda x: np.average(x, axis=(0, 2), weights=x[:, 0] ** 2), positive(2, 3, 4)),
    "covariance": (lambda x: np.cov(x[:, :2], x[:, 2], rowvar=False), normal(5, 3)),
    "quantiles": (lambda x: np.quantile(x, [0.2, 0.7], axis=1), normal(3, 5)),
    "median of even": (lambda x: np.median(x, axis=0, keepdims=True), normal(4, 3)),
    "sort of everything": (lambda x: np.sort(x, axis=None), normal(2, 3)),
    "trapezoid": (lambda x: np.trapezoid(x[0], x[1]), normal(2, 5)),
    "second difference": (lambda x: np.diff(x, 2, axis=0, prepend=0.0), normal(4, 2)),
    "linspace between arrays": (lambda x: np.linspace(x[0], x[1], 4, axis=-1), normal(2, 3)),
    "interpolation": (lambda x: np.interp([0.3, 1.6], [0.0, 1, 2], x), normal(3)),
    "reshape in F order": (lambda x: np.reshape(x, (4, -1), order="F"), normal(2, 3, 4)),
    "roll along two": (lambda x: np.roll(x, (1, -2), axis=(0, 1)), normal(3, 4)),
    "repeat by counts": (lambda x: np.repeat(x, [2, 0, 1], axis=1), normal(2, 3)),
    "tile to more axes": (lambda x: np.tile(x, (2, 1, 2)), normal(2, 3)),
    "pad by reflection": (lambda x: np.pad(x, ((1, 0), (2, 1)), mode="reflect"), normal(3, 4)),
    "insert several": (lambda x: np.insert(x, [1, 3], x[0] ** 2, axis=0), normal(4, 2)),
    "delete by a mask": (lambda x: np.delete(x, [True, False, True], axis=1), normal(2, 3)),
    "blocks": (lambda x: np.block([[x, x.T], [np.ones((1, 2)), x[:1]]]), normal(2, 2)),
    "unequal parts": (lambda x: np.concatenate(np.array_split(x, 3)[::-1]), normal(5)),
    "choose": (lambda x: np.choose([0, 2, 1], [x[0], x[1], x[2]]), normal(3, 3)),
    "advanced and sliced": (lambda x: x[:, None, [0, 2, 2], ::-1], normal(2, 3, 4)),
    "mask of the value": (lambda x: x[x > 0] ** 2, normal(3, 3)),
    "grid of indices": (lambda x: x[np.ix_([0, 1, 1], [3, 0])], normal(2, 4)),
    "diagonal of a stack": (lambda x: np.diagonal(x, offset=1, axis1=-1, axis2=0), normal(3, 2, 4)),
    "dot of a stack": (lambda x: np.dot(x, x[0].T), normal(2, 3, 4)),
    "batches that broadcast": (lambda x: x[:, None] @ x, normal(2, 3, 3)),
    "constant matrix on the left": (lambda x: np.arange(6.0).reshape(2, 3) @ x**2, normal(3, 2)),
    "contraction of lists": (lambda x: np.tensordot(x, x, axes=([0, 2], [1, 2])), normal(3, 3, 4)),
    "repeated index": (lambda x: np.einsum("iji,j->i", x, x[0, :, 0]), normal(3, 2, 3)),
    "ellipsis": (lambda x: np.einsum("...ij,...kj->k...", x, x[0]), normal(2, 3, 4)),
    "kron of a stack": (lambda x: np.kron(x, x[0]), normal(2, 2, 3)),
    "solve for a stack": (lambda x: np.linalg.solve(x + 4 * np.eye(3), x[0]), normal(2, 3, 3)),
    "slogdet": (lambda x: np.linalg.slogdet(x)[1], symmetric(3)),
    "cholesky": (lambda x: np.linalg.cholesky((x + x.T) / 2), symmetric(3)),
    "eigenvalues": (lambda x: np.linalg.eigh(x)[0], symmetric(3)),
    "singular values": (lambda x: np.linalg.svd(x, compute_uv=False), normal(3, 2)),
    "pseudo-inverse": (np.linalg.pinv, normal(4, 2)),
    "negative power": (lambda x: np.linalg.matrix_power(x, -2), symmetric(3) / 3),
    "norm of rows": (lambda x: np.linalg.norm(x, 3, axis=-1), normal(3, 4)),
    "power spectrum": (lambda x: np.abs(np.fft.rfft(x, n=6, norm="ortho")) ** 2, normal(5)),
    "convolution by spectra": (lambda x: np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(x), 5), normal(5)),
    "masked pole": (lambda x: np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), x), normal(6)),
}


def scalar(form, weight):
    return lambda x: np.sum(form(x) * weight)


@pytest.fixture(params=FORMS)
def case(request):
    form, x = FORMS[request.param]
    weight = np.random.default_rng(3).normal(size=np.shape(form(x)))
    return form, x, scalar(form, weight)


def test_the_value_is_that_of_numpy(case):
    form, x, _ = case
    for array, tolerance in ((x, 1e-10), (x.astype(np.float32), 1e-4)):
        wanted, found = np.asarray(form(array)), form(mg.Tensor(array)).value
        assert found.shape == wanted.shape
        assert found.dtype == wanted.dtype
        np.testing.assert_allclose(found, wanted, rtol=tolerance, atol=tolerance)


def test_both_modes_agree_with_differences(case):
    _, x, f = case
    found = mg.grad(f)(x)
    np.testing.assert_allclose(found, central_difference(f, x), rtol=1e-5, atol=1e-6)
    tangent = np.random.default_rng(5).normal(size=x.shape)
    assert mg.jvp(f, (x,), (tangent,))[1] == pytest.approx(np.sum(found * tangent), rel=1e-10, abs=1e-10)


def test_second_derivatives_agree_with_differences_of_the_first(case):
    _, x, f = case
    v = np.random.default_rng(7).normal(size=x.shape)

    def slope(z):
        return np.sum(mg.grad(f)(z) * v)

    wanted = central_difference(slope, x)
    np.testing.assert_allclose(mg.hvp(f)(x, v), wanted, rtol=1e-4, atol=1e-5)
    along = mg.jvp(mg.grad(f), (x,), (v,))[1]
    np.testing.assert_allclose(along, wanted, rtol=1e-4, atol=1e-5)


def spread(x):
    """The entries of x, each with a gap behind it in memory."""
    wide = np.full([2 * n for n in x.shape], np.nan)
    wide[tuple(slice(0, None, 2) for _ in x.shape)] = x
    return wide[tuple(slice(0, None, 2) for _ in x.shape)]


def locked(x):
    x = x.copy()
    x.flags.writeable = False
    return x


LAYOUTS = {
    "columns": lambda x: np.array(x, order="F"),
    "gaps": spread,
    "backwards": lambda x: np.flip(np.flip(x).copy()),
    "read-only": locked,
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_the_layout_in_memory_does_not_matter(case, layout):
    _, x, f = case
    given = layout(x)
    found = mg.grad(f)(given)
    np.testing.assert_allclose(found, mg.grad(f)(x), rtol=1e-9, atol=1e-12)
    assert found.flags.writeable
    assert not np.shares_memory(found, given)


def through_a_row(a, x):
    row = a[1]
    row += x[0]


def through_two_views(a, x):
    column = a[:, 1]
    column *= 2.0
    column[1:] -= x[0, 0]


def through_a_transpose(a, x):
    a.T[0] = x[1]


def through_a_shape(a, x):
    a.reshape(-1)[::2] *= x[0, 0]


def overlapping(a, x):
    a[1:] += a[:-1]
    a[:, ::-1] *= x


def recursive(a, x):
    for i in range(3):
        a[i] = a[i - 1] * a[i] + x[i]


def repeated(a, x):
    a[[0, 0, 1]] = x
    a[[0, 0]] += 1.0


def itself(a, x):
    a += a
    a *= a
    a -= a * x


def masked(a, x):
    a[a > 0.5] = 0.5
    a[x < 0] = x[x < 0] ** 2


PROGRAMS = [
    through_a_row, through_two_views, through_a_transpose, through_a_shape,
    overlapping, recursive, repeated, itself, masked,
]  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_a_program_that_writes_is_that_of_numpy(program):
    x = np.array([[1.3, -0.4, 0.7], [0.2, 2.1, -1.1], [-0.6, 0.55, 1.7]])
    weight = np.arange(1.0, 10).reshape(3, 3)

    def f(x):
        a = x * 1.0
        before = a * a
        program(a, x)
        return np.sum(np.sin(a) * weight + before)

    before = x.copy()
    value, slope = mg.value_and_grad(f)(x)
    assert value == pytest.approx(f(before), rel=1e-12)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_allclose(slope, central_difference(f, x), rtol=1e-5, atol=1e-6)


def test_an_inner_derivative_does_not_see_the_outer_change():
    assert mg.grad(lambda x: x * mg.grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert mg.grad(lambda x: x * mg.grad(lambda y: x * y)(2.0))(3.0) == 6.0
    assert mg.grad(lambda x: mg.jvp(lambda y: x * y**2, (3.0,), (1.0,))[1])(5.0) == 6.0
    assert mg.jvp(lambda x: mg.grad(lambda y: x**2 * y)(3.0), (5.0,), (1.0,))[1] == 10.0


def test_the_fifth_derivative_of_tanh():
    f = np.tanh
    for _ in range(5):
        f = mg.grad(f)
    t = math.tanh(0.3)
    assert f(0.3) == pytest.approx((1 - t**2) * (16 - 120 * t**2 + 120 * t**4), rel=1e-10)


def test_a_derivative_inside_a_loss_depends_on_what_it_is_taken_of():
    x = np.array([0.3, 0.7, -0.2])
    assert mg.grad(lambda w: np.sum(mg.hessian(lambda x: np.sum(w * x**3))(x)))(2.0) == pytest.approx(
        6 * x.sum()
    )
    assert mg.grad(lambda w: np.sum(mg.jacobian(lambda x: w * x**2)(x)))(2.0) == pytest.approx(2 * x.sum())


def test_containers_come_back_as_they_were_and_share_nothing():
    pair = collections.namedtuple("pair", "w b")  # noqa: PYI024  # of floats and arrays alike
    shared = np.array([1.0, 2.0])
    third = collections.OrderedDict(z=np.float32([3.0]))
    given = {"p": [pair(shared, shared), (2.0,)], "k": third, "none": []}

    def f(t):
        first, (factor,) = t["p"]
        return np.sum(first.w * first.b) * factor + np.sum(t["k"]["z"] ** 2)

    found = mg.grad(f)(given)
    assert type(found["p"][0]) is pair
    assert type(found["k"]) is collections.OrderedDict
    assert found["none"] == []
    assert found["k"]["z"].dtype == np.float32
    np.testing.assert_array_equal(found["p"][0].w, [2.0, 4.0])
    assert found["p"][1] == (5.0,)
    arrays = [found["p"][0].w, found["p"][0].b, shared]
    assert not any(np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i])


def test_the_caller_may_change_everything_between_forward_and_backward():
    x, constant, seed = np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.ones(2)
    value, pull = mg.vjp(lambda x: np.exp(x) * constant, x)
    first = pull(seed)[0]
    wanted = first.copy()
    for array in (value, x, constant, first):
        array[:] = -7.0
    np.testing.assert_array_equal(pull(seed)[0], wanted)
    np.testing.assert_array_equal(seed, np.ones(2))


def test_threads_do_not_disturb_each_other():
    points = [np.random.default_rng(k).normal(size=4) for k in range(4)]
    found = {}

    def work(k):
        for _ in range(20):
            with mg.time_step(k):
                found[k] = mg.hessian(lambda x: np.sum(np.tanh(x) ** 3 * x[::-1]))(points[k])

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for k, x in enumerate(points):
        wanted = mg.hessian(lambda x: np.sum(np.tanh(x) ** 3 * x[::-1]))(x)
        np.testing.assert_array_equal(found[k], wanted)
