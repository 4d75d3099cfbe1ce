"""Sums of products over named indices at orders 1, 2 and 3, in every form of the arguments."""

import autograd
import autograd.numpy as anp
import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg

RNG = np.random.default_rng(29)


def draw(*shape):
    return RNG.uniform(-2, 2, shape)


CASES = [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ba", (2, 3)),
    ("ij->", (2, 3)),
    ("ij->i", (2, 3)),
    ("ij->ji", (2, 3)),
    ("i,j->ij", (2,), (3,)),
    ("i,i", (3,), (3,)),
    ("i,i->i", (3,), (3,)),
    ("ijk,ilm,njm,nlk,abc->", (2, 3, 4), (2, 5, 2), (3, 3, 2), (3, 5, 4), (1, 2, 2)),
    ("ij,kl->il", (2, 3), (4, 5)),
    ("ii", (3, 3)),
    ("ii->i", (3, 3)),
    ("iji->ij", (3, 2, 3)),
    ("iijj->ij", (2, 2, 3, 3)),
    ("iii->", (3, 3, 3)),
    ("ii,ij->j", (3, 3), (3, 4)),
    ("iij,jkk->ik", (2, 2, 3), (3, 4, 4)),
    ("...ij,...jk->...ik", (5, 2, 3), (3, 4)),
    ("...ij,...jk", (2, 1, 2, 3), (5, 3, 4)),
    ("i...,i->...", (3, 2, 4), (3,)),
    ("i...j,j...->...i", (2, 5, 3), (3, 4, 5)),
    ("...,...", (3,), (2, 1)),
    ("...ii->...i", (2, 3, 3)),
    ("...->...", (2, 3)),
    ("i...->i...", (2, 3)),
    ("ij,ij->ij", (1, 3), (2, 3)),
    ("ij,jk->k", (2, 1), (3, 4)),
    ("ij,ij->", (2, 1), (1, 3)),
    (",i->i", (), (3,)),
    (" i j , j -> i ", (2, 3), (3,)),
    ("aB,Bc", (2, 3), (3, 4)),
    ("ij,jk->ik", (2, 0), (0, 4)),
    ("ij->i", (0, 3)),
    ("i->", (0,)),
]


@pytest.mark.parametrize("optimize", [False, True, "greedy"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].replace("->", "→"))
def test_subscripts_as_text(case, optimize):
    text, *shapes = case
    xs = [draw(*shape) for shape in shapes]

    def f(*xs):
        return np.einsum(text, *xs, optimize=optimize)

    check_values_and_types(f, *xs)
    if optimize is False:
        check_orders(f, *xs)
        check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    for k, x in enumerate(xs):
        check_values_and_types(lambda x, k=k: f(*xs[:k], x.astype(float), *xs[k + 1 :]), x)


SUBLISTS = [
    ([(2, 3), [0, 1], (3, 4), [1, 2], [0, 2]]),
    ([(2, 3), [0, 1], (3, 4), [1, 2]]),
    ([(2, 3), [30, 1]]),
    ([(3, 3), [0, 0]]),
    ([(5, 2, 3), [..., 0, 1], (3, 4), [1, 2], [..., 2, 0]]),
    ([(3, 2, 3), [7, 51, 7], [51, 7]]),
    ([(2, 3), [0, 1], []]),
]


@pytest.mark.parametrize("call", SUBLISTS, ids=str)
def test_subscripts_as_lists(call):
    places = [k for k, part in enumerate(call) if isinstance(part, tuple)]
    xs = [draw(*call[k]) for k in places]

    def f(*xs):
        given = list(call)
        for k, x in zip(places, xs, strict=True):
            given[k] = x
        return np.einsum(*given)

    check_values_and_types(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)


def test_a_given_path_is_followed():
    path = ["einsum_path", (1, 2), (0, 1)]
    check_values_and_types(
        lambda *xs: np.einsum("ij,jk,kl->il", *xs, optimize=path), draw(2, 3), draw(3, 4), draw(4, 5)
    )


# HIPS/autograd has no repeated indices, and none of length 1 beside others.
@pytest.mark.parametrize("case", [*CASES[:9], CASES[10], *CASES[18:23]], ids=str)
def test_a_second_opinion(case):
    text, *shapes = case
    xs = [draw(*shape) for shape in shapes]
    leaves = [mg.Tensor(x) for x in xs]
    table = mg.backprop(np.sum(np.einsum(text, *leaves) ** 2))
    for i, x in enumerate(leaves):
        want = autograd.grad(lambda *xs: anp.sum(anp.einsum(text, *xs) ** 2), i)(*xs)
        np.testing.assert_allclose(table[x], want, rtol=1e-12)


@st.composite
def contractions(draw_from):
    """Any subscripts over indices a to e, each of its own length or, in some operands, of length 1."""
    lengths = dict(zip("abcde", draw_from(st.permutations([1, 2, 3, 4, 5])), strict=True))
    terms = draw_from(st.lists(st.text("abcde", max_size=4), min_size=1, max_size=3))
    used = sorted(set("".join(terms)))
    chosen = draw_from(st.lists(st.sampled_from(used), unique=True)) if used else []
    out = "->" + "".join(chosen) if draw_from(st.booleans()) else ""
    short = [draw_from(st.booleans()) and len(set(term)) == len(term) for term in terms]
    shapes = [
        tuple(1 if squeezed and index < "c" else lengths[index] for index in term)
        for term, squeezed in zip(terms, short, strict=True)
    ]
    return ",".join(terms) + out, shapes


@hypothesis.settings(max_examples=60, deadline=None, derandomize=True, database=None)
@hypothesis.given(contractions())
def test_any_contraction(contraction):
    text, shapes = contraction
    rng = np.random.default_rng(1)
    xs = [rng.uniform(-1, 1, shape) for shape in shapes]
    leaves = [mg.Tensor(x) for x in xs]
    y = np.einsum(text, *leaves)
    want = np.einsum(text, *xs)
    np.testing.assert_allclose(y.value, want, rtol=1e-12, atol=1e-13)
    G = rng.uniform(-1, 1, want.shape)
    table = mg.backprop(y, seed=G)
    # The product is linear in each operand, so one evaluation gives its slope along v exactly.
    for i, x in enumerate(leaves):
        v = rng.uniform(-1, 1, x.shape)
        along = np.sum(G * np.einsum(text, *xs[:i], v, *xs[i + 1 :]))
        np.testing.assert_allclose(np.sum(table[x] * v), along, rtol=1e-9, atol=1e-10)


def test_off_the_diagonal_nothing_is_read_and_no_slope_arises():
    x = mg.Tensor(np.array([[1.0, np.inf], [np.nan, 2.0]]))
    y = np.einsum("ii", x)
    assert y.item() == 3
    np.testing.assert_array_equal(mg.backprop(y)[x], np.eye(2))


@pytest.mark.parametrize(
    ("text", "shapes", "message"),
    [
        ("ij,jk", [(2, 3)], "an operand for each of 'ij,jk'; given: 1"),
        ("ijk", [(2, 3)], "2 axes for the indices 'ijk'"),
        ("i", [(2, 3)], "2 axes for the indices 'i'"),
        ("...i->i", [(2, 3)], "ellipsis for 1 axes"),
        ("ij,jk->ik", [(2, 3), (4, 5)], r"in Einsum.*\(2, 3\).*\(4, 5\)"),
        ("i->k", [(2,)], "k"),
    ],
)
def test_subscripts_that_do_not_fit(text, shapes, message):
    with pytest.raises(ValueError, match=message):
        np.einsum(text, *[mg.Tensor(np.ones(shape)) for shape in shapes])
