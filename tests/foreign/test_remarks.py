from runs import GRADIENT, run
from styles import write

from minigrad.foreign.remarks import remarks
from minigrad.foreign.source import read_source


def _remarks(folder, text):
    found = run(folder, text, "gradient")
    return remarks(read_source(write(folder, text)), found, found.analysis)


def test_nothing_is_noted_of_a_plain_run(tmp_path):
    assert _remarks(tmp_path, GRADIENT) == []


def test_absent_modules_and_files_are_noted(tmp_path):
    notes = _remarks(tmp_path, "import no_such_module\nbook = open('book.txt').read()\n" + GRADIENT)
    assert any("no_such_module" in note for note in notes)
    assert any("book.txt" in note for note in notes)


def test_clipping_and_single_steps_are_noted(tmp_path):
    text = GRADIENT.replace(
        "    return loss", "    dW, dU = np.clip(dW, -1e-3, 1e-3), np.clip(dU, -1e-3, 1e-3)\n    return loss"
    )
    assert any("entries were clipped" in note for note in _remarks(tmp_path, text))
    assert any(
        "used once only" in note
        for note in _remarks(tmp_path, GRADIENT.replace("randn(4, 2)", "randn(1, 2)"))
    )
