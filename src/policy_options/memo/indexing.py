"""The index page of a batch: a link to each memo by the title of its weights."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

__all__ = ["index_page"]


def index_page(title: str, language: str, memos: Sequence[tuple[str, str]]) -> str:
    """HTML that stands alone; ``memos`` are titles and names of files in the same folder."""
    rows = "\n".join(f'<li><a href="{quote(name)}">{escape(said)}</a></li>' for said, name in memos)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language, quote=True)}">\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        "<style>body { font: 16px/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }</style>\n"
        f"<h1>{escape(title)}</h1>\n<ul>\n{rows}\n</ul>\n</html>\n"
    )
