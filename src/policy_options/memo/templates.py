"""Finding the templates of a memo, and a sandbox to run them in."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Set
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policy_options.errors import Place, PolicyOptionsError
from policy_options.memo.linking import addresses_linked
from policy_options.shipped import shipped
from policy_options.walking import walk_below

__all__ = [
    "SUFFIX",
    "is_of_templates",
    "is_shipped",
    "leaves_annex_out",
    "own_file",
    "render",
    "template_digest",
    "template_folders",
    "template_names",
]

SUFFIX: Final = ".html.j2"
_TAKEN: Final = re.compile(
    r"\{%[-+]?\s*(?:include|import|extends|from)\b\s*(?:(?P<quote>[\"'])(?P<name>[^\"'\\]*)(?P=quote)\s*"
    r"(?:[-+]?%\}|as\b|import\b|ignore\b|with\b|without\b))?"
)
"""An include or import of another file, with its name if that is a literal."""

MAX_TEMPLATE_BYTES: Final = 16 * 1024 * 1024


def template_folders(dossier: Path | None, chosen: Path | None) -> tuple[Path, ...]:
    """The folders of templates, in order of precedence: the chosen one, the dossier's if there is one, the shipped one.

    Raises:
        PolicyOptionsError: the chosen folder does not exist.
    """
    if chosen is not None and not chosen.is_dir():
        raise PolicyOptionsError.of(
            "no-templates", f"there is no folder {chosen}", "name a folder of templates", place=Place(str(chosen))
        )
    folders = (chosen, None if dossier is None else dossier / "templates", shipped("templates"))
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder is not None and folder.is_dir()))


def template_names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The names of the templates for whole pages: those that begin a document."""
    names = set()
    for folder in folders:
        for path in (folder / "memo").glob(f"*{SUFFIX}"):
            name = path.name.removesuffix(SUFFIX)
            own = own_file(f"memo/{path.name}", folders)
            if own is not None and "<html" in own.read_text(encoding="utf-8", errors="replace"):
                names.add(name)
    return tuple(sorted(names))


def leaves_annex_out(template: str, folders: tuple[Path, ...]) -> bool:
    """Whether a template leaves annex B out if another file has it, judging by whether it uses the field that says so."""
    path = own_file(f"memo/{template}{SUFFIX}", folders)
    return path is not None and "memo.annex_file" in path.read_text(encoding="utf-8", errors="replace")


def template_digest(template: str, folders: tuple[Path, ...]) -> str:
    """SHA-256 of the files that a template is laid out with.

    They are its own file, everything in the folders' ``memo`` that is not a page itself, which any template may use,
    and the pages that one of these names; for each name, the file that takes precedence. The result is empty if there
    is no such template. Other files next to a shipped template have no effect: it uses shipped ones alone, by literal
    names.
    """
    return _shipped_digest(template) if _is_shipped_as_a_whole(template, folders) else _digest(template, folders)


def _is_shipped_as_a_whole(template: str, folders: tuple[Path, ...]) -> bool:
    """Whether a template is a shipped one, with all shipped files unchanged."""
    root, names = shipped("templates").resolve(), _shipped_names()
    used = (own_file(name, folders) for name in names)
    return f"memo/{template}{SUFFIX}" in names and all(path is not None and path.is_relative_to(root) for path in used)


@cache
def _shipped_names() -> frozenset[str]:
    root = shipped("templates").resolve()
    return frozenset(path.relative_to(root).as_posix() for path in (root / "memo").rglob("*") if path.is_file())


def _digest(template: str, folders: tuple[Path, ...]) -> str:
    own, known = f"memo/{template}{SUFFIX}", template_names(folders)
    if template not in known:
        return ""
    pages = {f"memo/{name}{SUFFIX}" for name in known} - {own}
    names = {
        name
        for folder in folders
        for above, _, names in walk_below(folder / "memo")
        for name in ((Path(above) / each).relative_to(folder).as_posix() for each in names)
        if is_of_templates(name)
    }
    digest = sha256()
    for name in sorted({own, *names} - pages | _named({own, *names} - pages, pages, folders)):
        path = own_file(name, folders)
        if path is not None:
            digest.update(f"{name}\0".encode("utf-8", "surrogateescape") + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _named(names: Set[str], pages: Set[str], folders: tuple[Path, ...]) -> set[str]:
    """The pages that some files take parts from, directly or indirectly; all of them if a name is computed while
    rendering, or is unknown here: a file system may find a file under other spellings.
    """
    taken_pages: set[str] = set()
    waiting = list(names)
    while waiting:
        path = own_file(waiting.pop(), folders)
        text = "" if path is None else path.read_text(encoding="utf-8", errors="replace")
        for taken in _TAKEN.finditer(text):
            if taken["name"] is None or taken["name"] not in names | pages:
                return set(pages)
            if taken["name"] in pages - taken_pages:
                taken_pages.add(taken["name"])
                waiting.append(taken["name"])
    return taken_pages


def is_of_templates(name: str) -> bool:
    """Whether templates may use a file of this name: it is in a folder's ``memo`` by a direct path, and is not hidden
    or an editor's backup.
    """
    first, *others = name.split("/")
    plain = all(part and not part.startswith(".") and not part.endswith("~") for part in others)
    return first == "memo" and bool(others) and plain and "\\" not in name


def is_shipped(template: str, digest: str) -> bool:
    """Whether a template with this digest is one of the shipped ones."""
    return digest == _shipped_digest(template)


@cache
def _shipped_digest(template: str) -> str:
    return _digest(template, (shipped("templates").resolve(),))


def own_file(name: str, folders: tuple[Path, ...]) -> Path | None:
    """The first file of that name in the folders that is inside its folder once all links are followed, and in no
    folder that is itself a link.

    A dossier is untrusted: a link in its templates must not reveal a file of the person who renders it. Files in a
    folder that is a link are not listed among the files of a template (``template_digest``).
    """
    if "\0" in name:
        return None
    for folder in folders:
        root = folder.resolve()
        above = (root / name).parent
        if above.resolve() != above:
            continue
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file() and path.stat().st_size <= MAX_TEMPLATE_BYTES:
            return path
    return None


def _template(name: str, folders: tuple[Path, ...]) -> tuple[str, str, Callable[[], bool]] | None:
    path = own_file(name, folders) if is_of_templates(name) else None
    if path is None:
        return None
    text = path.read_text(encoding="utf-8")

    def is_up_to_date() -> bool:
        now = own_file(name, folders)
        return now == path and now.read_text(encoding="utf-8") == text

    return text, str(path), is_up_to_date


class _Missing(StrictUndefined):
    """A name that the content does not have: any use of it is an error that names it."""

    @property
    def _undefined_message(self) -> str:
        return f"the content has no field `{self._undefined_name}`"


def _line_of(error: BaseException, name: str, folders: tuple[Path, ...]) -> Place:
    """The place in a template where an error was raised: the innermost of its lines in the traceback rewritten by Jinja."""
    place = Place(name)
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if any(path.is_relative_to(folder) for folder in folders):
            place = Place(str(path), line, 1)
    return place


@lru_cache(maxsize=1)
def _environment(folders: tuple[Path, ...]) -> ImmutableSandboxedEnvironment:
    """The environment for templates of these folders: it keeps each template while its file is unchanged."""
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda asked: _template(asked, folders)),
        autoescape=lambda template: not (template or "").endswith(".css"),
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = addresses_linked
    del environment.filters["random"], environment.globals["lipsum"]  # the same content must give the same page
    return environment


def render(name: str, folders: tuple[Path, ...], **names: object) -> str:
    """Render a template in a sandbox: no attribute that begins with an underscore, no change to its input.

    Text is escaped everywhere except in style sheets, which contain no text from the dossier.

    Raises:
        PolicyOptionsError: the template is missing, faulty, or accesses something forbidden.
    """
    environment = _environment(folders)
    for kept in (environment.cache or {}).values():
        kept._module = None  # the variables that a file of macros set while it rendered another memo
    try:
        return environment.get_template(name).render(**names)
    except TemplateNotFound as error:
        raise PolicyOptionsError.of(
            "template-missing",
            f"the template {error.name} is missing",
            "copy it from the shipped templates",
            place=Place(name),
        ) from None
    except TemplateSyntaxError as error:
        raise PolicyOptionsError.of(
            "template-faulty",
            f"the template cannot be read: {error.message}",
            "correct it at this line",
            place=Place(error.filename or name, error.lineno, 1),
        ) from None
    except SecurityError as error:
        raise PolicyOptionsError.of(
            "template-forbidden",
            f"the template reaches for what it may not have: {error.message}",
            "use the content only",
            place=_line_of(error, name, folders),
        ) from None
    except UndefinedError as error:
        raise PolicyOptionsError.of(
            "template-field",
            str(error.message),
            "name one of those that schemas/memo-content.schema.json lists (docs/templates.md)",
            place=_line_of(error, name, folders),
        ) from None
    except (RecursionError, MemoryError):
        raise PolicyOptionsError.of(
            "template-faulty",
            "the template never ends, or makes more text than there is room for",
            "end its loops and includes, and shorten what they repeat",
            place=Place(name),
        ) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, OverflowError) as error:
        raise PolicyOptionsError.of(
            "template-faulty",
            f"the template fails: {error}",
            "correct it at this line, or compare it with the shipped one",
            place=_line_of(error, name, folders),
        ) from None
