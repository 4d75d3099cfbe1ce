"""A figure: one scene in every format."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from functools import cached_property
from pathlib import Path
from typing import Any

import graphviz

from minigrad.draw.as_json import as_json
from minigrad.draw.dot import dot
from minigrad.draw.drawing import draw as draw_scene
from minigrad.draw.engines import ENGINES, rendered
from minigrad.draw.errors import DrawingError, TooLargeError
from minigrad.draw.listing import listing
from minigrad.draw.options import THEMES, Options, check
from minigrad.draw.page import page
from minigrad.draw.saving import replace
from minigrad.draw.scene import Scene
from minigrad.draw.svg import svg

FORMATS = (".svg", ".png", ".pdf", ".dot", ".gv", ".html", ".json", ".txt")
MOST_PIXELS = 5_000
"""More nodes than this make a picture that is larger than bitmaps may be."""


class Figure:
    """A picture of a graph, which a notebook shows by itself.

    Attributes:
        scene: what is drawn, as data.
        theme: "auto", "light" or "dark".

    Example:
        >>> import minigrad as mg
        >>> x = mg.Tensor(3.0, name="x")
        >>> figure = draw((x * x).named("L"))
        >>> figure.source.count("->"), figure.svg()[:4]
        (2, '<svg')
    """

    def __init__(self, scene: Scene, theme: str = "auto") -> None:
        check("theme", theme, THEMES)
        self.scene = scene
        self.theme = theme

    @cached_property
    def dot(self) -> graphviz.Digraph:
        """The picture as a graph of the package `graphviz`, with fixed positions."""
        return dot(self.scene, theme=self.theme)

    @property
    def source(self) -> str:
        """The picture as DOT text."""
        source: str = self.dot.source
        return source

    def svg(self) -> str:
        """The picture as SVG; made without any program."""
        return svg(self.scene, theme=self.theme)

    def json(self) -> str:
        """The scene as JSON."""
        return as_json(self.scene)

    def text(self) -> str:
        """The nodes as an indented list, by time step."""
        return listing(self.scene)

    def html(self) -> str:
        """A page that steps through back-propagation."""
        return page(self.scene)

    def save(self, path: str | os.PathLike[str], *, engine: str = "auto") -> Path:
        """Write the picture; the name's ending says how.

        Args:
            path: ends with .svg, .png, .pdf, .dot, .gv, .html, .json or .txt.
            engine: what renders: "dot" or "pygraphviz"; "auto" for our own writer of .svg, and for .png and
                .pdf the first of the two that there is.

        Returns:
            The path.

        Raises:
            ValueError: for another ending, an unknown engine, or more nodes than a .png can have.
            NoGraphvizError: if there is nothing to write a .png or .pdf with.
            DrawingError: if the file can't be written, or Graphviz fails.
        """
        check("engine", engine, ENGINES)
        file = Path(path)
        form = file.suffix.lower()
        if form not in FORMATS:
            msg = f"{os.fspath(path)!r} ends with {form!r}; wanted: {', '.join(FORMATS)}"
            raise ValueError(msg)
        replace(file, self._content(form, engine))
        return file

    def _content(self, form: str, engine: str) -> bytes:
        if form == ".png" and len(self.scene.nodes) > MOST_PIXELS:
            msg = f"{len(self.scene.nodes)} nodes make too large a .png (at most {MOST_PIXELS}): save .svg"
            raise TooLargeError(msg)
        if form in (".png", ".pdf") or (form == ".svg" and engine != "auto"):
            return rendered(self.source, form[1:], engine)
        made = {".svg": self.svg, ".html": self.html, ".json": self.json, ".txt": self.text}
        text = made[form]() if form in made else self.source
        return text.encode("utf-8", "replace")

    def view(self) -> Path:
        """Open the picture's page in the browser.

        Returns:
            The temporary file that it is in.

        Raises:
            DrawingError: if there is no browser.
        """
        folder = tempfile.mkdtemp(prefix="minigrad-")
        path = self.save(Path(folder) / "figure.html")
        if not webbrowser.open(path.as_uri()):
            msg = f"no browser could be opened; the page is {path}"
            raise DrawingError(msg)
        return path

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        bundle = {"image/svg+xml": self.svg(), "text/plain": repr(self)}
        kept = {kind: text for kind, text in bundle.items() if not include or kind in include}
        return {kind: text for kind, text in kept.items() if not exclude or kind not in exclude}

    def __repr__(self) -> str:
        return f"Figure({self.scene.title})"


def draw(  # noqa: PLR0913  # one argument is drawn, the rest are options
    what: Any,
    *,
    params: str = "rails",
    detail: str = "named",
    show: Any = (),
    grads: Any = None,
    folded: bool | str = False,
    theme: str = "auto",
    max_nodes: int = 20_000,
    collapse: bool | None = None,
) -> Figure:
    """A picture of a graph: of an unrolled one as a grid of time steps, of any other one in layers.

    Args:
        what: a run of `unroll`, a tensor (a loss, or a gradient of `backprop(…, record=True)`), or several.
        params: shared parameters as "rails" below the rows that they feed, as "labels" of the edges, or as
            "copies", one at each use.
        detail: "named" for named nodes, the others contracted into the edges; "ops" for every operation.
        show: of "value", "shape" and "grad" what is written into the nodes; "bars" for a bar a step with
            the norm of what it adds to each parameter's gradient.
        grads: what `backprop(loss)` returned: colours nodes by their gradient's norm and draws each
            edge's contribution beside it.
        folded: True for one copy of the repeated step, "beside" for it and three steps of its unfolding.
        theme: "light", "dark", or "auto" for what the reader's system prefers.
        max_nodes: how many nodes there may be.
        collapse: whether the middle of a long run is left out; None: of more than 12 steps.

    Returns:
        The figure; `save`, `view`, `svg`, `text` and others make something of it.

    Raises:
        TypeError: if `what` is nothing that can be drawn, or `grads` is no table of gradients.
        ValueError: for an unknown choice, too many nodes, gradients of another graph, or a graph that
            does not repeat where a folded picture is asked for.
    """
    options = Options(params, detail, show, grads, collapse, max_nodes)
    check("theme", theme, THEMES)
    return Figure(draw_scene(what, options, folded=folded), theme)
