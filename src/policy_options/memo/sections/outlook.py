"""After the decision: next steps, signposts to watch, and the evidence."""

from __future__ import annotations

from policy_options.dossier.models.option import Argument
from policy_options.dossier.models.signpost import Signpost
from policy_options.memo.citing import Citer, argued, reference
from policy_options.memo.condensing_levels import first_texts, kept, more_items
from policy_options.memo.content import Argued, OutlookPart, SignpostEntry, SourcesPart, StepEntry
from policy_options.memo.sections.scenarios import signpost_tie
from policy_options.memo.subject import Subject
from policy_options.wording.scenarios import threshold_text

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
    if subject.scenarios is not None:  # whose part has the signposts
        return OutlookPart(tuple(steps), ())
    signposts = []
    for signpost in kept(decision.signposts, most):
        watch = argued(Argument(text=signpost.watch, evidence=signpost.evidence), citer, phrases)
        signposts.append(SignpostEntry(watch, _details(signpost, subject)))
    if len(signposts) < len(decision.signposts):
        more = more_items(len(decision.signposts) - len(signposts), phrases)
        signposts.append(SignpostEntry(Argued(more, None, ""), ""))
    return OutlookPart(tuple(steps), tuple(signposts))


def _details(signpost: Signpost, subject: Subject) -> str:
    """How far the score would have to move, and what else the signpost says: threshold, by when, who, and what then."""
    phrases = subject.phrases
    said = [signpost_tie(signpost, subject)]
    parts = (
        ("threshold", threshold_text(signpost, subject.problem, phrases)),
        ("by", phrases.date(signpost.by) if signpost.by else ""),
        ("who", signpost.who or ""),
        ("then", signpost.then or ""),
    )
    said += [phrases.say_of("scenarios.signpost", key, text=text) for key, text in parts if text]
    return phrases.together(said)


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
