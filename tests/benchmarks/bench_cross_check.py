"""Cross-checks of 100 options by 20 criteria, against the libraries' own calls; and leaving out each option in turn.

The libraries are those that give the published values of a method (docs/development.md). Importing them is not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from measuring import PYTHON, interleaved, process, report
from pymcdm import methods as pymcdm
from pymcdm.normalizations import vector_normalization
from pyrepo_mcda.mcda_methods import COPRAS, PROMETHEE_II, VIKOR

sys.path.insert(0, str(Path(__file__).parent.parent))

from crosschecks import inputs
from policy_options.analysis.crosscheck.checking import reversals_of
from policy_options.analysis.crosscheck.methods import METHODS
from problems import criterion, problem

if __name__ == "__main__":
    random = np.random.default_rng(5)
    m, n = 100, 20
    axes = [criterion(f"c{k + 1}", 0, 100, "less-is-better" if k % 2 else "more-is-better") for k in range(n)]
    table = random.uniform(1.0, 99.0, (m, n))
    of = inputs(problem(table, options=[f"o{row}" for row in range(m)], criteria=axes), *random.uniform(1, 9, n))
    types = np.where(of.costs, -1, 1)
    q, p = of.indifferent, of.prefer
    flows = PROMETHEE_II()
    library: dict[str, Callable[[], object]] = {
        "topsis": lambda: pymcdm.TOPSIS(vector_normalization)(table, of.weights, types),
        "vikor": lambda: VIKOR()(table, of.weights, types),
        "moora": lambda: pymcdm.MOORA()(table, of.weights, types),
        "copras": lambda: COPRAS()(table, of.weights, types),
        "promethee-2": lambda: flows(table, of.weights, types, [flows._linear_function] * n, p=p, q=q),
    }
    for name, call in library.items():
        ours, theirs = interleaved([lambda name=name: METHODS[name].order(of), call], runs=15)  # type: ignore[misc]
        report(f"{name}, 100 x 20 / a library's own call", ours, theirs, 1.2)
    together, theirs = interleaved(
        [lambda: [METHODS[name].order(of) for name in library], lambda: [call() for call in library.values()]], runs=15
    )
    report("these five, 100 x 20 / the libraries' own calls", together, theirs, 1.2)
    # A run asks first whether the method can take the inputs, as each trial does.
    of_all, of_one = 0.0, 0.0
    for name, method in METHODS.items():
        trials, once = interleaved(
            [
                lambda method=method: reversals_of(method, of),  # type: ignore[misc]
                lambda method=method: [(method.refusal(of), method.order(of)) for _ in range(m)],  # type: ignore[misc]
            ],
            runs=3,
        )
        report(f"{name}: leaving out each of 100 / 100 runs", trials, once, 1.1)
        of_all, of_one = of_all + trials, of_one + once
    report("every method: leaving out each of 100 / 100 runs", of_all, of_one, 1.1)
    run = "import sys; from policy_options.cli import main; sys.exit(main())"
    checked, ranked = interleaved(
        [process(PYTHON, "-c", run, "cross-check"), process(PYTHON, "-c", run, "rank")], runs=7
    )
    report("cross-check on the shipped dossier / rank", checked, ranked, 1.5)
