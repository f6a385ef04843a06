"""The end of the first annex: the method, the numbers of figures, and how to rebuild everything."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.memo.content import Figure, FigureData
from policy_options.memo.subject import Subject

__all__ = ["figure_data", "method_sentences", "rebuild_command"]


def method_sentences(subject: Subject) -> tuple[str, ...]:
    """How values and ranks are computed, and the basis of sampled shares."""
    phrases, decision = subject.phrases, subject.decision
    sentences = [phrases.say_of("method", key) for key in ("values", "rounding", "weights", "exact")]
    if subject.firm is not None:
        sentences.append(phrases.say("method.sampled", seed=decision.seed))
    return tuple(sentences)


def figure_data(figures: Iterable[Figure]) -> tuple[FigureData, ...]:
    """The numbers of figures that do not print them all, under the figures' titles."""
    return tuple(FigureData(figure.title, figure.data) for figure in figures if figure.data.rows and not figure.printed)


def rebuild_command(weights: str, template: str, *, public: bool, annex_apart: bool) -> str:
    """The commands to type in a folder that the memo was extracted into."""
    parts = ["policy-options memo", f"--weights {weights}", f"--template {template}"]
    chosen = [("--annex-b apart", annex_apart), ("--public", public)]
    return " ".join([*parts, *(option for option, is_chosen in chosen if is_chosen)])
