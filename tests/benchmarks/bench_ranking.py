"""Values and ranks of a million options by twenty criteria, against numpy's product and sort of the same matrix."""

from __future__ import annotations

import numpy as np
from measuring import interleaved, report

from policy_options.analysis.additive import competition_ranks, overall_values

if __name__ == "__main__":
    random = np.random.default_rng(5)
    values = random.uniform(0.0, 100.0, (1_000_000, 20))
    shares = random.dirichlet(np.ones(20))
    ours, numpy_order = interleaved(
        [lambda: competition_ranks(overall_values(values, shares)), lambda: np.argsort(values @ shares)], runs=9
    )
    report("values and ranks, 1,000,000 x 20 / product and argsort", ours, numpy_order, 1.3)
