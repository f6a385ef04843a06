"""Counts over weight sets in words: how many put an option first, counting asked and illustrative sets separately."""

from __future__ import annotations

from collections.abc import Mapping

from policy_options.analysis.assessment import Assessment
from policy_options.analysis.overview import Overview
from policy_options.analysis.tally import Tally, tally
from policy_options.wording.phrases import Phrases

__all__ = ["count_sentences", "tallies", "tally_sentences"]

_KINDS = {"asked": "elicited", "illustrative": "illustrative"}


def tallies(overview: Overview, assessment: Assessment, statuses: Mapping[str, str]) -> dict[str, Tally]:
    """The tally of the option to put first over the sets of each status, ``asked`` and ``illustrative``, if there are any."""
    found = {}
    for kind, status in _KINDS.items():
        sets = [name for name, held in statuses.items() if held == status]
        if sets:
            found[kind] = tally(
                overview,
                assessment.first,
                sets,
                close_within=assessment.threshold,
                dominant=assessment.verdict.sure,
            )
    return found


def count_sentences(
    overview: Overview, assessment: Assessment, statuses: Mapping[str, str], phrases: Phrases, *, option: str = ""
) -> list[str]:
    """A sentence for each kind of weight set, with caveats about the leads. ``option`` is its title; "it" without one."""
    return tally_sentences(tallies(overview, assessment, statuses), phrases, option=option)


def tally_sentences(found: Mapping[str, Tally], phrases: Phrases, *, option: str = "") -> list[str]:
    """The same from tallies."""
    named = phrases.say("sets.named", option=option) if option else phrases.say("sets.it")
    return [_sentence(kind, one, named, phrases) for kind, one in found.items()]


def _sentence(kind: str, found: Tally, named: str, phrases: Phrases) -> str:
    first, of = len(found.first), len(found.sets)
    names: dict[str, object] = {"option": named, "of": of, "first": first, "note": _note(found, phrases)}
    if found.open:
        key = "open" if first else "open-all" if len(found.open) == of else "open-only"
        if key == "open-all" and of == 2:
            key = "open-all-two"
        return phrases.say_of("sets", kind, key, count=len(found.open), **names)
    if first in (0, of):
        key = ("all" if first else "none") + ("-two" if of == 2 else "")
        return phrases.say_of("sets", kind, key, count=of, **names)
    return phrases.say_of("sets", kind, "some", count=first, **names)


def _note(found: Tally, phrases: Phrases) -> str:
    """Caveats on the leads counted: how many are too close to call, or not leads at all."""
    said = ""
    only = "-only" if len(found.first) == 1 else ""
    for key, sets in ((f"close{only}", found.close), (f"level{only}", found.shared)):
        if sets:
            said += phrases.say_of("sets.note", key, count=len(sets))
    return said
