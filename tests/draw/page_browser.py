"""A page opened in a headless Chromium without network, and what went wrong in it."""

import importlib.util
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

WIDE = {"width": 1280, "height": 800}


def executable():
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def running():
    """A browser; the test is skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright from PyPI")
    path = executable()
    if path is None:
        pytest.skip("needs Chromium, as by apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def axe():
    """The accessibility checker's script; the test is skipped where it is not installed."""
    spec = importlib.util.find_spec("axe_core_python")
    if spec is None:
        pytest.skip("needs axe-core-python from PyPI")
    return Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8")


@contextmanager
def opened(browser, file, html, **options):
    """The page `html`; at the end there must have been no error, request or dialog."""
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True, **{"viewport": WIDE, "reduced_motion": "reduce"} | options)
    page = context.new_page()
    events = []
    page.on("console", lambda message: events.append(("console", message.type, message.text)))
    page.on("pageerror", lambda error: events.append(("error", str(error))))
    page.on("request", lambda request: events.append(("request", request.url)))
    page.on("dialog", lambda dialog: (events.append(("dialog", dialog.message)), dialog.dismiss()))
    page.goto(file.as_uri())
    yield page
    context.close()
    asked = [event for event in events if event not in {("request", file.as_uri()), ("request", "data:,")}]
    assert asked == []


def classes(page, key, part="node"):
    """The classes of an element of the figure."""
    return set(page.locator(f"#{part}-{key}").get_attribute("class").split())


def shown(page, field):
    """The numbers that the table shows in a row, as floats."""
    return [float(text) for text in page.locator(f'[data-field="{field}"] .number').all_inner_texts()]


def place(page):
    """The keys of the node that is visited and of the edge that was added last."""
    return page.locator("#figure").evaluate("figure => [figure.dataset.node, figure.dataset.line]")
