import ast
import textwrap

import pytest

from minigrad.foreign.plan import Plan
from minigrad.foreign.proposal import Proposal
from minigrad.foreign.signatures import signatures


def planned(text, name):
    tree = ast.parse(textwrap.dedent(text))
    known = signatures(tree)
    return Plan(tree, known, known[name])


def first(text, name):
    plan = planned(text, name)
    return plan.write(next(plan.styles(text)))


def test_a_proposal_is_python_and_a_case_file():
    proposal = Proposal("f", ("W = np.ones(3)",), "m.f(W)", '("upstream", W, W)', "dict(W=W)")
    assert proposal.describe() == "W = np.ones(3)\ngrads = m.f(W)"
    made = {}
    exec(proposal.case(), made)  # noqa: S102  # a case file of ours

    class Module:
        def f(self, W):
            return 2 * W

    told = made["case"](Module(), None)
    assert set(told) == {"params", "call", "loss"}
    assert told["call"]().tolist() == [2, 2, 2]
    assert "loss" not in Proposal("f", (), "m.f()", "", "{}").case()


@pytest.mark.parametrize(
    ("functions", "gradient", "wanted"),
    [
        (["rnn_forward", "rnn_step_forward"], "rnn_backward", "rnn_forward"),
        (["rnn_forward", "rnn_step_forward"], "rnn_step_backward", "rnn_step_forward"),
        (["lstm_forward", "rnn_forward"], "rnn_backward", "rnn_forward"),
        (["fprop", "other"], "bprop", "fprop"),
        (["feedforward", "train"], "backprop", "feedforward"),
        (["train", "sample"], "bptt", None),
    ],
)
def test_the_forward_pass_that_belongs_to_a_gradient_function(functions, gradient, wanted):
    text = "\n".join(f"def {name}(x): pass" for name in [*functions, gradient])
    found = planned(text, gradient).forward
    assert (found and found.short) == wanted


def test_a_forward_pass_that_is_called_inside_is_not_called_before():
    assert planned("def forward(x): pass\ndef bptt(x, y): return forward(x)", "bptt").forward is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("loss", True),
        ("calculate_loss", True),
        ("cross_entropy", True),
        ("loss_grad", False),
        ("smooth_loss", False),
    ],
)
def test_the_loss_is_called_unless_it_is_a_gradient(name, found):
    plan = planned(f"def {name}(p, y): pass\ndef forward(x): pass\ndef backward(d): pass", "backward")
    assert (plan.loss is not None) is found


def test_the_lines_of_a_class():
    text = """
    class Net:
        def __init__(self, n_in, n_hidden, n_out): pass
        def forward(self, xs):
            for x in xs: pass
            return ys, hs
        def loss(self, ys, targets): return 0
        def backward(self, xs, ys, targets, lr=0.1): pass
    """
    proposal = first(text, "Net.backward")
    assert [line.partition("[")[0] for line in proposal.lines] == [
        "net = m.Net(3, 4, 2)",
        "xs = ",
        "ys, hs = net.forward(xs)",
        "targets = ",
        "loss = net.loss(ys, targets)",
    ]
    assert proposal.call == "net.backward(xs, ys, targets, lr=1.0)"
    assert (proposal.loss, proposal.params) == ("loss", "net")


def test_the_loss_of_an_upstream_gradient():
    text = "def forward(x, Wx): return h, cache\ndef backward(dh, cache): return 0"
    proposal = first(text, "backward")
    assert (proposal.loss, proposal.params) == ('("upstream", h, dh)', "dict(Wx=Wx)")


def test_one_vocabulary_for_inputs_and_outputs_and_tokens_first():
    text = """
    class Net:
        def __init__(self, vocab_size, hidden_size): pass
        def bptt(self, x, y):
            for t in range(3): pass
    """
    proposal = first(text, "Net.bptt")
    assert proposal.lines[0] == "net = m.Net(7, 4)"
    assert proposal.lines[1].startswith("x = [0, ")


def test_a_told_shape_of_the_inputs_chooses_the_form_of_the_states():
    text = """
    def forward(x, a0, parameters):
        n_x, m, T_x = x.shape
        return a, caches
    def cell_forward(xt, parameters):
        return parameters["Wax"] @ xt
    def backward(da, caches): pass
    """
    lines = first(text, "backward").lines
    assert lines[:2] == ("x = np.random.randn(3, 6, 5)", "a0 = np.random.randn(4, 6)")
    assert lines[2].startswith("Wax = np.random.randn(4, 3)")


def test_parameters_of_the_files_own_making():
    text = """
    def initialize_parameters(n_a, n_x, n_y): return params
    def forward(x, parameters): return a, caches
    def backward(da, caches): pass
    """
    assert "parameters = m.initialize_parameters(4, 3, 2)" in first(text, "backward").lines


@pytest.mark.parametrize(
    ("name", "arguments", "rows"),
    [("lstm", "x, Wx, b", 16), ("gru", "x, Wx, b", 12), ("rnn", "x, Wx, b", 4), ("lstm", "x, Wf, bf", 4)],
)
def test_gates_share_a_matrix_where_there_is_one(name, arguments, rows):
    text = f"def {name}_forward({arguments}): return h, cache\ndef {name}_backward(dh, cache): pass"
    assert f"np.random.randn({rows}, " in first(text, f"{name}_backward").describe()


def test_the_side_of_the_weights_is_read_from_the_forward_pass():
    for product, shape in [("Wx @ x", "(4, 3)"), ("x @ Wx", "(3, 4)"), ("x * Wx", "(4, 3)")]:
        text = f"def forward(x, Wx): return {product}, 0\ndef backward(dh): pass"
        assert f"Wx = np.random.randn{shape}" in first(text, "backward").describe()


def test_names_that_nothing_defines_are_given_to_the_module():
    text = (
        "def lossFun(inputs, targets, hprev):\n    return np.tanh(Wxh @ inputs) + hidden_size + sigmoid(bh)"
    )
    lines = first(text, "lossFun").lines
    assert {"m.np = np", "m.Wxh = Wxh", "m.bh = bh", "m.hidden_size = 4"} <= set(lines)


def test_the_likeliest_guesses_change_least():
    text = "def forward(x, Wx, b): return h, cache\ndef backward(dh, cache, y): pass"
    plan = planned(text, "backward")
    styles = [style for style, _ in zip(plan.styles(text), range(40), strict=False)]
    assert len(set(styles)) > 20
    assert len({style.layout.x for style in styles}) > 5
    assert len({style.form for style in styles}) > 1
