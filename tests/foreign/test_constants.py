import ast

from minigrad.foreign.constants import constants, imported


def found(text, absent=()):
    tree = ast.parse(text)
    return constants(tree, [n for n in tree.body if isinstance(n, ast.FunctionDef)], absent)


def test_sizes_that_functions_read_can_be_set():
    text = "hidden_dim = 100\nseq_len = 50\nlearning_rate = 0.1\nseed = 3\ndef f(x): return hidden_dim"
    assert found(text).names == ("hidden_dim",)
    assert found(text, ["hidden_dim"]).names == ()


def test_sizes_of_weights_that_are_made_already_stay():
    text = "hidden_size = 9\nvocab_size = 1\nWhh = np.zeros((hidden_size, 9))\ndef f(x): return hidden_size"
    assert found(text).sizes == {"H": 9}
    assert found(text).names == ()


def test_functions_that_are_there_without_their_module():
    assert imported(ast.parse("from a import tanh as act, thing\nimport b")) == {"act"}
