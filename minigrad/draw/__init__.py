"""Graphs as pictures."""

from minigrad.draw.folded import folded_dot as folded_dot
from minigrad.draw.render import DrawingError as DrawingError
from minigrad.draw.render import NoGraphvizError as NoGraphvizError
from minigrad.draw.render import render as render
from minigrad.draw.render import require_graphviz as require_graphviz
from minigrad.draw.unrolled import unrolled_dot as unrolled_dot
