"""The phrases that the page and its script say, from the wording of the dossier's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from policy_options.wording.phrases import Phrases, load_phrases

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["language_data", "page_labels"]

_SCRIPT: Final[tuple[PhraseKey, ...]] = (
    "ask.these",
    "bottom.act.ranking",
    "bottom.alone",
    "bottom.alone-left",
    "bottom.excluded",
    "bottom.lead.clear",
    "bottom.lead.narrow",
    "bottom.might-fail",
    "bottom.none-keeps",
    "bottom.open",
    "bottom.tied",
    "change.weight",
    "change.weight-perhaps",
    "chart.lead-stays",
    "chart.stability.undefined.locked",
    "chart.stability.undefined.no-proportions",
    "chart.stability.undefined.the-rest-is-zero",
    "close.pair",
    "close.some",
    "exported.behind",
    "exported.change.none",
    "exported.level",
    "exported.locked",
    "exported.mark.first",
    "exported.mark.order",
    "exported.mark.sure",
    "exported.order",
    "exported.order.row",
    "exported.packages.none",
    "exported.packages.off",
    "exported.save.done",
    "exported.save.missing",
    "label.lead",
    "listing",
    "memo.rank",
    "memo.rank.range",
    "nearest.weight",
    "packages.best",
    "packages.best.none",
    "packages.counts",
    "packages.empty",
    "packages.failing",
    "packages.held-on",
    "packages.join",
    "packages.next",
    "packages.only",
    "packages.tied",
    "packages.use",
    "packages.uses",
    "red-line.cell.fails",
    "red-line.cell.might",
    "scenarios.range",
    "share.above",
    "share.below",
)
"""What the script says, filled in with names and figures as weights move."""

_PAGE: Final[tuple[PhraseKey, ...]] = (
    "ask.because",
    "ask.holder",
    "exported.change",
    "exported.criteria",
    "exported.lock",
    "exported.marks.lead",
    "exported.marks.leads",
    "exported.marks.order",
    "exported.marks.turns",
    "exported.now",
    "exported.of",
    "exported.options",
    "exported.packages.best-first",
    "exported.packages.choice",
    "exported.packages.free",
    "exported.packages.in",
    "exported.packages.out",
    "exported.redo",
    "exported.reset",
    "exported.reset.do",
    "exported.save",
    "exported.save.asked",
    "exported.save.do",
    "exported.save.note",
    "exported.sets",
    "exported.undo",
    "exported.weights",
    "exported.weights.note",
    "heading.capacity",
    "heading.contribution",
    "heading.contributions",
    "heading.criterion",
    "heading.evidence",
    "heading.gap",
    "heading.package",
    "heading.rank",
    "heading.status",
    "heading.title",
    "heading.value",
    "heading.weight",
    "heading.weights",
    "label.baseline",
    "label.confidence",
    "label.function",
    "label.holder",
    "label.packages",
    "label.ranking",
    "label.rationale",
    "label.relation",
    "label.scores",
    "label.sources",
    "label.swing",
    "label.weight-sets",
    "memo.sets.caption",
)
"""What the page itself says, without figures."""

_NAME: Final = re.compile(r"\{([a-z_]+)\}")


def page_labels(phrases: Phrases) -> dict[str, str]:
    """The fixed words of the page, by key."""
    return {key: phrases.say(key) for key in _PAGE}


def language_data(phrases: Phrases) -> dict[str, Any]:
    """What the script needs to speak: phrases with their names or plural forms, and the number format.

    Raises:
        PolicyOptionsError: an organisation's wording lacks one of the phrases, or asks for a name that the script does not give.
    """
    if phrases.own is not None:
        _refuse_unsayable(phrases)
    return {
        "language": phrases.locale or phrases.language,
        "phrases": {key: phrases.phrases[key] for key in _SCRIPT},
        "between": phrases.between_sentences,
        "separator": str(phrases.phrases.get("separator", ", ")),
        "rows": str(phrases.phrases.get("row-separator", "; ")),
        "decimal": phrases.numbers.decimal_mark,
        "grouping": phrases.numbers.grouping,
        "percentage": phrases.numbers.percentage,
    }


def _refuse_unsayable(phrases: Phrases) -> None:
    """Say each form of each phrase once, with the names that the script gives, so that a fault is found before the page is."""
    english = load_phrases("en").phrases
    for key in _SCRIPT:
        names = {name: 1 for text in _forms(english[key]) for name in _NAME.findall(text)}
        if key not in phrases.phrases:
            phrases.say(key)
        for text in _forms(phrases.phrases[key]):
            replace(phrases, phrases={key: text}).say(key, **names)


def _forms(phrase: Any) -> list[str]:
    return list(phrase.values()) if isinstance(phrase, Mapping) else [phrase]
