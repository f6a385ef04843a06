"""What to do together, against bare numpy, a peer and a plain loop of a solver. Ratios are printed with the bar they are held to.

The peer for non-dominated packages runs where it is installed (paretoset), on the same value vectors: as it is installed,
compiled by numba, for the bar; and in Python and numpy, as this package is, for comparison.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from importlib import import_module

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core

import resource as system

import numpy as np
from measuring import COMMAND, interleaved, process, report

from policy_options.analysis.packages.best import list_best
from policy_options.analysis.packages.dominance import non_dominated, values_of_packages
from policy_options.analysis.packages.frontier import frontier
from policy_options.analysis.packages.many import best_of_many
from policy_options.analysis.packages.problem import Combination, PackageProblem, Resource
from policy_options.analysis.packages.table import enumerate_packages
from policy_options.analysis.problem import CriterionAxis, OptionAxis, Problem, WeightVector
from policy_options.analysis.value_functions import Linear


def made(m: int, n: int, resources: int, seed: int = 5) -> tuple[PackageProblem, WeightVector]:
    """m members on n criteria that add up, with whole uses of which about half fit."""
    chance = np.random.default_rng(seed)
    line = Linear(0.0, 100.0, "more-is-better")
    axes = tuple(
        CriterionAxis(f"c{k}", f"C{k}", f"C{k}", "points", "more-is-better", 0.0, 100.0, line) for k in range(n)
    )
    options = tuple(OptionAxis(name, name, name) for name in ("base", *(f"o{i}" for i in range(m))))
    table = np.vstack((np.zeros(n), chance.uniform(0.0, 100.0 / m, (m, n))))
    limits = []
    for number in range(resources):
        uses = tuple(Fraction(int(use)) for use in chance.integers(5, 60, m))
        limits.append(Resource(f"r{number}", "R", "units", (Fraction(int(sum(uses) // 2)),), uses, uses, uses))
    problem = Problem(options, axes, (), table, table, table)
    weights = WeightVector("w", tuple(axis.id for axis in axes), chance.dirichlet(np.ones(n)))
    return PackageProblem(problem, "base", (Combination("add"),) * n, tuple(limits)), weights


def doubling(problem: PackageProblem, weights: WeightVector) -> object:
    """An array of all packages for each criterion, by doubling, and their weighted sum."""
    parts = problem.bounds("likely")[0]
    m, n = parts.shape
    total = np.zeros(1 << m)
    for k in range(n):
        out = np.empty(1 << m)
        out[0] = 0.0
        for i in range(m):
            half = 1 << i
            np.add(out[:half], parts[i, k], out=out[half : 2 * half])
        total += weights.shares[k] * out
    return total


def every(problem: PackageProblem, weights: WeightVector) -> object:
    """All packages with their values and feasibility, the ten best, and the frontier of each resource."""
    table = enumerate_packages(problem, weights)
    return list_best(table.overall, table.admitted, 10), [frontier(table, one.id) for one in problem.resources]


def dominance() -> None:
    """Non-dominated packages over extreme points, against the peer."""
    try:
        paretoset: Callable[..., np.ndarray] = import_module("paretoset").paretoset
    except ImportError:
        print("paretoset is not installed: no peer for non-dominated packages", file=sys.stderr)
        return
    chance = np.random.default_rng(7)
    problem, weights = made(16, 10, 1)
    table = enumerate_packages(problem, weights)
    packages = np.flatnonzero(table.admitted)
    for spread, name in ((0.3, "wide"), (10.0, "narrow")):
        points = chance.dirichlet(np.ones(10) * spread, 20)
        vectors = values_of_packages(problem, packages) @ points.T
        ours = partial(non_dominated, problem, table.admitted, points)
        found = ours()
        assert found is not None
        peer = partial(paretoset, vectors, sense=["max"] * 20, distinct=False)
        assert found.packages.tolist() == packages[peer()].tolist()
        taken, floor = interleaved((ours, peer), 9)
        report(f"16 options, 20 {name} points, {len(found.packages)} left: of paretoset", taken, floor, 0.05)
        taken, floor = interleaved((ours, partial(peer, use_numba=False)), 9)
        print(f"    in Python, as this package is, it takes {floor * 1e3:.1f} ms, and this {taken * 1e3:.1f}: no bar")


def main() -> None:
    """Print the ratios."""
    taken, floor = interleaved((process(COMMAND, "packages"), process(COMMAND, "rank")), 9)
    report("packages of the shipped dossier, a process: of rank", taken, floor, 1.25)
    problem, weights = made(20, 10, 3)
    taken, floor = interleaved((partial(every, problem, weights), partial(doubling, problem, weights)), 9)
    report("20 options, 10 criteria, 3 resources: of a doubling pass", taken, floor, 5.0)
    print(f"    peak memory {system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, bar 400 MB")
    dominance()
    problem, weights = made(60, 4, 1)
    ours = partial(best_of_many, problem, weights, 20)
    taken, floor = interleaved((ours, partial(ours, enumerate_sums=False)), 1)
    report("60 options, 20 best: of a loop of HiGHS with cuts", taken, floor, 0.05)


if __name__ == "__main__":
    main()
