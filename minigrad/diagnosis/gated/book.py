"""Every mistake that is known, by site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minigrad.diagnosis.gated import adding, carry, factor, local, slope, term, upstream, whole
from minigrad.diagnosis.gated.option import Hypothesis, Option
from minigrad.diagnosis.gated.scene import Scene


@dataclass(frozen=True)
class Book:
    """Wrong options by site, and those of each parameter's sum.

    Attributes:
        rules: sites of the recursion.
        changes: wrong rows by role.
        sums: wrong sums by role.
    """

    rules: dict[str, list[Option]]
    changes: dict[str, list[Option]]
    sums: dict[str, list[Option]]

    def singles(self) -> list[Hypothesis]:
        """Every hypothesis with one mistake in the recursion, the most probable first."""
        options = [option for options in self.rules.values() for option in options]
        together = [hypothesis for hypothesis in _together(self.rules) if len(hypothesis) > 1]
        alone: list[Hypothesis] = [{o.site: o} for o in sorted(options, key=lambda o: o.weight)]
        return [{}, *alone, *together]


def _together(rules: dict[str, list[Option]]) -> list[Hypothesis]:
    """Options of one group on several sites, which one line of code makes at once."""
    groups: dict[str, dict[str, Option]] = {}
    for options in rules.values():
        for option in options:
            if option.group and option.site.split(".")[0] in {"slope", "factor"}:
                groups.setdefault(option.group, {})[option.site] = option
    found: list[Hypothesis] = []
    for members in groups.values():
        slopes = {site: o for site, o in members.items() if site.startswith("slope")}
        gates = {site: o for site, o in slopes.items() if site != "slope.c"}
        sigmoids = {site: o for site, o in gates.items() if site[-1] not in "gn"}
        tanhs = {site: o for site, o in slopes.items() if site not in sigmoids}
        found += [dict(h) for h in (members, slopes, gates, sigmoids, tanhs)]
    return found


def book(scenes: Sequence[Scene]) -> Book:
    """The mistakes that make sense on some problems of one code."""
    scene = min(scenes, key=lambda s: s.T)
    letters = [*scene.letters, "c"] if scene.cell == "lstm" else list(scene.letters)
    rules = {
        "upstream": upstream.edges(scene),
        "dy": [*upstream.losses(scene), *upstream.moves("dy", "dy")] if scene.observed.dy is not None else [],
        "carry": carry.wholes(scene),
        "flow": carry.flows(scene),
        "keep": local.keeps(scene),
        "swap": whole.swaps(scene),
        "loop": whole.loops(),
        "cut": [o for o in whole.cuts(scene) if o.site == "cut"],
        "window": [o for o in whole.cuts(scene) if o.site == "window"],
    }
    for g in letters:
        rules[f"base.{g}"] = local.bases(scene, g)
        rules[f"factor.{g}"] = factor.factors(scene, g)
        rules[f"slope.{g}"] = slope.slopes(scene, g)
        if g != "c":
            rules[f"carry.{g}"] = carry.paths(scene, g)
    roles = [role for role in scene.parameters if role not in {"x", "h0", "c0"}]
    return Book(
        {site: options for site, options in rules.items() if options},
        {role: term.changes(scene, role) for role in roles},
        {role: adding.sums(scenes, role) for role in roles},
    )
