"""The end of the first annex: the method, the numbers of figures, and how to rebuild it all."""

from __future__ import annotations

from collections.abc import Iterable

from policy_options.memo.content import Figure, FigureData
from policy_options.memo.subject import Subject

__all__ = ["figure_data", "method_sentences", "rebuild_command"]


def method_sentences(subject: Subject) -> tuple[str, ...]:
    """How values and ranks come about, and what sampled shares rest on."""
    phrases, decision = subject.phrases, subject.decision
    said = [phrases.say(f"method.{each}") for each in ("values", "rounding", "weights", "exact")]
    if subject.firm is not None:
        said.append(phrases.say("method.sampled", seed=decision.seed))
    return tuple(said)


def figure_data(figures: Iterable[Figure]) -> tuple[FigureData, ...]:
    """The numbers of figures, under their titles, of those that do not print them all."""
    return tuple(FigureData(each.title, each.data) for each in figures if each.data.rows and not each.printed)


def rebuild_command(weights: str, template: str, *, public: bool, annex_apart: bool) -> str:
    """What is typed in a folder that the memo was extracted into."""
    parts = ["policy-options memo", f"--weights {weights}", f"--template {template}"]
    chosen = [("--annex-b apart", annex_apart), ("--public", public)]
    return " ".join([*parts, *(option for option, is_chosen in chosen if is_chosen)])
