"""Text that is safe inside a quoted string of DOT."""

import re

LONGEST = 60

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;", "\n": "\\n"})


def quoted(text: str) -> str:
    r"""`text` as a DOT string that Graphviz shows letter by letter.

    Backslashes (which Graphviz reads as escapes such as \N), quotes, line ends and `&` (which it reads
    as the start of an entity) are escaped; characters that no SVG may hold become U+FFFD; a text of
    more than 60 characters is cut.

    Example:
        >>> quoted('a "b" & \\N')
        '"a \\"b\\" &amp; \\\\N"'
    """
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    escaped = _CONTROL.sub("\ufffd", shown).translate(_ESCAPES)
    return f'"{escaped}"'


def attributes(**values: str | float) -> str:
    """An attribute list of DOT, each value quoted.

    Example:
        >>> attributes(shape="box", penwidth=1.2)
        '[shape="box", penwidth="1.2"]'
    """
    return f"[{', '.join(f'{name}={quoted(str(value))}' for name, value in values.items())}]"
