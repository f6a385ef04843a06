"""The only module that renders faults: grouped by file, in order of line, with repeated kinds counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from policy_options.errors import Fault
from policy_options.wording.plain import printable

__all__ = ["fault_line", "render_faults"]

SHOWN_OF_A_KIND: Final = 5
LONGEST_LINE: Final = 600


def fault_line(fault: Fault, *, with_file: bool = True) -> str:
    """One fault on one line: place, message, remedy."""
    place = fault.place
    where = ""
    if place is not None:
        where = str(place) if with_file else ("" if place.line is None else f"{place.line}:{place.column}")
    said = fault.message + (f"; {fault.remedy}" if fault.remedy else "")
    return _one_line(f"{where}: {said}" if where else said)


def _one_line(text: str) -> str:
    line = printable(text).replace("\n", " ")
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


def render_faults(faults: Sequence[Fault]) -> str:
    """Format faults for a person: a single one on one line, else one block per file, with at most five of a kind in
    full.

    The others are counted, with the number of files that contain them.
    """
    distinct = list(dict.fromkeys(faults))
    if not distinct:
        return ""
    if len(distinct) == 1:
        return f"{distinct[0].severity}: {fault_line(distinct[0])}"
    shown, hidden = _sift(distinct)
    blocks: dict[str, list[Fault]] = {}
    for fault in shown:
        blocks.setdefault(fault.place.file if fault.place else "", []).append(fault)
    lines = []
    for file, inside in blocks.items():
        if file:
            lines.append(_one_line(file))
        lines.extend(f"  {fault.severity}: {fault_line(fault, with_file=False)}" for fault in sorted(inside, key=_line))
    for code, left_out in hidden.items():
        files = len({fault.place.file for fault in left_out if fault.place})
        where = f" in {files:,} {'file' if files == 1 else 'files'}" if files else ""
        lines.append(f"and {len(left_out):,} more of the kind `{code}`{where}, such as: {fault_line(left_out[0])}")
    lines.append(_count(distinct))
    return "\n".join(lines)


def _line(fault: Fault) -> tuple[int, int]:
    place = fault.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _sift(faults: Iterable[Fault]) -> tuple[list[Fault], dict[str, list[Fault]]]:
    seen: Counter[str] = Counter()
    shown: list[Fault] = []
    hidden: dict[str, list[Fault]] = {}
    for fault in faults:
        seen[fault.code] += 1
        if seen[fault.code] <= SHOWN_OF_A_KIND:
            shown.append(fault)
        else:
            hidden.setdefault(fault.code, []).append(fault)
    return shown, hidden


def _count(faults: Sequence[Fault]) -> str:
    counts = Counter(fault.severity for fault in faults)
    words = [f"{count:,} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items()]
    return " and ".join(words) + " in all"
