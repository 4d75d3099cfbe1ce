"""Names are short and safe wherever they are said."""

from dataclasses import replace

import pytest

from minigrad.draw.page.wording import escaped, label, shortened, spoken
from minigrad.draw.scene import Mark

NODE = Mark("n1", "h", 3, "t", "hidden", (0.0, 0.0), (46.0, 40.0))


@pytest.mark.parametrize(
    ("step", "said"), [(3, "h⁽³⁾"), (-12, "h⁽⁻¹²⁾"), ("t−1", "h⁽ᵗ⁻¹⁾"), (None, "h"), (0, "h⁽⁰⁾")]
)
def test_labels_raise_the_step(step, said):
    assert label(replace(NODE, step=step)) == said


def test_a_screen_reader_hears_name_step_and_role():
    assert spoken(NODE) == "h, t = 3, hidden"
    assert spoken(replace(NODE, step=None, role="parameter", name="W")) == "W, parameter"


def test_long_names_are_cut():
    assert shortened("x" * 10_000, 40) == "x" * 39 + "…"
    assert len(label(replace(NODE, name="x" * 10_000))) == 43
    assert len(spoken(replace(NODE, name="x" * 10_000))) < 60


def test_nothing_is_markup():
    assert escaped("<a b='c'>&\0") == "&lt;a b=&#x27;c&#x27;&gt;&amp;�"
