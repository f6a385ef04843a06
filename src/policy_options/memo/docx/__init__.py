"""The memo as a Word file for editing: from the same content as the PDF, laid out in parts that Word has of its own.

A layout (``layouts.py``) turns the content into blocks (``blocks.py``): headings, paragraphs, tables, pictures. ``story.py``
turns blocks into WordprocessingML, and ``package.py``, which alone knows python-docx, puts all of it into a file. Every text
is escaped by ``markup.py``; fields and addresses are constants or come from ``memo/linking.py``, never from a text as it is.
"""

from __future__ import annotations

__all__: list[str] = []
