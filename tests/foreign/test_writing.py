import ast
import types
from dataclasses import replace

import numpy as np
import pytest

from minigrad.foreign.delivered import DRAWN
from minigrad.foreign.layouts import COLUMNS, LAYOUTS
from minigrad.foreign.meaning import Sizes
from minigrad.foreign.signatures import signatures
from minigrad.foreign.variables import Style
from minigrad.foreign.writing import Writer, is_carried

STYLE = Style(Sizes(), COLUMNS)


def signature(arguments, body="pass"):
    return signatures(ast.parse(f"def f({arguments}):\n  {body}"))["f"]


def written(arguments, style=STYLE, *, body="pass", shapes=None, weights=(), whole=False, before=()):
    writer = Writer(style, shapes or {}, tuple(weights))
    for line, names in before:
        writer.assign(names, line)
    call = writer.call("f", signature(arguments, body), whole=whole)
    made = {"np": np, "types": types, "f": lambda *a, **k: (a, k)}
    exec("\n".join(writer.lines), made)  # noqa: S102  # lines of ours
    return call, made, writer


def test_arguments_by_name():
    call, made, _ = written("inputs, targets, hprev, Wxh, Whh, bh, lr, seq_length")
    assert call == "f(inputs, targets, hprev, Wxh, Whh, bh, 1.0, 5)"
    assert np.shape(made["inputs"]) == (5, 3, 1)
    assert np.shape(made["targets"]) == (5, 2, 1)
    assert [made[n].shape for n in ("hprev", "Wxh", "Whh", "bh")] == [(4, 1), (4, 3), (4, 4), (4, 1)]
    assert all(np.all(made[n]) for n in ("hprev", "bh"))


def test_a_constructor_gets_sizes_and_a_rate():
    call, _, _ = written(
        "n_hidden, input_dim=9, out_dim=3, learning_rate=0.1, seed=3, bptt_truncate=4", whole=True
    )
    assert call == "f(4, input_dim=3, out_dim=2, learning_rate=1.0, bptt_truncate=100)"


def test_a_constructor_that_takes_weights():
    call, made, writer = written("Wx, Wh, b", replace(STYLE, left=False, bias="({H},)"), whole=True)
    assert call == "f(Wx, Wh, b)"
    assert [made[n].shape for n in ("Wx", "Wh", "b")] == [(3, 4), (4, 4), (4,)]
    assert writer.weights == ["Wx", "Wh", "b"]


def test_gates_share_a_matrix():
    _, made, _ = written("Wx, Wh, Why, b", replace(STYLE, gates=4))
    assert [made[n].shape for n in ("Wx", "Wh", "Why", "b")] == [(16, 3), (16, 4), (2, 4), (16, 1)]


def test_shapes_that_are_told():
    shapes = {"x": ("n_x", "m", "T_x"), "Wz": ("H", "1"), "x2": ("what",)}
    _, made, _ = written("x, Wz", shapes=shapes)
    assert (made["x"].shape, made["Wz"].shape) == ((3, 6, 5), (4, 1))
    _, made, _ = written("x, Wz", replace(STYLE, documented=False), shapes=shapes)
    assert np.shape(made["x"]) == (5, 3, 1)


def test_a_dict_of_parameters_has_the_keys_that_are_read():
    _, made, writer = written("P, parameters", body="return parameters['Wax'] @ parameters['ba']")
    assert {k: v.shape for k, v in made["parameters"].items()} == {"Wax": (4, 3), "ba": (4, 1)}
    assert writer.weights == ["Wax", "ba"]


def test_parameters_of_the_files_own_making():
    writer = Writer(STYLE, {}, ())
    writer.init = "{'W': 1.0}"
    assert writer.call("f", signature("parameters")) == "f(parameters)"
    assert writer.params() == "dict(parameters=parameters)"


def test_parameters_without_keys_are_nothing():
    assert written("params")[0] == "f(None)"


FORWARDS = ("np.ones((2, 4, 1))", "[np.ones((4, 1))] * 2", "{0: np.ones((4, 1)), 1: np.ones((4, 1))}")


@pytest.mark.parametrize("form", range(len(DRAWN)))
def test_upstream_gradients_have_the_form_of_what_was_returned(form):
    before = [(f"{FORWARDS[form if form < 3 else 0]}, 7", ("h", "cache"))]
    call, made, writer = written("dh, cache", replace(STYLE, form=form), before=before)
    assert call == "f(dh, cache)"
    shape = {3: (4, 1), 4: (1, 4, 1)}.get(form, (2, 4, 1))
    assert np.shape(list(made["dh"].values()) if form == 2 else made["dh"]) == shape
    loss = eval(writer.loss(), made)  # noqa: S307  # a line of ours
    output, G = loss[1:] if form == 0 else (made["h"], made["dh"])
    assert np.isclose(np.sum(output * G) if form == 0 else loss, np.sum(list(G.values()) if form == 2 else G))


@pytest.mark.parametrize(("form", "kind"), [(0, 1), (0, 2), (1, 2), (2, 1)])
def test_a_form_raises_where_something_else_was_returned(form, kind):
    with pytest.raises((AttributeError, TypeError, IndexError)):
        written("dh, cache", replace(STYLE, form=form), before=[(f"{FORWARDS[kind]}, 7", ("h", "cache"))])


def test_past_a_softmax_the_gradient_is_a_difference_but_for_states():
    style = replace(STYLE, softmax=True, form=1)
    before = [("[np.ones((2, 1)) / 2] * 5, [np.ones((4, 1))] * 5, 7", ("y", "a", "cache"))]
    _, made, writer = written("dy, cache", style, before=before)
    assert np.allclose([dy.sum() for dy in made["dy"]], 0)
    assert not writer.loss()
    _, made, writer = written("dy, da, cache", style, before=before)
    wanted = 5 * np.log(2) + np.sum(made["da"])
    assert np.isclose(eval(writer.loss(), made), wanted)  # noqa: S307  # a line of ours


def test_nothing_comes_from_beyond_the_last_step():
    _, made, writer = written("dh, dh_next, cache", before=[("np.ones((4, 1)), 7", ("h", "cache"))])
    assert not np.any(made["dh_next"])
    assert writer.loss() == '("upstream", h, dh)'
    _, made, writer = written("dh_next, dc_next", before=[("np.ones(4), np.ones(4)", ("h_next", "c_next"))])
    assert writer.loss() == "np.sum(h_next * dh_next) + np.sum(c_next * dc_next)"
    assert is_carried("dnext")
    assert not is_carried("dout")


def test_upstream_gradients_without_a_forward_pass():
    _, made, writer = written("dh_next, dout")
    assert made["dh_next"].shape == (4, 1)
    assert np.shape(made["dout"]) == (5, 2, 1)
    assert not writer.loss()
    _, made, _ = written("da", shapes={"da": ("n_a", "T")})
    assert made["da"].shape == (4, 5)


def test_data_of_one_call_is_handed_to_the_next():
    writer = Writer(STYLE, {}, ())
    assert writer.call("f", signature("inputs, targets")) == "f(inputs, targets)"
    assert writer.call("g", signature("y_true, X"), many=True) == "g([targets], [inputs])"
    assert writer.call("h", signature("x, xs")) != "h(inputs, inputs)"


def test_an_object_has_the_attributes_that_are_read():
    call, made, _ = written("model, prp", body="return model.param['Wx'] @ x + prp.vocab_size + model.reg")
    assert call == "f(model, prp)"
    assert made["model"].param["Wx"].shape == (4, 3)
    assert (made["model"].reg, made["prp"].vocab_size) == (0.0, 7)


def test_an_object_of_a_class_of_the_file():
    text = "class Tanh:\n  def forward(self, x): pass\nclass Net:\n  def __init__(self, act): act.forward(1)"
    tree = ast.parse(text)
    known = signatures(tree)
    writer = Writer(STYLE, {}, (), tree, known)
    assert writer.instance("Net") == "m.Net(act)"
    assert writer.lines == ["act = m.Tanh()"]


def test_two_states_in_one_argument():
    call, made, _ = written("x, state", body="h, c = state")
    assert call == "f(x, (state_h, state_c))"
    assert made["state_c"].shape == (4, 1)


def test_the_output_in_a_tuple_that_is_returned():
    writer = Writer(STYLE, {}, ())
    writer.assign(("cache",), "(7, np.ones(4))", ("X", "h"))
    assert writer.call("f", signature("dout, cache")) == "f(dout, cache)"
    assert writer.lines[-1] == "dout = np.random.randn(*cache[1].shape)"


def test_results_of_the_forward_pass_are_handed_over():
    before = [("1, 2, 3, 4", ("xs", "hs", "yhat", "cache"))]
    assert written("y_pred, states, caches", before=before)[0] == "f(yhat, hs, cache)"
    assert written("probs, cache", before=[("1, 2", ("", ""))])[0] == "f(out0, out1)"
    assert written("preds", before=[("1, 2", ("x", "y"))])[0] == "f(y)"
    assert written("out", before=[("5", ())])[0] == "f(out)"


def test_names_of_ours_are_not_taken():
    call, _, _ = written("m", shapes={"m": ("H",)}, before=[("1", ("net",))])
    assert call in {"f(m_)", "f(6)"}


def test_things_that_are_no_arrays():
    call, _, _ = written("char_to_ix, ix_to_char, activation, chars, nodes, colour, iterations, tau")
    texts = call.removeprefix("f(").removesuffix(")")
    assert "enumerate" in texts
    assert '"tanh"' in texts
    assert texts.endswith("4, None, 1, 100")


def test_initial_states_with_a_default():
    assert written("x, h0=None, c=3")[0] == "f(x, h0=h0)"
    assert written("x, h0=None", replace(STYLE, state=False))[0] == "f(x)"


def test_the_textbooks_bias_of_the_output():
    _, made, _ = written("U, W, V, b, c", weights=["U", "W", "V", "b", "c"])
    assert [made[n].shape for n in "UWVbc"] == [(4, 3), (4, 4), (2, 4), (4, 1), (2, 1)]


def test_names_that_the_module_lacks():
    writer = Writer(STYLE, {}, ("Wxh",))
    for name in ("np", "Wxh", "vocab_size", "sigmoid", "softmax", "whatever"):
        writer.absent(name)
    assert [line.partition(" = ")[0] for line in writer.lines] == [
        "m.np", "Wxh", "m.Wxh", "m.vocab_size", "m.sigmoid", "m.softmax",
    ]  # fmt: skip


def test_a_target_beyond_the_last_is_the_last():
    layout = min(LAYOUTS, key=lambda one: len(one.targets))
    assert written("y", Style(Sizes(), layout, target=9))[1]["y"] is not None
