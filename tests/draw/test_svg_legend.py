"""The legend tells what the colours mean."""

import re

from minigrad.draw.ramp import Ramp
from minigrad.draw.scene import Bar, Legend
from minigrad.draw.svg_legend import bar_name, bars, legend


def test_colours_and_ticks():
    text = legend(Legend("‖∂L/∂·‖", Ramp.of([1e-4, 1e5]).ticks(), (20.0, 10.0)))
    assert re.findall(r'class="r(\d)"', text) == list("012345678")
    assert re.findall(r">([^<>]+)</text>", text) == [
        "‖∂L/∂·‖",
        "0.0001",
        "0.1",
        "100",
        "1e5",
        "gradient contribution",
    ]


def test_bars_have_names_and_norms():
    made = [Bar("<W>", t, 0.5 * t, (10.0 * t, 5.0), (8.0, 10.0), t) for t in (1, 2)]
    text = "".join(bars(made))
    assert text.count("<rect") == 2
    assert text.count("‖∇&lt;W&gt;⁽ᵗ⁾‖") == 1
    assert "&lt;W&gt;, step 2: 1<" in text
    assert bar_name("x" * 50) == "‖∇" + "x" * 11 + "…⁽ᵗ⁾‖"
