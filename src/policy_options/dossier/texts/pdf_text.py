"""A PDF: the text of some of its pages, and its metadata."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from typing import Any, Final

from pydantic_core import PydanticCustomError

from policy_options.dossier.models.places import check_page
from policy_options.dossier.texts.text import MAX_PAGES, Stated, Text, first_of_each, iso_date
from policy_options.errors import PolicyOptionsError

__all__ = ["MAX_PAGES_OF_A_FILE", "of_pdf"]

MAX_PAGES_OF_A_FILE: Final = 10_000


def of_pdf(content: bytes, wanted: Collection[str] | None) -> Text:
    """The text of the pages requested, by the PDF's own page numbers; ``None`` requests all.

    Raises:
        PolicyOptionsError: it is not a PDF, is locked with a password, or more pages are requested than may be read at
            a time.
    """
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its messages about a broken file are not part of the answer
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refused("the PDF has a password", "save it without one")
        count = len(reader.pages)
    except (PolicyOptionsError, MemoryError):
        raise
    except Exception as error:  # a hostile file may raise anything
        raise _refused(f"this is not a PDF that can be read ({type(error).__name__})", "save it again") from None
    if count > MAX_PAGES_OF_A_FILE:
        raise PolicyOptionsError.of(
            "source-too-large", f"the PDF has over {MAX_PAGES_OF_A_FILE:,} pages", "keep the cited part"
        )
    labels = _labels(reader, count)
    indices = [index for index, label in enumerate(labels) if wanted is None or label in wanted]
    if len(indices) > MAX_PAGES:
        raise PolicyOptionsError.of(
            "too-many-pages",
            f"the PDF has {count:,} pages, and at most {MAX_PAGES} are read at a time",
            "name those that are cited with --pages, such as --pages 3,12-14",
        )
    pages = [(labels[index], _text_of(reader, index, labels[index])) for index in indices]
    return Text(pages=tuple(pages), page_count=count, stated=first_of_each(_stated(reader)))


def _refused(message: str, remedy: str) -> PolicyOptionsError:
    return PolicyOptionsError.of("source-unreadable", message, remedy)


def _labels(reader: Any, count: int) -> list[str]:
    """The printed numbers of the pages, if the PDF has one for each and all can be cited; else 1, 2, 3 and so on."""
    plain = [str(number) for number in range(1, count + 1)]
    try:
        labels = [str(label) for label in reader.page_labels]
        for label in labels:
            check_page(label)
    except (PydanticCustomError, Exception):  # a hostile file may raise anything
        return plain
    return labels if len(set(labels)) == count else plain


def _text_of(reader: Any, index: int, label: str) -> str:
    try:
        return str(reader.pages[index].extract_text())
    except MemoryError:
        raise
    except Exception as error:  # a hostile file may raise anything
        raise _refused(
            f"the text of page {label} cannot be read ({type(error).__name__})", "save the PDF again, or leave it out"
        ) from None


def _stated(reader: Any) -> list[Stated]:
    def information(key: str) -> str:
        return str((reader.metadata or {}).get(key) or "")

    def publisher() -> str:
        return ", ".join(str(one) for one in (reader.xmp_metadata.dc_publisher or ())) if reader.xmp_metadata else ""

    found = []
    wanted: tuple[tuple[str, str, Callable[[], str]], ...] = (
        ("title", "the PDF's /Title", lambda: information("/Title")),
        ("author", "the PDF's /Author", lambda: information("/Author")),
        (
            "date",
            "the PDF's /CreationDate, when the file was made: check it",
            lambda: iso_date(information("/CreationDate"))[:10],
        ),
        ("publisher", "the PDF's XMP metadata, dc:publisher", publisher),
    )
    for key, where, read in wanted:
        try:
            found.append(Stated(key, read(), where))
        except MemoryError:
            raise
        except Exception:  # noqa: S112  # a hostile file may raise anything, and unreadable metadata counts as absent
            continue
    return found
