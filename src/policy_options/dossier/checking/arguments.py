"""Options that nobody argued for or against, where others are argued."""

from __future__ import annotations

from collections.abc import Iterator

from policy_options.dossier.contents import Contents
from policy_options.errors import Fault

__all__ = ["argument_findings"]


def argument_findings(contents: Contents) -> Iterator[Fault]:
    """A finding for each option whose case for or against is empty while another option has one.

    A memo that argues some options and not others reads as if there were nothing to be said. Where a dossier enters no
    argument at all, it argues none more than another, and the memo says of each that nothing was entered.
    """
    options = contents.options.values()
    if not any(entry.model.for_ or entry.model.against for entry in options):
        return
    for entry in options:
        empty = [key for key, points in (("for", entry.model.for_), ("against", entry.model.against)) if not points]
        if empty:
            yield Fault(
                "argument-missing",
                f"nothing is entered {' or '.join(empty)} `{entry.id}`, where other options are argued",
                f"write {' and '.join(f'{key}:' for key in empty)} with a point at least",
                (entry.id,),
                entry.tree.place(()),
                "finding",
            )
