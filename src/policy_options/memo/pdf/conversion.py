"""HTML to PDF, without network access and with no files but the templates' own and the fonts of this package."""

from __future__ import annotations

import contextlib
import io
import mimetypes
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from policy_options.charts.fonts import FONTS, font_path
from policy_options.errors import PolicyOptionsError
from policy_options.memo.overrun import TooLongError
from policy_options.memo.page_sequences import page_sequences_of
from policy_options.memo.pdf import MAX_PDF_BYTES
from policy_options.memo.pdf.archival import with_identifier, with_objects_ended_clearly, with_table_ended_clearly
from policy_options.memo.pdf.drawing import BASE_URL, Drawn, draw
from policy_options.memo.pdf.joining import joined
from policy_options.memo.templates import SUFFIX, is_of_templates, own_file

if TYPE_CHECKING:
    from policy_options.memo.attachment import Attachment
    from policy_options.memo.second_process import SecondProcess

__all__ = ["BASE_URL", "Layouts", "drawn_sheets", "fetcher_of", "memo_pdf", "new_fonts", "resource_path"]


def resource_path(url: str, folders: tuple[Path, ...]) -> Path | None:
    """The file that an address in a template names, or ``None`` if it names nothing that a template may use.

    Allowed are only files inside a template folder once all links are followed, except templates; and the listed fonts
    by exact path.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if (
        f"{parts.scheme}://{parts.netloc}" != "https://templates.invalid"
        or not is_of_templates(name)
        or name.endswith(SUFFIX)
    ):
        return None
    if name.startswith("memo/fonts/") and (font := name.removeprefix("memo/fonts/")) in FONTS:
        return font_path(font)
    return own_file(name, folders)


class Layouts:
    """Shared state of a batch of memos: fonts, and separate sheets if the next memo has the same.

    A ``second`` process draws separate sheets while this process draws the others. ``share_fonts`` is for templates
    whose style sheets declare the same fonts whatever the content is; the shipped ones do.
    """

    def __init__(self, second: SecondProcess | None = None, *, share_fonts: bool = True) -> None:
        self._second, self._share_fonts = second, share_fonts
        self._fonts = new_fonts() if share_fonts else None
        self._separate: dict[tuple[str, bool], bytes] = {}

    def drawn(self, html: str, folders: tuple[Path, ...], *, allow_overflow: bool) -> list[Drawn]:
        """Draw all sequences of pages of a page of HTML, in order: separate sheets by the second process, if there is
        one.

        Raises:
            TooLongError: one of them is longer than its template allows, and nothing else is wrong.
            PolicyOptionsError: with the faults of all of them.
        """
        together, *separate = page_sequences_of(html)
        new = [sheet for sheet in dict.fromkeys(separate) if (sheet, allow_overflow) not in self._separate]
        if self._second is not None and new:
            self._second.start(drawn_sheets, tuple(new), folders, allow_overflow)
        failed: list[PolicyOptionsError] = []
        first = None
        try:
            first = _sequence(
                together, folders, self._fonts or new_fonts(), allow_overflow=allow_overflow, separate=False
            )
        except PolicyOptionsError as error:
            failed.append(error)
        except BaseException:
            if self._second is not None and new:
                with contextlib.suppress(Exception):
                    self._second.finish()  # its answer belongs to this question, not to the next
            raise
        try:
            if new and self._second is not None:
                drawn: list[bytes] = pickle.loads(self._second.finish())  # noqa: S301  # by the second process of this one
            else:
                drawn = drawn_sheets(tuple(new), folders, allow_overflow, self._fonts)
        except PolicyOptionsError as error:
            failed.append(error)
        else:
            # Only the separate sheets of this memo are kept: for the next memo, and for this one again if its other
            # pages are too long and are condensed.
            kept = self._separate | {
                (sheet, allow_overflow): pickled for sheet, pickled in zip(new, drawn, strict=True)
            }
            self._separate = {key: pickled for key, pickled in kept.items() if key[0] in separate}
        if failed or first is None:
            raise _joined(failed)
        # Joining consumes its input, so that each caller gets a copy.
        return [first, *(pickle.loads(self._separate[sheet, allow_overflow]) for sheet in separate)]  # noqa: S301  # pickled by this program


def _joined(failed: Sequence[PolicyOptionsError]) -> PolicyOptionsError:
    """All faults as one error: a ``TooLongError`` if nothing else is wrong, since a memo can be condensed."""
    faults = tuple(dict.fromkeys(fault for error in failed for fault in error.faults))
    too_long = [error for error in failed if isinstance(error, TooLongError)]
    return TooLongError(faults, too_long[0].overrun) if len(too_long) == len(failed) else PolicyOptionsError(faults)


def drawn_sheets(
    sheets: tuple[str, ...],
    folders: tuple[Path, ...],
    allow_overflow: bool,
    fonts: Any = None,
) -> list[bytes]:
    """Draw and pickle each separate sheet; with separate fonts if a second process draws them.

    Raises:
        PolicyOptionsError: with the faults of all of them.
    """
    failed: list[PolicyOptionsError] = []
    drawn = []
    for sheet in sheets:
        try:
            sequence = _sequence(sheet, folders, fonts or new_fonts(), allow_overflow=allow_overflow, separate=True)
            drawn.append(pickle.dumps(sequence, protocol=pickle.HIGHEST_PROTOCOL))
        except PolicyOptionsError as error:
            failed.append(error)
    if failed:
        raise _joined(failed)
    return drawn


def new_fonts() -> Any:
    """A set of fonts for style sheets to add to."""
    with _pango_named():
        import weasyprint
    return weasyprint.text.fonts.FontConfiguration()


def fetcher_of(folders: tuple[Path, ...]) -> Any:
    """A fetcher that serves the templates' own files and the fonts of this package, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class TemplateFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """It never calls the fetcher that it inherits from."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002  # the signature is given
            path = resource_path(url, folders)
            if path is None:
                raise FatalURLFetchingError(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return TemplateFetcher()


def _sequence(html: str, folders: tuple[Path, ...], fonts: Any, *, allow_overflow: bool, separate: bool) -> Drawn:
    from weasyprint.urls import FatalURLFetchingError

    try:
        return draw(html, fetcher_of(folders), fonts, allow_overflow=allow_overflow, separate=separate)
    except FatalURLFetchingError as error:
        raise PolicyOptionsError.of(
            "template-forbidden",
            f"the template asks for {error}, which is neither its own file nor a font of this package",
            "put the file into the templates folder, next to the template",
        ) from None


@contextlib.contextmanager
def _pango_named() -> Iterator[None]:
    """Import WeasyPrint inside the context; if a library is missing, the error names the packages to install."""
    try:
        # If a library is missing, WeasyPrint prints its own advice, on stdout, before it raises.
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    except OSError:  # what cffi raises if a library cannot be loaded
        raise PolicyOptionsError.of(
            "pango-missing",
            "the PDF needs Pango, which this system lacks",
            "on Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "on macOS: brew install pango",
        ) from None


def memo_pdf(
    html: str,
    folders: tuple[Path, ...],
    attachment: Attachment | None = None,
    layouts: Layouts | None = None,
    *,
    allow_overflow: bool = False,
) -> bytes:
    """Render HTML to PDF/A-3a and PDF/UA-1 bytes; the same HTML and templates give the same bytes. ``attachment`` is
    embedded, and ``layouts`` is the state shared by memos of the same folders.

    Raises:
        TooLongError: the page is longer than the template allows (unless ``allow_overflow``). PolicyOptionsError: Pango
        is missing from the system, the template asks for a forbidden file, or no font has a character.
    """
    pdf = joined(sequences := (layouts or Layouts()).drawn(html, folders, allow_overflow=allow_overflow))
    if attachment is not None:
        fonts = {name: digest for sequence in sequences for name, digest in sequence.fonts.items()}
        attachment.embed_in(pdf, [page for sequence in sequences for page in sequence.pages], fonts)
    output = io.BytesIO()
    pdf.write(output, version=b"1.7", compress=True)
    content = with_identifier(with_table_ended_clearly(with_objects_ended_clearly(output.getvalue())))
    if attachment is not None and len(content) > MAX_PDF_BYTES:
        raise PolicyOptionsError.of(
            "file-too-large",
            f"the memo has {len(content) // 2**20} MB, and at most {MAX_PDF_BYTES // 2**20} MB can be verified",
            "use smaller pictures in the template, or --without-inputs",
        )
    return content
