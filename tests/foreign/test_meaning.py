import pytest

from minigrad.foreign.meaning import Sizes, ends, kind_of, size_letter


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("hidden_size", "H"),
        ("n_h", "H"),
        ("size_hidden", "H"),
        ("H", "H"),
        ("num_hidden_units", "H"),
        ("n_a", "H"),
        ("input_size", "D"),
        ("n_x", "D"),
        ("input_dim", "D"),
        ("output_size", "O"),
        ("n_y", "O"),
        ("num_classes", "O"),
        ("vocab_size", "V"),
        ("size_vocab", "V"),
        ("seq_length", "T"),
        ("T_x", "T"),
        ("batch_size", "B"),
        ("N", "B"),
        ("m", "B"),
        ("lr", None),
        ("colour", None),
        ("activation", None),
    ],
)
def test_sizes_are_known_by_their_names(name, letter):
    assert size_letter(name) == letter


def test_all_sizes_differ():
    sizes = Sizes()
    assert len({sizes.H, sizes.D, sizes.O, sizes.V, sizes.T, sizes.B}) == 6
    assert Sizes.vocabulary().D == Sizes.vocabulary().O == Sizes.vocabulary().of("vocab_size")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("H", 4),
        ("4*H", 16),
        ("4H", 16),
        ("n_a + n_x", 7),
        ("1", 1),
        ("self.hidden_size", 4),
        ("4 * H + 1", 17),
        ("what", None),
        ("H - 1", None),
        ("H * what", None),
        ("'a'", None),
        ("a, ", None),
        ("(", None),
    ],
)
def test_expressions_of_sizes(text, value):
    assert Sizes().evaluate(text) == value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x", "input"),
        ("inputs", "input"),
        ("X_seq", "input"),
        ("input_sequence", "input"),
        ("y", "target"),
        ("true_labels", "target"),
        ("y_actual", "target"),
        ("h0", "state"),
        ("hprev", "state"),
        ("h_t_minus_1", "state"),
        ("previous", "state"),
        ("c_prev", "cell"),
        ("Wxh", "weight"),
        ("W", "weight"),
        ("b_h", "weight"),
        ("bias", "weight"),
        ("params", "params"),
        ("parameters", "params"),
        ("cache", "cache"),
        ("forward_cache", "cache"),
        ("dout", "upstream"),
        ("dh_next", "upstream"),
        ("d_y", "upstream"),
        ("error_tensor", "upstream"),
        ("grad_output", "upstream"),
        ("y_pred", "output"),
        ("probs", "output"),
        ("learning_rate", "rate"),
        ("bptt_truncate", "cut"),
        ("epochs", "one"),
        ("hidden_size", "size"),
        ("Wxh1", "weight"),
        ("w_in", "weight"),
        ("vec", "other"),
        ("use", "other"),
        ("what", "other"),
        ("Wout", "weight"),
        ("WLSTM", "weight"),
        ("colour", "other"),
        ("dropout", "other"),
    ],
)
def test_what_an_argument_is_for(name, kind):
    assert kind_of(name) == kind


def test_a_constructor_is_given_sizes():
    assert kind_of("hidden") == "state"
    assert kind_of("hidden", whole=True) == "size"
    assert kind_of("D", whole=True) == "size"


LSTM = ["Wf", "Wi", "Wc", "Wo", "Wy"]
PEEPHOLE = ["W_xf", "W_hf", "W_ho", "W_xi", "W_hy"]


@pytest.mark.parametrize(
    ("name", "names", "wanted"),
    [
        ("Wxh", [], ("D", "H")),
        ("W_hh", [], ("H", "H")),
        ("Why", [], ("H", "O")),
        ("Wax", [], ("D", "H")),
        ("Waa", [], ("H", "H")),
        ("Wya", [], ("H", "O")),
        ("bh", [], ("", "H")),
        ("by", [], ("", "O")),
        ("b", [], ("", "H")),
        ("U", ["U", "V", "W"], ("D", "H")),
        ("W", ["U", "V", "W"], ("H", "H")),
        ("V", ["U", "V", "W"], ("H", "O")),
        ("c", ["U", "V", "W", "b", "c"], ("", "O")),
        ("W", ["W", "b"], ("HD", "H")),
        ("Wx", ["Wx", "Wh", "b"], ("D", "H")),
        ("Wh", ["Wx", "Wh", "b"], ("H", "H")),
        ("Wout", [], ("H", "O")),
        ("Wf", LSTM, ("HD", "H")),
        ("Wo", LSTM, ("HD", "H")),
        ("Wy", LSTM, ("H", "O")),
        ("bo", LSTM, ("", "H")),
        ("W_xf", PEEPHOLE, ("D", "H")),
        ("W_ho", PEEPHOLE, ("H", "H")),
        ("W_hy", PEEPHOLE, ("H", "O")),
        ("Uz", ["Wz", "Uz"], ("H", "H")),
        ("Wz", ["Wz", "Uz"], ("D", "H")),
        ("Wh", ["Wz", "Uz", "Wh", "Uh"], ("D", "H")),
    ],
)
def test_where_a_weight_leads(name, names, wanted):
    assert ends(name, names) == wanted
