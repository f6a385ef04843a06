"""The content model of a memo, from the results for a dossier. Nothing is computed or laid out here."""

from __future__ import annotations

from dataclasses import replace

from policy_options.memo.annex.closing import figure_data, method_sentences, rebuild_command
from policy_options.memo.annex.cross_check import cross_check_part
from policy_options.memo.annex.performances import annex_scores, matrix_blocks
from policy_options.memo.annex.scales import scale_rows
from policy_options.memo.annex.scenarios import scenarios_in_full
from policy_options.memo.annex.sets import comparison_sentences, elsewhere_sentences, sets_blocks
from policy_options.memo.annex.sources import source_entries
from policy_options.memo.annex.weights import weight_blocks, weight_set_heads
from policy_options.memo.citing import Citer
from policy_options.memo.condensing_levels import shortened
from policy_options.memo.content import CONTENT_MODEL, AnnexPart, DossierPart, MemoContent, ScenariosPart
from policy_options.memo.moved_to_annex import moved_parts
from policy_options.memo.sections.dissent import dissent_part, dissenting_views
from policy_options.memo.sections.opening import (
    bottom_line_part,
    decision_part,
    draft_mark,
    head_rows,
    issue_part,
    notices,
)
from policy_options.memo.sections.options import option_entries, options_in_full, remaining_options
from policy_options.memo.sections.outlook import outlook_part, sources_part
from policy_options.memo.sections.packages import packages_figures, packages_part
from policy_options.memo.sections.ranking import rank_rows, ranking_part
from policy_options.memo.sections.robustness import change_figures, changes, ranks_by_weighting, robustness_part
from policy_options.memo.sections.scenarios import scenarios_part
from policy_options.memo.subject import Subject
from policy_options.wording.plain import running_head

__all__ = ["build_memo", "condensed"]


def build_memo(subject: Subject, *, template: str, digest: str, dossier_digest: str = "") -> MemoContent:
    """Word a memo. ``template`` is the template for its layout, ``digest`` that of its inputs, and ``dossier_digest`` what
    it has in common with an annex apart from it.

    Raises:
        PolicyOptionsError: the language lacks a phrase.
    """
    phrases, decision = subject.phrases, subject.decision
    ranking = subject.assessment.ranking
    citer = Citer(subject.contents, phrases)
    # Footnotes are numbered as the page reads, so the parts with footnotes are worded in that order.
    issue = issue_part(subject, citer)
    ranked = ranking_part(subject)
    firm = robustness_part(subject)
    options = option_entries(subject, citer)
    scenarios = scenarios_part(subject, citer)
    outlook = outlook_part(subject, citer)
    further = (*change_figures(subject), *packages_figures(subject))
    draft = draft_mark(subject)
    marks = " ".join(mark for mark in (decision.marking or "", draft) if mark)
    left = len(ranking.order) - len(options)
    annex = AnnexPart(
        ranking=rank_rows(subject),
        moved=(),
        heat=ranks_by_weighting(subject),
        switching_values=changes(subject),
        elsewhere=elsewhere_sentences(subject),
        figures=further,
        cross_check=cross_check_part(subject),
        method=method_sentences(subject),
        numbers=figure_data((ranked.contributions, *((scenarios.figure,) if scenarios else ()), *further)),
        rebuilding=phrases.say("memo.rebuilding"),
        command=rebuild_command(
            ranking.weights.id, template, public=subject.public, annex_apart=bool(subject.annex_file)
        ),
        digest=digest,
    )
    content = MemoContent(
        model=CONTENT_MODEL,
        id=decision.id,
        weights_id=ranking.weights.id,
        language=decision.language,
        labels=phrases.labels(),
        title=decision.title,
        author=decision.owner,
        subject=decision.question,
        keywords=tuple(option.short for option in ranking.problem.options),
        running=running_head(decision.title, marks),
        marking=decision.marking or "",
        draft=draft,
        head=head_rows(subject),
        notices=notices(subject),
        bottom_line=bottom_line_part(subject),
        decision=decision_part(subject),
        issue=issue,
        ranking=ranked,
        robustness=firm,
        options=options,
        more_options=_more_options(subject, left),
        moved="",
        dissent=dissent_part(subject),
        scenarios=scenarios,
        outlook=outlook,
        sources=sources_part(subject),
        annex=annex,
        annex_file=phrases.say("memo.annex-file", file=subject.annex_file) if subject.annex_file else "",
        dossier=_dossier_part(subject),
        footer=phrases.say(
            "memo.footer", dossier=decision.id, weights=subject.used.title, date=phrases.date(decision.date)
        ),
        packages=packages_part(subject),
        dossier_digest=dossier_digest,
    )
    return _with_moved(content, content, subject)


def condensed(whole: MemoContent, subject: Subject) -> MemoContent:
    """The memo with as much in its body as the subject's extent says, the rest set out in full in its annexes.

    Parts that no level affects, such as charts and the annex of the dossier, are those of the whole memo.
    """
    phrases, extent = subject.phrases, subject.extent
    citer = Citer(subject.contents, phrases)
    issue = issue_part(subject, citer)
    firm = robustness_part(subject)
    options = option_entries(subject, citer)
    left = len(subject.assessment.ranking.order) - len(options)
    ranked = ranking_part(subject, whole.ranking.contributions)
    annex = replace(
        whole.annex,
        ranking=rank_rows(subject),
    )
    body = replace(
        whole,
        head=shortened(whole.head, extent, phrases),
        notices=shortened(whole.notices, extent, phrases),
        bottom_line=bottom_line_part(subject),
        decision=shortened(whole.decision, extent, phrases),
        issue=shortened(issue, extent, phrases),
        ranking=shortened(ranked, extent, phrases),
        robustness=shortened(firm, extent, phrases),
        options=options,
        more_options=_more_options(subject, left),
        dissent=shortened(dissent_part(subject), extent, phrases),
        scenarios=None if whole.scenarios is None else _scenarios(whole.scenarios, subject, citer),
        outlook=shortened(outlook_part(subject, citer), extent, phrases),
        sources=shortened(sources_part(subject), extent, phrases),
        annex=annex,
    )
    return _with_moved(whole, body, subject)


def _scenarios(whole: ScenariosPart, subject: Subject, citer: Citer) -> ScenariosPart | None:
    """The section with the chart that the whole memo has, since what a level leaves alone is not drawn again."""
    part = scenarios_part(subject, citer, whole.figure)
    return None if part is None else replace(shortened(part, subject.extent, subject.phrases), figure=whole.figure)


def _with_moved(whole: MemoContent, body: MemoContent, subject: Subject) -> MemoContent:
    """Move to the annex what the body has no room for, and state the rule for that in the body."""
    remaining = remaining_options(subject, body.options)
    moved = moved_parts(whole, body, remaining, dissenting_views(subject), subject.phrases)
    rule = subject.phrases.say("memo.moved") if moved or body.annex.ranking else ""
    return replace(body, moved=rule, annex=replace(body.annex, moved=moved))


def _more_options(subject: Subject, left: int) -> str:
    """The number of options that the body does not describe, and who chose those that it does."""
    sentences = [subject.phrases.say("memo.options.more", count=left)] if left else []
    if left and isinstance(subject.decision.body_options, tuple):
        sentences.append(subject.phrases.say("memo.options.chosen"))
    return subject.phrases.together(sentences)


def _dossier_part(subject: Subject) -> DossierPart:
    """The annex that is the same for every weight set: it has separate citations, and nothing about the current ranking."""
    phrases, decision = subject.phrases, subject.decision
    citer = Citer(subject.contents, phrases)  # footnotes are given in the order of the pages
    return DossierPart(
        matrix=matrix_blocks(subject),
        weights=weight_blocks(subject),
        weight_sets=weight_set_heads(subject),
        sets=sets_blocks(subject),
        comparison=comparison_sentences(subject),
        options=options_in_full(subject, citer),
        scenarios=scenarios_in_full(subject, citer),
        scales=scale_rows(subject),
        scores=annex_scores(subject),
        sources=source_entries(subject),
        footer=phrases.say("memo.footer.dossier", dossier=decision.id, date=phrases.date(decision.date)),
    )
