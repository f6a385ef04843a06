"""XML from elsewhere: no document type in any encoding, limited depth, and the place of what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policy_options.safe_xml import Reader, Stop, UnfitXml, refuse_document_type

DECLARED = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>'


def unfit(run: Callable[[], object]) -> UnfitXml:
    with pytest.raises(UnfitXml) as caught:
        run()
    return caught.value


def read(raw: bytes, most_depth: int | None = None) -> list[str]:
    seen: list[str] = []
    reader = Reader(
        lambda name, attributes: seen.append(f"<{name} {attributes}"),
        lambda name: seen.append(f">{name}"),
        seen.append,
        most_depth=most_depth,
    )
    reader.read([raw])
    return seen


def test_elements_attributes_and_text_arrive_in_order() -> None:
    seen = read(b'<a xmlns="urn:x"><b c="1">x&amp;y</b></a>')
    assert seen == ["<urn:x a {}", "<urn:x b {'c': '1'}", "x&y", ">urn:x b", ">urn:x a"]


def test_a_file_may_come_in_blocks_and_be_left_early() -> None:
    seen: list[str] = []
    Reader(lambda name, _: seen.append(name)).read([b"<a><b", b"/><c/", b"></a>"])
    assert seen == ["a", "b", "c"]

    def stop(name: str, _: object) -> None:
        seen.append(name)
        raise Stop

    Reader(stop).read([b"<d><e/>", b"never closed"])
    assert seen == ["a", "b", "c", "d"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("declared", [DECLARED, '<!DOCTYPE a SYSTEM "file:///etc/passwd">'])
def test_a_document_type_is_refused_in_any_encoding(encoding: str, declared: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?>\n{declared}<a>&c;</a>'.encode(encoding)
    for run in (lambda: read(raw), lambda: refuse_document_type([raw])):
        found = unfit(run)
        assert (found.why, found.line) == ("document-type", 2)


def test_only_what_precedes_the_first_element_is_read_for_its_document_type() -> None:
    def blocks() -> object:
        yield b"<!-- " + b"x" * 5_000_000 + b" -->"
        yield b"<a>"
        raise AssertionError("the remainder is not asked for")

    refuse_document_type(blocks())  # type: ignore[arg-type]
    late = [b"<!-- " + b"x" * 5_000_000 + b" -->", DECLARED.encode(), b"<a/>"]
    assert unfit(lambda: refuse_document_type(late)).why == "document-type"


@pytest.mark.parametrize("raw", [b"", b"<a>", b"<a></b>", b"<a/><b/>", b"x"])
def test_what_is_not_well_formed_is_broken_at_its_line(raw: bytes) -> None:
    assert unfit(lambda: read(raw)).why == "broken"
    found = unfit(lambda: read(b"<a>\n  <b></a>"))
    assert (found.line, found.column, found.said) == (2, 8, "mismatched tag")


def test_an_encoding_that_nobody_reads() -> None:
    assert unfit(lambda: read(b'<?xml version="1.0" encoding="x-none"?><a/>')).why in {"encoding", "broken"}


def test_depth_is_limited() -> None:
    assert len(read(b"<a>" * 5 + b"</a>" * 5, most_depth=5)) == 10
    found = unfit(lambda: read(b"<a>" * 6 + b"</a>" * 6, most_depth=5))
    assert (found.why, found.column) == ("too-deep", 16)
