"""A campaign: as many programs as wanted compared, the mismatches shrunk and told."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fuzz.compare import Outcome, Task, Verdict, compare
from fuzz.generate import generate
from fuzz.program import Program
from fuzz.reference import ComplexStep, Reference, Torch, best
from fuzz.shrink import shrink


@dataclass
class Tally:
    """What came out so far."""

    same: int = 0
    ill_conditioned: int = 0
    worst: float = 0.0
    mismatches: list[tuple[int, Outcome]] = field(default_factory=list)

    @property
    def share_left_out(self) -> float:
        """How many programs told nothing, of all that were run."""
        return self.ill_conditioned / max(self.same + self.ill_conditioned + len(self.mismatches), 1)


def campaign(graphs: int, task: Task, reference: Reference, *, empty: bool, seed: int) -> Iterator[Tally]:
    """The tally after each program, until `graphs` of them were compared; others are replaced by more."""
    tally = Tally()
    while tally.same + len(tally.mismatches) < graphs:
        outcome = compare(generate(seed, empty=empty), task, reference)
        if outcome.verdict is Verdict.SAME:
            tally.same += 1
            tally.worst = max(tally.worst, outcome.worst)
        elif outcome.verdict is Verdict.DIFFERENT:
            tally.mismatches.append((seed, outcome))
        else:
            tally.ill_conditioned += 1
        seed += 1
        yield tally


def shrunk(seed: int, task: Task, reference: Reference, *, empty: bool = False) -> Program:
    """The smallest program that shows the fault of a seed, be it an error or a wrong number."""
    program = generate(seed, empty=empty)
    kind = _kind(compare(program, task, reference))

    def fails(part: Program) -> bool:
        try:
            return _kind(compare(part, task, reference)) == kind
        except Exception:  # noqa: BLE001  # a part that even the reference can't run is none
            return False

    return shrink(program, fails)


def _kind(outcome: Outcome) -> tuple[Verdict, bool]:
    return outcome.verdict, "Traceback" in outcome.reason


def report(
    tally: Tally, task: Task, reference: Reference, write: Callable[[str], Any], *, empty: bool
) -> None:
    """The mismatches, each as a program that runs by itself."""
    for seed, outcome in tally.mismatches[:10]:
        program = shrunk(seed, task, reference, empty=empty)
        again = compare(program, task, reference)
        reason = again.reason or outcome.reason
        write(f"\n# seed {seed}, {reference.name}\n{program.text(task.dtype)}\n# {reason}")
    write(
        f"{tally.same} graphs agree with {reference.name}, {len(tally.mismatches)} do not "
        f"(seeds {[seed for seed, _ in tally.mismatches][:50]}), {tally.ill_conditioned} were too "
        f"ill-conditioned to compare and replaced; worst error {tally.worst:.1e} of what is allowed"
    )


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=int, default=2000)
    parser.add_argument("--order", type=int, choices=(1, 2), default=1)
    parser.add_argument("--dtype", choices=("float64", "float32"), default="float64")
    parser.add_argument("--empty", action="store_true", help="axes may have no entries")
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--reference", choices=("torch", "complex"), help="PyTorch where it is installed")
    return parser.parse_args()


def main() -> int:
    """Run the campaign; 1 if there was a mismatch."""
    given = arguments()
    task = Task(given.order, given.dtype)
    reference = {"torch": Torch, "complex": ComplexStep, None: best}[given.reference]()
    console = Console()
    tally = Tally()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task(f"order {given.order}, {given.dtype}", total=given.graphs)
        for tally in campaign(given.graphs, task, reference, empty=given.empty, seed=given.seed):  # the last
            compared = tally.same + len(tally.mismatches)
            progress.update(bar, completed=compared, description=f"{len(tally.mismatches)} mismatches")
    write = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    report(tally, task, reference, write, empty=given.empty)
    return int(bool(tally.mismatches))
