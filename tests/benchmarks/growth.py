"""Time and peak memory as the number of steps grows, each measured in a process of its own."""

import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import numpy as np
from contestant import Contestant
from problem import SIZES, Problem
from table import Table

STATUS = Path("/proc/self/status")  # Linux; elsewhere memory is not measured
CALLS_OF_STEPS = 10_000  # short sequences are repeated, up to so many steps in all


def measure(contestant: Contestant, lengths: list[int], tick: Callable[[], None]) -> Table:
    """Seconds and bytes of one forward and backward, and what they are per step."""
    table = Table(
        f"Growth with T, {contestant.title}, K=8 H=16 N=1",
        ["T", "ms", "µs/step", "time ratio / T ratio", "peak MB", "kB/step"],
    )
    context, entry = get_context("spawn"), (contestant.make.__module__, contestant.key)
    before = None
    for T in lengths:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            seconds, peak = pool.submit(cost, *entry, T).result()
        per_step = seconds / T
        ratio = f"{per_step / before:.2f}" if before else "–"
        before = per_step
        memory = [f"{peak / 1e6:.1f}", f"{peak / 1e3 / T:.2f}"] if peak is not None else ["–"] * 2
        times = [f"{1e3 * seconds:.1f}", f"{1e6 * per_step:.1f}", ratio]
        table.rows.append([f"{T:,}", *times, *memory])
        tick()
    table.remarks.append("peak MB: the process's largest resident set, less that before the call")
    return table


def cost(module: str, key: str, T: int) -> tuple[float, int | None]:
    """Median seconds, and by how many bytes the first call raises the process's peak.

    Only the contestant's own module is imported: what others leave in memory is work for the
    garbage collector.
    """
    (contestant,) = (each for each in import_module(module).CONTESTANTS if each.key == key)
    size = SIZES["teach"]
    contestant.make(Problem.random(size, "float64"))()  # whatever is set up once
    problem = Problem.random(size._replace(T=T), "float64")
    before = peak_bytes()
    run = contestant.make(problem)
    run()
    after = peak_bytes()
    seconds = []
    for _ in range(max(1, CALLS_OF_STEPS // T)):
        start = perf_counter()
        run()
        seconds.append(perf_counter() - start)
    raised = None if before is None or after is None else after - before
    return float(np.median(seconds)), raised


def peak_bytes() -> int | None:
    """Not `getrusage`, whose peak a new process inherits from its parent."""
    if not STATUS.exists():
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())
    return 1024 * int(found[1]) if found else None
