"""A scene as JSON."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from typing import Any

from minigrad.draw.scene import Scene

_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_json(scene: Scene) -> str:
    r"""The scene as strict JSON, safe to stand inside of a page: no `<`, `>`, `&` in it.

    Numbers are as exact as they are; what JSON has no number for is "NaN", "Infinity" or "-Infinity".

    Example:
        >>> as_json(Scene((), (), (), (60.0, 40.0), title="a < b"))[-22:]
        '"title": "a \\u003c b"}'
    """
    try:
        text = json.dumps(_plain(scene), allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(_plain(scene)), allow_nan=False)
    return text.translate({ord(character): escape for character, escape in _ESCAPES.items()})


def _plain(x: Any) -> Any:
    """Dataclasses as dicts; the rest as it is."""
    if is_dataclass(x):
        return {field: _plain(value) for field, value in vars(x).items()}
    if isinstance(x, tuple) and x and (is_dataclass(x[0]) or isinstance(x[0], tuple)):
        return [_plain(item) for item in x]
    return x


def _finite(x: Any) -> Any:
    """`x` with words for what is not finite."""
    if isinstance(x, dict):
        return {key: _finite(value) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return [_finite(item) for item in x]
    if isinstance(x, float) and not math.isfinite(x):
        return "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"
    return x


def field_names(kind: type) -> list[str]:
    """The names under which what a scene is made of stands in the JSON.

    Example:
        >>> from minigrad.draw.scene import Legend
        >>> field_names(Legend)
        ['title', 'ticks', 'corner']
    """
    return [field.name for field in fields(kind)]
