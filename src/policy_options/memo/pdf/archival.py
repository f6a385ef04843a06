"""Making a rendered page archival and accessible: PDF/A-3a and PDF/UA-1 in one file (ISO 19005-3, ISO 14289-1).

WeasyPrint writes one variant per call. It is asked for PDF/A-3a, and what PDF/UA-1 needs in addition is added to its
objects before they are written: both identifiers in uncompressed metadata, the scope of header cells, and running heads
as artifacts, which are not read aloud on every page. Nothing here knows the content of a memo.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from policy_options.memo.pdf.objects import bytes_of, number_of, object_at

__all__ = [
    "ARCHIVAL_VARIANT",
    "finish_sequence",
    "identify",
    "packed",
    "with_identifier",
    "with_objects_ended_clearly",
    "with_table_ended_clearly",
]

ARCHIVAL_VARIANT: Final = "pdf/a-3a"

_OBJECTS: Final = re.compile(rb"\d+ 0 obj\n<</Type /ObjStm[^\n]*/Filter /FlateDecode/Length \d+>>\nstream\n")
_WIDTHS: Final = re.compile(rb"/W \[([\d ]+)\]")
_TABLE: Final = re.compile(
    rb"(?P<head>\d+ 0 obj\n<</Type /XRef[^\n]*>>\nstream\n)(?P<data>.*)\nendstream\nendobj\nstartxref\n", re.DOTALL
)

# The identifier of PDF/UA is not a predefined property of PDF/A: the schema that declares it must be included.
_PDF_UA: Final = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_PACKET: Final = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    b'</x:xmpmeta>\n<?xpacket end="r"?>',
)


def finish_sequence(pdf: Any) -> None:
    """Finish the objects of a sequence of pages, and pack its streams; after that they no longer refer to WeasyPrint."""
    _scope_headers(pdf)
    _take_running_heads_out(pdf)
    for number, item in enumerate(pdf.objects):
        if _is_stream(item):
            pdf.objects[number] = packed(item)


def packed(stream: Any) -> Any:
    """Compress a stream, unless it would end in a carriage return.

    With the line feed that closes it, a carriage return looks like one end of line, and the stream a byte shorter than
    its length (ISO 19005-3, 6.1.7.1). One in 256 would, since it ends in a checksum.
    """
    import pydyf

    content = b"\n".join(bytes_of(item) for item in stream.stream)
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        short = zlib.compress(content)
        if not short.endswith(b"\r"):
            content = short
            extra["Filter"] = "/FlateDecode"
    plain = pydyf.Stream([content], extra)
    plain.number = stream.number
    return plain


def _is_stream(item: Any) -> bool:
    import pydyf

    return isinstance(item, pydyf.Stream)


def with_identifier(pdf: bytes) -> bytes:
    """Add the identifier that PDF/A requires (ISO 19005-3, 6.1.3): a digest of the file without it.

    pydyf's own identifier requires writing every object twice, some 0.1 s of a memo of 2 s. The trailer is the last
    object, so that no byte offset changes.
    """
    start = _trailer_at(pdf)
    digest = sha256(pdf).hexdigest()[:32].encode()
    head, trailer, tail = pdf[start:].partition(b"<</Type /XRef")
    return pdf[:start] + head + trailer + b"/ID [<%b> <%b>]" % (digest, digest) + tail


def with_objects_ended_clearly(pdf: bytes) -> bytes:
    """Pack the stream of objects again if it would end in a carriage return, with a space after the last object.

    The checksum at its end depends on the content alone, so that another way of packing would not help. Only the table of
    objects follows it: its own place, which is its last entry, moves along.
    """
    start, end = _trailer_at(pdf), b"\nendstream\nendobj\n"
    objects, table = _OBJECTS.search(pdf, max(pdf.rfind(b"/Type /ObjStm", 0, start) - 40, 0)), _TABLE.match(pdf, start)
    if objects is None or table is None or objects.end() > start or not pdf[:start].endswith(b"\r" + end):
        return pdf
    short = pdf[objects.end() : start - len(end)]
    content = zlib.decompress(short) + b" "
    while (packed := zlib.compress(content, 9)).endswith(b"\r"):
        content += b" "
    head = objects[0].replace(b"/Length %d" % len(short), b"/Length %d" % len(packed))
    moved = objects.start() + len(head) + len(packed) + len(end)
    widths = [int(width) for width in _WIDTHS.findall(table["head"])[0].split()]
    rows = zlib.decompress(table["data"])
    entry = b"".join(n.to_bytes(w, "big") for n, w in zip((1, moved, 0), widths, strict=True))
    again = zlib.compress(rows[: -len(entry)] + entry)
    trailer = table["head"].replace(b"/Length %d" % len(table["data"]), b"/Length %d" % len(again))
    return pdf[: objects.start()] + head + packed + end + trailer + again + end + b"startxref\n%d\n%%%%EOF\n" % moved


def with_table_ended_clearly(pdf: bytes) -> bytes:
    """Unpack the file's table of objects if it would end in a carriage return.

    It is the last stream, and is built while the file is written: only the number of its first byte follows it.
    Unpacked it ends in the generation of the last object, which is 0.
    """
    start = _trailer_at(pdf)
    table = _TABLE.match(pdf, start)
    if table is None or not table["data"].endswith(b"\r"):
        return pdf
    content = zlib.decompress(table["data"])
    packed = b"/Filter /FlateDecode/Length %d" % len(table["data"])
    head = table["head"].replace(packed, b"/Length %d" % len(content))
    return pdf[:start] + head + content + pdf[table.end("data") :]


def _trailer_at(pdf: bytes) -> int:
    """The byte at which the table of objects, whose dictionary is the trailer, begins."""
    return int(pdf.rpartition(b"startxref")[2].split()[0])


def identify(pdf: Any, metadata: bytes) -> None:
    """Name both standards in uncompressed metadata, from the RDF that names PDF/A."""
    import pydyf

    opening, closing = _PACKET
    packet = b"\n".join((opening, metadata.replace(b"</rdf:RDF>", _PDF_UA + b"</rdf:RDF>"), closing))
    stream = pydyf.Stream([packet], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
    # It replaces the compressed one, so that no unreferenced object is left.
    number = number_of(pdf.catalog["Metadata"])
    stream.number = number
    pdf.objects[number] = stream


def _scope_headers(pdf: Any) -> None:
    """Give header cells a scope: in the head of a table the column, elsewhere the row."""
    for cell in list(pdf.objects):
        if _structure(cell) != "/TH":
            continue
        row = object_at(pdf, cell["P"])
        above = object_at(pdf, row["P"]) if _structure(row) == "/TR" else row
        cell["A"]["Scope"] = "/Column" if _structure(above) == "/THead" else "/Row"


def _take_running_heads_out(pdf: Any) -> None:
    """Mark the content of margin boxes, which is on no branch of the structure tree, as artifacts."""
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    reached = set(_below(pdf, root["K"]))
    numbers = object_at(pdf, root["ParentTree"])["Nums"]
    of_page = {int(key): entries for key, entries in zip(numbers[::2], numbers[1::2], strict=True)}
    for index, reference in enumerate(pdf.page_references):
        entries = of_page.get(index)
        if not isinstance(entries, list):
            continue
        outside = {mark for mark, element in enumerate(entries) if number_of(element) not in reached}
        if outside:
            _as_artifacts(object_at(pdf, object_at(pdf, reference)["Contents"]).stream, outside)
            for mark in outside:
                entries[mark] = "null"


def _as_artifacts(stream: list[Any], marks: set[int]) -> None:
    """Replace ``/Span <</MCID n>> BDC`` of these marks by the mark of a running head or foot."""
    for at in range(len(stream) - 1, 1, -1):
        properties = stream[at - 1]
        if stream[at] == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in marks:
            stream[at - 2 : at + 1] = ["/Artifact", b"<</Type/Pagination>>", b"BDC"]


def _below(pdf: Any, kids: Any) -> Iterator[int]:
    """The numbers of all structure elements below the given ones."""
    waiting = list(kids) if isinstance(kids, list) else [kids]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, int):
            continue  # marked content
        number = number_of(kid)
        yield number
        waiting.extend(pdf.objects[number].get("K", ()))


def _structure(item: Any) -> str | None:
    return item.get("S") if isinstance(item, dict) and item.get("Type") == "/StructElem" else None
