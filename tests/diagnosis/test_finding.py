"""Every kind of finding is documented, and no other can be made."""

import pytest

from minigrad.diagnosis.finding import KINDS, SHOWS, Finding, markdown


def test_each_kind_tells_what_was_done_and_what_is_seen():
    assert list(KINDS) == list(SHOWS)
    assert all(KINDS.values())
    assert all(SHOWS.values())


def test_a_kind_must_be_known():
    with pytest.raises(ValueError, match=r"a finding's kind is one of .*given: 'slip'"):
        Finding("slip", "W", "…")


def test_a_finding_as_json_holds_it():
    found = Finding("scale", "all", "Twice.", factor=2.0, alternatives=("T is 2.",))
    assert found.to_dict() == {
        "kind": "scale",
        "quantity": "all",
        "sentence": "Twice.",
        "step": None,
        "factor": 2.0,
        "reproduces_to": None,
        "equation": "",
        "alternatives": ["T is 2."],
    }


def test_the_table_has_a_row_for_each_kind():
    assert len(markdown().splitlines()) == len(KINDS) + 2
