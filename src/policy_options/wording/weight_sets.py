"""Notes on a weight set, in sentences: whose view it is, how it was derived, every caveat, how far people differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from policy_options.analysis.elicitation.answers import Chain
from policy_options.analysis.elicitation.combining import Combined
from policy_options.analysis.elicitation.deriving import implied_rating, shares_of_nodes
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.analysis.elicitation.results import Consistency, Correction, Elicited
from policy_options.api import Dossier
from policy_options.dossier.eliciting import Weighting, paths_of
from policy_options.dossier.models.weight_set import WeightSet, WithAnswers
from policy_options.dossier.ranges import Change, changes_since
from policy_options.wording.derivations import grade
from policy_options.wording.phrases import Phrases

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = [
    "change_words",
    "combined_notes",
    "consistency_sentences",
    "derivation_notes",
    "method_sentences",
    "names_of",
    "notes_on_combined",
    "region_sentences",
    "sentences_on_set",
    "stale_notes",
]

SAME: Final = 1e-9
"""Shares of weight that differ by no more than this are the same, but for rounding."""
PAIRS_NAMED: Final = 3
"""Pairs of participants who disagree most that are named."""


def notes_on_combined(dossier: Dossier, phrases: Phrases, *, titled: bool = False, but: str | None = None) -> list[str]:
    """For each set whose people are combined by a rule, how far they differ; stated wherever combined weights are used.

    ``titled`` names sets, criteria and people as readers of pages know them, and not by their ids; ``but`` leaves one
    out.
    """
    notes = []
    for id in dossier.weight_sets:
        held = dossier.weighting(id)
        if held.combined is not None and id != but:
            said = combined_notes(held.combined, phrases, names_of(dossier, held) if titled else None)
            notes.append(phrases.say("combined.of", weights=held.title if titled else id, notes=phrases.together(said)))
    return notes


def _chain(levels: Chain) -> str:
    return " > ".join(" = ".join(level) for level in levels)


def names_of(dossier: Dossier, held: Weighting) -> dict[str, str]:
    """The names that readers of pages see for the criteria, and for the people of a set."""
    criteria = {axis.id: axis.short for axis in dossier.problem.criteria}
    return criteria | {person.id: person.name for person in held.model.participants}


def change_words(change: Change, phrases: Phrases) -> str:
    """The changes in the range that a weight was given on."""
    names = {"criterion": change.criterion, "before": change.before, "now": change.now}
    if change.aspect == "criterion":
        return phrases.say("range.not-recorded" if change.now else "range.criterion-gone", criterion=change.criterion)
    if change.aspect == "ends":
        return phrases.say("range.ends-gone" if change.gone else "range.ends", criterion=change.criterion)
    if change.aspect == "local":
        return phrases.say("range.became-local" if change.now == "local" else "range.became-global", **names)
    if change.aspect == "path" and change.weighs_anew:
        return phrases.say("range.moved", **names)
    aspect = phrases.say_of("range.aspect", change.aspect)
    return phrases.say("range.were" if change.aspect == "levels" else "range.was", aspect=aspect, **names)


def stale_notes(dossier: Dossier, held: Weighting, phrases: Phrases) -> list[str]:
    """The changes in its ranges that make a weight set stale, a sentence each."""
    set_id = held.id.partition("/")[0]
    changes = changes_since(dossier.contents, set_id) if dossier.stale(held.id) else []
    return [phrases.say("stale.under", weights=held.title, change=change_words(one, phrases)) for one in changes]


def sentences_on_set(model: WeightSet, day: date | None, phrases: Phrases) -> list[str]:
    """When the judgements of a set were given, which set it was made from, and by which method."""
    notes = []
    if day is not None:
        notes.append(phrases.say("weights.date", date=phrases.date(day)))
    if model.parent is not None:
        notes.append(phrases.say("weights.parent", parent=model.parent))
    return [*notes, *method_sentences(model, phrases)]


def method_sentences(model: WeightSet, phrases: Phrases) -> list[str]:
    """The method by which the judgements of a set were given, and across what."""
    across = phrases.say_of("across", model.across)
    method = METHODS[model.method]
    sentences = [phrases.say_of("method", method.words(rated=_rated(model)).removeprefix("method."), across=across)]
    if "formula" in method.settings:
        sentences.append(phrases.say_of("formula", model.formula or "centroid"))
    return sentences


def _rated(model: WeightSet) -> bool:
    """Whether anything was rated with a number or an interval, by the holder or by any participant."""
    return any(given.judgements for given in (model, *model.participants))


def derivation_notes(
    dossier: Dossier, held: Weighting, phrases: Phrases, names: Mapping[str, str] | None = None
) -> list[str]:
    """The derivation of weights: when, by which method, how consistent the answers are, how far several people differ."""
    notes = sentences_on_set(held.model, held.date, phrases)
    if held.combined is not None:
        notes += combined_notes(held.combined, phrases, names)
    paths = paths_of(dossier.contents)
    for id, elicited in held.people.items():
        given = next((p for p in held.model.participants if f"{held.set_id}/{p.id}" == id), held.model)
        said = (
            [phrases.say("judgement.order", order=phrases.rows(list(map(_chain, given.order))))] if given.order else []
        )
        said += consistency_sentences(elicited, phrases)
        said += _cross_check_notes(given, elicited, paths, phrases)
        if held.combined is None:
            notes += said
        elif said:  # whose judgements they are, if there are several people
            name = (names or {}).get(id.partition("/")[2], id)
            notes.append(phrases.say("combined.of", weights=name, notes=phrases.together(said)))
    top = int(held.weights.shares.argmax())
    if held.weights.shares[top] == 1.0 and len(held.weights.criteria) > 1:
        notes.append(phrases.say("weights.one", criterion=held.weights.criteria[top]))
    return notes


def consistency_sentences(elicited: Elicited, phrases: Phrases) -> list[str]:
    """How consistent the judgements are, what would correct them, and the basis of a region's centre."""
    notes = []
    for node in elicited.nodes:
        if node.consistency is not None and len(node.children) > 2:
            notes.append(_consistency_sentence(node.parent, node.consistency, phrases))
            notes += [_correction(correction, phrases) for correction in node.consistency.worst]
    return [*notes, *region_sentences(elicited, phrases)]


def region_sentences(elicited: Elicited, phrases: Phrases) -> list[str]:
    """State that weights are a region's centre, and its basis if it was sampled: seed, count and error."""
    notes = [phrases.say("region.centre")] if elicited.at_centre else []
    sampled = elicited.sampled
    if sampled is not None:
        error = phrases.numbers.fixed(100 * sampled.standard_error, 2)
        notes.append(
            phrases.say("region.sampled", count=phrases.numbers.fixed(sampled.count, 0), seed=sampled.seed, error=error)
        )
    return notes


def _consistency_sentence(parent: str, found: Consistency, phrases: Phrases) -> str:
    fixed = phrases.numbers.fixed
    names = {
        "among": f" {phrases.say('consistency.among', group=parent)}" if parent else "",
        "value": fixed(found.value, 3),
        "table": found.table,
        "extra": fixed(found.extra, 4),
    }
    said = phrases.say_of("consistency", found.measure, **names)
    if found.threshold is None:
        return phrases.together([said, phrases.say("consistency.no-threshold")])
    verdict: PhraseKey = "consistency.within" if found.within else "consistency.beyond"
    limit = fixed(found.threshold, 4).rstrip("0").rstrip(".") or "0"
    return phrases.together([said, phrases.say(verdict, threshold=limit)])


def _correction(correction: Correction, phrases: Phrases) -> str:
    return phrases.say(
        "consistency.correction",
        first=correction.first,
        second=correction.second,
        said=grade(correction.said, phrases),
        fits=grade(correction.fits, phrases),
        after=phrases.numbers.fixed(correction.after, 3),
    )


def _cross_check_notes(
    given: WithAnswers, elicited: Elicited, paths: Mapping[str, tuple[str, ...]], phrases: Phrases
) -> list[str]:
    shares = shares_of_nodes(elicited.weights, paths)
    points = phrases.numbers.points
    notes = []
    for check in given.cross_checks:
        names: dict[str, object] = {
            "of": check.of,
            "beside": check.beside,
            "said": phrases.numbers.quantity(check.said),
        }
        implied = implied_rating(shares, check.of, check.beside)
        if implied is None:
            notes.append(phrases.say("cross-check.open", **names))
        else:
            gap = points(check.said - implied, signed=True)
            notes.append(phrases.say("cross-check", implied=points(implied), gap=gap, **names))
    return notes


def combined_notes(combined: Combined, phrases: Phrases, names: Mapping[str, str] | None = None) -> list[str]:
    """The rule by which people's weights were combined, how far they differ, and who disagrees most."""
    percent = phrases.numbers.percent
    called = names or {}
    notes = []
    if combined.rule is not None:
        notes.append(phrases.say_of("combined", combined.rule, count=len(combined.participants)))
    if all(pair.share <= SAME for pair in combined.disagreements):
        return [*notes, phrases.say("combined.agree")]
    widest = max(combined.spread, key=lambda spread: spread.high - spread.low)
    notes.append(
        phrases.say(
            "combined.spread",
            criterion=called.get(widest.criterion, widest.criterion),
            low=percent(widest.low),
            high=percent(widest.high),
            lowest=called.get(widest.lowest, widest.lowest),
            highest=called.get(widest.highest, widest.highest),
        )
    )
    notes += [
        phrases.say(
            "combined.pair",
            more=called.get(pair.more, pair.more),
            less=called.get(pair.less, pair.less),
            share=percent(pair.share),
            criterion=called.get(pair.criterion, pair.criterion),
            difference=percent(pair.difference),
        )
        for pair in combined.disagreements[:PAIRS_NAMED]
        if pair.share > SAME
    ]
    return notes
