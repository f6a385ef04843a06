"""The form of locations in citations: "¶2", "p. 12", "table 3"; the source is left out if there is only one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.option import Score
from policy_options.dossier.models.source import Claim, Kind
from policy_options.wording.phrases import Phrases

__all__ = ["basis_of", "citation", "place_of", "places_by_source"]


def place_of(claim: Claim, kind: Kind, phrases: Phrases) -> str:
    """The location of a claim within its source."""
    return ", ".join(_places(claim, kind, phrases))


def _places(claim: Claim, kind: Kind, phrases: Phrases) -> list[str]:
    match claim.located_by:
        case "paragraphs":
            return [f"¶{number}" for number in claim.paragraphs]
        case "pages":
            pages = ", ".join(each.replace("-", "–") for each in claim.pages)
            one = len(claim.single_pages) == 1
            return [phrases.say("place.page" if one else "place.pages", pages=pages)]
        case "cell":
            cell = str(claim.cell)
            return [phrases.say("place.cells" if ":" in cell else "place.cell", label=cell)]
        case "timestamp":
            return [phrases.say("place.timestamp", time=str(claim.timestamp).replace("-", "–"))]
        case "section":
            return [_section(str(claim.section), kind, phrases)]
        case key:
            return [phrases.say_of("place", key, label=getattr(claim, key))]


def _section(section: str, kind: Kind, phrases: Phrases) -> str:
    """A number with its word; an article or paragraph of a statute as written; a heading in quotation marks."""
    if section[0].isdecimal():
        return phrases.say("place.section.statute" if kind == "statute" else "place.section", label=section)
    return section if kind == "statute" else phrases.say("place.section.titled", label=section)


def places_by_source(
    contents: Contents, claims: Iterable[str], phrases: Phrases
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Each location that claims cite, once, by source, with the first claim that has it: paragraphs by number, then the
    others.
    """
    found: dict[str, dict[str, str]] = {}
    for name in claims:
        id = name.partition("/")[0]
        for place in _places(contents.claims[name], contents.sources[id].model.kind, phrases):
            found.setdefault(id, {}).setdefault(place, name)
    return {id: tuple(sorted(places.items(), key=_in_order)) for id, places in found.items()}


def _in_order(place: tuple[str, str]) -> tuple[int, int]:
    number = place[0].removeprefix("¶")
    return (0, int(number)) if number != place[0] else (1, 0)


def _plain(text: str, _claim: str) -> str:
    return text


def citation(
    contents: Contents, claims: Iterable[str], phrases: Phrases, *, mark: Callable[[str, str], str] = _plain
) -> str:
    """The locations of some claims: "¶2, ¶4", with the source's id before them if there are several sources.

    ``mark`` receives each location with its claim, and returns its written form.
    """
    several = len(contents.sources) > 1
    return "; ".join(
        (f"{source} " if several else "") + ", ".join(mark(place, claim) for place, claim in places)
        for source, places in places_by_source(contents, claims, phrases).items()
    )


def basis_of(contents: Contents, score: Score, phrases: Phrases) -> tuple[str, str, str]:
    """The basis of a score: its confidence, the locations, and the claims; in words where any of them is missing."""
    evidence, nothing = score.evidence or (), phrases.say("memo.cites.none")
    confidence = phrases.say_of("confidence-level", score.confidence or "missing")
    return confidence, citation(contents, evidence, phrases) or nothing, " ".join(evidence) or nothing
