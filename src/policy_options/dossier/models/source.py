"""A source: what it is, fingerprints of its paragraphs or pages, and the claims drawn from it, each a paraphrase.

Faults of one file on its own are refused here; ``checking.sources``, which knows the place of everything, checks what
each kind of source needs or cannot have.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from policy_options.dossier.models.base import (
    Date,
    DossierFile,
    Id,
    Line,
    Many,
    Model,
    PartialDate,
    Prose,
    fault,
    one_line,
)
from policy_options.dossier.models.places import Cell, Label, PageRange, Section, Timestamp, check_page, pages_in

__all__ = ["KINDS", "LOCATORS", "MAX_QUOTE", "Claim", "Kind", "KindRule", "Source", "check_address", "check_doi"]

MAX_QUOTE: Final = 200
"""Characters of a quotation: enough to find a sentence, but not to reproduce a source."""

LOCATORS: Final = ("paragraphs", "pages", "table", "figure", "section", "cell", "timestamp")
"""The location keys of a claim, which has exactly one of them."""

Kind = Literal["text", "document", "web", "data", "statute", "interview", "workshop"]


@dataclass(frozen=True, slots=True)
class KindRule:
    """The keys that a kind of source needs, those it may have, and how its claims are located.

    Every kind may have ``title``, ``date``, ``locator``, ``paragraphs``, ``pages`` and ``claims``.
    """

    needs: tuple[str, ...]
    may: tuple[str, ...]
    locators: tuple[str, ...]


_PUBLISHED: Final = ("author", "publisher", "number", "address", "read")
_ASKED: Final = KindRule(("who", "consent", "date"), ("name",), ("timestamp", "section", "pages", "paragraphs"))

KINDS: Final[dict[Kind, KindRule]] = {
    "text": KindRule(("paragraphs",), (*_PUBLISHED, "doi"), ("paragraphs", "section", "table", "figure")),
    "document": KindRule((), (*_PUBLISHED, "doi"), ("pages", "paragraphs", "section", "table", "figure")),
    "web": KindRule(
        ("address", "read"),
        ("author", "publisher", "number", "doi"),
        ("paragraphs", "section", "table", "figure", "timestamp"),
    ),
    "data": KindRule((), (*_PUBLISHED, "doi"), ("table", "cell")),
    "statute": KindRule((), _PUBLISHED, ("section", "paragraphs", "pages", "table")),
    "interview": _ASKED,
    "workshop": _ASKED,
}

# Signs that end a printed address (memo/linking.py) are not part of one.
_ADDRESS: Final = re.compile(
    r"https?://[^\s/<>\"“”«»「」『』《》（），、。；：！？@]+(?:[/?#][^\s<>\"“”«»「」『』《》（），、。；：！？]*)?"
)
_DOI: Final = re.compile(r"10\.[0-9]{4,9}/[^\s<>\"“”«»「」『』《》（），、。；：！？]+")


def _paragraph(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{0,4}", value):
        return int(value)
    raise fault("paragraph-number", "a paragraph is named by its number", "write 1, 2, 3 and so on")


def _fingerprint(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise fault(
            "fingerprint",
            "a fingerprint is 64 small hexadecimal digits (SHA-256)",
            "make them with policy-options source add (docs/evidence.md)",
        )
    return value


def check_address(value: str) -> str:
    """Return a web address, or raise a refusal."""
    if not _ADDRESS.fullmatch(value) or value[-1] in ".,;:!?'":
        raise fault(
            "address",
            "this is not an address on the web",
            "write it from https:// on, without spaces and without a user name",
        )
    return value


def check_doi(value: str) -> str:
    """Return a DOI, or raise a refusal."""
    if not _DOI.fullmatch(value) or value[-1] in ".,;:!?'":
        raise fault("doi", "this is not a DOI", "write it from 10. on, such as 10.1000/182")
    return value


_Quote = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUOTE), AfterValidator(one_line)
]
_Address = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), AfterValidator(check_address)
]
_Doi = Annotated[Line, AfterValidator(check_doi)]


def _needs_of_kinds() -> list[JsonValue]:
    """For editors: the keys that each kind of source needs. A file without a kind is a text."""
    return [
        {
            "if": {"properties": {"kind": {"const": kind}}, **({} if kind == "text" else {"required": ["kind"]})},
            "then": {"required": list(rule.needs)},
        }
        for kind, rule in KINDS.items()
        if rule.needs
    ]


class Claim(Model):
    """One statement of a source in the analyst's words, with its location in the source: exactly one of seven keys."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in LOCATORS]})

    id: Annotated[
        Id, Field(description="The id of the claim. Scores and points cite it as `source/claim`.", examples=["doubled"])
    ]
    paragraphs: Annotated[
        Many[Annotated[int, Field(ge=1)]],
        Field(min_length=1, description="The numbers of the paragraphs that it paraphrases.", examples=[[3, 5]]),
    ] = ()
    pages: Annotated[
        Many[PageRange],
        Field(
            min_length=1,
            description="The pages that it paraphrases, as they are numbered.",
            examples=[[4, "12-14", "iv"]],
        ),
    ] = ()
    table: Annotated[Label | None, Field(description="The number of a table, without the word.", examples=["2.1"])] = (
        None
    )
    figure: Annotated[Label | None, Field(description="The number of a figure, without the word.", examples=["A4"])] = (
        None
    )
    section: Annotated[
        Section | None, Field(description="A section, heading, article or question.", examples=["Article 5(1)"])
    ] = None
    cell: Annotated[
        Cell | None,
        Field(
            description="A cell or range of a table of data, with its sheet if there are several.",
            examples=["Prices!B7"],
        ),
    ] = None
    timestamp: Annotated[
        Timestamp | None, Field(description="A time in a recording, or a range.", examples=["12:30-14:00"])
    ] = None
    text: Annotated[
        Prose,
        Field(
            description="What the source says, in your own words. Never a copied sentence.",
            examples=["Tariffs doubled in ten years."],
        ),
    ]
    quote: Annotated[
        _Quote | None,
        Field(
            description="A few words of the source as they are written there, which `check --sources` looks for.",
            examples=["twice what they were"],
        ),
    ] = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        given = [key for key in LOCATORS if getattr(self, key)]
        if not given:
            raise fault(
                "locator-missing",
                "the claim does not say where its source says it",
                f"write one of {', '.join(LOCATORS)}",
            )
        if len(given) > 1:
            raise fault(
                "locator-twice",
                f"the claim says where its source says it in {len(given)} ways: {', '.join(given)}",
                "keep one, or make a claim of each",
            )
        return self

    @property
    def located_by(self) -> str:
        """The one key of ``LOCATORS`` that the claim has."""
        return next(key for key in LOCATORS if getattr(self, key))

    @property
    def single_pages(self) -> tuple[str, ...]:
        """Each page cited, with ranges expanded."""
        return tuple(page for each in self.pages for page in pages_in(each))


class Source(DossierFile):
    """A file ``options/evidence/<id>.yaml``: one source. The id is the file's name; the text itself is never stored."""

    model_config = ConfigDict(json_schema_extra={"allOf": _needs_of_kinds()})

    kind: Annotated[
        Kind, Field(description="What kind of source it is. It decides which other keys are needed or allowed.")
    ] = "text"
    title: Annotated[Line, Field(description="The title of the source.", examples=["Tariffs of the island ports"])]
    author: Annotated[
        Line | None, Field(description="Who wrote it: a person or an office.", examples=["Port office"])
    ] = None
    publisher: Annotated[Line | None, Field(description="Who published it.", examples=["Island News"])] = None
    number: Annotated[
        Line | None,
        Field(description="The number of a report or law, or the release of a data set.", examples=["Report 12"]),
    ] = None
    date: Annotated[
        PartialDate | None,
        Field(
            description="When it was published: a day, a month or a year. Of an interview, when it took place.",
            examples=["2025-06"],
        ),
    ] = None
    address: Annotated[
        _Address | None,
        Field(description="Where it is on the web, from https:// on.", examples=["https://example.org/storm"]),
    ] = None
    doi: Annotated[_Doi | None, Field(description="Its DOI, from 10. on.", examples=["10.1000/182"])] = None
    read: Annotated[
        Date | None, Field(description="The day on which you read it on the web.", examples=["2026-03-01"])
    ] = None
    who: Annotated[
        Line | None, Field(description="Who was asked, by role and without a name.", examples=["A harbour master"])
    ] = None
    consent: Annotated[
        Literal["named", "unnamed"] | None,
        Field(description="Whether those who were asked agreed to be named. Unless they did, no file may name them."),
    ] = None
    name: Annotated[
        Line | None,
        Field(
            description="The names of those who were asked, if `consent` is `named`. A public memo leaves them out.",
            examples=["J. Smith"],
        ),
    ] = None
    locator: Annotated[
        Prose | None,
        Field(
            description="How paragraphs or pages are counted, where that is not obvious.",
            examples=["Paragraphs are counted from the first heading."],
        ),
    ] = None
    paragraphs: Annotated[
        dict[Annotated[int, BeforeValidator(_paragraph)], Annotated[str, AfterValidator(_fingerprint)]],
        Field(
            description="A fingerprint of each paragraph that is cited, by its number: the SHA-256 of its text "
            "after Unicode NFKC, with runs of white space reduced to one space. `source add` makes "
            "it.",
            examples=[{"3": "37e16b4079a758990f8689e7f1cac2504806a2337fb7da4c39ff7ec73cf829a5"}],
        ),
    ] = {}  # noqa: RUF012  # pydantic copies it
    pages: Annotated[
        dict[Annotated[str, AfterValidator(check_page)], Annotated[str, AfterValidator(_fingerprint)]],
        Field(
            description="A fingerprint of each page that is cited, by its number, made in the same way.",
            examples=[{"12": "37e16b4079a758990f8689e7f1cac2504806a2337fb7da4c39ff7ec73cf829a5"}],
        ),
    ] = {}  # noqa: RUF012
    claims: Annotated[Many[Claim], Field(description="What the source says that the dossier uses.")] = ()

    @field_validator("name")
    @classmethod
    def _with_consent(cls, value: str | None, info: ValidationInfo) -> str | None:
        """Refuse a name without consent here, so that no dossier, and nothing made from one, can contain it."""
        if value is not None and info.data.get("consent") != "named":
            # The message does not repeat the name.
            raise fault(
                "name-without-consent",
                "a person is named who has not agreed to be",
                "delete the name, and write in who: whom you asked, by role; or consent: named, if they agreed",
            )
        return value
