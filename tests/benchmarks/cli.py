"""The benchmark's arguments, its progress and its tables."""

import gc
import platform
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version

import growth
import nodes
import numpy as np
import rnn
from contestant import Entries, enter
from problem import SIZES, Problem, type_of
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn
from table import Table

PARTS = ("rnn", "nodes", "growth")
LENGTHS = [100, 1_000, 10_000, 100_000]


def parser() -> ArgumentParser:
    parser = ArgumentParser("run.py", description="Speed of forward and backward, on one thread.")
    add = parser.add_argument
    add("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)} (default: all)")
    add("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    add("--dtypes", nargs="+", choices=type_of, default=list(type_of))
    add("--inputs", choices=["one-hot", "real"], default="one-hot")
    add("--rounds", type=positive, help="rounds of timing (default: by size, 15 to 300)")
    add("--contestants", nargs="+", metavar="KEY", help="only these, and hand (default: all)")
    add("--lengths", nargs="+", type=positive, default=LENGTHS, help="T of the part growth")
    add("--markdown", action="store_true", help="print Markdown; progress is on standard error")
    return parser


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def main() -> int:
    reader, entries = parser(), enter()
    arguments = reader.parse_args()
    check_known(reader, "PART", arguments.parts, PARTS)
    gc.freeze()  # the collector stays on, but need not walk what importing every framework left
    parts = arguments.parts or PARTS
    if arguments.contestants:
        known = [each.key for each in entries.contestants]
        check_known(reader, "KEY", arguments.contestants, known)
        entries = entries.chosen(arguments.contestants)
    out = Console(width=None if Console().is_terminal else 160)
    missing = [f"not entered: {name} ({why})" for name, why in entries.missing.items()]
    out.print(setting(), *missing, sep="\n", highlight=False)
    for part in parts:
        for table in TABLES[part](arguments, entries):
            if arguments.markdown:
                print(f"\n{table.markdown()}")
            else:
                out.print("", table.rich())
    return 0


def check_known(reader: ArgumentParser, what: str, given: Collection[str], known: Collection[str]) -> None:
    if unknown := [each for each in given if each not in known]:
        reader.error(f"{what} is one of {', '.join(known)}, not {', '.join(unknown)}")


def setting() -> str:
    names = "numpy", "minigrad", "torch", "mygrad", "autograd"
    found = [f"{name} {release}" for name in names if (release := installed(name))]
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    own = f"one thread, Python {platform.python_version()}, {blas['name']} {blas['version']}"
    return ", ".join([own, *found])


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def rnn_tables(arguments: Namespace, entries: Entries) -> Iterator[Table]:
    cells = {}
    for dtype in arguments.dtypes:
        for name in arguments.sizes:
            size = SIZES[name]
            problem = Problem.random(size, dtype, arguments.inputs)
            rounds = arguments.rounds or size.rounds
            with progress(f"{name} {dtype}", rounds + max(2, rounds // 10)) as tick:
                seconds, errors = rnn.compare(entries.contestants, problem, rounds, tick)
            cells[dtype, name] = seconds
            title = f"{name} {dtype}: K={size.K} H={size.H} N={size.N} T={size.T}, {rounds} rounds"
            yield rnn.detailed(title, entries.contestants, problem, seconds, errors)
    yield rnn.summary(entries.contestants, cells)


def node_tables(arguments: Namespace, entries: Entries) -> Iterator[Table]:
    with progress("cost of a node", len(nodes.CHAINS) * len(nodes.SHAPES)) as tick:
        yield nodes.measure(entries.engines, arguments.rounds or 7, tick)


def growth_tables(arguments: Namespace, entries: Entries) -> Iterator[Table]:
    wanted = arguments.contestants or ["hand", "minigrad", "minigrad_rnn"]
    for contestant in [each for each in entries.contestants if each.key in wanted]:
        with progress(f"growth, {contestant.title}", len(arguments.lengths)) as tick:
            yield growth.measure(contestant, arguments.lengths, tick)


TABLES = {"rnn": rnn_tables, "nodes": node_tables, "growth": growth_tables}


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
