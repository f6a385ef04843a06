"""The sources, and the claims drawn from each, with every place where a claim is cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from policy_options.dossier.checking.sources import claims_of_scenario
from policy_options.memo.annex.performances import score_anchor
from policy_options.memo.annex.scenarios import scenario_anchor
from policy_options.memo.citing import claim_anchor, reference, short_reference
from policy_options.memo.content import ClaimEntry, Link, SourceEntry
from policy_options.memo.linking import pieces_of
from policy_options.memo.sections.options import option_anchor
from policy_options.memo.subject import Subject
from policy_options.wording.citing import place_of

__all__ = ["ISSUE_ANCHOR", "SIGNPOSTS_ANCHOR", "source_entries"]

ISSUE_ANCHOR = "issue"
SIGNPOSTS_ANCHOR = "signposts"
"""The ids of the places in the body that also cite claims."""


def source_entries(subject: Subject) -> tuple[SourceEntry, ...]:
    """Each source with its claims, each after the location that it paraphrases."""
    phrases = subject.phrases
    citing = _citing(subject)
    return tuple(
        SourceEntry(
            f"source.{id}",
            reference(entry.model, phrases),
            short_reference(entry.model, phrases),
            entry.model.locator or "",
            tuple(
                ClaimEntry(
                    claim_anchor(f"{id}/{claim.id}"),
                    place_of(claim, entry.model.kind, phrases),
                    claim.text,
                    phrases.say("memo.quoted", quote=claim.quote) if claim.quote else "",
                    _pieces(subject, citing.get(f"{id}/{claim.id}", {})),
                )
                for claim in entry.model.claims
            ),
        )
        for id, entry in subject.contents.sources.items()
    )


def _pieces(subject: Subject, places: Mapping[str, str]) -> tuple[Link, ...]:
    """Places as listed after a claim; empty if it has none."""
    if not places:
        return ()
    text = subject.phrases.say("memo.cited-in", places=subject.phrases.series(places))
    return pieces_of(text, ((name, f"#{place}") for name, place in places.items()))


def _citing(subject: Subject) -> dict[str, dict[str, str]]:
    """Where each claim is cited: by name, with the id of the place; for an option its points, else the first of its
    scores.
    """
    citing: defaultdict[str, dict[str, str]] = defaultdict(dict)
    labels = subject.phrases.labels()
    decision = subject.decision
    for label, anchor, points in (
        ("issue", ISSUE_ANCHOR, decision.why_now),
        ("signposts", SIGNPOSTS_ANCHOR, decision.signposts),
    ):
        for point in points:
            for claim in point.evidence or ():
                citing[claim][labels[label]] = anchor
    found = subject.scenarios
    for entry in subject.contents.scenarios.values() if found is not None else ():
        if found is None or entry.id not in found.ids:
            continue
        for claim in claims_of_scenario(entry.model):
            citing[claim][entry.model.short or entry.model.title] = scenario_anchor(entry.id)
    for option in subject.problem.options:
        model = subject.contents.options[option.id].model
        for argument in (*model.for_, *model.against, *([model.risk] if model.risk else [])):
            for claim in argument.evidence or ():
                citing[claim][option.short] = option_anchor(option.id)
        for criterion in subject.problem.criteria:
            for claim in model.scores[criterion.id].evidence or ():
                citing[claim].setdefault(option.short, score_anchor(option.id, criterion.id))
    return dict(citing)
