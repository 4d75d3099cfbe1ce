import numpy as np
import pytest

from minigrad.diagnosis.layout import Layout, arranged, check_form, layouts
from minigrad.diagnosis.problem import BATCH, FIRST, make_problem
from minigrad.diagnosis.shapes import ShapeError, parse_shape

SHAPES = {"Wx": parse_shape("HD"), "Wy": parse_shape("OH")}


@pytest.mark.parametrize(
    ("form", "shape"),
    [("TBD", (6, 3, 4)), ("BTD", (3, 6, 4)), ("TDB", (6, 4, 3)), ("BDT", (3, 4, 6))],
)
def test_axes_are_moved(form, shape):
    array = np.arange(72.0).reshape(6, 3, 4)
    found = arranged(array, "TBD", form)
    assert found.shape == shape
    where = {"T": 5, "B": 1, "D": 2}
    assert found[tuple(where[letter] for letter in form)] == array[5, 1, 2]


@pytest.mark.parametrize(
    ("form", "shape"), [("TD", (4, 5)), ("TD1", (4, 5, 1)), ("T1D", (4, 1, 5)), ("DT", (5, 4))]
)
def test_an_axis_of_length_one_is_left_out_or_put_elsewhere(form, shape):
    assert arranged(np.zeros((4, 1, 5)), "TBD", form).shape == shape


def test_the_arguments_of_a_layout():
    problem = make_problem(SHAPES, FIRST, 0)
    xs, h0, targets = Layout("TD1", "H1", "TO1").arrange(problem)
    assert (xs.shape, h0.shape, targets.shape) == ((4, 5, 1), (6, 1), (4, 3, 1))
    xs, (h, c), targets = Layout("T", "H", "T", listed=True, pair=True).arrange(problem)
    assert xs == problem.tokens[:, 0].tolist()
    assert type(targets[0]) is int
    assert np.array_equal(h, problem.h0[0])
    assert np.array_equal(c, problem.c0[0])
    assert Layout("TD", "H", "").arrange(problem)[2] == problem.targets[-1, 0]
    assert Layout("TBD", "BH", "BO").arrange(problem)[2].shape == (1, 3)


def test_each_call_gets_arrays_of_its_own():
    problem = make_problem(SHAPES, BATCH, 0)
    layout = Layout("TBD", "BH", "TB")
    layout.arrange(problem)[0][:] = 0
    assert np.any(layout.arrange(problem)[0])


@pytest.mark.parametrize("batched", [True, False])
def test_layouts_agree_about_batch_and_order(batched):
    found = list(layouts(batched=batched))
    assert len(set(found)) == len(found) > 50
    for layout in found:
        assert layout.batched is batched
        assert ("B" in layout.h0) is batched
        order = [letter for letter in layout.targets if letter in "TB"]
        assert order == [letter for letter in layout.xs if letter in order]


def test_plain_arrays_of_one_style_with_a_loss_at_each_step_come_first():
    first = next(layouts(batched=False))
    assert str(first) == "xs (T, D), h0 (H,), targets (T, O) one-hot"
    columns = [layout for layout in layouts(batched=False) if layout.xs == "TD1"]
    assert (columns[0].h0, columns[0].targets) == ("H1", "TO1")


def test_forms_that_are_known_are_kept():
    found = list(layouts(batched=True, given={"xs": "BTD", "targets": "BT"}))
    assert {(layout.xs, layout.targets) for layout in found} == {("BTD", "BT")}
    assert list(layouts(batched=False, given={"xs": "BTD"})) == []


def test_what_is_said_of_a_layout():
    text = str(Layout("T", "1H", "T", listed=True, pair=True))
    assert text == "xs list of (T,) tokens, h0 ((1, H), (1, H)), targets list of (T,) classes"


@pytest.mark.parametrize(
    ("name", "form"), [("xs", "TBQ"), ("xs", "BD"), ("h0", "TH"), ("targets", 3), ("xs", "TTD")]
)
def test_forms_that_mean_nothing_are_refused(name, form):
    with pytest.raises(ShapeError, match="wanted: each axis a letter of"):
        check_form(name, form)


def test_forms_may_be_tuples():
    assert check_form("xs", ("T", "D", 1)) == "TD1"
