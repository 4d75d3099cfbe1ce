from collections import OrderedDict, defaultdict, namedtuple

import pytest

from minigrad import tree

Pair = namedtuple("Pair", "left right")  # noqa: PYI024  # the plain kind that users have

NESTED = {"a": [1.0, (2.0, {"b": 3.0})], "c": Pair(4.0, [])}


def test_leaves_come_in_order_with_the_places_that_python_writes():
    found = tree.leaves(NESTED, "p")
    assert [place for place, _ in found] == ["p['a'][0]", "p['a'][1][0]", "p['a'][1][1]['b']", "p['c'][0]"]
    assert [leaf for _, leaf in found] == [1.0, 2.0, 3.0, 4.0]
    for place, leaf in found:
        assert eval(place, {"p": NESTED}) == leaf  # noqa: S307  # the place is Python


def test_build_makes_the_same_containers_anew():
    twin = tree.build(NESTED, [10.0, 20.0, 30.0, 40.0])
    assert twin == {"a": [10.0, (20.0, {"b": 30.0})], "c": Pair(40.0, [])}
    assert isinstance(twin["c"], Pair)
    assert twin["a"] is not NESTED["a"]
    assert NESTED["a"][0] == 1.0


def test_subclasses_of_dict_keep_their_type_and_what_they_know():
    ordered = tree.build(OrderedDict(x=1.0), [2.0])
    assert type(ordered) is OrderedDict
    known = defaultdict(list, x=1.0)
    twin = tree.build(known, [2.0])
    assert twin == {"x": 2.0}
    assert twin["new"] == []
    assert known == {"x": 1.0}


def test_match_follows_the_keys_of_the_first_not_their_order_in_the_second():
    assert tree.match({"a": 0, "b": 0}, {"b": 2.0, "a": 1.0}, "t") == [("t['a']", 1.0), ("t['b']", 2.0)]
    assert tree.match((0, 0), [1.0, 2.0], "t") == [("t[0]", 1.0), ("t[1]", 2.0)]
    assert tree.match(0, [1.0, 2.0], "t") == [("t", [1.0, 2.0])]


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"a": 1.0}, r"t is entries \['a'\]; wanted: a dict with entries \['a', 'b'\]"),
        (1.0, r"t is a float; wanted: a dict"),
        ({"a": 1.0, "b": [1.0, 2.0, 3.0]}, r"t\['b'\] is entries \[0, 1, 2\]; wanted: a tuple"),
    ],
)
def test_match_says_where_two_trees_differ(other, message):
    with pytest.raises(ValueError, match=message):
        tree.match({"a": 0, "b": (0, 0)}, other, "t")
