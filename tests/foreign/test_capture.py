import types

import numpy as np

from minigrad import Tensor
from minigrad.foreign.capture import Capture, Entry, frozen, visible
from minigrad.foreign.reach import Found


def test_what_is_frozen_does_not_change():
    W, plain = Tensor(np.ones(2)), np.ones(2)
    kept = {f.path: f for f in frozen({"W": W, "plain": plain})}
    W += 1.0
    plain += 1.0
    assert kept["W"].array.tolist() == [1.0, 1.0]
    assert kept["plain"].array.tolist() == [1.0, 1.0]


def test_modules_functions_classes_and_private_names_are_not_looked_at():
    names = {"np": np, "f": visible, "C": Capture, "_x": 1.0, "x": 2.0, "m": types.ModuleType("m")}
    assert visible(names) == {"x": 2.0}


def test_what_was_made_after_the_call_was_not_seen_by_it():
    before = Tensor(1.0)
    entry = Entry.of({"before": before}, {})
    after = before * 2.0
    outside = [Found("before", ("before",), before), Found("after", ("after",), after)]
    capture = Capture("f", "", 1, entry.before, [], outside, None, {}, start=entry.start)
    assert [f.path for f in capture.seen] == ["before", "before"]
