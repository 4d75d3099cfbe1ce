"""The page is safe, fast and open to everyone: hostile names, no scripts, no gradients, screen readers."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from page_browser import axe, opened, place, running, shown
from page_scenes import chain, recurrent

from minigrad.draw.page import page as page_of

HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>", "a:b",
    '"]; evil [label="', "\\", "&amp;", "N\0L", "x" * 10_000, "🦜", "$title ${1}", "-->", "\ud800",
    "<!--<script>",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


@pytest.fixture(scope="module")
def scene():
    return recurrent(5)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "page.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_names_are_text(browser, file, scheme):
    scene = recurrent(5, title=HOSTILE[1])
    nodes = tuple(
        replace(mark, name=name, op=name, formula=name)
        for mark, name in zip(scene.nodes, [*HOSTILE, *HOSTILE][: len(scene.nodes)], strict=True)
    )
    order = tuple(replace(visit, formula=HOSTILE[0]) for visit in scene.order)
    scene = replace(scene, nodes=nodes, order=order, notes=tuple(HOSTILE))
    with opened(browser, file, page_of(scene, title=HOSTILE[2]), color_scheme=scheme) as page:
        assert page.locator("h1").inner_text() == HOSTILE[2]
        page.keyboard.press("End")
        for mark in nodes[: len(HOSTILE)]:
            page.focus(f"#node-{mark.key}")
            wanted = mark.name.replace("\0", "�").replace("\ud800", "�")
            assert page.locator('[data-field="name"]').text_content() == wanted
        assert page.locator("img, script[src], a[href]").count() == 0
        assert page.locator("script").count() == 2


def test_a_planted_script_does_not_run(browser, file, scene):
    html = page_of(scene).replace("</main>", "<script>document.title = 'ran'</script></main>")
    events = []
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("console", lambda message: events.append(message.text))
    page.goto(file.as_uri())
    assert page.title() != "ran"
    assert any("Content Security Policy" in text for text in events)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 380])
def test_no_accessibility_violations(browser, file, scene, scheme, width):
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    with opened(browser, file, page_of(scene, title="Network"), **options) as page:
        page.evaluate(axe())
        for keys in ("Home", "ArrowRight", "End"):
            page.keyboard.press(keys)
            found = page.evaluate("axe.run()")
            assert found["passes"]
            assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_thousand_nodes_step_fast(browser, file):
    scene = chain(1_000)
    measure = """async () => {
        const frame = () => new Promise(requestAnimationFrame), times = [];
        for (let k = 0; k < 40; k += 1) {
            const start = performance.now();
            document.getElementById("next").click();
            document.getElementById("figure").getBoundingClientRect();
            times.push(performance.now() - start);
            await frame();
        }
        return times.sort((a, b) => a - b);
    }"""
    with opened(browser, file, page_of(scene)) as page:
        times = page.evaluate(measure)
        assert place(page)[0] == "n39"
    assert times[len(times) // 2] < 500


def test_without_scripts_the_picture_is_there(browser, file, scene):
    with opened(browser, file, page_of(scene), java_script_enabled=False) as page:
        assert page.locator("#figure .node").count() == len(scene.nodes)
        assert page.locator("#figure").is_visible()
        assert "Without JavaScript" in page.locator("noscript").inner_text()
        assert not page.locator(".stepper").is_visible()


def test_without_gradients_there_is_nothing_to_step(browser, file, scene):
    nodes = tuple(replace(m, gradient=None, fill=None, state="not-computed") for m in scene.nodes)
    lines = tuple(line for line in scene.lines if line.kind != "backward")
    with opened(
        browser, file, page_of(replace(scene, nodes=nodes, lines=lines, order=(), legend=None))
    ) as page:
        assert not page.locator(".stepper").is_visible()
        assert not page.locator("#colour").is_visible()
        page.keyboard.press("ArrowRight")
        page.hover("#node-h1")
        assert shown(page, "value") == list(scene.nodes[8].value.entries)
        assert "not computed" in page.locator('[data-field="gradient"]').inner_text()


def test_the_saved_picture_is_svg_as_it_stands(browser, file, scene):
    with opened(
        browser, file, page_of(scene, title="A/B & C"), accept_downloads=True, color_scheme="dark"
    ) as page:
        page.keyboard.press("End")
        with page.expect_download() as download:
            page.click("#save")
        assert download.value.suggested_filename == "A-B-C.svg"
        root = ET.fromstring(download.value.path().read_bytes())  # noqa: S314  # our own picture
    fills = {rect.get("id"): rect for rect in root.iter()}
    body = fills["node-h1"].find("{http://www.w3.org/2000/svg}ellipse")
    assert body.get("fill").startswith("rgb(")
    assert root[0].get("fill") == "rgb(20, 23, 28)"


def test_the_data_can_be_read_back(browser, file, scene):
    with opened(browser, file, page_of(scene)) as page:
        read = json.loads(page.locator("#scene").text_content())
    assert [visit["node"] for visit in read["order"]] == [visit.node for visit in scene.order]
    assert [line["norm"] for line in read["lines"]] == [line.norm for line in scene.lines]
