"""Other methods of ranking, in annex A: a row for each, and why those that differ do."""

from __future__ import annotations

from policy_options.memo.content import CrossCheckPart, DataTable
from policy_options.memo.subject import Subject
from policy_options.wording.cross_check import (
    inputs_sentences,
    method_title,
    opening_sentences,
    refusal_sentences,
    turn_sentences,
)
from policy_options.wording.sentences import some_of
from policy_options.wording.table import cell_text
from policy_options.wording.titles import option_shorts, option_titles

__all__ = ["cross_check_part"]


def cross_check_part(subject: Subject) -> CrossCheckPart | None:
    """The paragraph and the table; nothing if there is no order to question."""
    found, phrases = subject.checked, subject.phrases
    if found is None:
        return None
    shorts = option_shorts(found.problem)
    heads = tuple((phrases.heading(key), key == "tau_b") for key in ("method", "standing", "first", "tau_b"))
    rows = tuple(
        (
            method_title(one.method, phrases),
            phrases.say_of("cross-check.standing", one.standing or "open"),
            some_of([shorts[option] for option in one.firsts], phrases),
            cell_text(None if one.agreement is None else one.agreement.tau_b, "coefficient", phrases.numbers),
        )
        for one in found.answered
    )
    dissenting = found.with_standing("lost", "shared", "open")
    said = phrases.together(opening_sentences(found, phrases))
    notes = (
        *turn_sentences(dissenting, phrases, option_titles(found.problem)),
        *refusal_sentences(found, phrases),
        *inputs_sentences(found, phrases),
    )
    return CrossCheckPart(said, DataTable(heads, rows), notes)
