"""Fingerprints of paragraphs, and whether the texts at hand still hold what is cited. No source text is stored."""

from __future__ import annotations

import hashlib
import re
import unicodedata
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
    if not folder.is_dir():
        raise PolicyOptionsError.of(
            "no-sources", f"there is no folder {folder}", "name the folder that holds the texts"
        )
    findings: list[Fault] = []
    found = 0
    missing = []
    for source in contents.sources.values():
        path = folder / f"{source.id}.txt"
        if not path.is_file():
            missing.append(source.id)
            continue
        with path.open("rb") as stream:
            raw = stream.read(MAX_SOURCE_BYTES + 1)
        if len(raw) > MAX_SOURCE_BYTES:
            raise PolicyOptionsError.of(
                "source-too-large",
                f"the text has over {MAX_SOURCE_BYTES:,} bytes",
                "keep the cited part",
                place=Place(str(path)),
            )
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PolicyOptionsError.of(
                "not-utf-8", "the text is not UTF-8", "save it as UTF-8", place=Place(str(path))
            ) from None
        mismatches = _compare(source, text)
        findings.extend(mismatches)
        found += len(source.model.paragraphs) - len(mismatches)
    total = sum(len(source.model.paragraphs) for source in contents.sources.values())
    return CitationReport(len(contents.sources), total, found, tuple(missing), tuple(findings))


def _compare(source: Entry[Source], text: str) -> list[Fault]:
    marks = [fingerprint(block) for block in paragraphs_of(text)]
    findings = []
    position = 0
    for number, wanted in sorted(source.model.paragraphs.items()):
        place = source.tree.place(("paragraphs", str(number)))
        try:
            position = marks.index(wanted, position) + 1
        except ValueError:
            if wanted in marks:
                message = f"paragraph {number} of `{source.id}` is in the text, but not in its order"
                remedy = "number the paragraphs as the text has them"
            else:
                message = f"paragraph {number} of `{source.id}` is no longer in the text as it was cited"
                remedy = "read the new text, correct the claims that cite it, then its fingerprint"
            ids = (source.id, str(number))
            findings.append(Fault("citation-mismatch", message, remedy, ids, place, "finding"))
    return findings
