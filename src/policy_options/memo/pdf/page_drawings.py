"""The drawings of pages that WeasyPrint has made but not yet written, each with its fonts and the forms drawn on it."""

from __future__ import annotations

from typing import Any

from policy_options.memo.pdf.objects import bytes_of, object_at
from policy_options.memo.pdf.page_text import Drawing

__all__ = ["drawings_of"]


def drawings_of(document: Any, pdf: Any) -> list[Drawing]:
    """The drawing instructions of each page, in order, before streams are compressed."""
    fonts = {font.hash: font.to_unicode for font in document.fonts.values()}
    known: dict[int, Drawing] = {}  # all pages share their resources

    def drawing(stream: Any, resources: Any) -> Drawing:
        forms = {}
        for name, reference in (resources.get("XObject") or {}).items():
            form = object_at(pdf, reference)
            if form.extra.get("Subtype") == "/Form":
                if id(form) not in known:
                    known[id(form)] = drawing(form, _resources(pdf, form.extra.get("Resources")))
                forms[name] = known[id(form)]
        return Drawing(b"\n".join(bytes_of(item) for item in stream.stream), fonts, forms)

    drawings = []
    for reference in pdf.page_references:
        page = object_at(pdf, reference)
        drawings.append(drawing(object_at(pdf, page["Contents"]), _resources(pdf, page["Resources"])))
    return drawings


def _resources(pdf: Any, resources: Any) -> Any:
    if resources is None:
        return {}
    return resources if isinstance(resources, dict) else object_at(pdf, resources)
