"""Verifying that a memo is the file that its own inputs give: it is made again from them, and the bytes are compared.

A PDF is untrusted. It is read, and its inputs are computed and laid out, in a process with limits. The answer is yes
only if the two files are the same to the last byte; so it does not matter how a page could show something other than
what is read. The answer does not say who made the file: anybody can make a memo from any inputs.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from policy_options.dossier.carried import refuse_other_names
from policy_options.dossier.contents import DECISION
from policy_options.errors import PolicyOptionsError
from policy_options.limited import LimitedProcess, Limits, run_limited
from policy_options.memo.attachment_reading import AttachmentContent, attached_inputs, read_attachment
from policy_options.memo.docx.recognising import refuse_word_file
from policy_options.memo.inputs import canonical, dossier_digest, inputs_digest
from policy_options.memo.pdf import IMPORTED_AHEAD, MAX_PDF_BYTES
from policy_options.memo.pdf.file_reading import reader_of
from policy_options.memo.templates import is_shipped, template_digest
from policy_options.memo.verdict import UnverifiedError, Verdict
from policy_options.shipped import shipped
from policy_options.wording.plain import clip

if TYPE_CHECKING:
    from policy_options.memo.pdf.conversion import Layouts

__all__ = [
    "LIMITS",
    "MAX_PDF_BYTES",
    "Verification",
    "Verifier",
    "carried_inputs",
    "inputs_in",
    "verifications",
    "verify",
]

LIMITS: Final = Limits(seconds=300.0, megabytes=4_096)
_LONGEST_REASON: Final = 600
_HEAD: Final = struct.Struct(">Q")
_WARM: Final = (
    "pypdf",
    *IMPORTED_AHEAD,
    "jinja2.sandbox",
    "policy_options.memo.remaking",
    "policy_options.memo.making",
    "policy_options.memo.rendering",
)
_OF_THIS_SYSTEM: Final = frozenset(("pango-missing", "font-missing", "glyph-missing", "extra-missing", "installation"))
"""Faults of the verifying system, and not of the memo."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict, and the reason in words. ``numbers`` counts the entries of the ledger.

    ``inputs_sha256`` is the digest that the memo prints: of inputs, template and version. ``own_template`` says that
    its template is not a shipped one, ``own_wording`` how many phrases are not, and ``moment`` is the timestamp of its
    attachment. ``dossier`` is the id of the dossier and ``dossier_sha256`` the digest that a memo has in common with its
    annex B, if ``annex_apart`` says that another file has it.
    """

    verdict: Verdict
    reason: str = ""
    inputs_sha256: str = ""
    dossier: str = ""
    dossier_sha256: str = ""
    annex_apart: bool = False
    weights: str = ""
    template: str = ""
    own_template: bool = False
    own_wording: int = 0
    moment: str = ""
    pages: int = 0
    numbers: int = 0
    made_with: Mapping[str, str] | None = None


class Verifier:
    """A process that verifies one memo after another, and is started again if a limit has ended it.

    ``folders`` have the templates, in order of precedence: by default only the shipped ones. ``alone`` says that
    nothing else is verified at the same time, so that two processors may share one memo.
    """

    def __init__(self, folders: tuple[Path, ...] = (), *, limits: Limits = LIMITS, alone: bool = True) -> None:
        self._limits = limits
        folders = folders or (shipped("templates").resolve(),)
        self._settings = json.dumps({"folders": [str(folder) for folder in folders], "alone": alone}).encode()
        self._process = self._started()

    def _started(self) -> LimitedProcess:
        return LimitedProcess(_verified, self._limits, "reading the memo", imports=_WARM)

    def verify(self, pdf: bytes) -> Verification:
        """Compare a memo with the one that its inputs give. Whatever the file is, there is an answer within the limits."""
        try:
            answer = self._process.answer(_HEAD.pack(len(self._settings)) + self._settings + pdf)
            return Verification(**json.loads(answer))
        except PolicyOptionsError as error:  # a limit, which has ended the process
            self._process.end()
            self._process = self._started()
            return Verification("cannot", error.faults[0].message)

    def end(self) -> None:
        """End the process."""
        self._process.end()


def verify(pdf: bytes, folders: tuple[Path, ...] = (), *, limits: Limits = LIMITS) -> Verification:
    """Compare one memo with the one that its inputs give."""
    verifier = Verifier(folders, limits=limits)
    try:
        return verifier.verify(pdf)
    finally:
        verifier.end()


def verifications(
    memos: Sequence[Callable[[], bytes]], folders: tuple[Path, ...] = (), *, workers: int | None = None
) -> Iterator[Verification | PolicyOptionsError]:
    """Verify several memos, yielding the answers in order, each as soon as it and all before it are ready.

    An answer may be that a file cannot be read at all.
    """
    count = min(workers or os.cpu_count() or 1, max(len(memos), 1))
    started = [Verifier(folders, alone=len(memos) == 1) for _ in range(count)]
    idle: SimpleQueue[Verifier] = SimpleQueue()
    for verifier in started:
        idle.put(verifier)

    def verified(read: Callable[[], bytes]) -> Verification | PolicyOptionsError:
        try:
            pdf = read()
        except PolicyOptionsError as error:
            return error
        verifier = idle.get()
        try:
            return verifier.verify(pdf)
        finally:
            idle.put(verifier)

    try:
        with ThreadPoolExecutor(max_workers=count) as pool:
            yield from pool.map(verified, memos)
    finally:
        for verifier in started:
            verifier.end()


def carried_inputs(pdf: bytes, limits: Limits = LIMITS) -> dict[str, Any]:
    """The inputs of a memo as data, whether or not they give the file; names of files are those of a dossier.

    Raises:
        PolicyOptionsError: the file has none, or cannot be read.
    """
    try:
        inputs: dict[str, Any] = json.loads(run_limited(_inputs, pdf, limits, "reading the memo"))
    except RecursionError:
        raise PolicyOptionsError.of("limit-depth", "the attachment of the memo is nested too deep to be read") from None
    refuse_other_names(inputs["files"])
    return inputs


def _inputs(pdf: bytes) -> bytes:
    return canonical(inputs_in(pdf))


def inputs_in(pdf: bytes) -> Mapping[str, Any]:
    """As ``carried_inputs``, in this process, which must be one with limits.

    Raises:
        PolicyOptionsError: the file has none, or cannot be read.
    """
    try:
        refuse_word_file(pdf)
        inputs = attached_inputs(reader_of(pdf))
    except UnverifiedError as no:
        raise PolicyOptionsError.of("no-inputs", no.reason) from None
    refuse_other_names(inputs["files"])
    return inputs


def _verified(argument: bytes) -> bytes:
    """Runs in the process with limits: the verification as JSON."""
    length = _HEAD.unpack_from(argument)[0]
    settings = json.loads(argument[_HEAD.size : _HEAD.size + length])
    pdf = argument[_HEAD.size + length :]
    folders = tuple(Path(folder) for folder in settings["folders"])
    layouts = _layouts_of_two_processes if settings["alone"] else _layouts_alone
    return canonical(asdict(_verification(pdf, folders, layouts)))


def _verification(pdf: bytes, folders: tuple[Path, ...], layouts: Callable[[bool], Layouts]) -> Verification:
    answer: Callable[..., Verification] = Verification
    try:
        refuse_word_file(pdf)
        reader = reader_of(pdf)
        form = read_attachment(reader)
        own = not is_shipped(form.template, form.template_sha256)
        if not own:  # then no other folder is consulted, whatever happens to it meanwhile
            folders = (shipped("templates").resolve(),)
        answer = partial(
            Verification,
            inputs_sha256=inputs_digest(form.inputs),
            dossier=_dossier_id(form.inputs["files"]),
            dossier_sha256=dossier_digest(form.inputs),
            annex_apart=form.inputs["annex_apart"],
            weights=str(form.inputs["weights"]),
            template=form.template,
            own_template=own,
            own_wording=len(form.inputs["wording"] or ()),
            moment=form.moment.isoformat(),
            pages=form.pages,
            numbers=form.numbers,
            made_with=form.made_with,
        )
        _refuse_other_makers(form, folders)
        _compare(pdf, reader, form, folders, layouts)
    except UnverifiedError as no:
        return answer(no.verdict, clip(no.reason, _LONGEST_REASON))
    return answer("consistent")


def _dossier_id(files: Mapping[str, Any]) -> str:
    """The id of the attached dossier, which says which memos belong together; empty if it is not text."""
    decision = files.get(DECISION)
    id = decision.get("id") if isinstance(decision, dict) else None
    return id if isinstance(id, str) else ""


def _refuse_other_makers(form: AttachmentContent, folders: tuple[Path, ...]) -> None:
    """Raise if the memo was made in a different environment, so that it cannot be made again."""
    from policy_options.memo.environment import differences, versions

    differing = list(differences(form.made_with, versions()))
    if differing:
        raise UnverifiedError(f"it was made with {'; '.join(differing)}", "cannot")
    here = template_digest(form.template, folders)
    if here != form.template_sha256:
        what = "another template of that name" if here else "a template that is not here"
        raise UnverifiedError(
            f"it was laid out with {what} ({form.template}, SHA-256 {form.template_sha256}); name its folder with "
            "--templates",
            "cannot",
        )


def _compare(
    pdf: bytes, reader: Any, form: AttachmentContent, folders: tuple[Path, ...], layouts: Callable[[bool], Layouts]
) -> None:
    from policy_options.memo.environment import differences, processor
    from policy_options.memo.pdf.file_differences import first_difference
    from policy_options.memo.remaking import remade

    try:
        again = remade(form, folders, partial(layouts, not is_shipped(form.template, form.template_sha256)))
    except PolicyOptionsError as error:
        fault = error.faults[0]
        if fault.code in _OF_THIS_SYSTEM:
            raise UnverifiedError(f"it cannot be made again here: {fault.message}", "cannot") from None
        raise UnverifiedError(f"no memo can be made from the attached inputs: {fault.message}") from None
    except (MemoryError, ImportError):
        raise  # a limit, or something missing here: no verdict on the memo
    except Exception as error:  # inputs may raise anything, and none of their exceptions is an answer
        raise UnverifiedError(f"the attachment is not that of a memo ({type(error).__name__})") from None
    if again.pdf == pdf:
        return
    fonts = list(differences(form.fonts, again.form["fonts"]))
    if fonts:
        raise UnverifiedError(f"it was drawn with other font files: {'; '.join(fonts)}", "cannot")
    if form.processor != processor():
        raise UnverifiedError(
            f"it was made on another kind of processor ({form.processor}; here {processor()}), and differs from what its "
            f"inputs give here: {first_difference(reader, again.pdf)}",
            "cannot",
        )
    raise UnverifiedError(first_difference(reader, again.pdf))


def _layouts_of_two_processes(own: bool) -> Layouts:
    """Have a second process draw half of the pages."""
    from policy_options.memo.render_process import layouts_of_one

    return layouts_of_one(own=own)


def _layouts_alone(own: bool) -> Layouts:
    """State shared by all memos of the shipped templates that this process verifies; those of a user's own share nothing."""
    from policy_options.memo.pdf.conversion import Layouts

    return Layouts(share_fonts=False) if own else _layouts_shared()


@cache
def _layouts_shared() -> Layouts:
    from policy_options.memo.pdf.conversion import Layouts

    return Layouts()
