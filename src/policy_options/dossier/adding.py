"""Drafting the file of a source from the source itself: its metadata, fingerprints, and room for claims. No text is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from policy_options.dossier.contents import DECISION, EVIDENCE
from policy_options.dossier.emitting import emit
from policy_options.dossier.evidence import fingerprint
from policy_options.dossier.links import refuse_leaving
from policy_options.dossier.models.base import FORMAT, check_id, id_like
from policy_options.dossier.models.places import pages_in
from policy_options.dossier.models.source import Claim, Source
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.scalars import hidden_in, marks_in
from policy_options.dossier.texts.reading import ENDINGS, PAGED, read_text
from policy_options.dossier.texts.text import Stated, Text
from policy_options.dossier.validation import validate
from policy_options.errors import Place, PolicyOptionsError

__all__ = ["MAX_PARAGRAPHS", "Draft", "draft_source", "pages_asked_for", "place_of_source"]

MAX_PARAGRAPHS: Final = 10_000
_KEYS: Final = ("title", "author", "publisher", "date", "address", "read", "doi")
_SCHEMA: Final = "# yaml-language-server: $schema=../../schemas/source.schema.json\n"
_CLAIMS: Final = """\
# What the source says, in your own words, and where it says it. Cite a claim as {id}/<claim>.
# claims:
#   - id: what-it-says
#     {key}: [{first}]
#     text: A paraphrase, never a copied sentence.
"""
_COUNTED: Final = {
    ".txt": "Blocks of text between blank lines are counted, headings among them.",
    ".md": "Blocks of text between blank lines are counted; headings, rules and front matter are not.",
    ".html": "Blocks of text are counted; headings, navigation and forms are not.",
    ".docx": "Paragraphs are counted, those of tables among them; headings, notes and empty ones are not.",
    ".pdf": "Pages by the numbers that the PDF gives them.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A new source file. ``stated`` are its entries and where each was found; ``left_out`` was found but not used."""

    id: str
    text: str
    kind: str
    stated: tuple[Stated, ...]
    left_out: tuple[str, ...]
    paragraphs: int
    pages: int


def place_of_source(root: Path, id: str) -> Path:
    """The path for the file of a new source.

    Raises:
        PolicyOptionsError: there is no dossier, a link leads outside it, or it already has a source of this id.
    """
    if not (root / DECISION).is_file():
        raise PolicyOptionsError.of(
            "not-a-dossier",
            f"there is no dossier here: {DECISION} is missing",
            "go to the folder of a dossier, name one with --dossier DIR, or make one with policy-options new DIR",
            place=Place(str(root)),
        )
    path = root / EVIDENCE / f"{id}.yaml"
    refuse_leaving(root, path)
    if path.exists() or path.is_symlink():
        raise PolicyOptionsError.of(
            "file-exists", "the file is already there", "choose another id with --id", place=Place(str(path))
        )
    return path


def pages_asked_for(text: str) -> tuple[str, ...]:
    """The single pages of a list such as ``3,12-14``.

    Raises:
        PolicyOptionsError: it is not such a list.
    """
    try:
        listed = [part.strip() for part in text.split(",")]
        pages = Claim.model_validate({"id": "a", "text": "a", "pages": listed}).pages
    except ValidationError:
        raise PolicyOptionsError.of(
            "page", f"`{text}` is no list of pages", "write numbers and ranges, such as --pages 3,12-14"
        ) from None
    return tuple(dict.fromkeys(page for each in pages for page in pages_in(each)))


def draft_source(
    path: Path,
    *,
    id: str | None = None,
    pages: tuple[str, ...] | None = None,
    given: Iterable[Stated] = (),
) -> Draft:
    """Draft the source file for a text, a page, a Word document or a PDF. ``given`` by the user takes precedence over
    the file.

    Raises:
        PolicyOptionsError: the file cannot be read, has no text, or gives no id.
    """
    ending = path.suffix.lower()
    if ending not in (*ENDINGS, PAGED):
        raise PolicyOptionsError.of(
            "source-ending",
            f"{path.name} is not of a kind that can be read",
            f"save it as one of {', '.join((*ENDINGS, PAGED))}, or write the source file by hand",
            place=Place(str(path)),
        )
    if pages is not None and ending != PAGED:
        raise PolicyOptionsError.of(
            "no-pages", f"{path.name} has no pages", "leave --pages out", place=Place(str(path))
        )
    source_id = _id(path, id)
    found = read_text(path, pages=pages)
    if found is None:
        raise PolicyOptionsError.of("source-missing", f"there is no file {path}", "name a file")
    stated, left_out = _stated(found, given, path)
    fingerprints, headings = _paragraphs(found, path)
    if headings:
        left_out.append(f"{headings:,} headings and the like, which are no paragraphs")
    marks, empty = _pages(found, pages, path)
    if empty:
        left_out.append(f"pages without text, which may be pictures: {_shortened(empty)}")
    kind = _kind(ending, stated)
    counted = _COUNTED[".html" if ending == ".htm" else ending]
    told: dict[str, Any] = {} if kind == "text" else {"kind": kind}
    told |= {one.key: one.value for one in stated} | {"locator": counted}
    parts = [
        f"{_SCHEMA}format: {FORMAT}\n",
        "".join(_typed_date(value) if key == "date" else emit({key: value}) for key, value in told.items()),
        *(
            _typed_numbers(emit({key: marks_of_key}))
            for key, marks_of_key in (("paragraphs", fingerprints), ("pages", marks))
            if marks_of_key
        ),
    ]
    first, key = (next(iter(marks)), "pages") if marks else ("1", "paragraphs")
    parts.append(_CLAIMS.format(id=source_id, key=key, first=first))
    text = "\n".join(parts)
    _, faults = validate(Source, read_yaml(text.encode(), f"{EVIDENCE}/{source_id}.yaml"))
    if faults:
        raise PolicyOptionsError(faults)
    return Draft(source_id, text, kind, stated, tuple(left_out), len(fingerprints), len(marks))


def _typed_date(date: str) -> str:
    """A date as people type it: a year without quotes, which the reader accepts as equal."""
    return f"date: {date}\n" if re.fullmatch("[0-9]{4}", date) else emit({"date": date})


def _typed_numbers(yaml: str) -> str:
    """Numbers of paragraphs and pages, which are keys, as people type them: without quotes."""
    return re.sub(r'(?m)^( *)"?([0-9]{1,5})"?: ', r"\1\2: ", yaml)


def _id(path: Path, asked: str | None) -> str:
    try:
        if asked is not None:
            return check_id(asked)
        like = id_like(path.stem)
        if like is not None:
            return check_id(like)
    except PydanticCustomError as refusal:
        raise PolicyOptionsError.of("id", refusal.message(), str((refusal.context or {})["remedy"])) from None
    raise PolicyOptionsError.of(
        "id", f"no id follows from the name {path.name}", "choose one, such as --id survey-2025"
    )


def _kind(ending: str, stated: tuple[Stated, ...]) -> str:
    if ending == PAGED:
        return "document"
    web = {"address", "read"} <= {one.key for one in stated}
    return "web" if web and ending in (".html", ".htm") else "text"


def _stated(found: Text, given: Iterable[Stated], path: Path) -> tuple[tuple[Stated, ...], list[str]]:
    """The entries for the file, in the order of its keys, and those left out because no source could have them."""
    kept: dict[str, Stated] = {}
    left_out = []
    for one in given:
        fault = _fault_of(one)
        if fault is not None:
            raise PolicyOptionsError.of("option", f"{one.where}: {fault[0]}", fault[1])
        kept[one.key] = one
    for one in found.stated:
        stated = Stated(one.key, " ".join(one.value.split()), one.where)
        if one.key in kept:
            continue
        fault = _fault_of(stated)
        if fault is None:
            kept[one.key] = stated
        else:
            left_out.append(f"the {one.key} in {one.where}: {fault[0]}")
    kept.setdefault("title", Stated("title", _name_of(path), "the name of the file, as it states no title: correct it"))
    return tuple(kept[key] for key in _KEYS if key in kept), left_out


def _name_of(path: Path) -> str:
    """A title for a file that states none."""
    stem = " ".join(path.stem.split())[:300]
    return "Untitled" if _fault_of(Stated("title", stem, "")) else stem


def _fault_of(stated: Stated) -> tuple[str, str] | None:
    """Why a source cannot have this entry, and what to do."""
    hidden = hidden_in(stated.value, escaped=True)
    if hidden is not None:
        return f"it has {hidden[1]}, which cannot be seen", "delete it"
    marks = marks_in(stated.value)
    if marks is not None:
        return marks[1:]
    if stated.value.isascii() and not stated.value.isprintable():
        return "it has control characters", "delete them"
    try:
        Source.model_validate({"format": FORMAT, "title": "a", stated.key: stated.value})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        context = problem.get("ctx") or {}
        return str(problem["msg"]).removeprefix("Value error, "), str(context.get("remedy", "shorten it"))
    return None


def _paragraphs(found: Text, path: Path) -> tuple[dict[str, str], int]:
    if not found.blocks:
        if not found.page_count:
            raise _no_text(path)
        return {}, 0
    counted = [block.text for block in found.blocks if block.counted]
    if not counted:
        counted = [block.text for block in found.blocks]
    if len(counted) > MAX_PARAGRAPHS:
        raise PolicyOptionsError.of(
            "source-too-large",
            f"the text has {len(counted):,} paragraphs; at most {MAX_PARAGRAPHS:,} are listed",
            "keep the cited part",
            place=Place(str(path)),
        )
    return {str(number): fingerprint(text) for number, text in enumerate(counted, 1)}, len(found.blocks) - len(counted)


def _pages(found: Text, asked: tuple[str, ...] | None, path: Path) -> tuple[dict[str, str], list[str]]:
    missing = [page for page in asked or () if page not in dict(found.pages)]
    if missing:
        raise PolicyOptionsError.of(
            "unknown-page",
            f"the PDF has no page {_shortened(missing)}",
            "name pages by the numbers that the PDF gives them",
            place=Place(str(path)),
        )
    marks = {label: fingerprint(text) for label, text in found.pages if text.strip()}
    if found.pages and not marks:
        raise _no_text(path)
    return marks, [label for label, text in found.pages if not text.strip()]


def _no_text(path: Path) -> PolicyOptionsError:
    return PolicyOptionsError.of(
        "no-text",
        f"{path.name} has no text that can be read",
        "if it is a scan, write the source file by hand, without fingerprints (docs/evidence.md)",
        place=Place(str(path)),
    )


def _shortened(pages: list[str]) -> str:
    more = f" and {len(pages) - 10:,} more" if len(pages) > 10 else ""
    return ", ".join(pages[:10]) + more
