"""A file inside a PDF, as the source of the document."""

from __future__ import annotations

from datetime import datetime
from hashlib import md5
from typing import Any

from policy_options.memo.pdf.archival import packed

__all__ = ["embed"]


def embed(pdf: Any, name: str, content: bytes, when: datetime) -> None:
    """Embed a file, associated with the document as its source (ISO 19005-3, 6.8), with a timestamp that is not the
    present.
    """
    import pydyf

    stamp = pydyf.String(when.strftime("D:%Y%m%d%H%M%SZ"))
    parameters = pydyf.Dictionary(
        {
            "CheckSum": f"<{md5(content, usedforsecurity=False).hexdigest()}>",
            "Size": len(content),
            "CreationDate": stamp,
            "ModDate": stamp,
        }
    )
    extra = pydyf.Dictionary({"Type": "/EmbeddedFile", "Subtype": "/application#2fjson", "Params": parameters})
    stream = pydyf.Stream([content], extra, compress=True)
    pdf.add_object(stream)
    pdf.objects[stream.number] = packed(stream)
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(name),
            "UF": pydyf.String(name),
            "EF": pydyf.Dictionary({"F": stream.reference}),
            "Desc": pydyf.String("The inputs of this memo, what it was made with, and every number it prints"),
            "AFRelationship": "/Source",
        }
    )
    pdf.add_object(file)
    names = pydyf.Dictionary({"Names": pydyf.Array([file["F"], file.reference])})
    pdf.add_object(names)
    if "Names" not in pdf.catalog:
        pdf.catalog["Names"] = pydyf.Dictionary()
    pdf.catalog["Names"]["EmbeddedFiles"] = names.reference
    pdf.catalog["AF"] = pydyf.Array([file.reference])
