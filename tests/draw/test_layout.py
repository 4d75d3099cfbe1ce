"""A layout starts empty."""

from minigrad.draw.layout import Layout


def test_layouts_share_nothing():
    a, b = Layout(), Layout()
    a.boxes.append(None)
    assert b.boxes == []
