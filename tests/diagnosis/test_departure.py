import json

import numpy as np
import pytest

from minigrad.diagnosis.departure import Departure, Pair, first_step, worst_entry


def departure(step, last=4, pairs=()):
    return Departure("da", step, last, 0.5, tuple(pairs), "tapped")


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (4, "da at t=4 (the last step, where walking back begins; T=4)"),
        (3, "da at t=3 (t=4 is exact)"),
        (1, "da at t=1 (t=4 … 2 are exact)"),
    ],
)
def test_the_title_says_what_is_exact(step, title):
    assert departure(step).title == title


def test_the_first_step_is_looked_for_from_the_end():
    right = np.arange(12.0).reshape(4, 3)
    given = right.copy()
    assert first_step(given, right, 1e-6) is None
    given[[0, 2], 1] += 1
    assert first_step(given, right, 1e-6) == 3
    given[2:] = np.nan
    assert first_step(given, right, 1e-6) == 1


def test_the_worst_entry():
    assert worst_entry(np.array([[0.0, 3.0], [1.0, 1.0]]), np.ones((2, 2))) == (0, 1)


def test_the_ratio_of_a_pair():
    assert Pair("x", 1.0, 2.0).ratio == 0.5
    assert Pair("x", None, 2.0).ratio is None
    assert Pair("x", 1.0, 0.0).ratio is None


def test_the_guilty_edge_is_the_one_that_differs():
    edges = [Pair("da(2)[0]", 1.0, 2.0), Pair("from y(2)", 0.5, 0.5), Pair("from h(3)", 0.1, 0.7)]
    found = departure(2, pairs=edges)
    assert (found.differs("from y"), found.differs("from h")) == (False, True)
    unknown = departure(2, pairs=[Pair("from y(2)", None, 0.5)])
    assert (unknown.differs("from y"), unknown.differs("from h")) == (True, False)


def test_json_holds_it():
    found = json.loads(
        json.dumps(departure(2, pairs=[Pair("x", float("nan"), 1.0)]).to_dict(), allow_nan=False)
    )
    assert found["pairs"] == [{"label": "x", "manual": "nan", "auto": 1.0, "ratio": "nan"}]
