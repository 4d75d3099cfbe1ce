import numpy as np
import pytest

from minigrad.diagnosis.shapes import ShapeError, infer_shapes, parse_shape, shape_text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("HD", "(H, D)"), ("H", "(H,)"), ("H1", "(H, 1)"), ("1H", "(1, H)"), ("4HD", "(4H, D)"),
        ("(4H)D", "(4H, D)"), ("D4H", "(D, 4H)"), ("(D+H)(4H)", "(D+H, 4H)"), ("4H, D+H", "(4H, D+H)"),
        (("4H", "D+H"), "(4H, D+H)"), (["H", 1], "(H, 1)"), (("H",), "(H,)"), ("", "()"),
        ("(H, D)", "(H, D)"),
        ("3(H)D", "(3H, D)"), ("H x D", "(H, D)"), (("2H", "D+2H+1"), "(2H, D+2H+1)"), ("H10", "(H, 10)"),
    ],
)  # fmt: skip
def test_a_shape_is_understood(given, text):
    assert shape_text(parse_shape(given)) == text


@pytest.mark.parametrize(
    "given", ["H?", "(H", None, 5, ("H", "?"), ("H-D",), ("H", None), {"H"}, "H+", ("D++H",)]
)
def test_what_is_no_shape_is_refused_by_name(given):
    with pytest.raises(ShapeError, match=r"shapes\['W'\] is"):
        parse_shape(given, "W")


def test_the_size_of_an_axis():
    dims = parse_shape(("4H", "D+2H+1"))
    assert [dim.size({"H": 6, "D": 5}) for dim in dims] == [24, 18]


@pytest.mark.parametrize(
    ("shapes", "inferred"),
    [
        (
            {"Wxh": (100, 65), "Whh": (100, 100), "Why": (65, 100), "bh": (100, 1), "by": (65, 1)},
            {"Wxh": "(H, D)", "Whh": "(H, H)", "Why": "(D, H)", "bh": "(H, 1)", "by": "(D, 1)"},
        ),
        (
            {"U": (7, 5), "W": (5, 5), "V": (5, 3), "b": (5,), "c": (3,)},
            {"U": "(D, H)", "W": "(H, H)", "V": "(H, O)", "b": "(H,)", "c": "(O,)"},
        ),
        (
            {"Wx": (7, 20), "Wh": (5, 20), "b": (20,)},
            {"Wx": "(D, 4H)", "Wh": "(H, 4H)", "b": "(4H,)"},
        ),
        (
            {"Wf": (5, 12), "Wi": (5, 12), "bf": (5, 1), "Wy": (3, 5)},
            {"Wf": "(H, D+H)", "Wi": "(H, D+H)", "bf": "(H, 1)", "Wy": "(O, H)"},
        ),
    ],
)  # fmt: skip
def test_letters_follow_from_example_arrays(shapes, inferred):
    found = infer_shapes({name: np.zeros(shape) for name, shape in shapes.items()})
    assert {name: shape_text(shape) for name, shape in found.items()} == inferred


def test_examples_of_one_entry_say_nothing():
    with pytest.raises(ShapeError, match="all of one entry"):
        infer_shapes({"w": 1.0, "u": np.ones((1, 1))})
