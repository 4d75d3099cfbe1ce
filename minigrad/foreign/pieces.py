"""The pieces of a text in any Python: names, numbers, strings, comments, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r'''(?P<string>[uUrRbBfF]{0,2}(?:"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'
        |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
      |(?P<comment>\#[^\n]*)|(?P<join>\\\n)|(?P<newline>\n)|(?P<space>[ \t\f]+)
      |(?P<name>[^\W\d]\w*)|(?P<number>\.?\d(?:[eE][+-]\d|[\w.])*)
      |(?P<op><>|>>|.)''',
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Token:
    """A piece of source text; all pieces in their order are the text."""

    kind: str
    text: str
    depth: int = 0


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text in any Python, each with the number of brackets open around it.

    Example:
        >>> [token.text for token in tokens_of("print `x`")]
        ['print', ' ', '`', 'x', '`']
    """
    pieces, depth = [], 0
    for match in _TOKEN.finditer(text):
        piece = Token(match.lastgroup or "op", match.group())
        depth = max(0, depth - (piece.kind == "op" and piece.text in ")]}"))
        piece.depth = depth
        depth += piece.kind == "op" and piece.text in "([{"
        pieces.append(piece)
    return pieces


def first_lines(text: str) -> list[int]:
    r"""The numbers, from 0, of the lines on which a statement begins or could begin.

    Example:
        >>> first_lines("a = (1,\n 2)\nb = 1")
        [0, 2]
    """
    starts, line = [0], 0
    for piece in tokens_of(text):
        line += piece.text.count("\n")
        if piece.kind == "newline" and piece.depth == 0:
            starts.append(line)
    return starts
