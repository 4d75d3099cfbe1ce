"""Texts find places that are free."""

from minigrad.draw.curves import spline
from minigrad.draw.layout import Layout
from minigrad.draw.notes import Placer
from minigrad.draw.part import Item

LINE = spline([(0.0, 0.0), (60.0, 0.0)])


def placer(*boxes, lines=()):
    items = [Item(f"n{k}", "h", None, "t", k, size=(w, h)) for k, (_, _, w, h) in enumerate(boxes)]
    layout = Layout(at={item: box[:2] for item, box in zip(items, boxes, strict=True)})
    layout.lines = dict(enumerate(lines))
    return Placer(items, layout)


def test_beside_the_middle_of_the_line():
    x, y = placer(lines=[LINE]).place(LINE, "0.5", 9.0)
    assert 29 <= x <= 31
    assert 5 < abs(y) < 12


def test_two_do_not_overlap():
    own = placer(lines=[LINE])
    places = [own.place(LINE, "0.5", 9.0) for _ in range(6)]
    assert len({(round(x), round(y)) for x, y in places}) == 6


def test_nodes_are_left_free():
    x, y = placer((30.0, -10.0, 30.0, 14.0)).place(LINE, "0.5", 9.0)
    assert y > 0 or abs(x - 30) > 15


def test_lines_are_left_free_if_there_is_room():
    crossing = spline([(30.0, -50.0), (30.0, 50.0)])
    x, _ = placer(lines=[LINE, crossing]).place(LINE, "0.123", 9.0)
    assert abs(x - 30.0) > 10


def test_without_room_it_is_left_out_and_counted():
    own = placer((30.0, 0.0, 300.0, 300.0))
    assert own.place(LINE, "0.5", 9.0) is None
    assert own.omitted == 1


def test_near_an_end():
    bent = spline([(0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (120.0, 60.0)])
    assert placer().place(bent, "W", 9.0, near="start")[0] < 30
    assert placer().place(bent, "W", 9.0, near="end")[0] > 90
