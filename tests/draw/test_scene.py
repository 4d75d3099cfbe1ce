"""A scene is plain data that nobody can change."""

import dataclasses

import pytest

from minigrad.draw import scene
from minigrad.draw.palette import DARK, LIGHT


def test_it_is_frozen():
    empty = scene.Scene((), (), (), (60.0, 40.0))
    with pytest.raises(dataclasses.FrozenInstanceError):
        empty.size = (1.0, 1.0)


def test_every_role_and_kind_has_its_colours():
    for palette in (LIGHT, DARK):
        assert set(palette.nodes) == set(scene.NODE_ROLES) - {"note"}
        assert set(palette.lines) == set(scene.EDGE_KINDS)
