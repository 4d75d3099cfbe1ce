"""The document runs nothing but its own script, and all of its parts are in the package."""

import base64
import hashlib
import json
import re
from importlib.resources import files

import pytest
from page_scenes import recurrent

from minigrad.draw.page import page
from minigrad.draw.page.document import SCRIPTS, STYLES
from minigrad.draw.scene import Scene


@pytest.fixture(scope="module")
def html():
    return page(recurrent(3), title="Net & co")


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_the_script_and_the_style_by_their_hashes(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert f"script-src 'sha256-{digest(script)}'" in policy
    assert f"style-src 'sha256-{digest(style)}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_nothing_is_fetched_and_nothing_is_run_from_attributes(html):
    markup = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^"]*)"', markup) == ["data:,"]
    assert not re.search(r"\s(?:on\w+|style)=", markup)
    assert "@import" not in html
    assert re.findall(r"https?://[^\"\s]*", html.replace("http://www.w3.org/2000/svg", "")) == []


def test_the_script_never_reads_text_as_markup():
    script = "".join(
        files("minigrad.draw.page").joinpath("assets", f"{n}.js").read_text("utf-8") for n in SCRIPTS
    )
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "</script",
    ):
        assert word not in script


def test_every_asset_is_used():
    names = {entry.name for entry in files("minigrad.draw.page").joinpath("assets").iterdir()}
    assert names == {"page.html", *(f"{n}.js" for n in SCRIPTS), *(f"{n}.css" for n in STYLES)}


def test_the_title_is_text():
    html = page(recurrent(2), title="<b>$data & co")
    assert "<title>&lt;b&gt;$data &amp; co</title>" in html
    assert "<b>" not in html


def test_without_a_title_the_scene_says_its_own():
    assert "<h1>Recurrent network</h1>" in page(recurrent(2))
    assert "<h1>Computational graph</h1>" in page(Scene((), (), (), (1.0, 1.0)))


def test_the_page_can_be_written_and_its_data_read(html):
    data = re.search(r'<script type="application/json" id="scene">(.*?)</script>', html)[1]
    assert len(json.loads(data)["order"]) == 10
    assert html.encode("utf-8").decode("utf-8") == html


def test_without_order_it_is_a_viewer(html):
    assert '<body class="stepping">' in html
    assert '<body class="viewing">' in page(Scene((), (), (), (1.0, 1.0)))
