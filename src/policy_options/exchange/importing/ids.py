"""Ids from names: the name of an option or a criterion in a file becomes an id of a dossier, and its title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from policy_options.dossier.models.base import MAX_ID_LENGTH, check_id, id_like
from policy_options.dossier.plain_words import quoted
from policy_options.dossier.scalars import hidden_in, marks_in
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.exchange.importing.asked import like
from policy_options.exchange.importing.matrix import At

__all__ = ["LONGEST_TITLE", "ids_of", "title_of"]

LONGEST_TITLE: Final = 300


def title_of(text: str, at: At, what: str = "name") -> str:
    """A name on one line, with white space collapsed.

    Raises:
        PolicyOptionsError: it has an invisible character, or is too long for a title.
    """
    title = " ".join(text.split())
    hidden = hidden_in(title)
    if hidden is not None:
        raise PolicyOptionsError(
            at.fault(
                "hidden-character",
                f"the {what} {quoted(title)} has {hidden[1]}, which cannot be seen",
                "delete it there",
            )
        )
    marks = marks_in(title)
    if marks is not None:
        code, message, _ = marks
        raise PolicyOptionsError(at.fault(code, f"the {what} {quoted(title)}: {message}", "delete the marks there"))
    if len(title) > LONGEST_TITLE:
        raise PolicyOptionsError(
            at.fault(
                "title-too-long",
                f"the {what} has {len(title)} characters; at most {LONGEST_TITLE} are read",
                "shorten it",
            )
        )
    return title


def ids_of(
    names: Sequence[tuple[str, At]], what: str, taken: Iterable[str] = ()
) -> tuple[list[str], list[str], list[Fault]]:
    """An id for each name, remarks on those that are not simply the name, and names that are too similar.

    Names that differ only in case, spaces, hyphens or form of Unicode are faults, as references to them would be
    ambiguous. Other names that would give the same id are numbered.
    """
    used = set(taken)
    seen: dict[str, tuple[str, At]] = {}
    ids: list[str] = []
    notes: list[str] = []
    faults: list[Fault] = []
    for number, (name, at) in enumerate(names, start=1):
        before = seen.setdefault(like(name), (name, at))
        if before[1] is not at:
            same = (
                "is there already" if before[0] == name else f"differs from {quoted(before[0])} only in case or spacing"
            )
            faults.append(
                at.fault("names-alike", f"the {what} {quoted(name)} {same} ({before[1]})", "rename one of the two")
            )
        wanted = id_like(name.casefold()) or f"{what}-{number}"
        found = _free(_allowed(wanted, what), used)
        if id_like(name.casefold()) is None or found != wanted:
            notes.append(f"{what} {quoted(name)} has the id {found}")
        used.add(found)
        ids.append(found)
    return ids, notes, faults


def _allowed(wanted: str, what: str) -> str:
    try:
        return check_id(wanted)
    except ValueError:  # a device name
        return f"{what}-{wanted}"


def _free(wanted: str, used: set[str]) -> str:
    found, number = wanted, 2
    while found in used:
        ending = f"-{number}"
        found = wanted[: MAX_ID_LENGTH - len(ending)].rstrip("-") + ending
        number += 1
    return found
