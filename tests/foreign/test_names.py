import pytest

from minigrad.foreign.names import (
    alike,
    gradient_label,
    is_container_of_gradients,
    normal,
    parameter_label,
    parts,
    stems,
)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("Wxh", ("Wxh",)),
        ("self.Wxh", ("self", "Wxh")),
        ('self.params["Whh"]', ("self", "params", "Whh")),
        ("returned[2][1]", ("returned", 2, 1)),
        ("layers[-1].W", ("layers", -1, "W")),
        ('P["a.b[0]"].d', ("P", "a.b[0]", "d")),
        ("P['a\"b']", ("P", 'a"b')),
        ("P[(0, 'W')]", ("P", 0, "W")),
        ("P[0.5]", ("P", "0.5")),
        ("P[None]", ("P", "None")),
        ("q[odd key]", ("q", "odd key")),
    ],
)
def test_a_path_is_taken_apart(path, steps):
    assert parts(path) == steps


PREFIXES = [
    "d",
    "d_",
    "D",
    "dL_d",
    "dLd",
    "dL_d_",
    "dL_by_d",
    "dJd",
    "dE_d",
    "dEd",
    "grad_",
    "grad",
    "gradient_",
    "delta_",
    "Delta",
    "del_",
    "nabla_",
    "nabla",
    "g_",
    "partial_",
    "gradient_of_",
]
SUFFIXES = ["_grad", "_gradient", "_update", "_delta", "_d", "Grad", "_deriv", "_g", "_grads"]


@pytest.mark.parametrize("name", ["Whh", "W_hh", "b", "bh", "U", "by", "weights_hidden"])
def test_the_names_of_gradients_lead_to_the_parameter(name):
    for prefix in PREFIXES:
        assert normal(name) in stems(prefix + name), prefix + name
    for suffix in SUFFIXES:
        assert normal(name) in stems(name + suffix), name + suffix


@pytest.mark.parametrize(
    "name", ["Whh", "W", "b", "loss", "hs", "x", "cache", "grads", "d", "delta", "gradients"]
)
def test_other_names_are_no_gradient_of_anything(name):
    assert stems(name) == ()


def test_a_name_is_compared_without_case_underscores_and_class_prefix():
    assert normal("_RNN__W_hh") == normal("whh") == "whh"
    assert normal("biases_hidden") == normal("b_hidden") == "bhidden"
    assert stems("_RNN__dW_hh") == ("whh",)


@pytest.mark.parametrize(
    ("path", "stem", "index", "place"),
    [
        ("Wxh", "wxh", (), ()),
        ("self.Wxh", "wxh", (), ("self",)),
        ('self.params["Wxh"]', "wxh", (), ("self", "params")),
        ("self.W[1]", "w", (1,), ("self",)),
        ("self.W.value", "w", (), ("self",)),
        ("p.W_f.v", "wf", (), ("p",)),
        ("self.value", "value", (), ("self",)),
        ("self.V", "v", (), ("self",)),
    ],
)
def test_what_a_parameter_is_called(path, stem, index, place):
    label = parameter_label(path)
    assert (label.stems[0], label.index, label.place) == (stem, index, place)


@pytest.mark.parametrize(
    ("path", "stem", "gradient"),
    [
        ("dWxh", "wxh", 1),
        ("self.dWxh", "wxh", 1),
        ("self.W.deriv", "w", 1),
        ("p.W_f.d", "wf", 1),
        ("layer.W.grad", "w", 1),
        ('returned[1]["dW"]', "w", 1),
        ("dW[0]", "w", 1),
        ('grads["Wxh"]', "wxh", 0.9),
        ('returned["Wxh"]', "wxh", 0.9),
        ('self.gradients["Wxh"]', "wxh", 0.9),
        ('dparams["Wxh"]', "wxh", 0.9),
        ('G["Wxh"]', "wxh", 0.9),
        ('out["Wxh"]', "wxh", 0.5),
        ("returned[2]", "returned", 0.9),
        ("Wxh", "wxh", 0),
        ("self.Wxh", "wxh", 0),
        ('cache["Wxh"]', "wxh", 0),
        ('self.params["Wxh"]', "wxh", 0),
        ('self.m["Wxh"]', "wxh", 0),
    ],
)
def test_how_much_a_path_says_that_it_is_a_gradient(path, stem, gradient):
    label = gradient_label(path)
    assert stem in label.stems
    assert label.gradient == gradient


def test_names_around_and_positions_behind_join_the_name():
    assert "lstmw" in parameter_label('params["lstm"]["W"]').stems
    assert "lstmw" in gradient_label("dlstm_W").stems
    assert "w0" in parameter_label("self.W[0]").stems
    assert "w0" in gradient_label('grads["W0"]').stems


def test_misspelled_names_are_alike_from_five_letters_on():
    assert alike("whidden", "whiden") > 0.8
    assert alike("whh", "wxh") == 0
    assert alike("whidden", "boutput") == 0


def test_containers_of_gradients():
    assert all(
        map(
            is_container_of_gradients, ["grads", "gradients", "returned", "dparams", "d_params", "self_grads"]
        )
    )
    assert not any(map(is_container_of_gradients, ["params", "cache", "self", "layers", "W"]))
