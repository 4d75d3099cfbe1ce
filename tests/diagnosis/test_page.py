from html.parser import HTMLParser

import pytest
from derivation_styles import BatchRows, mutant
from small_trials import two_layers

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.trial import Trial

VOID = {"meta", "br", "hr", "circle", "path"}


class Tags(HTMLParser):
    """Checks that elements are closed in order, and collects them and the text."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def parsed(text):
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    return tags


@pytest.fixture(scope="module")
def wrong():
    made = mutant(BatchRows, 'carry = da @ P["W"].T', 'carry = da @ P["W"]')
    return check_manual(made.manual, BatchRows.forward, shapes=BatchRows.shapes)


def test_a_page_is_whole_and_needs_nothing_else(wrong):
    text = wrong.to_html()
    assert text.startswith("<!doctype html>")
    tags = parsed(text)
    assert tags.seen.count("table") == 2
    assert "svg" in tags.seen
    for word in ("http", "src=", "@import", "url(", "<script"):
        assert word not in text
    for word in ("prefers-color-scheme:dark", "@media print", 'charset="utf-8"'):
        assert word in text


def test_it_says_what_the_terminal_says(wrong):
    said = " ".join(parsed(wrong._repr_html_()).text)
    for row in wrong.rows:
        assert row.name in said
    for line in (*wrong.problem, *wrong.facts, *wrong.right, wrong.summary, wrong.departure.title):
        assert line in said
    assert all(finding.sentence in said for finding in wrong.findings)


def test_a_right_report_has_no_picture():
    tags = parsed(judge([two_layers()]).to_html())
    assert "svg" not in tags.seen
    assert "section" not in tags.seen


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a&b", '"q"'])
def test_names_and_sentences_are_escaped(name):
    trial = two_layers()
    leaves = {name if n == "W" else n: leaf for n, leaf in trial.leaves.items()}
    given = {name if n == "W" else n: -g for n, g in trial.manual.items()}
    remark = Finding("changed-in-place", name, f"{name} is changed.")
    report = judge(
        [Trial(trial.loss, leaves, given, about=name)], problem=[name], notes=[name], remarks=[remark]
    )
    for text in (report.to_html(), report.explain(name)._repr_html_()):
        tags = parsed(text)
        assert "script" not in tags.seen
        assert name in "".join(tags.text)
