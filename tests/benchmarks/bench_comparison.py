"""``diff --all`` of 100 sets x 50 options x 20 criteria against loading them, and growth with the number of options.

Growth is measured from 10,000 options to 100,000: m log m grows by 12.5 between them, a matrix of pairs by 100.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from measuring import COMMAND, PYTHON, interleaved, process, report, write_dossier

from policy_options import Dossier
from policy_options.analysis.comparison.inversions import count_inversions, list_inversions, places_reversed
from policy_options.analysis.comparison.path import CROSSINGS_LISTED, crossings_up_to, envelope
from policy_options.diffing import diff_of_sets
from policy_options.exchange.comparison import comparison_form
from policy_options.exchange.published import json_text
from policy_options.reports.comparison import diff_sections
from policy_options.wording.phrases import load_phrases

SETS, OPTIONS, CRITERIA = 100, 50, 20
MLOGM = 12.5
LOAD = "import sys; from policy_options import Dossier; d = Dossier.load(sys.argv[1]); [d.weights(w) for w in d.weight_sets]"


def words(dossier: Dossier) -> object:
    """The content of a screen."""
    return diff_sections(diff_of_sets(dossier, dossier.weight_sets), load_phrases("en"))


def form(dossier: Dossier) -> str:
    """The published JSON."""
    return json_text(comparison_form(diff_of_sets(dossier, dossier.weight_sets)))


def loaded(root: Path) -> Dossier:
    """A dossier with the weights of all its sets."""
    dossier = Dossier.load(root)
    for name in dossier.weight_sets:
        dossier.weights(name)
    return dossier


def all_sets() -> None:
    """``diff --all`` against loading, as functions and as whole processes."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_dossier(root, options=OPTIONS, criteria=CRITERIA, sets=SETS)
        load, said, published = interleaved(
            [lambda: loaded(root), lambda: words(loaded(root)), lambda: form(loaded(root))], runs=7
        )
        report("load and diff --all, 100 x 50 x 20 / load", said, load, 1.5)
        report("the same as JSON / load", published, load, 1.5)
        whole, alone = interleaved(
            [process(COMMAND, "diff", "--all", cwd=root), process(PYTHON, "-c", LOAD, str(root))], runs=5
        )
        report("process: diff --all / loading alone", whole, alone, 1.5)


def growth(what: str, work: Callable[[np.ndarray, np.ndarray], object]) -> None:
    """Time at 100,000 options over 12.5 times that at 10,000."""
    random_ = np.random.default_rng(7)
    ends = [(random_.uniform(0, 100, m), random_.uniform(0, 100, m)) for m in (10_000, 100_000)]
    small, large = interleaved([partial(work, *pair) for pair in ends], runs=5)
    report(f"{what}, 100,000 / 12.5 x 10,000 options", large, MLOGM * small, 1.5)


def inversions_between(start: np.ndarray, end: np.ndarray) -> int:
    """The number of pairs that change places on the path."""
    ranks = (np.argsort(np.argsort(-values)) + 1 for values in (start, end))
    return count_inversions(places_reversed(*ranks)[1])


def listing() -> None:
    """The full list: k crossings of nearly equal orders, 10 times as many with 10 times the options."""
    pieces = []
    for m in (10_000, 100_000):
        start = np.arange(m, dtype=np.float64)
        end = start + np.random.default_rng(3).uniform(0.0, 20.0, m)
        ranks = [np.argsort(np.argsort(-values)) + 1 for values in (start, end)]
        places = places_reversed(*ranks)[1]
        print(f"  {m:,} options cross {count_inversions(places):,} times")
        pieces.append(partial(list_inversions, places))
    small, large = interleaved(pieces, runs=5)
    report("list all crossings, 100,000 / 12.5 x 10,000 options", large, MLOGM * small, 1.5)


if __name__ == "__main__":
    all_sets()
    growth("leader envelope", envelope)
    growth("number of crossings", inversions_between)
    listing()
    growth(
        f"first {CROSSINGS_LISTED:,} crossings by place",
        lambda start, end: crossings_up_to(start, end, CROSSINGS_LISTED),
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f"peak of memory {peak:.0f} MB; a matrix of pairs of 100,000 options alone is 10,000 MB at a byte each")
