"""HTML to PDF, with nothing from the network and no file but the templates' own and our fonts."""

from __future__ import annotations

import contextlib
import io
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from policy_options.errors import PolicyOptionsError
from policy_options.memo.apart import sheets_of
from policy_options.memo.archival import ARCHIVAL_VARIANT, archival, with_identifier, with_table_ended_clearly
from policy_options.memo.layout import refuse_missing_glyphs, refuse_overrun
from policy_options.memo.templates import own_file

if TYPE_CHECKING:
    from policy_options.memo.carrying import Carrier

__all__ = ["BASE_URL", "FONTS", "Layouts", "memo_pdf", "resource_path"]

BASE_URL: Final = "https://templates.invalid/memo/"
"""What relative addresses in a template stand below. The name can never be looked up, and no address is ever fetched."""

_FAMILIES: Final = {"font_source_serif_pro": "SourceSerifPro", "font_source_sans_pro": "SourceSansPro"}
_STYLES: Final = ("Regular", "It", "Semibold", "Bold")
FONTS: Final = {f"{family}-{style}.ttf": package for package, family in _FAMILIES.items() for style in _STYLES}
"""Each font file that a style sheet may name as fonts/<file>, and the package that carries it: one full TTF a style."""


def resource_path(url: str, folders: tuple[Path, ...]) -> Path | None:
    """The file that an address in a template stands for, or ``None`` where it stands for nothing it may have.

    Only files that lie inside a template folder once all links are followed, and the fonts of the list by exact path.
    """
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != "https://templates.invalid" or not parts.path.startswith("/memo/"):
        return None
    name = unquote(parts.path.removeprefix("/"))
    if name.startswith("memo/fonts/") and (font := name.removeprefix("memo/fonts/")) in FONTS:
        return _font_path(font)
    return own_file(name, folders)


def _font_path(name: str) -> Path:
    from importlib.util import find_spec

    package = FONTS[name]
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / "files" / name if folders else None
    if path is None or not path.is_file():
        raise PolicyOptionsError.of(
            "font-missing", f"the font {name} is not installed", f"pip install {package.replace('_', '-')}"
        )
    return path


class Refuse(Protocol):
    """Raises where a document that was laid out is not what it may be; ``apart`` says that it stands apart."""

    def __call__(self, document: Any, *, apart: bool) -> None: ...


class Layouts:
    """What the memos of a batch share: their fonts, and the pages that stand apart where they are the same in the next memo."""

    def __init__(self) -> None:
        with _pango_named():
            import weasyprint
        self._fonts = weasyprint.text.fonts.FontConfiguration()
        self._apart: dict[str, Any] = {}

    def laid_out(self, html: str, fetcher: Any, refuse: Refuse | None = None) -> Any:
        """WeasyPrint's document of all pages of a page of HTML. ``refuse`` may raise once what stands together is laid out, so
        that what stands apart is not laid out in vain, and again of what does.
        """
        together, *apart = sheets_of(html)
        document = self._rendered(together, fetcher)
        if refuse is not None:
            refuse(document, apart=False)
        # A memo is drawn from pages of the last one or its own, and nothing older is kept.
        self._apart = {
            sheet: self._apart.get(sheet) or self._rendered(sheet, fetcher) for sheet in dict.fromkeys(apart)
        }
        if refuse is not None:
            for sheet in self._apart.values():
                refuse(sheet, apart=True)
        documents = (document, *(self._apart[sheet] for sheet in apart))
        return document.copy([page for each in documents for page in each.pages])

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
        TooLongError: the page is longer than the template allows (unless ``allow_overflow``).
        PolicyOptionsError: Pango is missing from the system, the template asks for what it may not have, or a character is in no
            font.
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
        document = layouts.laid_out(html, TemplateFetcher(), None if allow_overflow else refuse_overrun)
        pdf: bytes = document.write_pdf(finisher=finish, pdf_variant=ARCHIVAL_VARIANT, pdf_identifier=False)
    except FatalURLFetchingError as error:
        raise PolicyOptionsError.of(
            "template-forbidden",
            f"the template asks for {error}, which is neither its own file nor one of our fonts",
            "put the file into the templates folder, beside the template",
        ) from None
    return with_identifier(with_table_ended_clearly(pdf))
