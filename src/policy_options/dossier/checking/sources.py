"""Sources and their claims: keys and locations that fit the kind of source, uncited claims, over-reliance on one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.scenario import Scenario
from policy_options.dossier.models.source import KINDS, Claim, Source
from policy_options.errors import Fault

__all__ = ["cited_claims", "claims_of_scenario", "source_faults", "source_findings"]

_FEWEST_CITED: Final = 4
"""Number of cited scores from which it is notable that more than half of them rest on one source."""

_OF_A_KIND: Final = tuple(dict.fromkeys(key for rule in KINDS.values() for key in (*rule.needs, *rule.may)))
_NAMES: Final = {
    "text": "a text",
    "document": "a document",
    "web": "a page of the web",
    "data": "a data set",
    "statute": "a statute",
    "interview": "an interview",
    "workshop": "a workshop",
}


def source_faults(contents: Contents) -> list[Fault]:
    """Keys that do not fit the kind of source, locations without a fingerprint, and duplicate ids."""
    return [fault for entry in contents.sources.values() for fault in (*_of_kind(entry), *_of_claims(entry))]


def _of_kind(entry: Entry[Source]) -> Iterator[Fault]:
    source, tree = entry.model, entry.tree
    rule, what = KINDS[source.kind], _NAMES[source.kind]
    for key in rule.needs:
        if not getattr(source, key):
            yield Fault(
                "key-missing",
                f"the key `{key}` is missing" + ("" if source.kind == "text" else f", which {what} needs"),
                f"write {key}:" + (", or say which kind: of source it is" if source.kind == "text" else ""),
                (key,),
                tree.place(()),
            )
    for key in _OF_A_KIND:
        if key not in (*rule.needs, *rule.may, "date", "paragraphs") and getattr(source, key):
            fitting = ", ".join(kind for kind, other in KINDS.items() if key in (*other.needs, *other.may))
            yield Fault(
                "key-of-another-kind",
                f"{what} has no `{key}`",
                f"delete it, or write another kind: {fitting} have it",
                (entry.id, key),
                tree.place((key,), key=True),
            )


def _of_claims(entry: Entry[Source]) -> Iterator[Fault]:
    source, tree = entry.model, entry.tree
    rule, seen = KINDS[source.kind], set[str]()
    for index, claim in enumerate(source.claims):
        if claim.id in seen:
            yield Fault(
                "id-twice",
                f"the claim `{claim.id}` appears twice",
                "rename one of the two",
                (claim.id,),
                tree.place(("claims", index, "id")),
            )
        seen.add(claim.id)
        key = claim.located_by
        if key not in rule.locators:
            yield Fault(
                "locator-of-another-kind",
                f"a claim from {_NAMES[source.kind]} is not located by `{key}`",
                f"write one of {', '.join(rule.locators)}, or another kind: of source",
                (entry.id, claim.id),
                tree.place(("claims", index, key), key=True),
            )
            continue
        yield from _without_fingerprint(entry, claim, index)


def _without_fingerprint(entry: Entry[Source], claim: Claim, index: int) -> Iterator[Fault]:
    """Paragraphs and pages missing from a source's list. Kinds other than texts need not list any."""
    source, tree = entry.model, entry.tree
    for position, paragraph in enumerate(claim.paragraphs):
        if paragraph not in source.paragraphs and (source.paragraphs or source.kind == "text"):
            yield Fault(
                "unknown-paragraph",
                f"paragraph {paragraph} has no fingerprint in this file",
                "add it to paragraphs:, or correct the number",
                (entry.id, str(paragraph)),
                tree.place(("claims", index, "paragraphs", position)),
            )
    missing = [page for page in claim.single_pages if page not in source.pages] if source.pages else []
    if missing:
        more = f" and {len(missing) - 3:,} more" if len(missing) > 3 else ""
        yield Fault(
            "unknown-page",
            f"page {', '.join(missing[:3])}{more} has no fingerprint in this file",
            "add it to pages:, or correct the number",
            (entry.id, *missing),
            tree.place(("claims", index, "pages")),
        )


def cited_claims(contents: Contents) -> frozenset[str]:
    """Every claim that a score, an argument, a risk, the decision or a signpost cites."""
    decision = contents.decision.model
    found = {claim for point in decision.why_now for claim in point.evidence or ()}
    found |= {claim for signpost in decision.signposts for claim in signpost.evidence or ()}
    for entry in contents.options.values():
        option = entry.model
        points = (*option.for_, *option.against, *([option.risk] if option.risk else []))
        found |= {claim for point in points for claim in point.evidence or ()}
        found |= {claim for score in option.scores.values() for claim in score.evidence or ()}
    for scenario in contents.scenarios.values():
        found |= claims_of_scenario(scenario.model)
    return frozenset(found)


def claims_of_scenario(scenario: Scenario) -> set[str]:
    """Every claim that a scenario cites, in its drivers, signposts and scores."""
    cited = [driver.evidence for driver in scenario.drivers]
    cited += [signpost.evidence for signpost in scenario.signposts]
    cited += [change.evidence for change in scenario.all_.values()]
    cited += [score.evidence for scores in scenario.scores.values() for score in scores.values()]
    return {claim for claims in cited for claim in claims or ()}


def source_findings(contents: Contents) -> list[Fault]:
    """Claims that nothing cites, ordered by source; then a source on which more than half of the cited scores rest."""
    return [*_unused(contents), *_one_source(contents)]


def _unused(contents: Contents) -> Iterator[Fault]:
    cited = cited_claims(contents)
    for entry in contents.sources.values():
        for index, claim in enumerate(entry.model.claims):
            if f"{entry.id}/{claim.id}" not in cited:
                yield Fault(
                    "claim-unused",
                    f"nothing cites the claim `{entry.id}/{claim.id}`",
                    "cite it where it supports something, or delete it",
                    (entry.id, claim.id),
                    entry.tree.place(("claims", index, "id")),
                    "finding",
                )


def _one_source(contents: Contents) -> Iterator[Fault]:
    cited = [
        {claim.partition("/")[0] for claim in score.evidence}
        for entry in contents.options.values()
        for score in entry.model.scores.values()
        if score.evidence
    ]
    if len(cited) < _FEWEST_CITED:
        return
    alone = Counter(source for sources in cited if len(sources) == 1 for source in sources)
    for id, count in alone.items():
        if 2 * count > len(cited):
            yield Fault(
                "one-source",
                f"{count} of the {len(cited)} scores that cite anything cite `{id}` and no other source",
                "look for a second source, or acknowledge it and say why there is only one",
                (id,),
                contents.sources[id].tree.place(("title",)),
                "finding",
            )
