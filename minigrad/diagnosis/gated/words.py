"""Findings: explanations in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.gated.explanation import Explanation, play
from minigrad.diagnosis.gated.option import Hypothesis, Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.recursion import RIGHT, output_gradient, simulate
from minigrad.diagnosis.gated.scene import EXACT, Scene
from minigrad.diagnosis.gated.summed import Play, Term
from minigrad.diagnosis.gated.term import pair, split

_EQUATIONS = {
    "dy": "10.18", "upstream": "10.20", "carry": "10.21", "keep": "10.41", "Wx": "10.28", "Wh": "10.26",
    "b": "10.23", "Wy": "10.24", "by": "10.22", "f": "10.40", "i": "10.42", "g": "10.41", "o": "10.44",
    "c": "10.43", "z": "10.46", "n": "10.45", "r": "10.47",
}  # fmt: skip
_SEEN = 1e-9


def findings(scenes: Sequence[Scene], best: Explanation, ties: Sequence[Explanation]) -> list[Finding]:
    """The findings of a complete explanation.

    Raises:
        AssertionError: if the explanation does not give the user's numbers to 1e-8.
    """
    error = best.error
    if not error <= EXACT:
        msg = f"an explanation must give the user's gradients to {EXACT}; it gives them to {error:.1e}"
        raise AssertionError(msg)
    own = said(scenes, best)
    others = [said(scenes, tie) for tie in ties]
    known = {f.sentence for f in own}
    extra = [[f.sentence for f in tie if f.sentence not in known] for tie in others]
    return [_with(f, own, others, extra) for f in own]


def _with(
    finding: Finding, own: list[Finding], others: list[list[Finding]], extra: list[list[str]]
) -> Finding:
    """A finding with what stands in its place in the other explanations."""
    more: list[str] = list(finding.alternatives)
    for tie, sentences in zip(others, extra, strict=True):
        kept = any(f.sentence == finding.sentence for f in tie)
        if not kept and len(tie) <= len(own):
            more += [s for s in sentences if s not in more]
    return Finding(**{**finding.to_dict(), "alternatives": tuple(more)})


def said(scenes: Sequence[Scene], explanation: Explanation) -> list[Finding]:
    """The findings of one explanation: the recursion's, those of the sums, constants."""
    rules: dict[str, list[Option]] = {}
    for site, option in explanation.hypothesis.items():
        rules.setdefault(option.group or site + option.name, []).append(option)
    found = [_rule(scenes, options, explanation.error) for options in rules.values()]
    return found + _sums(scenes, explanation) + _constants(scenes, explanation)


def _tail(error: float) -> str:
    return f"this reproduces your gradient to {error:.0e}"


def _quantity(scene: Scene, site: str) -> str:
    place, _, letter = site.partition(".")
    if place in {"base", "factor", "slope"}:
        return "dc" if letter == "c" else f"da.{letter}"
    state = "dc" if scene.cell == "lstm" else "dh"
    fixed = {
        "dy": "dy",
        "keep": state,
        "swap": "da",
        "loop": "da",
        "clip": "dh" if letter == "carry" else letter,
    }
    return fixed.get(place, "dh")


def _equation(site: str) -> str:
    place, _, letter = site.partition(".")
    return _EQUATIONS.get(letter if place in {"base", "factor", "slope"} else place, "10.20")


def _rule(scenes: Sequence[Scene], options: Sequence[Option], error: float) -> Finding:
    scene, first = scenes[0], options[0]
    quantities = list(dict.fromkeys(_quantity(scene, o.site) for o in options))
    did = "; ".join(o.did for o in options)
    fixes = "; ".join(dict.fromkeys(o.fix for o in options))
    hypothesis = {o.site: o for o in options}
    return Finding(
        first.kind,
        ", ".join(quantities),
        f"{_capital(did)}: {fixes}; {_tail(error)}.",
        step=_first_step(scenes, hypothesis),
        reproduces_to=error,
        equation=_equation(first.site),
    )


def _capital(text: str) -> str:
    """A sentence starts large, unless it starts with a quantity such as dWh or da."""
    starts = text.split(" ", 1)[0]
    return (
        text
        if starts[:1] in {"d", "∂"} and len(starts) > 1 and starts[:2] != "do"
        else text[:1].upper() + text[1:]
    )


def _first_step(scenes: Sequence[Scene], hypothesis: Hypothesis) -> int | None:
    """The step, going backwards, at which a mistake alone first changes a number."""
    for scene in scenes:
        wrong, right = simulate(scene, hypothesis), simulate(scene)
        changed = _changed(wrong, right) | _rows_differ(
            output_gradient(scene, hypothesis), output_gradient(scene, RIGHT)
        )
        steps = np.flatnonzero(changed)
        if steps.size:
            return int(steps[-1]) + 1
    return None


def _changed(wrong: Past, right: Past) -> np.ndarray:
    T = wrong.scene.T
    pairs = [(wrong.dh, right.dh), (wrong.dc, right.dc), *((wrong.da[g], right.da[g]) for g in wrong.da)]
    return np.asarray(np.any([_rows_differ(a[:T], b[:T]) for a, b in pairs], axis=0))


def _rows_differ(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    size = max(float(np.max(np.abs(b), initial=0.0)), 1e-300)
    return np.asarray(np.max(np.abs(a - b), axis=(1, 2), initial=0.0) > _SEEN * size)


def _names(scene: Scene, roles: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(scene.name(role) for role in roles))


def _sums(scenes: Sequence[Scene], explanation: Explanation) -> list[Finding]:
    groups: dict[str, list[tuple[Term, Option]]] = {}
    for terms in explanation.terms.values():
        for option in terms[0].options if terms else ():
            groups.setdefault(option.group, []).append((terms[0], option))
    plays = play(scenes, explanation.hypothesis)
    return [_sum(plays, explanation, entries) for entries in groups.values()]


def _sum(plays: Sequence[Play], explanation: Explanation, entries: Sequence[tuple[Term, Option]]) -> Finding:
    scene, option = plays[0].scene, entries[0][1]
    roles = [term.role for term, _ in entries]
    names = _names(scene, roles)
    error = max(term.error for term, _ in entries)
    kind = _kind(option, roles)
    return Finding(
        kind,
        "all" if len(roles) == len(scene.parameters) and len(roles) > 1 else names,
        _sentence(option, roles, names, error),
        step=_term_step(plays, roles[0], option),
        reproduces_to=error,
        equation=_EQUATIONS.get(split(roles[0])[0], ""),
        alternatives=_alternatives(explanation, entries, names),
    )


def _kind(option: Option, roles: Sequence[str]) -> str:
    """A bias's own kind, unless the weights have the same mistake."""
    biases = [split(role)[0] in {"b", "by"} for role in roles]
    if option.kind in {"bias", "initial-state"} and any(biases) and not all(biases):
        return "initial-state" if option.name == "skip first" else "skipped-step"
    if all(biases) and option.kind == "wrong-derivative":
        return "bias"
    return option.kind


def _sentence(option: Option, roles: Sequence[str], names: str, error: float) -> str:
    own = option.did
    text = f"in d{names.replace(', ', ', d')}: {own}" if option.site.startswith("sum") else own
    if option.site.startswith("add") and len(roles) > 1:
        text = f"each of d{names.replace(', ', ', d')} {own.partition(' ')[2]}"
    families = {split(role)[0] for role in roles}
    fix = option.fix if len(families) == 1 else "add the own term of every step once"
    return f"{_capital(text)}: {fix}; {_tail(error)}."


def _alternatives(
    explanation: Explanation, entries: Sequence[tuple[Term, Option]], names: str
) -> tuple[str, ...]:
    role = entries[0][0].role
    others = [
        t for t in explanation.terms[role][1:] if len(t.options) <= len(entries[0][0].options) and t.options
    ]
    return tuple(
        _sentence(t.options[0], [role], names, t.error) for t in others if t.options[0] is not entries[0][1]
    )


def _term_step(plays: Sequence[Play], role: str, option: Option) -> int | None:
    """The last step whose term is another one."""
    one, T = plays[0], plays[0].scene.T
    if option.site.startswith("add"):
        word = option.name.removeprefix("skip ")
        named = {"first": 1, "last": T, "overwritten": T, "first written": T - 1}
        if word in named or option.name in named:
            return named.get(word, named.get(option.name))
        return int(word) if word.isdigit() else None
    rows = pair(one.scene, one.past, role, one.dy)
    changed = option.value(one.scene, one.past, role, rows)
    differ = _rows_differ(changed[0], rows[0]) if changed[0].shape == rows[0].shape else np.ones(T, bool)
    if changed[1].shape == rows[1].shape:
        differ = differ | _rows_differ(changed[1], rows[1])
    steps = np.flatnonzero(differ)
    return int(steps[-1]) + 1 if steps.size else None


def _constants(scenes: Sequence[Scene], explanation: Explanation) -> list[Finding]:
    groups: dict[tuple[str, float], list[Term]] = {}
    for terms in explanation.terms.values():
        if terms and (terms[0].words or terms[0].bound):
            term = terms[0]
            groups.setdefault((term.words[0] if term.words else "", round(term.bound, 9)), []).append(term)
    return [_constant(scenes, group, explanation) for group in groups.values()]


def _constant(scenes: Sequence[Scene], group: Sequence[Term], explanation: Explanation) -> Finding:
    scene, term = scenes[0], group[0]
    roles, error = [t.role for t in group], max(t.error for t in group)
    whole = len(roles) == len([t for t in explanation.terms.values() if t and not _is_zero(t[0])])
    if term.bound:
        whole = all(s.scale(role) <= term.bound * (1 + EXACT) for s in scenes for role in s.parameters)
    quantity = "all" if whole and len(roles) > 1 else _names(scene, roles)
    subject = "every gradient" if quantity == "all" else f"d{quantity.replace(', ', ', d')}"
    if term.bound:
        did = f"{subject} is clipped at ±{term.bound:.6g}: compare before you clip"
        return Finding("clipped", quantity, f"{_capital(did)}; {_tail(error)}.", reproduces_to=error)
    factor = next((c for c in term.factors if c != 1.0), 1.0)
    did = f"{subject} is {term.words[0]} times the right one"
    others = tuple(f"{_capital(subject)} is {w} times the right one." for w in term.words[1:])
    return Finding(
        _constant_kind(term, roles),
        quantity,
        f"{_capital(did)}: divide by it; {_tail(error)}.",
        factor=factor,
        reproduces_to=error,
        alternatives=others,
    )


def _is_zero(term: Term) -> bool:
    return any(o.name == "zero" for o in term.options)


def _constant_kind(term: Term, roles: Sequence[str]) -> str:
    if term.words[0] == "−1":
        return "sign"
    bias = all(split(role)[0] in {"b", "by"} for role in roles)
    return "bias" if bias else "scale"
