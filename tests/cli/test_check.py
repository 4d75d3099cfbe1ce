import json

import pytest

from minigrad.cli import main

LINE = 1
RIGHT = """
import numpy as np
W, U = np.random.randn(3, 3), np.random.randn(3, 2)
x = np.random.randn(4, 2)

def gradient(x):
    hs = [np.zeros(3)]
    for t in range(len(x)):
        hs.append(np.tanh(W @ hs[-1] + U @ x[t]))
    loss = np.sum(hs[-1] ** 2) / 2
    dW, dU, dh = np.zeros_like(W), np.zeros_like(U), hs[-1]
    for t in reversed(range(len(x))):
        da = (1 - hs[t + 1] ** 2) * dh
        dW += np.outer(da, hs[t])
        dU += np.outer(da, x[t])
        dh = W.T @ da
    return loss, dW, dU

gradient(x)
"""
WRONG = RIGHT.replace("W.T @ da", "W @ da")


@pytest.fixture
def program(tmp_path):
    def write(text, name="my_rnn.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_right_code_ends_with_0(program, capsys):
    assert main(["check", program(RIGHT)]) == 0
    shown = capsys.readouterr()
    assert "right" in shown.out
    assert not shown.err


def test_wrong_code_ends_with_1_and_the_cause(program, capsys):
    assert main(["check", program(WRONG)]) == 1
    assert "W" in capsys.readouterr().out


def test_json_is_all_that_is_printed(program, capsys):
    assert main(["check", program(WRONG), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is False
    assert {row["name"]: row["verdict"] for row in told["rows"]} == {"W": "wrong", "U": "wrong"}
    assert told["findings"][0]["kind"] == "carry-not-transposed"


def test_the_page_is_written_where_it_is_wanted(program, tmp_path, capsys):
    assert main(["check", program(RIGHT), "--html", str(tmp_path / "report.html")]) == 0
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "report.html" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_told(program, tmp_path, capsys):
    assert main(["check", program(RIGHT), "--html", str(tmp_path / "no" / "report.html")]) == 2
    assert "can't write" in capsys.readouterr().err


def test_function_parameters_and_loss_can_be_named(program, capsys):
    given = ["check", program(RIGHT) + "::gradient", "--params", "W", "--forward", "loss", "--json"]
    assert main(given) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in told["rows"]] == ["W"]
    assert "as told" in told["problem"][1]


def test_a_draft_is_a_case_that_works(program, tmp_path, capsys):
    path = program(
        "import numpy as np\n"
        "class RNN:\n"
        "    def __init__(self, input_size, hidden_size):\n"
        "        self.W = np.random.randn(hidden_size, hidden_size)\n"
        "        self.U = np.random.randn(hidden_size, input_size)\n"
        "    def forward(self, inputs):\n"
        "        self.inputs, self.hs = inputs, {-1: np.zeros((len(self.W), 1))}\n"
        "        for t in range(len(inputs)):\n"
        "            self.hs[t] = np.tanh(self.W @ self.hs[t-1] + self.U @ inputs[t])\n"
        "        return self.hs[len(inputs) - 1]\n"
        "    def backward(self, dh):\n"
        "        self.dW, self.dU = np.zeros_like(self.W), np.zeros_like(self.U)\n"
        "        for t in reversed(range(len(self.inputs))):\n"
        "            da = (1 - self.hs[t] ** 2) * dh\n"
        "            self.dW += da @ self.hs[t-1].T\n"
        "            self.dU += da @ self.inputs[t].T\n"
        "            dh = self.W.T @ da\n"
        "        return self.dW, self.dU\n"
    )
    assert main(["check", "--draft", path]) == 0
    assert "my_rnn_case.py says how my_rnn.py is called" in capsys.readouterr().out
    assert "def case(m, rng):" in (tmp_path / "my_rnn_case.py").read_text(encoding="utf-8")
    assert main(["check", path]) == 0
    assert "the case file my_rnn_case.py" in capsys.readouterr().out
    assert main(["check", "--draft", path]) == 2
    assert "not overwritten" in capsys.readouterr().err


BAD = [
    ("def f(:\n", "my_rnn.py, line 1"),
    ("import numpy as np\n" * 3 + "raise ValueError('no data')\n", "line 4: ValueError: no data"),
    ("import numpy as np\n" + RIGHT.replace("hs[t + 1] ** 2", "hz[t + 1] ** 2"), "NameError"),
    (RIGHT.replace("x = np.random.randn(4, 2)", "x = input('path: ')"), "line 4"),
    ("x = 1\n", "nothing in it looks like a gradient"),
    (RIGHT.replace("gradient(x)\n", "while True: pass\n"), "stopped after"),
]


@pytest.mark.parametrize(
    ("text", "message"), BAD, ids=["syntax", "raises", "name", "input", "nothing", "endless"]
)
def test_bad_input_is_one_line_and_2(program, capsys, text, message):
    path = program(text)
    assert main(["check", path, "--time", "0.5"]) == 2
    shown = capsys.readouterr()
    assert not shown.out
    assert message in shown.err
    assert "my_rnn.py" in shown.err
    assert shown.err.count("\n") == 1


def test_a_file_that_is_not_there_is_2(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere.py")]) == 2
    assert "nowhere.py" in capsys.readouterr().err


def test_not_a_number_is_no_right_gradient(program, capsys):
    code = main(["check", program(RIGHT.replace("dh = W.T @ da", "dh = W.T @ da * np.nan")), "--json"])
    shown = capsys.readouterr()
    assert code in {1, 2}
    assert "NaN" in shown.out + shown.err or "not-finite" in shown.out


def test_what_the_file_prints_is_not_shown_and_nothing_is_written(program, tmp_path, capsys):
    text = "print('hello')\n" + RIGHT + "np.save('weights.npy', W)\nopen('log.txt', 'w').write('x')\n"
    path = program(text)
    assert main(["check", path]) == 0
    assert "hello" not in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir()] == ["my_rnn.py"]
    assert (tmp_path / "my_rnn.py").read_text(encoding="utf-8") == text
