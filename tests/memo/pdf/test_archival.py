"""Every page is PDF/A-3a and PDF/UA-1 at once, to two independent validators, and sound to qpdf."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import page as validator
import pikepdf
import pydyf
import pypdf
import pytest
from outloud import check

from languages import LANGUAGES, in_language
from memos import pdf_of
from policy_options import Dossier
from policy_options.diffing import diff_of_sets
from policy_options.memo.comparison_content import build_comparison
from policy_options.memo.pdf.archival import with_objects_ended_clearly, with_table_ended_clearly
from policy_options.memo.pdf.conversion import memo_pdf
from policy_options.memo.rendering import comparison_html
from policy_options.memo.templates import template_folders
from policy_options.wording.phrases import load_phrases
from support import SmallDossier

ROOT = Path(__file__).parent.parent.parent.parent
PHRASES = load_phrases("en")
PROFILES = (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1)


def note_of(dossier: Dossier, *weights: str) -> bytes:
    folders = template_folders(ROOT, None)
    return memo_pdf(comparison_html(build_comparison(diff_of_sets(dossier, weights), PHRASES), folders), folders)


def assert_conforms(pdf: bytes, tmp_path: Path) -> None:
    (identifier,) = set(re.findall(rb"/ID \[<([0-9a-f]{32})> <\1>\]", pdf))
    assert (
        hashlib.sha256(pdf.replace(b"/ID [<%b> <%b>]" % (identifier, identifier), b""))
        .hexdigest()
        .startswith(identifier.decode())
    )
    for profile in PROFILES:
        report = validator.validate_pdf_bytes(pdf, profile=profile)
        assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    target = tmp_path / "file.pdf"
    target.write_bytes(pdf)
    result = check(str(target))
    with pikepdf.open(target) as opened:
        assert opened.check_pdf_syntax() == []
    assert result.errors == 0, [finding for finding in result.findings if finding.severity == "error"]


@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only", "annex-b", "comparison"])
def test_the_shipped_memo_conforms(shipped_dossier: Dossier, template: str, tmp_path: Path) -> None:
    assert_conforms(pdf_of(shipped_dossier, template=template), tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only", "annex-b", "comparison"])
def test_each_template_conforms_in_each_language(
    small: SmallDossier, template: str, language: str, tmp_path: Path, fonts_of: Callable[[str], None]
) -> None:
    fonts_of(language)
    pdf = pdf_of(in_language(small, language).load(), template=template)
    assert_conforms(pdf, tmp_path)
    assert str(pypdf.PdfReader(io.BytesIO(pdf)).root_object["/Lang"]) == language


@pytest.mark.parametrize(
    "weights", [("balanced", "supply-security"), ("balanced", "partner-trust", "fiscal-restraint")]
)
def test_a_comparison_note_conforms(shipped_dossier: Dossier, weights: tuple[str, ...], tmp_path: Path) -> None:
    assert_conforms(note_of(shipped_dossier, *weights), tmp_path)


def test_a_memo_with_all_that_is_seldom_there_conforms(small: SmallDossier, tmp_path: Path) -> None:
    """A marking, a red line, conflicts and synergies, an unknown score, and a title of many words."""
    small.edit(
        "criteria/decision.yaml", "weights: even", "weights: even\nmarking: RESTRICTED\nhypothetical: All made up."
    )
    small.edit(
        "criteria/decision.yaml",
        "title: Where to build the ferry landing",
        "title: Where to build the new ferry landing that is to serve all of the islands from the summer on",
    )
    small.edit(
        "criteria/criteria.yaml",
        "title: Waiting\n",
        "title: Waiting\n        red-line: {at: 45, because: Nobody waits longer}\n",
    )
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: unknown")
    small.edit(
        "options/new-mole.yaml",
        "scores:",
        "conflicts: [{option: east-quay, how: There is money for one.}]\n"
        "synergies: [{option: as-is, how: It shelters the old landing.}]\nscores:",
    )
    assert_conforms(pdf_of(small.load()), tmp_path)


def test_metadata_name_both_standards_and_can_be_read_without_unpacking(shipped_dossier: Dossier) -> None:
    pdf = note_of(shipped_dossier, "balanced", "supply-security")
    for part in (b'pdfaid:part="3"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"'):
        assert pdf.count(part) == 1
    assert pdf.count(b"<?xpacket begin") == 1
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert str(reader.root_object["/Lang"]) == "en"


def test_running_heads_are_artifacts_and_headers_have_a_scope(shipped_dossier: Dossier) -> None:
    reader = pypdf.PdfReader(io.BytesIO(note_of(shipped_dossier, "balanced", "supply-security")))
    for found in reader.pages:
        contents = found.get_contents()
        assert contents is not None
        assert re.search(rb"/Artifact\s+<</Type/Pagination>>\s+BDC", contents.get_data())
    size = int(str(reader.trailer["/Size"]))
    objects = [pypdf.generic.IndirectObject(number, 0, reader).get_object() for number in range(1, size)]
    headers = [
        found for found in objects if isinstance(found, pypdf.generic.DictionaryObject) and found.get("/S") == "/TH"
    ]
    assert headers
    for header in headers:
        attributes = header["/A"]
        assert isinstance(attributes, pypdf.generic.DictionaryObject)
        assert str(attributes["/Scope"]) in ("/Column", "/Row")


def test_a_table_of_objects_that_ends_in_a_carriage_return_is_unpacked() -> None:
    """One file in 256 has such a table; enough are tried that some do."""
    mended = 0
    for number in range(600):
        content = bytes(range(number % 251)) + number.to_bytes(4, "big") * 9 + b"\0"
        packed = zlib.compress(content, 9)
        head = b"7 0 obj\n<</Type /XRef/Size 8/Filter /FlateDecode/Length %d>>\nstream\n" % len(packed)
        pdf = b"%PDF-1.7\n" + head + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
        found = with_table_ended_clearly(pdf)
        if not packed.endswith(b"\r"):
            assert found == pdf
            continue
        mended += 1
        assert b"/Filter" not in found
        assert b"/Length %d>>\nstream\n%b\nendstream\nendobj\nstartxref\n9\n" % (len(content), content) in found
    assert mended


def test_a_stream_of_objects_that_ends_in_a_carriage_return_is_packed_again() -> None:
    """The file stays the same for a reader, and the table still leads to every object."""
    changed = 0
    for number in range(900):
        made = pydyf.PDF()
        made.add_object(pydyf.Dictionary({"Kept": pydyf.String("a" * number)}))
        output = io.BytesIO()
        made.write(output, version=b"1.7", compress=True)
        pdf = output.getvalue()
        found = with_objects_ended_clearly(pdf)
        if b"\r\nendstream\nendobj\n" not in pdf.rpartition(b"/XRef")[0]:
            assert found == pdf
            continue
        changed += 1
        assert b"\r\nendstream" not in found.rpartition(b"/XRef")[0]
        with pikepdf.open(io.BytesIO(found)) as opened:
            assert opened.check_pdf_syntax() == ["ERROR: file does not contain any pages"]
            assert any(isinstance(one, pikepdf.Dictionary) and "/Kept" in one for one in opened.objects)
    assert changed
