"""What comes after the decision: next steps, signposts to watch, and what it all rests on."""

from __future__ import annotations

from policy_options.memo.citing import Citer, argued, reference
from policy_options.memo.content import DataTable, OutlookPart, SignpostEntry, SourcesPart, StepEntry
from policy_options.memo.subject import Subject
from policy_options.dossier.models.option import Argument
from policy_options.wording.advice import signpost_sentence

__all__ = ["outlook_part", "sources_part"]

_CONFIDENCE = ("high", "medium", "low")


def outlook_part(subject: Subject, citer: Citer) -> OutlookPart:
    """Steps, and signposts with the point at which each would change the advice."""
    phrases, decision = subject.phrases, subject.decision
    steps = tuple(
        StepEntry(step.what, step.who or "", phrases.date(step.by) if step.by else "") for step in decision.next_steps
    )
    signposts = []
    for one in decision.signposts:
        flip = ""
        if one.option is not None and one.criterion is not None:
            flip = signpost_sentence(one.option, one.criterion, subject.firm, phrases)
        watch = argued(Argument(text=one.watch, evidence=one.evidence), citer, phrases)
        signposts.append(SignpostEntry(watch, flip))
    return OutlookPart(steps, tuple(signposts))


def sources_part(subject: Subject) -> SourcesPart:
    """How many scores are of which confidence, and which sources there are."""
    phrases, contents = subject.phrases, subject.contents
    counts = dict.fromkeys((*_CONFIDENCE, None), 0)
    supported = dict.fromkeys((*_CONFIDENCE, None), 0)
    for entry in contents.options.values():
        for score in entry.model.scores.values():
            counts[score.confidence] += 1
            supported[score.confidence] += score.supported
    rows = tuple(
        (phrases.say(f"confidence.{kind or 'none'}"), str(count), str(supported[kind])) for kind, count in counts.items() if count
    )
    heads = ((phrases.heading("confidence"), False), (phrases.heading("scores"), True), (phrases.heading("cited"), True))
    return SourcesPart(
        said=phrases.say("evidence.confidence"),
        confidence=DataTable(heads, rows),
        references=tuple(reference(entry.model, phrases) for entry in contents.sources.values()),
    )
