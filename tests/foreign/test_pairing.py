import numpy as np
import pytest

import minigrad as mg
from minigrad.foreign.pairing import pair
from minigrad.foreign.reach import reach


class Of:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


def a(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).normal(size=shape)


def paired(parameters, candidates, **kwargs):
    result = pair(reach(parameters), reach(candidates), **kwargs)
    return {p.parameter.path: p.path for p in result.pairs}


WX, WH, WY, BH, BY = a(4, 3), a(4, 4), a(2, 4), a(4, 1), a(2, 1)
LAYER = [Of(W=a(4, 3), b=a(4)), Of(W=a(4, 4), b=a(4))]
STYLES = {
    "locals": (
        {"Wxh": WX, "Whh": WH, "bh": BH},
        {"dbh": a(4, 1), "dWhh": a(4, 4), "dWxh": a(4, 3), "dhnext": a(4, 1), "dh": a(4, 1), "hs": [a(4, 1)]},
        {"Wxh": "dWxh", "Whh": "dWhh", "bh": "dbh"},
    ),
    "attributes": (
        {"self": Of(W_xh=WX, W_hh=WH)},
        {"self": Of(grad_W_hh=a(4, 4), W_xh_gradient=a(4, 3))},
        {"self.W_xh": "self.W_xh_gradient", "self.W_hh": "self.grad_W_hh"},
    ),
    "keys": (
        {"P": {"Wx": WX, "Wh": WH}},
        {"returned": {"dWh": a(4, 4), "dWx": a(4, 3)}, "cache": {"Wx": a(4, 3, seed=1)}},
        {'P["Wx"]': 'returned["dWx"]', 'P["Wh"]': 'returned["dWh"]'},
    ),
    "the same keys": (
        {"P": {"Wx": WX, "Wh": WH}},
        {"G": {"Wh": a(4, 4), "Wx": a(4, 3)}, "mem": {"Wx": a(4, 3, seed=1), "Wh": a(4, 4, seed=1)}},
        {'P["Wx"]': 'G["Wx"]', 'P["Wh"]': 'G["Wh"]'},
    ),
    "the same positions": (
        {"self": Of(params=[WX, WH, BH])},
        {"self": Of(grads=[a(4, 3), a(4, 4), a(4, 1)]), "dh": a(4, 1, seed=2)},
        {f"self.params[{i}]": f"self.grads[{i}]" for i in range(3)},
    ),
    "unpacked": (
        {"self": Of(params=[WX, WH]), "Wx": WX, "Wh": WH},
        {"dWx": a(4, 3), "dWh": a(4, 4)},
        {"Wx": "dWx", "Wh": "dWh"},
    ),
    "value and deriv": (
        {"p": Of(W_f=Of(v=WX), W_i=Of(v=a(4, 3, seed=1)))},
        {"p": Of(W_f=Of(d=a(4, 3, seed=2)), W_i=Of(d=a(4, 3, seed=3), m=a(4, 3, seed=4)))},
        {"p.W_f.v": "p.W_f.d", "p.W_i.v": "p.W_i.d"},
    ),
    "layers": (
        {"self": Of(layers=LAYER)},
        {"self": Of(layers=[Of(dW=a(4, 3), db=a(4)), Of(dW=a(4, 4), db=a(4, seed=1))])},
        {f"self.layers[{i}].{n}": f"self.layers[{i}].d{n}" for i in (0, 1) for n in "Wb"},
    ),
    "one list per kind": (
        {"self": Of(W=[WX, WH], b=[a(4), a(4)])},
        {"returned": (0.5, [a(4, 3), a(4, 4)]), "dW": [a(4, 3), a(4, 4)], "db": [a(4), a(4, seed=1)]},
        {"self.W[0]": "dW[0]", "self.W[1]": "dW[1]", "self.b[0]": "db[0]", "self.b[1]": "db[1]"},
    ),
    "numbered": (
        {"self": Of(W=[WX, WH])},
        {"dW0": a(4, 3), "dW1": a(4, 4)},
        {"self.W[0]": "dW0", "self.W[1]": "dW1"},
    ),
    "layers by name": (
        {"params": {"rnn": {"W": WX}, "dense": {"W": a(4, 3)}}},
        {"drnn_W": a(4, 3, seed=1), "grads": {"dense": {"W": a(4, 3, seed=2)}}},
        {'params["rnn"]["W"]': "drnn_W", 'params["dense"]["W"]': 'grads["dense"]["W"]'},
    ),
    "nabla": ({"self": Of(weights=WX, biases=BH)}, {"nabla_w": a(4, 3), "nabla_b": a(4, 1)},
              {"self.weights": "nabla_w", "self.biases": "nabla_b"}),
    "misspelled": ({"self": Of(W_hidden=WX)}, {"dW_hiden": a(4, 3)}, {"self.W_hidden": "dW_hiden"}),
    "by shape": (
        {"W_in": WX, "W_rec": WH},
        {"returned": (1.0, a(4, 3), a(4, 4)), "dh": a(4, 1), "W_in_old": a(4, 3, seed=1)},
        {"W_in": "returned[1]", "W_rec": "returned[2]"},
    ),
    "states beside": (
        {"Whh": WH, "bh": a(4), "h0": a(4)},
        {"dWhh": a(4, 4), "dbh": a(4), "dh": a(4, seed=3), "dhnext": a(4, seed=4), "dh0": a(4, seed=5)},
        {"Whh": "dWhh", "bh": "dbh", "h0": "dh0"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_styles(style):
    parameters, candidates, wanted = STYLES[style]
    assert paired(parameters, candidates) == wanted


def test_what_is_returned_goes_before_a_local_of_the_same_name_and_a_short_path_before_a_long_one():
    one = {"dW": a(4, 3), "returned": {"dW": a(4, 3, seed=1)}}
    assert paired({"W": WX}, one) == {"W": 'returned["dW"]'}
    assert paired({"W": WX}, {"self": Of(dW=a(4, 3)), "dW": a(4, 3, seed=1)}) == {"W": "dW"}


def test_the_state_of_the_last_step_is_no_gradient_of_a_bias():
    result = pair(reach({"bias": BH}), reach({"dhnext": a(4, 1), "dy": a(2, 1)}))
    assert [p.path for p in result.unpaired] == ["bias"]


def test_a_tensor_is_paired_as_an_array_is():
    assert paired({"W": mg.Tensor(WX)}, {"dW": mg.Tensor(a(4, 3))}) == {"W": "dW"}


def test_shapes_are_told():
    result = pair(
        reach({"W": WX, "V": WY, "b": BH, "c": a(5)}),
        reach({"dW": a(3, 4), "dV": a(2, 4), "db": a(4), "dc": a(7), "dx": a(3)}),
    )
    assert [(p.path, p.shape) for p in result.pairs] == [
        ("dW", "transposed"),
        ("dV", "same"),
        ("db", "squeezed"),
    ]
    assert [p.path for p in result.unpaired] == ["c"]  # as c might be the state of a cell
    wrong = pair(reach({"W": WX}), reach({"dW": 0.5}))["W"]
    assert (wrong.path, wrong.shape, wrong.rule) == ("dW", "wrong", "name")
    assert wrong.sure < result["W"].sure < result["b"].sure < result["V"].sure == 1


def test_the_right_shape_in_a_container_goes_before_the_wrong_shape_under_the_name():
    assert paired({"W": WX}, {"dW": a(4), "grads": {"W": a(4, 3)}}) == {"W": 'grads["W"]'}


def test_one_array_may_be_returned_for_two_parameters():
    shared = a(4)
    made = {"dbx": shared, "dbh": shared}
    assert paired({"bx": a(4, seed=1), "bh": a(4, seed=2)}, made) == {"bx": "dbx", "bh": "dbh"}


def test_a_copy_of_a_gradient_that_is_taken_is_not_another_ones():
    dW = a(4, 4)
    parameters = {"W": WH, "V": a(4, 4, seed=1)}
    result = pair(reach(parameters), reach({"dW": dW, "returned": [dW.copy()]}))
    assert [p.path for p in result.unpaired] == ["V"]
    assert [p.path for p in result.pairs] == ["dW"]


def test_zeros_are_no_copies_of_each_other():
    zeros = {"dW": np.zeros((4, 4)), "returned": [np.zeros((4, 4))]}
    assert paired({"W": WH, "recurrent": a(4, 4, seed=1)}, zeros) == {"W": "dW", "recurrent": "returned[0]"}


def test_a_name_that_fits_two_parameters_is_nobodys_unless_something_confirms():
    parameters = {"self": Of(one=Of(W=WX), other=Of(W=a(4, 3)))}
    assert paired(parameters, {"dW": a(4, 3)}) == {}
    confirmed = paired(parameters, {"dW": a(4, 3)}, confirm=lambda p, _: p.path.startswith("self.other"))
    assert confirmed == {"self.other.W": "dW"}


def test_confirmation_breaks_ties_only():
    parameters = {"W": WX}
    made = {"x": Of(dW=a(4, 3)), "y": Of(dW=a(4, 3, seed=1)), "dW": a(4, 3, seed=2)}
    assert paired(parameters, made, confirm=lambda _, c: c.path == "y.dW") == {"W": "dW"}
    del made["dW"]
    assert paired(parameters, made, confirm=lambda _, c: c.path == "y.dW") == {"W": "y.dW"}


def test_what_was_applied_to_the_weights_is_their_gradient_whatever_its_name():
    step = a(4, 4)
    parameters = {"Whh": WH, "Wii": a(4, 4, seed=1)}
    made = {"step": step, "other": a(4, 4, seed=2)}
    result = pair(reach(parameters), reach(made), changes={"Whh": 0.1 * step})
    assert [(p.parameter.path, p.path, p.rule) for p in result.pairs] == [("Whh", "step", "applied")]


def test_the_update_itself_is_the_last_resort():
    change = a(4, 4)
    result = pair(reach({"Whh": WH, "b": BH}), reach({}), changes={"Whh": change, "b": np.zeros((4, 1))})
    (only,) = result.pairs
    assert (only.rule, only.path) == ("update", "Whh before − after")
    assert only.candidate.value is change
    assert [p.path for p in result.unpaired] == ["b"]


def test_a_parameter_that_was_updated_is_not_its_own_gradient():
    assert paired({"P": {"W": WX}}, {"P": {"W": WX + 1}, "grads": {"W": a(4, 3)}}) == {'P["W"]': 'grads["W"]'}
    assert paired({"P": {"W": WX}}, {"P": {"W": WX + 1}}) == {}


def test_a_buffer_of_gradients_is_no_parameter():
    net = {"self": Of(Wx=WX, dWx=np.zeros((4, 3)), dx=a(5))}
    result = pair(reach(net), reach({"self": Of(dWx=a(4, 3))}), changes={"self.dWx": a(4, 3, seed=1)})
    assert [(p.parameter.path, p.path) for p in result.pairs] == [("self.Wx", "self.dWx")]
    assert [p.path for p in result.unpaired] == ["self.dx"]


def test_two_gradients_of_one_shape_are_not_guessed():
    made = {"returned": (a(4, 4), a(4, 4, seed=1))}
    assert paired({"A": WH}, made) == {}
    assert paired({"A": WH, "B": a(4, 4, seed=2)}, made) == {}


def test_steps_of_a_list_over_time_are_not_the_gradient_of_a_matrix():
    assert paired({"W": WX}, {"dW": [a(4, 3), a(4, 3, seed=1)]}) == {}


def test_a_parameter_without_a_gradient_says_so():
    result = pair(reach({"W": WX}), [])
    with pytest.raises(KeyError, match="no gradient is paired with 'W'"):
        result["W"]
