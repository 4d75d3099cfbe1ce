import numpy as np
import pytest

from minigrad.diagnosis.problem import BATCH, FIRST, LONGER, make_problem, sizes_for
from minigrad.diagnosis.shapes import parse_shape

SHAPES = {name: parse_shape(text) for name, text in {"Wx": "HD", "Wh": "HH", "Wy": "OH", "b": "H1"}.items()}


@pytest.mark.parametrize("base", [FIRST, BATCH, LONGER])
def test_sizes_differ_and_the_first_problems_tell_each_step(base):
    sizes = list(base.values())
    assert len(set(sizes)) == len(sizes)
    if base["B"] == 1:
        assert base["T"] <= min(base["D"], base["H"])


def test_a_problem_has_the_shapes_that_were_asked_for():
    problem = make_problem(SHAPES, BATCH, 3)
    assert {name: p.shape for name, p in problem.params.items()} == {
        "Wx": (7, 4), "Wh": (7, 7), "Wy": (5, 7), "b": (7, 1),
    }  # fmt: skip
    assert problem.xs.shape == (6, 3, 4)
    assert problem.tokens.shape == problem.targets.shape == (6, 3)
    assert problem.h0.shape == problem.c0.shape == (3, 7)
    assert problem.distribution.sum(-1).tolist() == np.ones((6, 3)).tolist()
    assert problem.about == "T=6 B=3 D=4 H=7 O=5"


def test_nothing_is_zero_and_the_seed_decides():
    a, b, c = (make_problem(SHAPES, FIRST, seed) for seed in (1, 1, 2))
    assert all(np.all(p != 0) for p in a.params.values())
    assert np.all(a.h0 != 0)
    assert np.array_equal(a.xs, b.xs)
    assert not np.array_equal(a.xs, c.xs)


def test_no_token_comes_twice_where_there_are_enough():
    problem = make_problem(SHAPES, FIRST, 0)
    assert len(set(problem.tokens[:, 0].tolist())) == 4


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        ({"W": "HV", "Y": "VH"}, {"V": 5, "O": 5}),
        ({"W": "HI", "Y": "KH"}, {"I": 5, "K": 3, "O": 3}),
        ({"W": "HD", "Y": "KH"}, {"D": 5, "K": 3, "O": 3}),
        ({"W": "HD", "Y": "DH"}, {"D": 5, "O": 5}),
        ({"W": "HD", "R": "HH"}, {"D": 5, "O": 6}),
        ({"W": "HD", "Y": "OH", "A": "QH"}, {"Q": 9, "O": 3}),
    ],
)
def test_other_letters_get_sizes(shapes, expected):
    found = sizes_for({name: parse_shape(text) for name, text in shapes.items()}, FIRST)
    assert expected.items() <= found.items()


def test_one_sequence_of_a_batch_and_an_exchanged_one():
    a, b = make_problem(SHAPES, BATCH, 1), make_problem(SHAPES, BATCH, 2)
    mixed = a.with_first_of(b)
    for name in ("xs", "tokens", "targets"):
        given = getattr(mixed, name)
        assert np.array_equal(given[:, 0], getattr(b, name)[:, 0])
        assert np.array_equal(given[:, 1:], getattr(a, name)[:, 1:])
    assert np.array_equal(mixed.h0[0], b.h0[0])
    assert np.array_equal(mixed.h0[1:], a.h0[1:])
    one = mixed.single(2)
    assert one.sizes["B"] == 1
    assert np.array_equal(one.xs[:, 0], a.xs[:, 2])
