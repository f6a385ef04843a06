"""Shared parts of all dossier models: strictness, key names, and the kinds of text, number and id in files."""

import os
import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

# Third-party pydantic plugins could change the meaning of a file, and looking for them takes a tenth of a whole `rank`.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.types import Strict
from pydantic_core import PydanticCustomError

from policy_options.dossier.characters import LOOKS_LIKE, in_words
from policy_options.dossier.plain_words import named

__all__ = [
    "FORMAT",
    "TODO",
    "UNKNOWN",
    "Date",
    "DossierFile",
    "Id",
    "Line",
    "Many",
    "Model",
    "Number",
    "PartialDate",
    "Performance",
    "Prose",
    "fault",
    "id_like",
    "one_line",
]

FORMAT: Final = 1
"""The version of the file format that this package writes. Older ones remain readable; newer ones are refused by name."""

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))
)
MAX_ID_LENGTH: Final = 64

UNKNOWN: Final = "unknown"
"""Written in place of an unknown performance."""

TODO: Final = "TODO"
"""The prefix of a text that somebody has still to write; ``check`` lists them."""


def fault(code: str, message: str, remedy: str) -> PydanticCustomError:
    """A refusal in this package's words, to be raised from a validator; ``validation`` makes it a fault with a place."""
    # The message is passed as a value, since braces in it would be read as fields of the template.
    return PydanticCustomError(code, "{said}", {"said": message, "remedy": remedy})


def _foreign(text: str) -> str:
    """Describe the character of an id that looks like another: a Cyrillic letter, a dash, a space."""
    odd = next((character for character in text if not character.isascii()), None)
    if odd is None:
        return ""
    like = LOOKS_LIKE.get(odd.lower())
    return f"; it has {in_words(odd)}" + (f", which looks like the Latin {like}" if like else "")


def id_like(text: str) -> str | None:
    """The id that a text was meant to be; ``None`` if a letter or digit of it has no equivalent in ids."""
    plain = "".join(LOOKS_LIKE.get(character, character) for character in text.lower())
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    if any(character.isalnum() and not character.isascii() for character in plain):
        return None
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:MAX_ID_LENGTH].strip("-") or None


def check_id(text: str) -> str:
    """Return an id that obeys the rule for ids, or raise a refusal that says which part it breaks."""
    if len(text) > MAX_ID_LENGTH:
        raise fault("id", f"the id has {len(text)} characters; at most {MAX_ID_LENGTH} are allowed", "shorten it")
    if not _ID.match(text):
        raise fault(
            "id",
            f"{named(text)} is not an id: small letters a-z, digits and single hyphens between them{_foreign(text)}",
            f"write {suggestion}" if (suggestion := id_like(text)) else "write, for example, supply-chains",
        )
    if text in _DEVICES:
        raise fault("id", f"`{text}` is a device name on Windows, where no file can have it", "choose another id")
    return text


def _number(value: Any) -> float:
    if value.__class__ is float or value.__class__ is int:
        return float(value)
    raise PydanticCustomError("float_type", "a number is meant")


def _performance(value: Any) -> float | str:
    kind = value.__class__
    if kind is float or kind is int:
        return float(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("float_type", "a number, a level or `unknown` is meant")


def _date(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise fault("date", "this is not a date of the calendar", "write it as 2026-02-24")


def _partial_date(value: Any) -> str:
    """A day, a month or a year, as text; a year alone may be a number, as YAML reads it."""
    text = str(value) if value.__class__ is int else value
    if isinstance(text, str) and re.fullmatch(r"[1-9]\d{3}(?:-\d{2}(?:-\d{2})?)?", text):
        try:
            date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
            return text
        except ValueError:
            pass
    raise fault("date", "this is not a date of the calendar", "write it as 2026-02-24, 2026-02 or 2026")


def one_line(text: str) -> str:
    """Return a text that is visible and has no line break, or raise a refusal."""
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise PydanticCustomError("string_too_short", "nothing in it can be seen")
    if "\n" in text:
        raise fault(
            "line-break", "a line break in a text that is shown on one line", "write it on one line, or after >-"
        )
    return text


Id = Annotated[
    str,
    AfterValidator(check_id),
    Field(json_schema_extra={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": MAX_ID_LENGTH}),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(one_line)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Number = Annotated[float, BeforeValidator(_number)]
Date = Annotated[date, BeforeValidator(_date)]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]
Performance = Annotated[
    float | str,
    BeforeValidator(_performance),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "description": "a level's id, or unknown"}]}),
]

Item = TypeVar("Item")
# The reader makes lists; the models are frozen and keep tuples. Only the container is lax, never its contents.
Many = Annotated[tuple[Item, ...], Strict(False)]


def kebab(name: str) -> str:
    """The key in a file for a field in code: ``decide_by`` is ``decide-by``, ``for_`` is ``for``."""
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """A part of a dossier: frozen, strict about types, and closed to keys it does not know."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", alias_generator=kebab, defer_build=True, allow_inf_nan=False
    )


class DossierFile(Model):
    """A whole file, which begins with its format."""

    format: Annotated[
        Literal[1], Field(description="The version of the file format. It is 1 in every file, and comes first.")
    ]
