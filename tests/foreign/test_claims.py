import numpy as np
import pytest

from minigrad.foreign.claims import SHAPE_FACTORS, applied, fit, named, shaped, similar, updated
from minigrad.foreign.reach import Found, reach


def found(*names, shape=(4, 3), value=None):
    return Found(names[0], names, np.ones(shape) if value is None else value)


@pytest.mark.parametrize(
    ("wanted", "given", "kind"),
    [
        ((4, 3), (4, 3), "same"),
        ((4,), (4, 1), "squeezed"),
        ((4, 1), (1, 4), "squeezed"),
        ((1, 1), (), "squeezed"),
        ((4, 3), (3, 4), "transposed"),
        ((4, 3), (4,), "wrong"),
        ((4, 3), (12,), "wrong"),
    ],
)
def test_how_shapes_fit(wanted, given, kind):
    assert fit(found("W", shape=wanted), found("dW", shape=given)) == kind


def test_a_shape_that_fits_less_makes_less_sure():
    factors = [SHAPE_FACTORS[kind] for kind in ("same", "squeezed", "transposed", "wrong")]
    assert factors == sorted(factors, reverse=True)
    for shape, kind in [((4, 3), "same"), ((3, 4), "transposed"), ((2,), "wrong")]:
        (claim,) = named([found("W")], [found("dW", shape=shape)])
        assert claim.sure == SHAPE_FACTORS[kind]


def test_the_last_steps_gradient_of_the_inputs_is_not_that_of_all_inputs():
    assert list(named([found("x", shape=(5, 3))], [found("dx", shape=(3,))])) == []


def test_a_name_names_every_alias():
    claims = list(named([found("self.params[0]", "Wx")], [found("returned[2]", "dWx")]))
    assert [(c.path, c.rule) for c in claims if c.sure == 1] == [("dWx", "name")]


def test_positions_say_something_in_lists_of_gradients_only():
    parameter = found("params[1]")
    sure = {
        c.path: c.sure for c in named([parameter], [found("grads[1]"), found("grads[0]"), found("hs[1]")])
    }
    assert sure.get("grads[1]", 0) > 0.8
    assert max((s for path, s in sure.items() if path != "grads[1]"), default=0) == 0


def test_similar_names_are_claimed_where_the_shape_fits():
    parameter = found("self.W_hidden")
    (claim,) = similar([parameter], [found("dW_hiden"), found("dW_hidde", shape=(7,))])
    assert (claim.path, claim.rule) == ("dW_hiden", "similar name")


def test_what_the_weights_changed_by():
    change = np.arange(12.0).reshape(4, 3)
    parameter = found("W")
    candidates = [found("a", value=change * -3), found("b", value=change + 1), found("c", value=change * 0)]
    assert [c.path for c in applied([parameter], candidates, {"W": change})] == ["a"]
    assert list(applied([parameter], candidates, {"W": change * 0})) == []
    assert list(applied([found("s", shape=())], [found("t", shape=())], {"s": np.ones(())})) == []
    assert [c.rule for c in updated([parameter, found("b")], {"W": change, "b": change * 0})] == ["update"]


def test_a_shape_decides_only_where_one_array_and_one_parameter_have_it():
    assert [
        c.path for c in shaped([found("W")], [found("returned[1]"), found("returned[2]", shape=(9,))])
    ] == ["returned[1]"]
    assert list(shaped([found("W")], [found("returned[1]"), found("returned[2]")])) == []
    assert list(shaped([found("W"), found("V")], [found("returned[1]")])) == []
    assert list(shaped([found("W")], [found("dhs")])) == []
    assert list(shaped([found("W")], [found("other")])) == []
    assert list(shaped([found("x")], [found("returned[1]")])) == []
    assert list(shaped([found("s", shape=())], [found("returned[1]", shape=())])) == []


def test_what_is_returned_comes_first_then_the_shorter_path():
    parameter = found("W")
    claims = named([parameter], [found("a.dW"), found("dW"), found("returned.dW")])
    assert [c.path for c in sorted(claims, key=lambda c: c.rank)] == ["returned.dW", "dW", "a.dW"]


def test_a_state_of_another_pass_is_no_gradient():
    h = np.ones((4, 1))
    parameters, candidates = reach({"h": {-1: h}}), reach({"local": {"h": {-1: h + 1}}, "dh": {-1: h + 2}})
    sure = {claim.path for claim in named(parameters, candidates) if claim.sure}
    assert sure == {"dh[-1]"}
