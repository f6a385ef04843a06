"""The memo as a Word file for editing: from the same content as the PDF, laid out with Word's native elements.

A layout (``layouts.py``) turns the content into blocks (``blocks.py``): headings, paragraphs, tables, pictures.
``story.py`` turns blocks into WordprocessingML, and ``package.py``, the only module that knows python-docx, assembles
the file. Every text is escaped by ``markup.py``; fields and addresses are constants or come from ``memo/linking.py``,
never directly from a text.
"""

from __future__ import annotations

__all__: list[str] = []
