"""A text is cut into pieces, which are the text again."""

import pytest

from minigrad.foreign.pieces import first_lines, tokens_of


@pytest.mark.parametrize(
    "text",
    [
        "print `x`, 0777L\n",
        "s = '''a\n'b' \\''' c''' + u\"x\\\"y\" # it's\n",
        "a = [1,\n 2] ; b <> c",
        "x = 'unclosed\ny = 1",
        "größe = 1.5e-3\\\n + 2",
        ") ( }",
    ],
)
def test_the_pieces_are_the_text(text):
    assert "".join(piece.text for piece in tokens_of(text)) == text


def test_strings_and_comments_are_one_piece():
    kinds = [(piece.kind, piece.text) for piece in tokens_of('f(r\'#\', """\'\n""") # \'x\n')]
    assert ("string", "r'#'") in kinds
    assert ("string", '"""\'\n"""') in kinds
    assert ("comment", "# 'x") in kinds


def test_brackets_are_counted():
    depths = {piece.text: piece.depth for piece in tokens_of("a(b[c]'('), d")}
    assert depths == {
        "a": 0,
        "(": 0,
        "b": 1,
        "[": 1,
        "c": 2,
        "]": 1,
        "'('": 1,
        ")": 0,
        ",": 0,
        " ": 0,
        "d": 0,
    }


def test_lines_on_which_a_statement_begins():
    text = "a = (1,\n2)\ns = '''\nx\n'''\nb = 1 + \\\n 2\nc"
    assert first_lines(text) == [0, 2, 5, 7]
