"""Findings in words, from an explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.option import Option
from minigrad.diagnosis.vanilla.recovered import last_different
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import EXACT, Scene
from minigrad.diagnosis.vanilla.unexplained import unexplained

EQUATIONS = {
    "whole": "Goodfellow 10.17",
    "loss": "Goodfellow 10.18",
    "edge": "Goodfellow 10.20",
    "slope": "Goodfellow 10.21",
    "carry": "Goodfellow 10.21",
    "join": "Goodfellow 10.21",
    "reach": "Goodfellow 10.20",
    "visit": "Goodfellow 10.20",
    "sum by": "Goodfellow 10.22",
    "sum bh": "Goodfellow 10.23",
    "sum Wy": "Goodfellow 10.24",
    "sum Wh": "Goodfellow 10.26",
    "sum Wx": "Goodfellow 10.28",
    "sum h0": "Goodfellow 10.21",
    "sum x": "Goodfellow 10.28",
}
"""The equation that a mistake at each site breaks."""

_QUANTITIES = {
    "loss": "dy",
    "edge": "dh",
    "carry": "dh",
    "reach": "dh",
    "join": "dh",
    "slope": "da",
    "visit": "da",
}


class _Names(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key


def worded(text: str, names: Mapping[str, str]) -> str:
    """A text with the user's names in the place of the roles in braces.

    Example:
        >>> worded("write {Wh}ᵀ da(t+1)", {"Wh": "Whh"})
        'write Whhᵀ da(t+1)'
    """
    return text.format_map(_Names(names))


def sentence(option: Option, names: Mapping[str, str]) -> str:
    """What was done and what to write instead, in one sentence without a full stop."""
    return f"{capital(worded(option.did, names))}: {worded(option.fix, names)}"


def capital(text: str) -> str:
    """A text with a capital at the start, if it starts with a word and not with a symbol.

    Example:
        >>> capital("the carry is 0"), capital("dWh is 0")
        ('The carry is 0', 'dWh is 0')
    """
    word = text.partition(" ")[0]
    return f"{text[:1].upper()}{text[1:]}" if word in _WORDS else text


_WORDS = {"the", "what", "all", "in", "both", "only"}


def findings(scenes: Sequence[Scene], found: Explanation) -> list[Finding]:
    """Every mistake of an explanation as a finding, and what it does not explain.

    Raises:
        AssertionError: the explanation does not give the user's gradients.
    """
    if found.error > EXACT:
        msg = f"an explanation has to give the gradients to {EXACT:g}; this one gives them to {found.error:g}"
        raise AssertionError(msg)
    others = _others(found)
    explained = [_finding(scenes, found, part, others) for part in found.parts]
    return explained + unexplained(scenes, found)


def _finding(
    scenes: Sequence[Scene], found: Explanation, part: Option, others: Mapping[Option, list[str]]
) -> Finding:
    names = scenes[0].observed.names
    kept = found.error
    together = " together with the other findings" if len(found.parts) > 1 else ""
    scope = "what it concerns of your gradient" if found.missing else "your gradient"
    closeness = f"to {kept:.0e}" if kept else "exactly"
    text = f"{sentence(part, names)}. This{together} reproduces {scope} {closeness}."
    also = [worded(one, names) for one in part.also] + [worded(one, names) for one in others.get(part, ())]
    return Finding(
        part.kind,
        quantity(part, scenes[0]),
        text,
        step=part.step or _step(scenes, found.rule, part),
        factor=part.factor,
        reproduces_to=kept,
        equation=EQUATIONS[part.site],
        alternatives=tuple(dict.fromkeys(also)),
    )


def quantity(part: Option, scene: Scene) -> str:
    """What a mistake makes wrong, in the user's names."""
    if part.site == "whole":
        return "all"
    return _QUANTITIES.get(part.site) or scene.name(part.site.removeprefix("sum "))


def _step(scenes: Sequence[Scene], rule: Rule, part: Option) -> int | None:
    """The step at which da (or dy), going backwards, first is not what it were without the mistake."""
    if part.site not in _QUANTITIES:
        return None
    right = replace(rule, **{part.site: getattr(Rule(), part.site)})
    for scene in scenes:
        if part.site == "loss":
            step = last_different(rule.dy(scene), right.dy(scene))
        else:
            step = last_different(rule.run(scene).d[:, 0], right.run(scene).d[:, 0])
        if step is not None:
            return step
    return None


def _others(found: Explanation) -> dict[Option, list[str]]:
    """Other explanations of the same numbers, each beside the first mistake that it does without."""
    others: dict[Option, list[str]] = {}
    for one in found.fits.values():
        for parts in one.also:
            others.setdefault(one.parts[0], []).append(_text([p for p in parts if p not in one.parts]))
    for rival in found.rivals:
        spared = [part for part in found.parts if part not in rival.parts]
        instead = [part for part in rival.parts if part not in found.parts]
        if spared and instead:
            others.setdefault(spared[0], []).append(_text(instead))
    return others


def _text(parts: Sequence[Option]) -> str:
    text = "; and ".join(part.did for part in parts)
    return f"{capital(text)}."
