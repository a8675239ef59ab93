"""Round-robin timing: machine drift hits every variant alike, so ratios within one run hold."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def medians(
    variants: Mapping[str, Callable[[int], object]], rounds: int, warm: int = 2
) -> dict[str, float]:
    """Median wall time in milliseconds of each variant, called in turn ``rounds`` times."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(-warm, rounds):
        for name, call in variants.items():
            start = time.perf_counter()
            call(number % max(rounds, 1))
            if number >= 0:
                times[name].append((time.perf_counter() - start) * 1e3)
    return {name: statistics.median(taken) for name, taken in times.items()}


def print_ratios(title: str, taken: Mapping[str, float], base: str) -> None:
    """One line a variant: milliseconds, and how many times faster than ``base``."""
    print(title)
    for name, milliseconds in taken.items():
        print(f"  {name:<44} {milliseconds:9.3f} ms   ×{taken[base] / milliseconds:.1f}")
