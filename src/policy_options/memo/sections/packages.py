"""What to do together: the package, what more of a resource buys, and the options that belong in every good package."""

from __future__ import annotations

from policy_options.analysis.additive import TIE
from policy_options.analysis.packages.choosing import Packages
from policy_options.analysis.packages.frontier import Frontier
from policy_options.memo.content import DataTable, Figure, PackagesPart
from policy_options.memo.subject import Subject
from policy_options.reports.packages import frontier_figure
from policy_options.wording.packages import (
    basis_sentences,
    best_sentences,
    core_sentences,
    frontier_sentences,
    number_text,
    package_name,
    sets_sentences,
    warning_sentences,
)

__all__ = ["offered", "packages_figures", "packages_part"]


def packages_part(subject: Subject) -> PackagesPart | None:
    """The section; ``None`` where the dossier says nothing of packages."""
    found, phrases = subject.packages, subject.phrases
    if found is None:
        return None
    titles = {regret.weights: subject.dossier.weighting(regret.weights) for regret in found.regrets}
    statuses = {name: held.status for name, held in titles.items()}
    frontier = _telling(found)
    return PackagesPart(
        said=phrases.together(best_sentences(found, phrases)),
        frontiers=() if frontier is None else (phrases.together(frontier_sentences(found, frontier, phrases)),),
        core=phrases.together(core_sentences(found, phrases)),
        sets=tuple(sets_sentences(found, statuses, {n: held.title for n, held in titles.items()}, phrases)),
        notes=(phrases.together([*basis_sentences(found, phrases), *warning_sentences(found, phrases)]),),
    )


def offered(subject: Subject) -> str:
    """The package in a sentence, for the decision that is asked for."""
    found, phrases = subject.packages, subject.phrases
    if found is None:
        return ""
    best = found.rows[0]
    if best.gain <= TIE:
        baseline = found.problem.problem.options[found.problem.baseline_row].title
        return phrases.say("memo.packages.offer.none", baseline=baseline)
    name = package_name(found, best.package, phrases)
    others = [row for row in found.rows if row.gap > TIE]
    if not others:
        return phrases.say("memo.packages.offer.only", package=name)
    return phrases.say("memo.packages.offer", package=name, gap=phrases.numbers.points(others[0].gap))


def packages_figures(subject: Subject) -> tuple[Figure, ...]:
    """The frontier of the resource of which more would buy most."""
    found, phrases = subject.packages, subject.phrases
    frontier = None if found is None else _telling(found)
    if found is None or frontier is None or len(frontier.steps) < 2:
        return ()
    drawn = frontier_figure(found, frontier, phrases)
    data = DataTable(
        ((phrases.heading("use"), True), (phrases.heading("package"), False), (phrases.heading("value"), True)),
        tuple(
            (
                number_text(step.use, phrases),
                package_name(found, step.packages[0], phrases),
                phrases.numbers.points(step.value),
            )
            for step in frontier.steps
        ),
    )
    return (Figure(drawn.title, drawn.svg, drawn.alternative, data),)


def _telling(found: Packages) -> Frontier | None:
    """The frontier whose next step gains most; the first where none has one."""
    frontiers = list(found.frontiers.values())

    def gain(frontier: Frontier) -> float:
        after = frontier.next_step
        return 0.0 if after is None else after.value - found.best_value

    return max(frontiers, key=gain) if frontiers else None
