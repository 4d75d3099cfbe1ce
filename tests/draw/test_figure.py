"""A figure in every format."""

import json
import webbrowser

import numpy as np
import pytest
from draw.networks import HOSTILE, named, own_lstm, vanilla

import minigrad as mg
from minigrad.draw import DrawingError, NoGraphvizError, TooLargeError, draw, figure
from minigrad.draw.scene import Mark, Scene


@pytest.fixture(scope="module")
def drawn():
    loss = vanilla(3)
    return draw(loss, grads=mg.backprop(loss))


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        (".svg", b"<svg"),
        (".dot", b"digraph"),
        (".gv", b"digraph"),
        (".json", b'{"nodes"'),
        (".txt", b"outside of time"),
        (".html", b"<!"),
        (".SVG", b"<svg"),
    ],
)
def test_saving(drawn, tmp_path, ending, start):
    path = drawn.save(tmp_path / f"a{ending}")
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_ending_or_engine(drawn, tmp_path):
    with pytest.raises(ValueError, match=r"ends with '.jpg'; wanted: .svg"):
        drawn.save(tmp_path / "a.jpg")
    with pytest.raises(ValueError, match="engine='neato'"):
        drawn.save(tmp_path / "a.svg", engine="neato")
    assert not list(tmp_path.iterdir())


def test_nothing_to_render_with(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NoGraphvizError, match="to write png with"):
        drawn.save(tmp_path / "a.png")
    assert not list(tmp_path.iterdir())
    drawn.save(tmp_path / "a.svg")


def test_an_unwritable_place(drawn, tmp_path):
    with pytest.raises(DrawingError, match="can't write"):
        drawn.save(tmp_path / "none" / "a.svg")


def test_a_bitmap_has_a_largest_size(tmp_path):
    nodes = tuple(Mark(f"n{k}", "x", None, "t", "input", (0.0, 0.0), (9.0, 9.0)) for k in range(5001))
    with pytest.raises(TooLargeError, match=r"5001 nodes make too large a .png .*save .svg"):
        figure.Figure(Scene(nodes, (), (), (60.0, 40.0))).save(tmp_path / "a.png")


def test_a_notebook_shows_it(drawn):
    bundle = drawn._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert bundle["text/plain"] == repr(drawn)
    assert set(drawn._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
    assert set(drawn._repr_mimebundle_(exclude=["text/plain"])) == {"image/svg+xml"}


def test_view_opens_the_page(drawn, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda url: opened.append(url) or True)
    path = drawn.view()
    assert opened == [path.as_uri()]
    assert path.suffix == ".html"
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    with pytest.raises(DrawingError, match="no browser"):
        drawn.view()


def test_dot_is_a_digraph(drawn):
    assert type(drawn.dot).__name__ == "Digraph"
    assert drawn.source == drawn.dot.source


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_in_every_format(name, tmp_path):
    hostile = draw(named(name))
    for ending in (".svg", ".dot", ".json", ".txt", ".html"):
        text = hostile.save(tmp_path / f"a{ending}").read_text(encoding="utf-8")
        assert ending == ".txt" or "<script>alert(1)" not in text
    assert json.loads(hostile.json())["nodes"][0]["name"] == name


def test_themes(drawn):
    loss = vanilla(2)
    assert "prefers-color-scheme" in draw(loss).svg()
    assert "prefers-color-scheme" not in draw(loss, theme="light").svg()
    assert "#14171C" in draw(loss, theme="dark").svg()
    with pytest.raises(ValueError, match="theme='blue'"):
        draw(loss, theme="blue")


def test_folded():
    loss = vanilla(6)
    for folded in (True, "beside"):
        scene = draw(loss, folded=folded).scene
        assert {m.role for m in scene.nodes} >= {"delay", "hidden"}
    with pytest.raises(ValueError, match="folded='both'"):
        draw(loss, folded="both")


def test_what_does_not_repeat_says_so_and_is_drawn_unrolled():
    x = mg.Tensor(np.ones(2), "x")
    picture = draw(np.sum(np.tanh(x)).named("L"), folded=True)
    assert {m.name for m in picture.scene.nodes} == {"x", "L"}
    assert picture.scene.notes[0].startswith("Drawn unrolled, as it does not fold: ")


def test_an_lstm_by_hand_is_drawn():
    scene = draw(own_lstm()).scene
    assert {m.name for m in scene.nodes if m.step == 2} == {*"xfiogchqy", "+"}
