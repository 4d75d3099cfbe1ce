import pytest

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.reach import Found
from minigrad.foreign.wish import Wish, is_called, listed


def _found(*names):
    return Found(names[0], names, 0.0)


W, B = _found('self.params["Whh"]', "Whh"), _found("self.b_h")


def test_parameters_are_chosen_in_the_order_of_the_wish_under_its_names():
    assert Wish(("bh", "Whh")).chosen([W, B]) == [("bh", B), ("Whh", W)]


def test_a_name_that_belongs_to_nothing_is_refused_with_those_that_do():
    with pytest.raises(ForeignError, match=r'names Wxh, .* it comes from self.params\["Whh"\], self.b_h'):
        Wish(("Wxh",)).chosen([W, B])


def test_a_whole_path_or_its_last_name_will_do():
    assert is_called(W, 'self.params["Whh"]')
    assert is_called(W, "W_hh")
    assert not is_called(_found("grads[0]"), "grads")


def test_long_lists_are_cut():
    assert listed([_found(f"W{i}") for i in range(11)]).endswith("W7 and 3 more")
    assert listed([]) == "none that is known"
