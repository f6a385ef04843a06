"""The index page of a batch: one row per memo, with its weights, first option, lead and firmness."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from policy_options.memo.batch import Made
from policy_options.wording.phrases import Phrases

__all__ = ["index_page"]

_STYLE = (
    "body { font: 16px/1.5 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }\n"
    "table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem; "
    "border-bottom: 1px solid #c9ced6; overflow-wrap: anywhere } .number { text-align: right; white-space: nowrap }"
)


def index_page(title: str, language: str, memos: Sequence[Made], phrases: Phrases) -> str:
    """HTML that needs no other file; ``memos`` are those written to the same folder."""
    heads = (("weights", ""), ("first", ""), ("lead", ' class="number"'), ("verdict", ""))
    head = "".join(f'<th scope="col"{kind}>{escape(phrases.heading(key))}</th>' for key, kind in heads)
    rows = "\n".join(_row(memo) for memo in memos if memo.leading is not None)
    others = "\n".join(f"<p>{_link(memo)}</p>" for memo in memos if memo.leading is None)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n" if rows else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language, quote=True)}">\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n'
        f"<h1>{escape(title)}</h1>\n{table}{others}\n</html>\n"
    )


def _link(memo: Made) -> str:
    return f'<a href="{quote(memo.name)}.pdf">{escape(memo.title)}</a>'


def _row(memo: Made) -> str:
    assert memo.leading is not None
    leading = memo.leading
    cells = f'<td>{escape(leading.option)}</td><td class="number">{escape(leading.lead)}</td><td>{escape(leading.verdict)}</td>'
    return f'<tr><th scope="row">{_link(memo)}</th>{cells}</tr>'
