"""The page: the picture, its data, and what makes it step, in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from string import Template

from minigrad.draw.page.data import data
from minigrad.draw.page.picture import picture
from minigrad.draw.page.theme import theme
from minigrad.draw.page.wording import escaped
from minigrad.draw.scene import Scene

# Each file's names are known to those after it.
SCRIPTS = ("scene", "steps", "view", "words", "panel", "collapse", "save", "controls")
STYLES = ("theme", "layout", "figure")


def page(scene: Scene, *, title: str = "") -> str:
    """A scene as one HTML page that steps through back-propagation.

    The page asks nothing of the network and runs no script but its own: its Content-Security-Policy
    names their hashes. Without scripts it shows the picture. A scene without `order` has nothing
    to step through; its page shows nodes and numbers.

    Args:
        scene: the picture.
        title: its heading; the scene's own title if it is empty.

    Example:
        >>> "<h1>A &amp; B</h1>" in page(Scene((), (), (), (10.0, 10.0)), title="A & B")
        True
    """
    heading = title or scene.title or "Computational graph"
    return Template(_read("page.html")).substitute(
        policy=policy(),
        title=escaped(heading),
        style=_style(),
        stepping="stepping" if scene.order else "viewing",
        figure=picture(scene, heading),
        notes="".join(f"<li>{escaped(note)}</li>" for note in scene.notes),
        data=data(scene),
        script=_script(),
    )


@cache
def policy() -> str:
    """What the page may do: run its own script and style, and nothing else.

    Example:
        >>> "unsafe" in policy()
        False
    """
    return (
        f"default-src 'none'; script-src '{_digest(_script())}'; style-src '{_digest(_style())}'; "
        "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


@cache
def _script() -> str:
    """All scripts in one scope of their own."""
    return f'\n"use strict";\n{{\n{"".join(_read(f"{name}.js") for name in SCRIPTS)}}}\n'


@cache
def _style() -> str:
    return "\n" + theme() + "".join(_read(f"{name}.css") for name in STYLES)


@cache
def _read(name: str) -> str:
    text = files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
