"""HTML to PDF, with nothing from the network and no file but the templates' own and our fonts."""

from __future__ import annotations

import contextlib
import io
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from policy_options.charts.fonts import FONTS, font_path
from policy_options.errors import PolicyOptionsError
from policy_options.memo.apart import sheets_of
from policy_options.memo.archival import ARCHIVAL_VARIANT, archival, with_identifier, with_table_ended_clearly
from policy_options.memo.layout import overflows, refuse_missing_glyphs
from policy_options.memo.lettering import lines_in_one_piece
from policy_options.memo.templates import own_file

if TYPE_CHECKING:
    from policy_options.memo.carrying import Carrier

__all__ = ["BASE_URL", "Layouts", "memo_pdf", "resource_path"]

BASE_URL: Final = "https://templates.invalid/memo/"
"""What relative addresses in a template stand below. The name can never be looked up, and no address is ever fetched."""


def resource_path(url: str, folders: tuple[Path, ...]) -> Path | None:
    """The file that an address in a template stands for, or ``None`` where it stands for nothing it may have.

    Only files that lie inside a template folder once all links are followed, and the fonts of the list by exact path.
    """
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != "https://templates.invalid" or not parts.path.startswith("/memo/"):
        return None
    name = unquote(parts.path.removeprefix("/"))
    if name.startswith("memo/fonts/") and (font := name.removeprefix("memo/fonts/")) in FONTS:
        return font_path(font)
    return own_file(name, folders)


class Layouts:
    """What the memos of a batch share: their fonts, and the pages that stand apart where they are the same in the next memo."""

    def __init__(self) -> None:
        with _pango_named():
            import weasyprint
        self._fonts = weasyprint.text.fonts.FontConfiguration()
        self._apart: dict[str, Any] = {}

    def laid_out(self, html: str, fetcher: Any) -> tuple[Any, Any]:
        """WeasyPrint's document of what stands together in a page of HTML, and that of all its pages."""
        together, *apart = sheets_of(html)
        document = self._rendered(together, fetcher)
        # A memo is drawn from pages of the last one or its own, and nothing older is kept.
        self._apart = {
            sheet: self._apart.get(sheet) or self._rendered(sheet, fetcher) for sheet in dict.fromkeys(apart)
        }
        documents = (document, *(self._apart[sheet] for sheet in apart))
        return document, document.copy([page for each in documents for page in each.pages])

    def _rendered(self, html: str, fetcher: Any) -> Any:
        import weasyprint

        page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
        return page.render(font_config=self._fonts, pdf_variant=ARCHIVAL_VARIANT)


@contextlib.contextmanager
def _pango_named() -> Iterator[None]:
    """Import WeasyPrint inside, and be told which packages it lacks."""
    try:
        # Where a library is missing WeasyPrint prints advice of its own, on stdout, before it raises.
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    except OSError:  # what cffi raises where a library cannot be loaded
        raise PolicyOptionsError.of(
            "pango-missing",
            "the PDF needs Pango, which this system lacks",
            "on Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "on macOS: brew install pango",
        ) from None


def memo_pdf(
    html: str,
    folders: tuple[Path, ...],
    carrier: Carrier | None = None,
    layouts: Layouts | None = None,
    *,
    allow_overflow: bool = False,
) -> bytes:
    """Render HTML to PDF/A-3a and PDF/UA-1 bytes; the same HTML and templates give the same bytes. ``carrier`` puts
    the inputs inside, and ``layouts`` are what other memos of the same folders were made with.

    Raises:
        PolicyOptionsError: Pango is missing from the system, the template asks for what it may not have, the page is longer than
            the template allows (unless ``allow_overflow``), or a character is in no font.
    """
    layouts = layouts or Layouts()
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class TemplateFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Serves the templates' own files and our fonts. It never calls the fetcher that it inherits from."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002  # the signature is given
            path = resource_path(url, folders)
            if path is None:
                raise FatalURLFetchingError(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def finish(document: Any, pdf: Any) -> None:
        refuse_missing_glyphs(document)
        if carrier is not None:
            carrier.attach(document, pdf)
        archival(document, pdf)

    try:
        together, document = layouts.laid_out(html, TemplateFetcher())
        faults = [] if allow_overflow else overflows(together, document)
        if faults:
            raise PolicyOptionsError(faults)
        with lines_in_one_piece():
            pdf: bytes = document.write_pdf(finisher=finish, pdf_variant=ARCHIVAL_VARIANT, pdf_identifier=False)
    except FatalURLFetchingError as error:
        raise PolicyOptionsError.of(
            "template-forbidden",
            f"the template asks for {error}, which is neither its own file nor one of our fonts",
            "put the file into the templates folder, beside the template",
        ) from None
    return with_identifier(with_table_ended_clearly(pdf))
