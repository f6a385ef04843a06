"""Remedies that a command can follow: one that names a flag which the command lacks is left out.

The layers below do not know which command is running: the same sampling code serves ``robustness``, which has
``--error``, and ``memo``, which does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Final, get_type_hints

from typer.models import OptionInfo

from policy_options.errors import Fault

__all__ = ["fitting", "flags_of", "flags_of_others"]

_FLAG: Final = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_OTHER_PROGRAM: Final = re.compile(r"\b(?:policy-options|git|pip)\b")
_CLAUSE: Final = re.compile(r", or |; | or (?=look|use|write|name)|, ")


def fitting(faults: Iterable[Fault], flags: Collection[str]) -> list[Fault]:
    """The faults, each with the remedies that a command with these flags can follow."""
    return [replace(fault, remedy=_fitting(fault.remedy, flags)) for fault in faults]


def flags_of_others(remedy: str, flags: Collection[str]) -> list[str]:
    """The flags that a remedy recommends for this command, but that it lacks."""
    return [] if _OTHER_PROGRAM.search(remedy) else [flag for flag in _FLAG.findall(remedy) if flag not in flags]


def _fitting(remedy: str, flags: Collection[str]) -> str:
    clauses = _CLAUSE.split(remedy)
    if not any(flags_of_others(clause, flags) for clause in clauses):
        return remedy
    return ", or ".join(clause for clause in clauses if not flags_of_others(clause, flags))


def flags_of(function: Callable[..., Any]) -> frozenset[str]:
    """The flags of a command, from its function."""
    hints = get_type_hints(function, include_extras=True)
    return frozenset(
        flag
        for hint in hints.values()
        for option in getattr(hint, "__metadata__", ())
        if isinstance(option, OptionInfo)
        for flag in (*(option.param_decls or ()), option.default)
        if isinstance(flag, str) and flag.startswith("--")
    )
