"""The effect of a change of weights: weights before and after, ranks before and after."""

from __future__ import annotations

from policy_options.analysis.problem import WeightVector
from policy_options.analysis.ranking import Ranking
from policy_options.api import Dossier
from policy_options.reports.report import Section
from policy_options.reports.weight_tables import changed_shares_table, moves_table
from policy_options.wording.phrases import Phrases

__all__ = ["change_sections", "moves_notes"]


def change_sections(
    dossier: Dossier, before: WeightVector, after: WeightVector, phrases: Phrases, *, carried: bool = False
) -> list[Section]:
    """Weights before and after, and ranks before and after; ``carried`` says that trade-offs were carried over."""
    old, new = (dict(zip(v.criteria, v.shares.tolist(), strict=True)) for v in (before, after))
    title = phrases.say("refresh.weights" if carried else "what-if.weights", weights=after.id)
    moved = moves_table(dossier.rank(before), dossier.rank(after), phrases)
    return [
        Section(title, table=changed_shares_table(old, new, phrases), key="weights"),
        Section(phrases.say("what-if.moves"), table=moved, key="moves"),
    ]


def moves_notes(before: Ranking, after: Ranking, phrases: Phrases) -> list[str]:
    """Notes for a change that moves no rank, and for ranks and values that are ranges."""
    unknown = int(after.problem.unknown.sum())
    notes = [phrases.say("unknown-scores", count=unknown)] if unknown else []
    return [phrases.say("what-if.kept"), *notes] if before.ranks_alike(after) else notes
