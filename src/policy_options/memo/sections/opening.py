"""The opening of the memo: head block, notices, bottom line, the decision sought, and the issue."""

from __future__ import annotations

from policy_options.memo.citing import Citer, argued
from policy_options.memo.condensing_levels import kept, more_items, opening
from policy_options.memo.content import Argued, DecisionPart, HeadRow, IssuePart
from policy_options.memo.sections.packages import offered
from policy_options.memo.subject import Subject
from policy_options.wording.advice import approved_sentence, bottom_lines
from policy_options.wording.scenarios import failing_sentence

__all__ = ["bottom_line_part", "decision_part", "draft_mark", "head_rows", "issue_part", "notices"]


def head_rows(subject: Subject) -> tuple[HeadRow, ...]:
    """To whom, from whom, when, and by when an answer is needed."""
    decision, phrases = subject.decision, subject.phrases
    labels = phrases.labels()
    rows = [
        ("to", decision.audience),
        ("from", decision.owner),
        ("date", phrases.date(decision.date)),
        ("decide-by", phrases.date(decision.decide_by) if decision.decide_by else ""),
    ]
    return tuple(HeadRow(labels[key], text) for key, text in rows if text)


def draft_mark(subject: Subject) -> str:
    """The mark of a memo whose dossier has unacknowledged findings."""
    return subject.phrases.say("memo.draft") if subject.report.findings else ""


def notices(subject: Subject) -> tuple[str, ...]:
    """What readers must know before anything else: that it is a draft, an example, or a version without names."""
    phrases = subject.phrases
    notices_shown = []
    if subject.report.findings:
        codes = sorted({finding.code for finding in subject.report.findings})
        notices_shown.append(
            phrases.say("memo.draft.notice", count=len(subject.report.findings), codes=phrases.series(codes))
        )
    if subject.decision.hypothetical:
        label, text = phrases.say("label.hypothetical"), subject.decision.hypothetical
        notices_shown.append(phrases.together([label, text]))
    if subject.public:
        notices_shown.append(phrases.say("memo.public"))
    return tuple(notices_shown)


def bottom_line_part(subject: Subject) -> tuple[str, ...]:
    """What is recommended, how sure that is, why, under how many weight sets, the one thing that would change it,
    and the futures in which it fails.
    """
    lines = bottom_lines(
        subject.assessment,
        subject.firm,
        subject.overview,
        subject.statuses,
        subject.phrases,
        weights=subject.used.title,
        asks=subject.decision.asks,
    )
    if subject.scenarios is not None and subject.scenarios.advice == subject.assessment.first:
        close = subject.decision.thresholds.too_close_to_call
        lines += [one for one in (failing_sentence(subject.scenarios, close, subject.phrases),) if one]
    return opening(tuple(lines), subject.extent, subject.phrases)


def decision_part(subject: Subject) -> DecisionPart:
    """The request, what an approval would cover, the answers, and the deadline."""
    decision, phrases = subject.decision, subject.phrases
    by = phrases.say("decision.by", date=phrases.date(decision.decide_by)) if decision.decide_by else ""
    usual = (phrases.say("decision.approve"), phrases.say("decision.disapprove"), phrases.say("decision.discuss"))
    return DecisionPart(
        decision.decision_requested or "",
        approved_sentence(subject.assessment, phrases, asks=decision.asks),
        decision.answers or usual,
        by,
        decision.complementary or "",
        offered(subject),
    )


def issue_part(subject: Subject, citer: Citer) -> IssuePart:
    """The question, from whose perspective, up to when, and why now."""
    decision, phrases = subject.decision, subject.phrases
    delivery = phrases.say(
        "memo.delivery.yes" if decision.scores_assume_delivery else "memo.delivery.no", horizon=decision.horizon
    )
    shown = kept(decision.why_now, subject.extent.items)
    timing = [argued(argument, citer, phrases) for argument in shown]
    if len(shown) < len(decision.why_now):
        timing.append(Argued(more_items(len(decision.why_now) - len(shown), phrases), None, ""))
    return IssuePart(decision.question, decision.standpoint, delivery, tuple(timing))
