import pytest
from runs import GRADIENT
from styles import write

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Options, examine, wanted
from minigrad.foreign.source import read_source


def test_the_run_of_the_file_is_believed(tmp_path):
    found = examine(write(tmp_path, GRADIENT))
    assert found.functions[0] == "gradient"
    assert found.chosen is found.tried[0]


def test_a_file_beside_it_may_be_the_program(tmp_path):
    text, call = GRADIENT.split("loss, dW, dU = gradient")
    write(
        tmp_path,
        f"import my_rnn\nloss, dW, dU = my_rnn.gradient{call.replace('x, h0', 'my_rnn.x, my_rnn.h0')}",
        "train.py",
    )
    found = examine(write(tmp_path, text))
    assert "train.py, which imports it" in found.chosen.driver.told


def test_the_function_can_be_named(tmp_path):
    source = read_source(write(tmp_path, GRADIENT))
    assert wanted(source, Options(function="gradient")) == ("gradient",)
    with pytest.raises(ForeignError, match=r"there is no function other in it; .*: gradient"):
        wanted(source, Options(function="other"))


def test_a_refusal_says_why_and_what_to_do(tmp_path):
    path = write(tmp_path, GRADIENT.replace("return loss", "return lost"))
    refusal = examine(path).refusal()
    assert "NameError" in refusal.message
    assert "--draft my_rnn.py" in refusal.message
    assert refusal.line == 17


def test_a_file_without_gradients_is_told(tmp_path):
    assert "nothing in it looks like a gradient" in examine(write(tmp_path, "x = 1\n")).refusal().message
