"""The scene as JSON that is safe inside a page."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from typing import Any

from minigrad.draw.label import safe
from minigrad.draw.page.wording import label
from minigrad.draw.scene import Mark, Scene

_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def data(scene: Scene) -> str:
    """The scene as JSON: its fields by their names, and for each node its `label`.

    Numbers are written so that reading them gives the same float64 again; NaN and infinities, which
    JSON has no numbers for, are the strings "nan", "inf" and "-inf".

    Example:
        >>> data(Scene((), (), (), (10.0, math.inf)))[:43]
        '{"nodes":[],"lines":[],"boxes":[],"size":[1'
    """
    return json.dumps(_plain(scene), allow_nan=False, separators=(",", ":")).translate(_UNSAFE)


def _plain(value: Any) -> Any:
    """`value` as dictionaries, lists, strings and finite numbers; as deep as the scene's classes nest."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(float(value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return named | {"label": label(value)} if isinstance(value, Mark) else named
    return value
