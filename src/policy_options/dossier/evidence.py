"""Fingerprints of paragraphs, and whether the texts at hand still hold what is cited. No source text is stored."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.source import Source
from policy_options.errors import Fault, Place, PolicyOptionsError

__all__ = ["CitationReport", "check_citations", "fingerprint", "paragraphs_of"]

MAX_SOURCE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class CitationReport:
    """What a comparison of the fingerprints with texts found. ``without_text`` are sources whose text was not at hand."""

    sources: int
    paragraphs: int
    found: int
    without_text: tuple[str, ...]
    findings: tuple[Fault, ...] = ()


def fingerprint(paragraph: str) -> str:
    """SHA-256, in hexadecimal, of a paragraph after NFKC and with white space collapsed (design, "The dossier on disk")."""
    text = " ".join(unicodedata.normalize("NFKC", paragraph).split())
    return hashlib.sha256(text.encode()).hexdigest()


def paragraphs_of(text: str) -> list[str]:
    """The blocks of a text between blank lines: its paragraphs, and headings and rules among them."""
    return [
        block
        for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n"))
        if block.strip()
    ]


def check_citations(contents: Contents, folder: Path) -> CitationReport:
    """Look for each fingerprinted paragraph in ``folder/<source id>.txt``, in order.

    Raises:
        PolicyOptionsError: the folder is not there, or a text cannot be read.
    """
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise PolicyOptionsError.of(
            "no-sources", f"there is no folder {folder}", "name the folder that holds the texts"
        )
    findings: list[Fault] = []
    found = 0
    missing = []
    for source in contents.sources.values():
        text = _text(folder / f"{source.id}.txt")
        if text is None:
            missing.append(source.id)
            continue
        mismatches = _compare(source, text)
        findings.extend(mismatches)
        found += len(source.model.paragraphs) - len(mismatches)
    total = sum(len(source.model.paragraphs) for source in contents.sources.values())
    return CitationReport(len(contents.sources), total, found, tuple(missing), tuple(findings))


def _text(path: Path) -> str | None:
    """The text of a source; ``None`` where it is not at hand."""
    place = Place(str(path))
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            raw = stream.read(MAX_SOURCE_BYTES + 1)
    except OSError as error:
        raise PolicyOptionsError.of(
            "source-unreadable",
            f"the text cannot be read: {error.strerror or error}",
            "check its permissions",
            place=place,
        ) from None
    if len(raw) > MAX_SOURCE_BYTES:
        raise PolicyOptionsError.of(
            "source-too-large", f"the text has over {MAX_SOURCE_BYTES:,} bytes", "keep the cited part", place=place
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyOptionsError.of("not-utf-8", "the text is not UTF-8", "save it as UTF-8", place=place) from None


def _compare(source: Entry[Source], text: str) -> list[Fault]:
    where: dict[str, list[int]] = {}
    for position, block in enumerate(paragraphs_of(text)):
        where.setdefault(fingerprint(block), []).append(position)
    cited = sorted(source.model.paragraphs.items())
    in_order = _longest_rising([where.get(wanted, []) for _, wanted in cited])
    findings = []
    for index, (number, wanted) in enumerate(cited):
        if index in in_order:
            continue
        if wanted in where:
            message = f"paragraph {number} of `{source.id}` is in the text, but not in its order"
            remedy = "number the paragraphs as the text has them"
        else:
            message = f"paragraph {number} of `{source.id}` is no longer in the text as it was cited"
            remedy = "read the new text, correct the claims that cite it, then its fingerprint"
        place = source.tree.place(("paragraphs", str(number)))
        findings.append(Fault("citation-mismatch", message, remedy, (source.id, str(number)), place, "finding"))
    return findings


def _longest_rising(choices: list[list[int]]) -> set[int]:
    """Indices of a longest run that can be given rising positions, one of its choices each (Hunt and Szymanski 1977).

    So that one paragraph that was moved is one finding, and not one for each that it passed.
    """
    tails: list[int] = []  # the smallest last position of a run of each length
    ends: list[tuple[int, int | None]] = []  # (index, end before it) of every step taken
    at: list[int] = []  # the step that each tail belongs to
    for index, positions in enumerate(choices):
        for position in reversed(positions):
            length = bisect_left(tails, position)
            ends.append((index, at[length - 1] if length else None))
            tails[length : length + 1] = [position]
            at[length : length + 1] = [len(ends) - 1]
    found: set[int] = set()
    step = at[-1] if at else None
    while step is not None:
        index, step = ends[step]
        found.add(index)
    return found
