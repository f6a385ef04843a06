"""A source: what it is, the fingerprints of its paragraphs, and the claims drawn from it, each a paraphrase."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from policy_options.dossier.models.base import Date, DossierFile, Id, Line, Many, Model, Prose, fault

__all__ = ["Claim", "Source"]


def _paragraph(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,4}", value):
        return int(value)
    raise fault("paragraph-number", "a paragraph is named by its number", "write 1, 2, 3 and so on")


def _fingerprint(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise fault(
            "fingerprint",
            "a fingerprint is 64 small hexadecimal digits (SHA-256)",
            "see docs/format.md, Sources, for how to make one",
        )
    return value


class Claim(Model):
    """One thing that a source says, in our words, with the paragraphs that say it."""

    id: Id
    paragraphs: Annotated[Many[Annotated[int, Field(ge=1)]], Field(min_length=1)]
    text: Annotated[Prose, Field(description="A paraphrase; never a copied sentence.")]


class Source(DossierFile):
    """``options/evidence/<id>.yaml``. The id is the file's name; the text itself is never stored."""

    title: Line
    author: Line | None = None
    publisher: Line | None = None
    date: Date | None = None
    locator: Annotated[Prose | None, Field(description="How the paragraphs are counted.")] = None
    paragraphs: Annotated[
        dict[Annotated[int, BeforeValidator(_paragraph)], Annotated[str, AfterValidator(_fingerprint)]],
        Field(description="SHA-256 of each paragraph after NFKC and with white space collapsed."),
    ]
    claims: Many[Claim] = ()
