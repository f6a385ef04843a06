"""A blank dossier from names alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from policy_options.dossier.models.base import id_like
from policy_options.dossier.new_files import blank_files
from policy_options.dossier.plain_words import quoted
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.importing.asked import like, listed
from policy_options.exchange.importing.ids import ids_of, title_of
from policy_options.exchange.importing.matrix import At

__all__ = ["blank_dossier"]

_OPTIONS: Final = ("as-now", "first-option", "second-option")
_CRITERIA: Final = ("benefit", "cost")


def blank_dossier(
    name: str,
    options: Sequence[str] | None,
    criteria: Sequence[str] | None,
    less_is_better: Sequence[str],
    day: date,
) -> dict[str, bytes]:
    """The files of a blank dossier. Without options, it has three to rename, including the baseline.

    Raises:
        PolicyOptionsError: names that are empty or alike, or ``less_is_better`` names no criterion.
    """
    less = {like(one) for one in less_is_better} | ({"cost"} if criteria is None else set())
    named_options = _named(options if options is not None else _OPTIONS, "option")
    named_criteria = _named(criteria if criteria is not None else _CRITERIA, "criterion")
    for one in less_is_better:
        if like(one) not in {like(part) for both in named_criteria for part in both}:
            raise PolicyOptionsError.of(
                "flag-names-nothing",
                f"--less-is-better names {quoted(one)}, which is no criterion",
                f"the criteria are {listed(id for id, _ in named_criteria)}",
            )
    return blank_files(
        id=id_like(name) or "decision",
        options=named_options,
        criteria=[(id, title, bool({like(id), like(title)} & less)) for id, title in named_criteria],
        baseline=_OPTIONS[0] if options is None else None,
        day=day,
    )


def _named(names: Sequence[str], what: str) -> list[tuple[str, str]]:
    """Id and title of each: a name that is already an id becomes a title with spaces."""
    flag = f"--{what}s" if what == "option" else "--criteria"
    if not names:
        raise PolicyOptionsError.of("names-missing", f"{flag} names none", f"write {flag} first-name,second-name")
    places = [At("", flag) for _ in names]
    titles = [title_of(_titled(name), at) for name, at in zip(names, places, strict=True)]
    ids, _, faults = ids_of(list(zip(names, places, strict=True)), what)
    if faults:
        raise PolicyOptionsError(faults)
    return list(zip(ids, titles, strict=True))


def _titled(name: str) -> str:
    return name.replace("-", " ").capitalize() if id_like(name) == name else name
