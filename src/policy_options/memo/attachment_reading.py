"""Reading the attachment of an untrusted file, which is used only if it has the shape that this package writes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from policy_options.dossier.carried import refuse_other_names
from policy_options.errors import PolicyOptionsError
from policy_options.memo.attachment import ATTACHMENT_NAME, ATTACHMENT_SCHEMA
from policy_options.memo.environment import OTHER_PROCESSOR, PROCESSORS
from policy_options.memo.inputs import canonical
from policy_options.memo.pdf.file_reading import entries
from policy_options.memo.verdict import UnverifiedError
from policy_options.wording.plain import in_quotes

__all__ = ["AttachmentContent", "attached_inputs", "read_attachment"]

_ANY_VERSION: Final = ATTACHMENT_SCHEMA.rpartition("/")[0] + "/"
_LENGTHS: Final = ("fit", "any")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_TEMPLATE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WEIGHTS: Final = re.compile(r"[a-z0-9-]{1,100}(?:/[a-z0-9-]{1,100})?")
_PROCESSOR: Final = re.compile(rf"(?:{'|'.join((*sorted(set(PROCESSORS.values())), OTHER_PROCESSOR))}) [0-9a-f]{{16}}")


@dataclass(frozen=True, slots=True)
class AttachmentContent:
    """The attachment of a memo: its inputs, and the environment that it claims. None of it is trusted."""

    inputs: Mapping[str, Any]
    made_with: Mapping[str, str]
    fonts: Mapping[str, str]
    processor: str
    moment: datetime
    length: Literal["fit", "any"]
    numbers: int
    pages: int

    @property
    def template(self) -> str:
        """The name of its template."""
        return str(self.inputs["template"])

    @property
    def template_sha256(self) -> str:
        """The digest of its template."""
        return str(self.inputs["template_sha256"])


def read_attachment(reader: Any) -> AttachmentContent:
    """Read the attachment of a file.

    Raises:
        UnverifiedError: it has none, or one that no memo of this version has.
    """
    try:
        return _formed(json.loads(_attachment(reader)))
    except (UnverifiedError, MemoryError):
        raise
    except Exception as error:  # as for the reader: a file not written by this package may cause any exception
        raise UnverifiedError(f"the attachment is not that of a memo ({type(error).__name__})") from None


def attached_inputs(reader: Any) -> Mapping[str, Any]:
    """Read the inputs attached to a file by any version: the files of a dossier have a separate format version.

    Raises:
        UnverifiedError: there are no inputs.
    """
    try:
        form = json.loads(_attachment(reader))
        if not str(form["schema"]).startswith(_ANY_VERSION) or not isinstance(form["inputs"]["files"], dict):
            raise UnverifiedError("the attachment is not that of a memo")
        return dict(form["inputs"])
    except (UnverifiedError, MemoryError):
        raise
    except Exception as error:
        raise UnverifiedError(f"the attachment is not that of a memo ({type(error).__name__})") from None


def _attachment(reader: Any) -> bytes:
    root = reader.trailer["/Root"]
    names = entries(root, "/Names", "/EmbeddedFiles")
    if names is None or (not names.get("/Names") and "/Kids" not in names):
        raise UnverifiedError("the memo carries no inputs, and cannot be made again", "cannot")
    attached = names.get("/Names", ())
    if "/Kids" in names or len(attached) != 2 or len(root.get("/AF", ())) != 1:
        raise UnverifiedError("the memo carries more than its one attachment")
    if str(attached[0]) != ATTACHMENT_NAME:
        raise UnverifiedError(f"the attachment is not {ATTACHMENT_NAME}")
    file = attached[1].get_object()
    if root["/AF"][0].get_object() != file or str(file.get("/AFRelationship")) != "/Source":
        raise UnverifiedError("the attachment is not the source of the document")
    content = _data_of(file["/EF"]["/F"].get_object())
    try:
        form = json.loads(content)
    except (ValueError, RecursionError):
        raise UnverifiedError("the attachment is not JSON") from None
    if canonical(form) != content:
        raise UnverifiedError("the attachment has been written again: it is not canonical JSON")
    return content


def _data_of(stream: Any) -> bytes:
    from pypdf.errors import LimitReachedError

    try:
        return bytes(stream.get_data())
    except LimitReachedError:
        raise UnverifiedError("the attachment is larger than can be read", "cannot") from None


def _formed(form: Any) -> AttachmentContent:
    if form["schema"] != ATTACHMENT_SCHEMA:
        schema = in_quotes(str(form["schema"]))
        raise UnverifiedError(f"the attachment is of another version than this toolkit reads: {schema}", "cannot")
    inputs = form["inputs"]
    texts = (inputs[key] for key in ("weights", "template", "template_sha256", "toolkit"))
    if not all(isinstance(text, str) for text in texts) or not isinstance(inputs["files"], dict):
        raise UnverifiedError("the attachment is not that of a memo (inputs)")
    if not all(isinstance(inputs[key], bool) for key in ("public", "annex_apart")) or "seed" not in inputs:
        raise UnverifiedError("the attachment is not that of a memo (inputs)")
    if not (inputs["wording"] is None or isinstance(inputs["wording"], dict)):
        raise UnverifiedError("the attachment is not that of a memo (wording)")
    if not _WEIGHTS.fullmatch(inputs["weights"]):  # it is printed
        raise UnverifiedError("the name of the memo's weights is not valid")
    if not _TEMPLATE.fullmatch(inputs["template"]):  # it is printed, and names a file
        raise UnverifiedError("the name of the memo's template is not valid")
    if not _DIGEST.fullmatch(inputs["template_sha256"]):  # it is printed
        raise UnverifiedError("the digest of the memo's template is not valid")
    try:
        refuse_other_names(inputs["files"])
    except PolicyOptionsError as error:
        raise UnverifiedError(error.faults[0].message) from None
    if form["length"] not in _LENGTHS:
        raise UnverifiedError("the attachment is not that of a memo (length)")
    if not _PROCESSOR.fullmatch(form["processor"]):
        raise UnverifiedError("the attachment is not that of a memo (processor)")
    moment = datetime.fromisoformat(form["moment"])
    if moment.utcoffset() != timedelta(0) or moment.microsecond or moment.isoformat() != form["moment"]:
        raise UnverifiedError("the attachment is not that of a memo (moment)")
    return AttachmentContent(
        inputs=inputs,
        made_with={str(key): str(value) for key, value in form["made_with"].items()},
        fonts={str(key): str(value) for key, value in form["fonts"].items()},
        processor=form["processor"],
        moment=moment,
        length=form["length"],
        numbers=len(form["ledger"]),
        pages=int(form["pages"]["count"]),
    )
