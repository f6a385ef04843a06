"""Whether a memo is consistent with the inputs that it carries: they are computed anew, and compared with what its pages print.

A PDF may come from anywhere. ``verify`` reads it in a process with limits, and says no with a reason rather than fail. What it
says yes to is "consistent with its attached inputs", which is not "authentic": whoever changes inputs and pages alike can make
a memo that is consistent, as anybody can who makes a new one.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from policy_options.dossier.carried import Carried, findings_carried, refuse_other_names
from policy_options.errors import PolicyOptionsError
from policy_options.memo.carrying import ATTACHMENT, CARRIED_SCHEMA
from policy_options.memo.inputs import canonical, inputs_digest
from policy_options.memo.ledger import COUNTED, Ledger, content_numbers
from policy_options.memo.limited import Limits, run_limited
from policy_options.memo.printed import Drawing, blocks_of, character_map, numbers_in, text_digest

__all__ = ["LIMITS", "MAX_PDF_BYTES", "Verification", "carried_inputs", "verify"]

LIMITS: Final = Limits(seconds=120.0, megabytes=4_096)
MAX_PDF_BYTES: Final = 64 * 1024 * 1024
_COUNTS: Final = re.compile(r"[^\W\d_]?[\d\s./()\[\]–-]+")  # a line that a page counts: "3 / 17", "B2 / 9", "12."

Verdict = Literal["consistent", "inconsistent", "cannot"]


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict, and the first thing that differs, in words. ``numbers`` counts the entries of the ledger."""

    verdict: Verdict
    reason: str = ""
    inputs_sha256: str = ""
    weights: str = ""
    pages: int = 0
    numbers: int = 0
    made_with: Mapping[str, str] | None = None


class _WantingError(Exception):
    """The memo is found wanting: the verdict and why."""

    def __init__(self, reason: str, verdict: Verdict = "inconsistent") -> None:
        super().__init__(reason)
        self.reason, self.verdict = reason, verdict


def verify(pdf: bytes, limits: Limits = LIMITS) -> Verification:
    """Compare a memo with its inputs. Whatever the file is, the answer comes, within the limits."""
    try:
        return Verification(**json.loads(run_limited(_verified, pdf, limits, "reading the memo")))
    except PolicyOptionsError as error:
        return Verification("inconsistent", error.faults[0].message)


def carried_inputs(pdf: bytes, limits: Limits = LIMITS) -> dict[str, Any]:
    """The inputs of a memo as data, whether or not its pages agree with them; names of files are those of a dossier.

    Raises:
        PolicyOptionsError: the file carries none, or cannot be read.
    """
    found: dict[str, Any] = json.loads(run_limited(_inputs, pdf, limits, "reading the memo"))
    refuse_other_names(found["files"])
    return found


def _verified(pdf: bytes) -> bytes:
    """In the process with limits: the verification as JSON."""
    found: dict[str, Any] = {}
    try:
        reader = _reader(pdf)
        form = _carried(reader)
        inputs = form["inputs"]
        found = {
            "inputs_sha256": inputs_digest(inputs),
            "weights": str(inputs["weights"]),
            "pages": int(form["pages"]["count"]),
            "numbers": len(form["ledger"]),
            "made_with": {str(key): str(value) for key, value in form["made_with"].items()},
        }
        ledger: Ledger = [(str(place), str(number)) for place, number in form["ledger"]]
        _compare_pages(_pages(reader), ledger, form["pages"])
        _compare_inputs(inputs, ledger, form["level"])
    except _WantingError as no:
        return canonical(asdict(Verification(no.verdict, no.reason, **found)))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        reason = f"what the memo carries is not what a memo carries ({type(error).__name__})"
        return canonical(asdict(Verification("inconsistent", reason, **found)))
    return canonical(asdict(Verification("consistent", "", **found)))


def _inputs(pdf: bytes) -> bytes:
    try:
        return canonical(_carried(_reader(pdf))["inputs"])
    except _WantingError as no:
        raise PolicyOptionsError.of("no-inputs", no.reason) from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        message = f"what the memo carries is not what a memo carries ({type(error).__name__})"
        raise PolicyOptionsError.of("no-inputs", message) from None


def _reader(pdf: bytes) -> Any:
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on a broken file are not our answer
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf), strict=False)
        if reader.is_encrypted:
            raise _WantingError("the file is encrypted")
        if not len(reader.pages):
            raise _WantingError("the file has no pages")
    except _WantingError:
        raise
    except (PyPdfError, Exception) as error:  # a hostile file may raise anything, and none of it is an answer
        raise _WantingError(f"the file is no PDF that can be read ({type(error).__name__})") from None
    return reader


def _carried(reader: Any) -> dict[str, Any]:
    root = reader.trailer["/Root"]
    names = _entries(root, "/Names", "/EmbeddedFiles")
    if names is None or (not names.get("/Names") and "/Kids" not in names):
        raise _WantingError("the memo carries no inputs, and nothing can be computed anew", "cannot")
    held = names.get("/Names", ())
    if "/Kids" in names or len(held) != 2 or len(root.get("/AF", ())) != 1:
        raise _WantingError("the memo carries more than its one attachment")
    if str(held[0]) != ATTACHMENT:
        raise _WantingError(f"the attachment is not {ATTACHMENT}")
    file = held[1].get_object()
    if root["/AF"][0].get_object() != file or str(file.get("/AFRelationship")) != "/Source":
        raise _WantingError("the attachment is not the source of the document")
    content = file["/EF"]["/F"].get_object().get_data()
    try:
        form = json.loads(content)
    except (ValueError, RecursionError):
        raise _WantingError("the attachment is no JSON") from None
    if canonical(form) != content:
        raise _WantingError("the attachment has been written anew: it is not canonical JSON")
    if form["schema"] != CARRIED_SCHEMA:
        raise _WantingError(
            f"the attachment is of another version than this toolkit reads: {str(form['schema'])[:80]}", "cannot"
        )
    return dict(form)


def _entries(node: Any, *keys: str) -> Any:
    for key in keys:
        if key not in node:
            return None
        node = node[key].get_object()
    return node


def _pages(reader: Any) -> list[list[str]]:
    """The text of the pages, as it is drawn."""
    maps: dict[int, dict[int, str]] = {}
    known: dict[int, Drawing] = {}  # all pages share their resources

    def fonts_of(resources: Any) -> dict[str, dict[int, str]]:
        found = {}
        for name, reference in (_entries(resources, "/Font") or {}).items():
            font = reference.get_object()
            if id(font) not in maps:
                maps[id(font)] = (
                    character_map(font["/ToUnicode"].get_object().get_data()) if "/ToUnicode" in font else {}
                )
            found[str(name).removeprefix("/")] = maps[id(font)]
        return found

    def drawing(content: bytes, resources: Any, depth: int) -> Drawing:
        forms = {}
        for name, reference in (_entries(resources, "/XObject") or {}).items():
            form = reference.get_object()
            if form.get("/Subtype") == "/Form" and depth < 8:
                own = form["/Resources"].get_object() if "/Resources" in form else resources
                if id(form) not in known:
                    known[id(form)] = drawing(form.get_data(), own, depth + 1)
                forms[str(name).removeprefix("/")] = known[id(form)]
        return Drawing(content, fonts_of(resources), forms)

    pages = []
    for page in reader.pages:
        contents = page.get_contents()
        content = b"" if contents is None else contents.get_data()
        pages.append(list(blocks_of(drawing(content, page["/Resources"].get_object(), 0))))
    return pages


def _compare_pages(pages: Sequence[Sequence[str]], ledger: Ledger, stated: Mapping[str, Any]) -> None:
    if len(pages) != stated["count"]:
        raise _WantingError(f"the memo was made with {stated['count']} pages, and has {len(pages)}")
    expected = iter(ledger)
    for number, blocks in enumerate(pages, start=1):
        for block in blocks:
            for printed in numbers_in(block):
                place, text = next(expected, ("", ""))
                if printed != text:
                    what = f"the ledger has {text} ({place}) there" if place else "the ledger has ended before it"
                    raise _WantingError(f"page {number} prints {printed}, and {what}: {_short(block)}")
                if place == COUNTED and not _COUNTS.fullmatch(block):
                    raise _WantingError(f"page {number} prints {printed}, which comes from no input: {_short(block)}")
    left = next(expected, None)
    if left is not None:
        raise _WantingError(f"the ledger has {left[1]} ({left[0]}), which no page prints")
    if text_digest(pages) != stated["sha256"]:
        raise _WantingError("the pages print the numbers of the ledger, and other words than the memo was made with")


def _short(block: str) -> str:
    return block if len(block) <= 60 else f"{block[:57]}…"


def _compare_inputs(inputs: Mapping[str, Any], ledger: Ledger, level: Any) -> None:
    from policy_options.api import Dossier
    from policy_options.dossier.loading import load_contents
    from policy_options.memo.making import memo_document
    from policy_options.wording.phrases import load_phrases, phrases_with

    try:
        dossier = Dossier(load_contents(Carried(inputs["files"], findings_carried(inputs.get("found", ())))))
        language = dossier.contents.decision.model.language
        own = inputs["wording"]
        phrases = load_phrases(language) if own is None else phrases_with(language, own, "the carried wording")
        document = memo_document(
            dossier,
            inputs["weights"],
            phrases,
            template=str(inputs["template"]),
            public=inputs["public"] is True,
            annex_apart=inputs["annex_apart"] is True,
        )
        if not isinstance(level, int) or not 0 <= level <= document.levels:
            raise _WantingError("the memo is condensed to a level that there is none of")
        numbers = content_numbers(document.at(level).content)
    except PolicyOptionsError as error:
        raise _WantingError(f"the attached inputs make no memo: {error.faults[0].message}") from None
    if dossier.contents.decision.model.seed != inputs["seed"]:
        raise _WantingError("the seed beside the inputs is another than that of their decision")
    for place, number in ledger:
        if place != COUNTED and numbers.get(place) != number:
            anew = numbers.get(place, "none")
            raise _WantingError(f"the memo has {number} for {place}, and its inputs give {anew}")
