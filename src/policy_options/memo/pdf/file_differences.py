"""The first difference between a file and the memo that its inputs give, in words for the person who must act on it.

Nothing is decided here: the two are known to differ in bytes. The text of the pages is compared first, since that is
what people read; then every object, from the root of the file on; the only other possible difference is how the file
was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from policy_options.limited import ProcessorTimeError, processor_time
from policy_options.memo.pdf.file_reading import entries, reader_of
from policy_options.memo.pdf.page_text import Drawing, blocks_of, character_map
from policy_options.wording.plain import in_quotes

__all__ = ["first_difference"]

_DEEPEST: Final = 60
_SECONDS: Final = 30.0
"""Limit on processor time for naming the difference; a memo takes one or two seconds."""

_SHORT: Final = 60
_NESTED: Final = 8
_NAMES: Final[Mapping[str, str]] = {
    "/AA": "actions that its viewer takes by itself",
    "/AcroForm": "form fields",
    "/AF": "attached files",
    "/Annots": "links or other annotations",
    "/ArtBox": "the box of its artwork",
    "/BleedBox": "the box that it bleeds to",
    "/Contents": "what its pages draw",
    "/CropBox": "the part of a page that is shown",
    "/Dests": "places that links lead to",
    "/EmbeddedFiles": "attached files",
    "/Font": "fonts",
    "/Info": "its properties",
    "/JavaScript": "scripts",
    "/Lang": "its language",
    "/MediaBox": "the size of a page",
    "/Metadata": "its metadata",
    "/Names": "names",
    "/OCProperties": "layers",
    "/OpenAction": "an action on opening",
    "/Outlines": "its outline",
    "/OutputIntents": "its colours",
    "/PageLabels": "the labels of its pages",
    "/Resources": "what its pages draw with",
    "/Rotate": "how a page is turned",
    "/StructTreeRoot": "its structure for screen readers",
    "/TrimBox": "the box that it is trimmed to",
    "/UserUnit": "the unit of a page",
    "/ViewerPreferences": "how a viewer shows it",
    "/XObject": "pictures or drawings",
}

_HOLDERS: Final = frozenset(("/Names", "/Resources"))
"""Keys named only if nothing inside them has a name."""


def first_difference(reader: Any, made_again: bytes) -> str:
    """The first difference between a file and the memo that its inputs give."""
    try:
        with processor_time(_SECONDS):
            return _first(reader, reader_of(made_again))
    except ProcessorTimeError:
        return "it draws or has far more than its inputs give"
    except Exception as error:  # a hostile file may raise anything while it is examined
        return f"it cannot be read to its end ({type(error).__name__})"


def _first(theirs: Any, ours: Any) -> str:
    if len(theirs.pages) != len(ours.pages):
        return f"it has {len(theirs.pages)} pages, and its inputs give {len(ours.pages)}"
    difference = _of_pages(_texts(theirs), _texts(ours))
    if difference:
        return difference
    path = next(_differing_paths(theirs.trailer, ours.trailer), None)
    if path is None:
        return "its objects are those that its inputs give, and the file has been written again or added to"
    keys = [key for key in path if key in _NAMES]
    named = next((_NAMES[key] for key in [*(key for key in keys if key not in _HOLDERS), *keys]), "one of its objects")
    where = in_quotes("/".join(key.removeprefix("/") for key in path) or "trailer", _SHORT)
    return f"{named}: different from what its inputs give ({where})"


def _of_pages(theirs: Sequence[Sequence[str]], ours: Sequence[Sequence[str]]) -> str:
    for number, (read, given) in enumerate(zip(theirs, ours, strict=True), start=1):
        for at in range(max(len(read), len(given))):
            there, here = (blocks[at] if at < len(blocks) else None for blocks in (read, given))
            if there == here:
                continue
            if there is None:
                return f"page {number} lacks {_quoted(here)}, which its inputs give"
            if here is None:
                return f"page {number} prints {_quoted(there)}, which its inputs do not give"
            return f"page {number} prints {_quoted(there)}, and its inputs give {_quoted(here)}"
    return ""


def _quoted(block: str | None) -> str:
    return in_quotes(block or "", _SHORT, always=True)


def _texts(reader: Any) -> list[list[str]]:
    """The text of the pages, as drawn."""
    maps: dict[int, dict[int, str]] = {}
    known: dict[int, Drawing] = {}  # all pages share their resources

    def fonts_of(resources: Any) -> dict[str, dict[int, str]]:
        by_name = {}
        for name, reference in (entries(resources, "/Font") or {}).items():
            font = reference.get_object()
            if id(font) not in maps:
                maps[id(font)] = (
                    character_map(font["/ToUnicode"].get_object().get_data()) if "/ToUnicode" in font else {}
                )
            by_name[str(name).removeprefix("/")] = maps[id(font)]
        return by_name

    def drawing(content: bytes, resources: Any, depth: int) -> Drawing:
        forms = {}
        for name, reference in (entries(resources, "/XObject") or {}).items():
            form = reference.get_object()
            if form.get("/Subtype") == "/Form" and depth < _NESTED:
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


def _differing_paths(theirs: Any, ours: Any) -> Iterator[tuple[str, ...]]:
    """Paths at which two files differ, breadth first."""
    from pypdf.generic import DictionaryObject

    waiting: list[tuple[tuple[str, ...], Any, Any]] = [((), theirs, ours)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        following: list[tuple[tuple[str, ...], Any, Any]] = []
        for path, read, made in waiting:
            read, made = _object(read), _object(made)
            if (id(read), id(made)) in seen or len(path) > _DEEPEST:
                continue
            if isinstance(read, dict | list):
                seen.add((id(read), id(made)))
            if type(read) is not type(made):
                yield path
            elif isinstance(read, DictionaryObject):
                if hasattr(read, "get_data") and read.get_data() != made.get_data():
                    yield path
                # The compression of a stream is not in itself a difference, nor is the length of the trailer's table.
                for key in [*read, *(key for key in made if key not in read)]:
                    if key in _PACKING or (not path and key in _WRITING):
                        continue
                    if key not in read or key not in made:
                        yield (*path, str(key))
                    else:
                        following.append(((*path, str(key)), read.raw_get(key), made.raw_get(key)))
            elif isinstance(read, list):
                if len(read) != len(made):
                    yield path
                following += [
                    ((*path, str(at)), a, b) for at, (a, b) in enumerate(zip(list.__iter__(read), made, strict=False))
                ]
            elif read != made:
                yield path
        waiting = following


_PACKING: Final = frozenset(("/Filter", "/DecodeParms", "/Length"))
_WRITING: Final = frozenset(("/ID", "/Size", "/Prev", "/W", "/Index", "/Type", "/XRefStm"))
"""The keys of the trailer that depend on how a file is written, such as the type of its table of objects."""


def _object(reference: Any) -> Any:
    return reference.get_object() if hasattr(reference, "get_object") else reference
