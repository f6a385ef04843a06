"""After the decision: next steps, signposts to watch, and the evidence."""

from __future__ import annotations

from policy_options.dossier.models.option import Argument
from policy_options.memo.citing import Citer, argued, reference
from policy_options.memo.condensing_levels import first_texts, kept, more_items
from policy_options.memo.content import Argued, OutlookPart, SignpostEntry, SourcesPart, StepEntry
from policy_options.memo.subject import Subject
from policy_options.wording.changes import signpost_sentence

__all__ = ["outlook_part", "sources_part"]

_CONFIDENCE = ("high", "medium", "low")


def outlook_part(subject: Subject, citer: Citer) -> OutlookPart:
    """Steps, and signposts with the point at which each would change the advice."""
    phrases, decision = subject.phrases, subject.decision
    most = subject.extent.items
    steps = [
        StepEntry(step.what, step.who or "", phrases.date(step.by) if step.by else "")
        for step in kept(decision.next_steps, most)
    ]
    if len(steps) < len(decision.next_steps):
        steps.append(StepEntry(more_items(len(decision.next_steps) - len(steps), phrases), "", ""))
    signposts = []
    for signpost in kept(decision.signposts, most):
        tie = ""
        if signpost.option is not None and signpost.criterion is not None:
            tie = signpost_sentence(signpost.option, signpost.criterion, subject.firm, phrases)
        watch = argued(Argument(text=signpost.watch, evidence=signpost.evidence), citer, phrases)
        signposts.append(SignpostEntry(watch, tie))
    if len(signposts) < len(decision.signposts):
        more = more_items(len(decision.signposts) - len(signposts), phrases)
        signposts.append(SignpostEntry(Argued(more, None, ""), ""))
    return OutlookPart(tuple(steps), tuple(signposts))


def sources_part(subject: Subject) -> SourcesPart:
    """How many scores have which confidence, how many of those cite a source, and the sources."""
    phrases, contents = subject.phrases, subject.contents
    scores = [score for entry in contents.options.values() for score in entry.model.scores.values()]
    confidences = []
    for kind in (*_CONFIDENCE, None):
        alike = [score for score in scores if score.confidence == kind]
        if alike:
            cited = sum(score.supported for score in alike)
            confidences.append(phrases.say_of("confidence", kind or "none", count=len(alike), cited=cited))
    return SourcesPart(
        said=phrases.together(
            [phrases.say("confidence.said", rows=phrases.rows(confidences)), phrases.say("evidence.confidence")]
        ),
        references=first_texts(
            [reference(entry.model, phrases) for entry in contents.sources.values()], subject.extent.items, phrases
        ),
    )
