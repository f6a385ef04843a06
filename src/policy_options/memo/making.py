"""From a dossier and a weight set to the content of its memo: the only path, shared by rendering and verifying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from policy_options.api import Dossier
from policy_options.diffing import diff_of_sets
from policy_options.memo.building import build_memo, condensed
from policy_options.memo.comparison_content import ComparisonContent, build_comparison
from policy_options.memo.condensing_levels import LEVELS
from policy_options.memo.content import MemoContent
from policy_options.memo.inputs import dossier_digest, inputs_digest, memo_inputs
from policy_options.memo.sections.robustness import MEMO_ERROR, most_samples
from policy_options.memo.subject import Subject
from policy_options.wording.phrases import Phrases
from policy_options.wording.titles import option_titles

__all__ = ["ANNEX_B", "COMPARISON", "DECISION", "Leading", "MemoDocument", "memo_document"]

DECISION: Final = "decision"
COMPARISON: Final = "comparison"
"""The template that gets the content of a comparison note: all weight sets compared with the one in use.

Every other template gets a memo's content.
"""

ANNEX_B: Final = "annex-b"
"""The template of the annex that the memos of several weight sets share."""


@dataclass(frozen=True, slots=True)
class Leading:
    """The entry of a memo in a list of memos: the option to put first, its lead in points, and the word for how firm
    that is.
    """

    option: str
    lead: str
    verdict: str


@dataclass(frozen=True)
class MemoDocument:
    """A memo before layout: its content, and the inputs it was made from. ``name`` is the name of its file.

    ``leading`` is ``None`` for a note that compares rankings. ``level`` is how far its body is condensed, up to
    ``levels``; ``whole`` and ``subject`` are the basis for wording it at another level.
    """

    content: MemoContent | ComparisonContent
    inputs: Mapping[str, Any]
    weights: str
    name: str
    leading: Leading | None = None
    level: int = 0
    whole: MemoContent | None = field(default=None, repr=False)
    subject: Subject | None = field(default=None, repr=False)

    @property
    def levels(self) -> int:
        """The number of levels after the first; a comparison note has none."""
        return 0 if self.whole is None else len(LEVELS) - 1

    def at(self, level: int) -> MemoDocument:
        """The same memo with its body condensed to a level."""
        if self.whole is None or self.subject is None:
            return self
        subject = replace(self.subject, extent=LEVELS[level])
        return replace(self, level=level, content=condensed(self.whole, subject) if level else self.whole)


def memo_document(
    dossier: Dossier,
    weights: str | None,
    phrases: Phrases,
    *,
    folders: tuple[Path, ...],
    template: str = DECISION,
    public: bool = False,
    annex_apart: bool = False,
) -> MemoDocument:
    """Make the memo under a weight set, by default the decision's, for a template of the folders. ``public`` says that
    the dossier is without names, and ``annex_apart`` that annex B is a separate file.

    Raises:
        PolicyOptionsError: there is no such set; the language lacks a phrase; a comparison of a single set was asked for.
    """
    used = dossier.weighting(weights).id
    inputs = memo_inputs(
        dossier, used, phrases, template=template, folders=folders, public=public, annex_apart=annex_apart
    )
    named = "" if template == DECISION else f"-{template}"
    decision = dossier.contents.decision.model.id
    annex = f"{decision}-{ANNEX_B}"
    name = annex if template == ANNEX_B else f"{decision}-{used.replace('/', '-')}{named}"
    if template == COMPARISON:
        others = [name for name in dossier.weight_sets if name != used]
        note = build_comparison(diff_of_sets(dossier, [used, *others]), phrases)
        return MemoDocument(note, inputs, used, name)
    subject = _subject(dossier, used, phrases, public=public, annex_file=f"{annex}.pdf" if annex_apart else "")
    content = build_memo(
        subject,
        template=template,
        digest=inputs_digest(inputs),
        dossier_digest=dossier_digest(inputs) if annex_apart or template == ANNEX_B else "",
    )
    return MemoDocument(content, inputs, used, name, _leading(subject), whole=content, subject=subject)


def _leading(subject: Subject) -> Leading:
    verdict, phrases = subject.assessment.verdict, subject.phrases
    return Leading(
        option_titles(subject.problem)[verdict.first],
        phrases.numbers.points(verdict.lead),
        phrases.say_of("index.verdict", subject.firm.verdict.kind) if subject.firm is not None else "",
    )


def _subject(dossier: Dossier, weights: str, phrases: Phrases, *, public: bool, annex_file: str) -> Subject:
    assessment = dossier.assess(weights)
    firm = None
    if assessment.verdict.runner_up is not None:
        firm = dossier.robustness(weights, error=MEMO_ERROR, most_samples=most_samples(dossier.problem))
    # The weights may be those of one person of several, which are not among the weight sets being compared.
    sets = [*dossier.weight_sets, *([weights] if weights not in dossier.weight_sets else [])]
    held = {name: dossier.weighting(name) for name in sets}
    people = [person for weighting in held.values() if weighting.combined is not None for person in weighting.people]
    overview = dossier.overview_of(sets)
    return Subject(
        dossier=dossier,
        assessment=assessment,
        firm=firm,
        overview=overview,
        voices=dossier.overview_of([*sets, *people]) if people else overview,
        across=dossier.across(sets) if len(sets) > 1 else None,
        held=held,
        checked=None if firm is None else dossier.cross_check(weights),
        report=dossier.check(),
        phrases=phrases.on_pages(),
        public=public,
        scenarios=dossier.scenarios(weights) if dossier.scenario_ids else None,
        annex_file=annex_file,
        packages=None if dossier.contents.packages_file is None else dossier.packages(weights),
    )
