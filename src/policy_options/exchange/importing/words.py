"""The words by which a table marks the meaning of a row or a column."""

from __future__ import annotations

import re
from typing import Final

from policy_options.exchange.importing.asked import like
from policy_options.exchange.importing.matrix import Direction

__all__ = [
    "are_two_ends",
    "bound_in",
    "direction_of",
    "is_unclear",
    "is_unknown",
    "label_role",
    "names_criteria",
    "names_options",
    "text_role",
    "unit_in",
]

_ROLES: Final[dict[str, str]] = {
    **dict.fromkeys(("unit", "units", "unit of measure", "measured in"), "unit"),
    **dict.fromkeys(
        (
            "direction",
            "preference",
            "preference direction",
            "better",
            "which is better",
            "objective",
            "goal",
            "optimise",
            "optimize",
        ),
        "direction",
    ),
    **dict.fromkeys(("weight", "weights", "importance"), "weight"),
    **dict.fromkeys(("scale low", "low end", "scale min", "scale minimum", "scale from"), "low"),
    **dict.fromkeys(("scale high", "high end", "scale max", "scale maximum", "scale to"), "high"),
    **dict.fromkeys(("worst", "worst end", "scale worst"), "worst"),
    **dict.fromkeys(("best", "best end", "scale best"), "best"),
    **dict.fromkeys(("group", "groups", "category"), "group"),
    **dict.fromkeys(("scale", "source", "sources"), "unclear"),
    **dict.fromkeys(
        ("min", "max", "minimum", "maximum", "mean", "average", "median", "total", "sum", "range"), "unclear"
    ),
}
_TEXTS: Final[dict[str, str]] = {
    **dict.fromkeys(("description", "summary", "what it is"), "summary"),
    **dict.fromkeys(("note", "notes", "comment", "comments", "remark", "remarks"), "notes"),
}
_MORE: Final = (
    "more is better",
    "more",
    "higher is better",
    "higher",
    "high",
    "max",
    "maximise",
    "maximize",
    "benefit",
    "up",
    "↑",
    "+",
)
_LESS: Final = (
    "less is better",
    "less",
    "lower is better",
    "lower",
    "low",
    "min",
    "minimise",
    "minimize",
    "cost",
    "down",
    "↓",
    "-",
)
_DIRECTIONS: Final[dict[str, Direction]] = {
    **{like(word) or word: "more-is-better" for word in _MORE},
    **{like(word) or word: "less-is-better" for word in _LESS},
    "\u2212": "less-is-better",
}
_OPTIONS: Final = frozenset(
    ("option", "options", "alternative", "alternatives", "policy", "policies", "measure", "measures")
)
_CRITERIA: Final = frozenset(("criterion", "criteria", "attribute", "attributes", "indicator", "indicators"))
_UNKNOWN: Final = frozenset(
    ("unknown", "n/a", "na", "n.a.", "#n/a n/a", "?", "–", "—", "-", "tbd", "tbc", "not known", "missing")
)
_BOUNDS: Final[dict[str, str]] = {
    **dict.fromkeys(("low", "lower", "min", "minimum", "pessimistic low"), "low"),
    **dict.fromkeys(
        ("likely", "most likely", "mid", "middle", "central", "best guess", "best estimate", "expected", "mode"),
        "likely",
    ),
    **dict.fromkeys(("high", "upper", "max", "maximum"), "high"),
}
_LONGEST_HEADER: Final = 400
_BOUND: Final = re.compile(
    rf"(.+?)[\s:,/_-]*[(\[]?(?<![^\W_])({'|'.join(sorted(_BOUNDS, key=len, reverse=True))})[)\]]?\Z", re.IGNORECASE
)


def label_role(label: str) -> str | None:
    """The meaning of a row that is not an option: unit, direction, weight, low, high, worst, best, group or unclear."""
    return _ROLES.get(like(_without_last_bracket(label.strip()).rstrip(" :")))


def _without_last_bracket(label: str) -> str:
    if not label.endswith((")", "]")):
        return label
    before = max(label.rfind(")", 0, -1), label.rfind("]", 0, -1))
    opened = [at for at in (label.find("(", before + 1), label.find("[", before + 1)) if at >= 0]
    return label[: min(opened)].rstrip() if opened else label


def is_unclear(label: str) -> bool:
    """Whether a row with this name could be either an option or a figure about the options."""
    return label_role(label) == "unclear"


def are_two_ends(first: str, second: str) -> bool:
    """Whether the names of two rows in succession may be the two ends of a scale, such as "Low" and "High"."""
    ends = [_BOUNDS.get(like(name)) for name in (first, second)]
    return ends in (["low", "high"], ["high", "low"])


def text_role(header: str) -> str | None:
    """The meaning of a column of text: summary or notes."""
    return _TEXTS.get(like(header))


def direction_of(word: str) -> Direction | None:
    """Which direction is better, in a person's words."""
    plain = word.strip()
    return _DIRECTIONS.get(like(plain) or plain) or _DIRECTIONS.get(plain)


def names_options(corner: str) -> bool:
    """Whether the cell above the names marks them as options."""
    return like(corner) in _OPTIONS


def names_criteria(corner: str) -> bool:
    """Whether the cell above the names marks them as criteria."""
    return like(corner) in _CRITERIA


def is_unknown(text: str) -> bool:
    """Whether a text means that a score is unknown."""
    return text.strip().casefold() in _UNKNOWN


_UNIT: Final = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\Z")


def unit_in(header: str) -> tuple[str, str] | None:
    """Split a header such as ``Cost (M€)`` into the name and its unit; ``None`` if it names no unit."""
    found = _UNIT.match(header) if len(header) <= _LONGEST_HEADER else None
    return None if found is None else (found[1], found[2])


def bound_in(header: str) -> tuple[str, str] | None:
    """Split a header such as ``Cost (low)`` into the name and its bound; ``None`` if it names no bound."""
    plain = " ".join(header.split())
    whole = _BOUNDS.get(like(plain.strip("()[]")))
    if whole is not None:
        return "", whole
    found = _BOUND.match(plain) if len(plain) <= _LONGEST_HEADER else None  # a longer one is refused as a title
    return None if found is None else (found[1].strip(" :,-_/(["), _BOUNDS[like(found[2])])
