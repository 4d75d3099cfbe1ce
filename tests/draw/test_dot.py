"""DOT with fixed positions, and names that are nothing but text."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from draw.geometry import SVG
from draw.networks import HOSTILE, named, vanilla

import minigrad as mg
from minigrad.draw import draw
from minigrad.draw.label import safe

needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="no dot on PATH")


def by_graphviz(source, form="svg"):
    command = [shutil.which("dot"), "-Kneato", "-n2", f"-T{form}"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=60, check=True)  # noqa: S603
    assert b"Error" not in done.stderr
    return done.stdout


def test_every_node_and_edge_is_there():
    figure = draw(vanilla(), params="copies")
    source = figure.source
    nodes = set(re.findall(r"^\t(\w+) \[", source, re.MULTILINE))
    assert {mark.key for mark in figure.scene.nodes} <= nodes
    assert source.count("->") == len(figure.scene.lines)


@needs_dot
def test_graphviz_keeps_the_places():
    figure = draw(vanilla())
    root = ET.fromstring(by_graphviz(figure.source))  # noqa: S314  # our own picture
    places = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "node":
            shape = next((e for e in group if e.tag == f"{SVG}ellipse"), None)
            if shape is not None:
                places[group.find(f"{SVG}title").text] = (float(shape.get("cx")), float(shape.get("cy")))
    wanted = {m.key: m.at for m in figure.scene.nodes if m.role in ("hidden", "output")}
    key = next(iter(wanted))
    shift = [places[key][k] - wanted[key][k] for k in (0, 1)]
    for k, at in wanted.items():
        assert places[k] == pytest.approx((at[0] + shift[0], at[1] + shift[1]), abs=0.2)
    assert len([g for g in root.iter(f"{SVG}g") if g.get("class") == "cluster"]) == 5


@needs_dot
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name):
    x = mg.Tensor(3.0, name)
    loss = (x * named(name)).named(name)
    figure = draw(loss, grads=mg.backprop(loss), show=("grad", "shape"), params="labels")
    root = ET.fromstring(by_graphviz(figure.source))  # noqa: S314  # our own picture
    assert not list(root.iter(f"{SVG}a"))
    assert len([g for g in root.iter(f"{SVG}g") if g.get("class") == "edge"]) == len(figure.scene.lines)
    shown = "".join("".join(t.itertext()) for t in root.iter(f"{SVG}text")).replace("\xa0", " ")
    assert safe(name)[:1] in shown
    assert not re.search(r"\b(URL|href|tooltip|target)=", figure.source.replace("label=", ""))


def test_the_dark_theme_and_the_legend():
    loss = vanilla()
    source = draw(loss, grads=mg.backprop(loss), show="bars", theme="dark").source
    assert 'bgcolor="#14171C"' in source
    assert source.count("legend") == 10
    assert source.count("⁽ᵗ⁾") == 5


def test_notes_are_written():
    assert "are left out" in draw(vanilla(20)).source
