import pytest
from styles import FUNCTIONS, LAYER, write

from minigrad.foreign.case import case_path
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Options
from minigrad.foreign.verdict import check_file

ONLY_FUNCTIONS = FUNCTIONS.split("if __name__", maxsplit=1)[0]
ONLY_LAYER = LAYER.split("np.random.seed", maxsplit=1)[0]
START = """
import numpy as np
def case(m, rng):
    P = {"Wx": rng.normal(size=(3, 5)), "Wh": rng.normal(size=(5, 5)), "b": rng.normal(size=5)}
    P["Wy"] = rng.normal(size=(5, 2))
    y, cache = m.forward(rng.normal(size=(4, 6, 3)), rng.normal(size=(4, 5)), P)
    call = lambda: m.backward(y, cache, P)
"""


def _check(folder, text, ending):
    write(folder, START + ending, "my_rnn_case.py")
    return check_file(write(folder, text))


ENDINGS = [
    "    return dict(loss=np.sum(y ** 2) / 2, params=P, call=call)",
    "    return dict(loss=lambda: np.sum(y ** 2) / 2, params=P, call=call)",
    '    return dict(loss=("upstream", y, y), params=P, call=call)',
    "    return dict(loss=np.sum(y ** 2) / 2, call=call)",
    "    return dict(call=lambda: m.backward(y, cache, P))",
    "    return dict(loss=np.sum(y ** 2) / 2, params=P, call=call, grads=lambda r: r)",
    "    return dict(loss=np.sum(y ** 2) / 2, params=P, grads=m.backward(y, cache, P))",
    "    m.P = P\n    return dict(loss=np.sum(y ** 2) / 2, params=list(P.values()), call=call)",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_form_of_a_case_says_right_of_right_code(tmp_path, ending):
    report = _check(tmp_path, ONLY_FUNCTIONS, ending)
    assert report.ok
    assert len(report.rows) >= 4


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_form_of_a_case_says_wrong_of_wrong_code(tmp_path, ending):
    text = ONLY_FUNCTIONS.replace("1 - hs[t + 1] ** 2", "1 - hs[t] ** 2")
    assert not _check(tmp_path, text, ending).ok


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        (
            "    return y",
            "returns a dict with some of the keys loss, params, call, grads; it returned Tensor",
        ),
        ("    return dict(loss=1.0, calls=call)", "it returned 'calls' too"),
        ("    return dict(loss=np.sum(y))", "one of call .* and grads .* is needed"),
        ("    return dict(call=m.backward(y, cache, P))", "is a function without arguments"),
        ("    return dict(loss=y, params=P, call=call)", r"a tensor of shape \(4, 2\)"),
        ("    return dict(loss=1.0, params=P, call=call)", "given: float 1.0"),
        (
            '    return dict(loss=("upstream", y, y[0, :1]), params=P, call=call)',
            r"shape \(4, 2\) and G \(1,\)",
        ),
        ('    return dict(loss=("upstream", 1.0, 1.0), call=call)', "the output was not computed"),
        ('    return dict(params=["Wzz"], call=call)', "names 'Wzz', which the module does not have"),
        ("    raise ValueError('a bad day')", "line 8: ValueError: a bad day"),
    ],
)
def test_misuse_is_told_in_one_line_that_names_the_case(tmp_path, ending, message):
    with pytest.raises(ForeignError, match=message) as caught:
        _check(tmp_path, ONLY_FUNCTIONS, ending)
    assert "my_rnn_case.py" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_the_function_is_told(tmp_path):
    write(tmp_path, "x = 1", "my_rnn_case.py")
    with pytest.raises(ForeignError, match="defines `def case"):
        check_file(write(tmp_path, ONLY_FUNCTIONS))


def test_a_function_with_other_arguments_is_told(tmp_path):
    write(tmp_path, "def case(m): pass", "my_rnn_case.py")
    with pytest.raises(ForeignError, match="takes two arguments"):
        check_file(write(tmp_path, ONLY_FUNCTIONS))


def test_a_case_that_is_named_and_not_there_is_told(tmp_path):
    with pytest.raises(ForeignError, match="no such case file"):
        check_file(write(tmp_path, ONLY_FUNCTIONS), Options(case=tmp_path / "nowhere.py"))


def test_lists_over_time_can_be_upstream(tmp_path):
    write(
        tmp_path,
        """
def case(m, rng):
    net = m.Layer(3, 4)
    hs, G = net.forward(rng.normal(size=(2, 5, 3))), rng.normal(size=(2, 5, 4))
    return dict(loss=("upstream", list(hs), list(G)), params=net.params, call=lambda: net.backward(G))
""",
        "my_rnn_case.py",
    )
    assert check_file(write(tmp_path, ONLY_LAYER)).ok


def test_what_a_file_lacks_can_be_given(tmp_path):
    text = "from nowhere import Base\n" + ONLY_LAYER.replace("class Layer:", "class Layer(Base, Other):")
    write(
        tmp_path,
        """
from types import SimpleNamespace
class Other: pass
class Base: pass
given = {"nowhere": SimpleNamespace(Base=Base), "Other": Other}
def case(m, rng):
    net = m.Layer(3, 4)
    hs, G = net.forward(rng.normal(size=(2, 5, 3))), rng.normal(size=(2, 5, 4))
    return dict(loss=("upstream", hs, G), params=net.params, call=lambda: net.backward(G))
""",
        "my_rnn_case.py",
    )
    assert check_file(write(tmp_path, text)).ok


def test_a_program_runs_with_what_it_is_given_alone(tmp_path):
    text = LAYER.replace("np.random.randn(2, 5, 3)", "absent_data()")
    write(
        tmp_path,
        "import numpy as np\ngiven = {'absent_data': lambda: np.random.randn(2, 5, 3)}",
        "my_rnn_case.py",
    )
    assert check_file(write(tmp_path, text)).ok


def test_what_is_given_is_a_dict(tmp_path):
    write(tmp_path, "given = [1]", "my_rnn_case.py")
    with pytest.raises(ForeignError, match="`given` of a case file is a dict"):
        check_file(write(tmp_path, ONLY_LAYER))


def test_the_case_lies_beside_the_file(tmp_path):
    assert case_path(tmp_path / "net.ipynb") == tmp_path / "net_case.py"
