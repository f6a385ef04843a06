"""Fingerprints of paragraphs and pages, and whether the files at hand still contain what is cited. No source text is
stored.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policy_options.dossier.contents import Contents, Entry
from policy_options.dossier.models.source import Claim, Source
from policy_options.dossier.texts.reading import ENDINGS, MAX_SOURCE_BYTES, PAGED, read_text
from policy_options.dossier.texts.text import MAX_PAGES, Text, paragraphs_of
from policy_options.errors import Fault, PolicyOptionsError

__all__ = ["MAX_SOURCE_BYTES", "CitationReport", "check_citations", "fingerprint", "paragraphs_of", "quotes"]

_ALIKE: Final = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_BETWEEN: Final = re.compile(r"[\s\u00ad\u200b\u2010-\u2015\u2212-]+")
_LEFT_OUT: Final = re.compile(r"\[?(?:…|\.\.\.)\]?")


@dataclass(frozen=True)
class CitationReport:
    """The result of comparing fingerprints with files. ``without_text`` are sources of which a file was not at hand.

    ``found``, ``pages_found`` and ``quotes_found`` count those of the ``paragraphs``, ``pages`` and ``quotes`` that
    were found.
    """

    sources: int
    paragraphs: int
    found: int
    without_text: tuple[str, ...]
    findings: tuple[Fault, ...] = ()
    pages: int = 0
    pages_found: int = 0
    quotes: int = 0
    quotes_found: int = 0


def fingerprint(paragraph: str) -> str:
    """SHA-256, in hexadecimal, of a paragraph after NFKC and collapsing white space (design, "The dossier on disk")."""
    text = " ".join(unicodedata.normalize("NFKC", paragraph).split())
    return hashlib.sha256(text.encode()).hexdigest()


def quotes(quotation: str, text: str) -> bool:
    """Whether a text has the words of a quotation, in order, with an ellipsis for omissions.

    White space, hyphens and the form of quotation marks are ignored, since where a line of a file ends is not part of
    the wording.
    """
    plain, at = _plain(text), 0
    parts = [found for part in _LEFT_OUT.split(quotation) if (found := _plain(part))]
    for part in parts:
        at = plain.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return bool(parts)


def _plain(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).translate(_ALIKE))


def check_citations(contents: Contents, folder: Path) -> CitationReport:
    """Look for each fingerprint and each quotation in the files ``folder/<source id>.txt``, .md, .html, .docx and .pdf.

    Paragraphs must occur in order. Pages are looked for in the PDF alone, paragraphs in the first of the others.

    Raises:
        PolicyOptionsError: the folder is missing, or a file cannot be read.
    """
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise PolicyOptionsError.of(
            "no-sources", f"there is no folder {folder}", "name the folder that holds the texts"
        )
    compared = [_Compared(source, folder) for source in contents.sources.values()]
    models = [one.source.model for one in compared]
    return CitationReport(
        len(compared),
        sum(len(model.paragraphs) for model in models),
        sum(one.paragraphs_found for one in compared),
        tuple(one.source.id for one in compared if one.lacks_file),
        tuple(finding for one in compared for finding in one.findings),
        sum(len(model.pages) for model in models),
        sum(one.pages_found for one in compared),
        sum(claim.quote is not None for model in models for claim in model.claims),
        sum(one.quotes_found for one in compared),
    )


class _Compared:
    """Compare a source with its files."""

    def __init__(self, source: Entry[Source], folder: Path) -> None:
        self.source = source
        self.findings: list[Fault] = []
        self.paragraphs_found = self.pages_found = self.quotes_found = 0
        model = source.model
        quoted = [(index, claim) for index, claim in enumerate(model.claims) if claim.quote is not None]
        if not (model.paragraphs or model.pages or quoted):
            self.lacks_file = False
            return
        text = next((found for each in ENDINGS if (found := read_text(folder / f"{source.id}{each}"))), None)
        paged, self._partly = self._paged(folder, [claim for _, claim in quoted], has_text=text is not None)
        self.lacks_file = (
            (bool(model.paragraphs) and text is None)
            or (bool(model.pages) and paged is None)
            or (bool(quoted) and text is None and paged is None)
        )
        if text is not None and model.paragraphs:
            mismatches = _compare(source, [block.text for block in text.blocks])
            self.paragraphs_found = len(model.paragraphs) - len(mismatches)
            self.findings += mismatches
        if paged is not None and model.pages:
            mismatches = list(_compare_pages(source, dict(paged.pages)))
            self.pages_found = len(model.pages) - len(mismatches)
            self.findings += mismatches
        if text is not None or paged is not None:
            for index, claim in quoted:
                self._look_for(index, claim, text, paged)

    def _paged(self, folder: Path, quoted: list[Claim], *, has_text: bool) -> tuple[Text | None, bool]:
        """The text of the PDF's cited pages, or of all pages if a quotation may be on any; and whether there were too
        many.
        """
        path = folder / f"{self.source.id}{PAGED}"
        cited = {*self.source.model.pages, *(page for claim in quoted for page in claim.single_pages)}
        if all(claim.pages or (has_text and not claim.pages) for claim in quoted):
            return (read_text(path, pages=cited) if cited else None), False
        try:
            return read_text(path), False
        except PolicyOptionsError as error:
            if error.faults[0].code != "too-many-pages":
                raise
            return read_text(path, pages=cited), True

    def _look_for(self, index: int, claim: Claim, text: Text | None, paged: Text | None) -> None:
        pages = dict(paged.pages) if paged else {}
        if claim.pages and paged:
            places = " ".join(pages.get(page, "") for page in claim.single_pages)
        elif text is not None:
            wanted = {self.source.model.paragraphs.get(number) for number in claim.paragraphs}
            cited = [block.text for block in text.blocks if wanted and fingerprint(block.text) in wanted]
            places = " ".join(cited or [block.text for block in text.blocks])
        elif self._partly:
            self._not_found(
                index, claim, f"was not looked for, as the PDF has over {MAX_PAGES} pages", "locate the claim by pages"
            )
            return
        else:
            places = " ".join(pages.values())
        if quotes(str(claim.quote), places):
            self.quotes_found += 1
        else:
            self._not_found(
                index, claim, "is not where it says", "correct the quotation, or where the claim says that it is"
            )

    def _not_found(self, index: int, claim: Claim, what: str, remedy: str) -> None:
        self.findings.append(
            Fault(
                "quote-not-found",
                f"the quotation of the claim `{self.source.id}/{claim.id}` {what}",
                remedy,
                (self.source.id, claim.id),
                self.source.tree.place(("claims", index, "quote")),
                "finding",
            )
        )


def _compare_pages(source: Entry[Source], pages: dict[str, str]) -> Iterator[Fault]:
    for number, wanted in source.model.pages.items():
        if number in pages and fingerprint(pages[number]) == wanted:
            continue
        what = "is no longer as it was cited" if number in pages else "is not in the PDF"
        yield Fault(
            "citation-mismatch",
            f"page {number} of `{source.id}` {what}",
            "read the new page, correct the claims that cite it, then its fingerprint",
            (source.id, number),
            source.tree.place(("pages", number)),
            "finding",
        )


def _compare(source: Entry[Source], blocks: list[str]) -> list[Fault]:
    where: dict[str, list[int]] = {}
    for position, block in enumerate(blocks):
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

    A paragraph that was moved is then one finding, rather than one for each paragraph that it passed.
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
