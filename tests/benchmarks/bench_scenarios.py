"""Scenarios against `rank`, against the numpy that they cannot do without, and against a scan of likelihoods."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core

import numpy as np
from measuring import COMMAND, interleaved, process, report
from numpy.typing import NDArray

from policy_options.analysis.scenarios.likelihoods import break_even_bounds
from policy_options.analysis.scenarios.regret import largest_regrets, values_in_scenarios

Floats = NDArray[np.float64]
STEPS = np.linspace(0.0, 1.0, 1001)


def shipped() -> None:
    """The whole command on the shipped dossier."""
    ours, floor = interleaved([process(COMMAND, "scenarios"), process(COMMAND, "rank")], runs=9)
    report("scenarios of the shipped dossier, against rank", ours, floor, 1.25)


def regret_and_leaders() -> None:
    """50 options x 20 criteria x 40 scenarios x 100 sets, against a product, a maximum, a subtraction and an argmax."""
    chance = np.random.default_rng(5)
    values = chance.uniform(0.0, 100.0, (40, 50, 20))
    shares = chance.dirichlet(np.ones(20), 100).T

    def bare() -> object:
        overall = values @ shares
        return (overall.max(axis=1)[:, None, :] - overall), overall.argmax(axis=1)

    ours, floor = interleaved([lambda: largest_regrets(values_in_scenarios(values, shares)), bare], runs=31)
    report("regret and leaders, against the bare products", ours, floor, 1.5)


def break_even() -> None:
    """Ranges of 40 likelihoods for 50 options, against a vectorised scan in steps of 0.1 percentage points."""
    chance = np.random.default_rng(5)
    values = chance.uniform(0.0, 100.0, (50, 40))
    base = chance.dirichlet(np.ones(40))

    def scanned() -> list[tuple[float, float]]:
        expected = values @ base
        leader = int(expected.argmax())
        others = (expected[:, None] - values * base) / (1.0 - base)
        found = []
        for column in range(40):
            lines = others[:, column, None] * (1.0 - STEPS) + values[:, column, None] * STEPS
            led = STEPS[lines.argmax(axis=0) == leader]
            found.append((float(led.min()), float(led.max())))
        return found

    low, high, _ = break_even_bounds(values, base)
    for column, ends in enumerate(scanned()):
        assert abs(ends[0] - low[column]) <= 0.001 and abs(ends[1] - high[column]) <= 0.001
    ours, floor = interleaved([lambda: break_even_bounds(values, base), scanned], runs=31)
    ratio = floor / ours
    verdict = "met" if ratio >= 10.0 else "NOT met"
    print(f"break-even ranges, against a vectorised scan: {ratio:.0f}x faster   at least 10x {verdict}", flush=True)


if __name__ == "__main__":
    shipped()
    regret_and_leaders()
    break_even()
