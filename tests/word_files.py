"""Word files for tests: made from a dossier as by the command, and read back by their parts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from policy_options import Dossier
from policy_options.memo.attachment import moment
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.docx.writing import word_file
from policy_options.memo.making import DECISION, memo_document
from policy_options.memo.templates import template_folders
from policy_options.wording.phrases import load_phrases

__all__ = ["W", "WordFile", "opened", "word_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True)
class WordFile:
    """A Word file: its bytes, and each part as XML by its name."""

    raw: bytes

    @cached_property
    def parts(self) -> dict[str, Any]:
        with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            return {name: etree.fromstring(archive.read(name)) for name in names}

    @property
    def body(self) -> Any:
        return self.parts["word/document.xml"]

    @property
    def footnotes(self) -> Any:
        return self.parts["word/footnotes.xml"]

    @cached_property
    def text(self) -> str:
        """The text of all parts, one line per paragraph; then the words in pictures."""
        lines = [
            "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
            for name, part in self.parts.items()
            if name.startswith("word/")
            for paragraph in part.iter(f"{W}p")
        ]
        return "\n".join([*lines, *self.alternatives])

    @property
    def alternatives(self) -> list[str]:
        return [each.get("descr") for each in self.body.iter(f"{_DRAWING}docPr")]

    def styled(self, style: str) -> list[str]:
        """The text of each paragraph in a style."""
        return [
            "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
            for paragraph in self.body.iter(f"{W}p")
            if paragraph.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None
        ]


def word_of(
    dossier: Dossier, weights: str | None = None, template: str = DECISION, *, public: bool = False
) -> tuple[WordFile, MemoContent | ComparisonContent]:
    """The Word file of a dossier, laid out in this process, and the content it was made from."""
    decision = dossier.contents.decision.model
    folders = template_folders(None, None)
    phrases = load_phrases(decision.language, folders)
    content = memo_document(dossier, weights, phrases, folders=folders, template=template, public=public).content
    return opened(word_file(content, phrases.labels(), template, moment(decision.date))), content


def opened(raw: bytes) -> WordFile:
    """A Word file with these bytes."""
    return WordFile(raw)
