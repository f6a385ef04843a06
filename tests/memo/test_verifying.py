"""Any change to a memo is found, whatever the file is; an unchanged one is consistent, and returns its dossier."""

from __future__ import annotations

import gc
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pypdf
import pytest
from pypdf.errors import LimitReachedError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from memos import pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.limited import Limits
from policy_options.memo import environment, verifying
from policy_options.memo.attachment import ATTACHMENT_NAME
from policy_options.memo.attachment_reading import read_attachment
from policy_options.memo.extracting import extract_dossier
from policy_options.memo.inputs import canonical
from policy_options.memo.pdf import file_differences
from policy_options.memo.pdf.conversion import Layouts, resource_path
from policy_options.memo.pdf.file_reading import reader_of
from policy_options.memo.pdf.page_text import character_map
from policy_options.memo.templates import is_of_templates, is_shipped, template_digest, template_folders
from policy_options.memo.verdict import UnverifiedError
from policy_options.memo.verifying import LIMITS, Verification, Verifier, carried_inputs, verifications, verify
from policy_options.shipped import shipped
from support import SmallDossier

Edit = Callable[[pypdf.PdfWriter], None]


def memo_of(dossier: Dossier, weights: str | None = None) -> bytes:
    return pdf_of(dossier, weights)


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return memo_of(SmallDossier.write(tmp_path_factory.mktemp("memo") / "small").load())


def edited(memo: bytes, edit: Edit) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(memo))
    edit(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def attachment_of(writer: pypdf.PdfWriter) -> StreamObject:
    root: Any = writer.root_object
    found = root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    assert isinstance(found, StreamObject)
    return found


def carrying(change: Callable[[dict[str, Any]], None], *, canonically: bool = True) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        stream = attachment_of(writer)
        form = json.loads(stream.get_data())
        change(form)
        stream.set_data(canonical(form) if canonically else json.dumps(form).encode())

    return edit


def drawing(old: str, new: str) -> Edit:
    """Another text of the same length on the first page that draws the old one, in glyphs of the same font."""

    def edit(writer: pypdf.PdfWriter) -> None:
        for page in writer.pages:
            contents: Any = page.get_contents()
            data = contents.get_data()
            fonts: Any = page["/Resources"]
            for font in fonts["/Font"].values():
                glyphs = {
                    text: code for code, text in character_map(font.get_object()["/ToUnicode"].get_data()).items()
                }
                if any(character not in glyphs for character in old + new):
                    continue
                kerned = rb"(?:>[-\d.]*<)?".join(f"{glyphs[character]:04x}".encode() for character in old)
                others = "".join(f"{glyphs[character]:04x}" for character in new).encode()
                changed, count = re.subn(kerned, others, data, count=1)
                if count:
                    stream = DecodedStreamObject()
                    stream.set_data(changed)
                    page[NameObject("/Contents")] = writer._add_object(stream)
                    return
        raise AssertionError(f"no page draws {old}")

    return edit


@pytest.fixture(scope="module")
def verifier() -> Iterator[Verifier]:
    """One process for many memos."""
    found = Verifier(alone=False)
    yield found
    found.end()


def test_an_untouched_memo_is_the_file_that_its_inputs_give(memo: bytes) -> None:
    found = verify(memo)
    assert (found.verdict, found.reason, found.weights) == ("consistent", "", "even")
    assert found.numbers > 100
    assert (found.template, found.own_template, found.moment) == ("decision", False, "2026-03-01T00:00:00+00:00")
    assert re.fullmatch("[0-9a-f]{64}", found.inputs_sha256)
    assert found.made_with is not None
    assert {"policy-options", "weasyprint", "Pango", "HarfBuzz", "zlib"} <= set(found.made_with)
    assert squeezed(found.inputs_sha256) in squeezed("".join(map(page_text, pypdf.PdfReader(io.BytesIO(memo)).pages)))


def page_text(page: pypdf.PageObject) -> str:
    return page.extract_text()


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_memos_of_every_shipped_weight_set_are_consistent(shipped_dossier: Dossier, verifier: Verifier) -> None:
    for weights in ("balanced", "fiscal-restraint"):
        found = verifier.verify(memo_of(shipped_dossier, weights))
        assert (found.verdict, found.reason, found.weights) == ("consistent", "", weights)


@pytest.mark.parametrize("template", ["decision", "one-page", "annex-only", "comparison"])
@pytest.mark.parametrize("public", [False, True])
def test_honest_memos_of_every_template_and_audience_are_consistent(
    small: SmallDossier, verifier: Verifier, template: str, public: bool
) -> None:
    found = verifier.verify(pdf_of(small.load(), template=template, public=public))
    assert (found.verdict, found.reason, found.template) == ("consistent", "", template)


def test_a_public_memo_whose_inputs_hold_names_is_none(small: SmallDossier, verifier: Verifier) -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: {likely: 16, scorer: Ann}")
    found = verifier.verify(pdf_of(small.load(), public=True))  # made from a dossier from which no name was removed
    assert (found.verdict, found.reason) == (
        "inconsistent",
        "no memo can be made from the attached inputs: it says that names are left out, and its inputs have some",
    )


def test_a_memo_that_was_made_longer_than_its_template_allows_is_consistent(
    small: SmallDossier, verifier: Verifier
) -> None:
    for index in range(20):
        text = (small.root / "options/new-mole.yaml").read_text().replace("Build a mole", f"Build mole {index}")
        small.put(f"options/mole-{index:02}.yaml", text)
    for length in ("fit", "any"):
        found = verifier.verify(pdf_of(small.load(), length=length))
        assert (found.verdict, found.reason) == ("consistent", "")


def test_a_house_words_and_people_of_a_set_are_carried(small: SmallDossier) -> None:
    small.put(
        "templates/wording/en.yaml",
        'numbers: {decimal-mark: ",", grouping: "."}\nbottom.rule: "The rule, with {threshold}."\n',
    )
    small.put(
        "criteria/weights/people.yaml",
        """\
        format: 1
        title: People
        holder: Two (roles)
        status: elicited
        rationale: Asked.
        method: points
        participants:
          - {id: ann, name: Ann, judgements: {crossings: 1, waiting: 2, outlay: 2}}
          - {id: bob, name: Bob, judgements: {crossings: 3, waiting: 1, outlay: 2}}
        """,
    )
    found = verify(memo_of(small.load(), "people/ann"))
    assert (found.verdict, found.reason, found.weights) == ("consistent", "", "people/ann")


def on_first_page(key: str, value: Any) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        writer.pages[0][NameObject(key)] = value

    return edit


def in_the_root(key: str, value: Any) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        writer.root_object[NameObject(key)] = value

    return edit


def in_names(key: str, value: Any) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        names: Any = writer.root_object["/Names"]
        names[NameObject(key)] = value

    return edit


def drawn_on_top(operators: bytes) -> Edit:
    """More drawing after that of the first page."""

    def edit(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        contents: Any = page.get_contents()
        stream = DecodedStreamObject()
        stream.set_data(contents.get_data() + b"\n" + operators)
        page[NameObject("/Contents")] = writer._add_object(stream)

    return edit


def with_other_letters(writer: pypdf.PdfWriter) -> None:
    """The text read through a font is reversed, while what is seen is unchanged."""
    fonts: Any = writer.pages[0]["/Resources"]
    for font in fonts["/Font"].values():
        stream = font.get_object()["/ToUnicode"].get_object()
        stream.set_data(stream.get_data().replace(b"<0033>", b"<0039>"))


def of_metadata(old: bytes, new: bytes) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        stream: Any = writer.root_object["/Metadata"]
        stream.set_data(stream.get_data().replace(old, new))

    return edit


def first_structure(key: str, value: Any) -> Edit:
    def edit(writer: pypdf.PdfWriter) -> None:
        root: Any = writer.root_object["/StructTreeRoot"]
        root["/K"][0].get_object()[NameObject(key)] = value

    return edit


def first_link_elsewhere(writer: pypdf.PdfWriter) -> None:
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            reference.get_object()[NameObject("/Contents")] = TextStringObject("another")
            return
    raise AssertionError("no page has a link")


def first_bookmark_renamed(writer: pypdf.PdfWriter) -> None:
    outline: Any = writer.root_object["/Outlines"]
    outline["/First"].get_object()[NameObject("/Title")] = TextStringObject("Another heading")


_BOX = ArrayObject([NumberObject(number) for number in (0, 0, 300, 300)])
_NOTE = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/FreeText"),
        NameObject("/Rect"): _BOX,
        NameObject("/Contents"): TextStringObject("a remark"),
    }
)
_INPUTS = "inputs"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda writer: None, "its objects are those that its inputs give, and the file has been written again"),
        # What pages print.
        (drawing("63.3", "93.3"), r"page 1 prints “.*93\.3.*”, and its inputs give “.*63\.3"),
        (drawing("landing", "lagding"), r"page 1 prints “.*lagding"),
        (lambda writer: writer.remove_page(len(writer.pages) - 1), r"it has \d+ pages, and its inputs give"),
        (lambda writer: writer.add_blank_page(), r"it has \d+ pages, and its inputs give"),
        # What pages draw and nobody reads.
        (drawn_on_top(b"q 1 1 1 rg 0 0 400 400 re f Q"), "what its pages draw"),
        (drawn_on_top(b"BT /X 9 Tf 1 0 0 1 9 9 Tm (x) ' ET"), "page 1|what its pages draw"),
        (drawn_on_top(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"), "page 1|what its pages draw"),
        (drawn_on_top(b"/OC /L BDC q 1 1 1 rg 0 0 9 9 re f Q EMC"), "what its pages draw"),
        (with_other_letters, "page 1 prints|fonts"),
        (on_first_page("/CropBox", _BOX), "the part of a page that is shown"),
        (on_first_page("/MediaBox", _BOX), "the size of a page"),
        (on_first_page("/Rotate", NumberObject(180)), "how a page is turned"),
        (on_first_page("/Annots", ArrayObject([_NOTE])), "links or other annotations"),
        (first_link_elsewhere, "links or other annotations"),
        (in_the_root("/AcroForm", DictionaryObject({NameObject("/Fields"): ArrayObject()})), "form fields"),
        (in_the_root("/OCProperties", DictionaryObject()), "layers"),
        # Other behaviour and content of a file.
        (in_the_root("/OpenAction", DictionaryObject()), "an action on opening"),
        (in_the_root("/AA", DictionaryObject()), "actions that its viewer takes by itself"),
        (in_the_root("/Lang", TextStringObject("de")), "its language"),
        (in_the_root("/PageLabels", DictionaryObject()), "the labels of its pages"),
        (in_the_root("/ViewerPreferences", DictionaryObject()), "how a viewer shows it"),
        (of_metadata(b"Where", b"There"), "its metadata"),
        (first_bookmark_renamed, "its outline"),
        (first_structure("/Alt", TextStringObject("another text")), "its structure for screen readers"),
        (lambda writer: writer.add_metadata({"/Title": "Another title"}), "its properties"),
        (in_names("/JavaScript", DictionaryObject()), "scripts"),
        # The attachment.
        (
            carrying(lambda form: form[_INPUTS]["files"]["options/new-mole.yaml"]["scores"].update(crossings=17)),
            r"page \d+ prints “.*”, and its inputs give",
        ),
        (
            carrying(lambda form: swap_titles(form[_INPUTS]["files"])),
            r"page \d+ prints “.*”, and its inputs give",
        ),
        (carrying(lambda form: form[_INPUTS].update(weights="quick")), "and its inputs give"),
        (carrying(lambda form: form[_INPUTS].update(seed=9)), r"page \d+ prints|attached files"),
        (carrying(lambda form: form[_INPUTS].update(public=True)), "its inputs give"),
        (
            carrying(lambda form: form[_INPUTS]["files"].pop("options/new-mole.yaml")),
            "its inputs give|no memo can be made",
        ),
        (
            carrying(lambda form: form[_INPUTS].update(weights="nobody")),
            "no memo can be made from the attached inputs: `nobody`",
        ),
        (
            carrying(lambda form: form[_INPUTS]["files"].update({"../x.yaml": {}})),
            "a name that no file of a dossier has",
        ),
        (carrying(lambda form: form["ledger"].pop()), "attached files"),
        (carrying(lambda form: form["ledger"][0].__setitem__(0, "counted")), "attached files"),
        (carrying(lambda form: form.update(level=3)), "attached files"),
        (carrying(lambda form: form.update(moment="2020-01-01T00:00:00+00:00")), "attached files"),
        (carrying(lambda form: form["pages"].update(sha256="0" * 64)), "attached files"),
        (carrying(lambda form: form.pop("ledger")), "is not that of a memo"),
        (carrying(lambda form: form.update(ledger=7)), "is not that of a memo"),
        (carrying(lambda form: form.update(moment="soon")), "is not that of a memo"),
        (carrying(lambda form: form.update(length="long")), "is not that of a memo"),
        (carrying(lambda form: form.update(inputs=[])), "is not that of a memo"),
        (carrying(lambda form: None, canonically=False), "it is not canonical JSON"),
        (lambda writer: attachment_of(writer).set_data(b"no json"), "the attachment is not JSON"),
        (lambda writer: writer.add_attachment("second.txt", b"x"), "carries more than its one attachment"),
        (lambda writer: writer.encrypt("secret"), "the file is encrypted"),
    ],
)
def test_a_planted_change_is_found_and_named(memo: bytes, verifier: Verifier, edit: Edit, said: str) -> None:
    found = verifier.verify(edited(memo, edit))
    assert found.verdict == "inconsistent"
    assert re.search(said, found.reason), found.reason


def swap_titles(files: dict[str, Any]) -> None:
    one, other = files["options/new-mole.yaml"], files["options/east-quay.yaml"]
    one["title"], other["title"] = other["title"], one["title"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda form: form.update(schema="policy-options/memo/3"),
            "the attachment is of another version than this toolkit reads: policy-options/memo/3",
        ),
        (lambda form: form["made_with"].update(Pango="1.2.3"), r"it was made with Pango 1\.2\.3, here "),
        (
            lambda form: form["made_with"].update({"policy-options": "9.0 (00)"}),
            r"it was made with policy-options 9\.0 \(00\), here ",
        ),
        (
            lambda form: form["fonts"].update({"Source-Serif-Pro": "0" * 16, "Another": "1" * 16}),
            "it was drawn with other font files: .*Another 1111111111111111, here none",
        ),
        (lambda form: form.update(processor="other 0123456789abcdef"), "it was made on another kind of processor"),
        (
            lambda form: form["inputs"].update(template_sha256="0" * 64),
            r"it was laid out with another template of that name \(decision, SHA-256 0{64}\); name its folder",
        ),
        (
            lambda form: form["inputs"].update(template="house"),
            r"it was laid out with a template that is not here \(house, SHA-256 ",
        ),
    ],
)
def test_what_was_made_with_something_else_cannot_be_verified(
    memo: bytes, verifier: Verifier, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    found = verifier.verify(edited(memo, carrying(change)))
    assert found.verdict == "cannot"
    assert re.match(said, found.reason), found.reason


@pytest.mark.parametrize(
    "name", ["decision. To be withdrawn./../decision", "./decision", "../memo/decision", "Decision"]
)
def test_a_template_has_a_name_that_says_nothing(memo: bytes, verifier: Verifier, name: str) -> None:
    found = verifier.verify(edited(memo, carrying(lambda form: form["inputs"].update(template=name))))
    assert (found.verdict, found.reason) == (
        "inconsistent",
        "the name of the memo's template is not valid",
    )
    assert template_digest(name, template_folders(None, None)) == ""


def test_a_part_of_a_template_is_none() -> None:
    assert template_digest("parts", template_folders(None, None)) == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form.update(processor="this was approved"),
        lambda form: form.update(processor="approved 0123456789abcdef"),
        lambda form: form.update(processor="other 00"),
        lambda form: form.update(moment="2026-03-01T00:00:00+05:00"),
        lambda form: form.update(moment="2026-03-01"),
        lambda form: form["inputs"].pop("public"),
        lambda form: form["inputs"].update(annex_apart=1),
        lambda form: form["inputs"].update(wording=[]),
        lambda form: form.update(length="most"),
    ],
)
def test_what_is_carried_has_its_form_or_is_no_memo(
    memo: bytes, verifier: Verifier, change: Callable[[dict[str, Any]], None]
) -> None:
    found = verifier.verify(edited(memo, carrying(change)))
    assert found.verdict == "inconsistent"
    assert "is not that of a memo" in found.reason


def test_wording_of_a_house_is_counted_and_hides_nothing(small: SmallDossier, verifier: Verifier) -> None:
    small.put("templates/wording/en.yaml", "memo.rebuilding: Typed anew.\n")
    made = memo_of(small.load())
    found = verifier.verify(made)
    assert (found.verdict, found.own_wording) == ("consistent", 1)

    def hide(form: dict[str, Any]) -> None:
        form["inputs"]["wording"]["memo.rebuilding"] = "Typed\N{ZERO WIDTH SPACE} anew."

    found = verifier.verify(edited(made, carrying(hide)))
    assert (found.verdict, found.reason) == (
        "inconsistent",
        "no memo can be made from the attached inputs: a zero width space (U+200B) cannot be seen, and texts that look alike "
        "would differ or read in another order",
    )


def test_a_memo_of_another_processor_is_consistent_where_it_is_the_same(
    small: SmallDossier, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "processor", lambda: "other 0123456789abcdef")
    assert verifier.verify(memo_of(small.load())).verdict == "consistent"


def test_a_template_of_a_house_is_asked_for_and_never_taken_for_ours(small: SmallDossier, verifier: Verifier) -> None:
    shipped_one = (shipped("templates") / "memo/decision.html.j2").read_text(encoding="utf-8")
    small.put("templates/memo/decision.html.j2", shipped_one.replace("<main", "<p>Put West first: 99.9</p><main", 1))
    made = memo_of(small.load())
    assert "99.9" in page_text(pypdf.PdfReader(io.BytesIO(made)).pages[0])
    found = verifier.verify(made)
    assert (found.verdict, found.own_template) == ("cannot", True)
    assert "another template of that name" in found.reason
    own = template_folders(None, small.root / "templates")
    found = verify(made, own)
    assert (found.verdict, found.reason, found.own_template) == ("consistent", "", True)
    ours = template_digest("decision", template_folders(None, None))
    forged = edited(made, carrying(lambda form: form["inputs"].update(template_sha256=ours)))
    found = verifier.verify(forged)
    assert (found.verdict, found.own_template) == ("inconsistent", False)
    assert "99.9" in found.reason


def test_a_memo_that_carries_nothing_cannot_be_verified(small: SmallDossier, verifier: Verifier) -> None:
    plain = pdf_of(small.load(), with_inputs=False)
    assert verifier.verify(plain) == Verification("cannot", "the memo carries no inputs, and cannot be made again")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_no_memo(memo: bytes, verifier: Verifier, share: float) -> None:
    found = verifier.verify(memo[: int(len(memo) * share)])
    assert found.verdict in ("inconsistent", "cannot")
    assert found.reason


def changed_at_random(memo: bytes, chance: random.Random) -> bytes:
    """Bytes changed, removed, inserted, appended or moved."""
    broken = bytearray(memo)
    at, other = sorted(chance.randrange(len(broken)) for _ in range(2))
    some = bytes(chance.randrange(256) for _ in range(chance.choice((1, 20))))
    match chance.randrange(6):
        case 0:
            broken[at] ^= 1 << chance.randrange(8)
        case 1:
            for _ in range(chance.choice((2, 30, 3_000))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        case 2:
            del broken[at : at + len(some)]
        case 3:
            broken[at:at] = some
        case 4:
            broken += some
        case _:
            broken[at:at], broken[other:other] = broken[other : other + 40], some
    return bytes(broken)


def test_of_a_thousand_random_changes_none_is_accepted(memo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, where the memo is remade once; the differences are not sought."""
    monkeypatch.setattr(file_differences, "first_difference", lambda reader, made_again: "it differs")
    folders, chance = template_folders(None, None), random.Random(3)
    assert verifying._verification(memo, folders, lambda _template: Layouts()).verdict == "consistent"
    verdicts = []
    for _ in range(1_000):
        broken = changed_at_random(memo, chance)
        verdicts.append(
            verifying._verification(broken, folders, lambda _template: Layouts()).verdict if broken != memo else "same"
        )
    assert verdicts.count("same") < 10
    assert "consistent" not in verdicts


def test_bytes_that_are_changed_at_random_never_raise(memo: bytes, verifier: Verifier) -> None:
    chance = random.Random(4)
    for _ in range(12):
        found = verifier.verify(changed_at_random(memo, chance))
        assert found.verdict != "consistent"
        assert found.reason


def test_what_differs_is_looked_for_within_a_limit_and_the_answer_is_no(
    memo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_differences, "_SECONDS", 1e-3)
    folders, other = template_folders(None, None), edited(memo, drawing("mole", "mule"))
    gc.disable()  # as in the verifying process
    try:
        found = verifying._verification(other, folders, lambda _template: Layouts())
    finally:
        gc.enable()
    assert (found.verdict, found.reason) == ("inconsistent", "it draws or has far more than its inputs give")


@pytest.mark.parametrize(
    ("module", "limit", "message"),
    [
        ("attachment", "MAX_ATTACHMENT_BYTES", "the inputs of the memo have"),
        ("pdf.conversion", "MAX_PDF_BYTES", "the memo has 0 MB, and at most 0 MB can be verified"),
    ],
)
def test_what_could_not_be_verified_for_its_size_is_refused_when_it_is_made(
    small: SmallDossier, monkeypatch: pytest.MonkeyPatch, module: str, limit: str, message: str
) -> None:
    monkeypatch.setattr(f"policy_options.memo.{module}.{limit}", 1000)
    with pytest.raises(PolicyOptionsError, match=message):
        pdf_of(small.load())
    pdf_of(small.load(), with_inputs=False)


def test_an_attachment_that_is_too_large_to_be_read_is_no_word_about_the_memo(
    memo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> bytes:
        raise LimitReachedError("too large")

    reader = reader_of(memo)
    monkeypatch.setattr("pypdf.generic.EncodedStreamObject.get_data", refuse)
    with pytest.raises(UnverifiedError, match="larger than can be read") as raised:
        read_attachment(reader)
    assert raised.value.verdict == "cannot"


def test_a_finding_that_no_file_has_makes_no_memo(memo: bytes, verifier: Verifier) -> None:
    def plant(form: dict[str, Any]) -> None:
        form["inputs"]["found"] = [{"code": "the board agreed", "ids": []}]

    found = verifier.verify(edited(memo, carrying(plant)))
    assert (found.verdict, found.reason) == (
        "inconsistent",
        "no memo can be made from the attached inputs: it carries a finding that no file has",
    )


def test_one_memo_does_not_decide_how_the_next_is_made(tmp_path: Path) -> None:
    """A macro that counts, and a style that depends on the title: each memo is the same as if made alone."""
    counting = (
        "{% set seen = namespace(said='') %}"
        "{% macro say(text) %}{% set seen.said = seen.said ~ ' ' ~ text %}{{ seen.said }}{% endmacro %}"
    )
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><title>{{ memo.title }}</title><style>'
        "{% if 'West' in memo.title %}@font-face { font-family: House; src: url(fonts/SourceSerifPro-Bold.ttf) }{% endif %}"
        "body { font-family: House, 'Source Sans Pro' }</style></head>"
        "<body>{% import 'memo/kept.html.j2' as kept %}<h1>{{ kept.say(memo.title) }}</h1></body></html>\n"
    )
    memos: list[bytes] = []
    folders: tuple[Path, ...] = ()
    for name, title in (("west", "Put West first"), ("east", "Put East first")):
        small = SmallDossier.write(tmp_path / name)
        small.edit("criteria/decision.yaml", "Where to build the ferry landing", title)
        small.put("templates/memo/house.html.j2", page)
        small.put("templates/memo/kept.html.j2", counting)
        folders = template_folders(small.root, None)
        memos.append(pdf_of(small.load(), template="house"))
    alone = verifying.verify(memos[1], folders)
    assert (alone.verdict, alone.reason) == ("consistent", "")
    one = Verifier(folders, alone=False)
    try:
        assert [one.verify(memo).verdict for memo in (*memos, *reversed(memos))] == ["consistent"] * 4
    finally:
        one.end()


def test_the_digest_of_a_template_covers_what_it_takes_from_other_pages(small: SmallDossier) -> None:
    page = "<html>{{% include {0} %}}</html>"
    small.put("templates/memo/house.html.j2", page.format('"memo/lead.html.j2"'))
    folders = template_folders(small.root, None)
    digests = []
    for lead in ("{# <html #}West", "{# <html #}East"):
        small.put("templates/memo/lead.html.j2", lead)
        digests.append(template_digest("house", folders))
    assert digests[0] != digests[1]
    small.put("templates/memo/other.html.j2", "<html>Not asked for</html>")
    assert template_digest("house", folders) == digests[1]
    small.put("templates/memo/house.html.j2", page.format("memo.title"))  # computed while rendering
    asked = (
        page.format("memo.title"),  # computed while rendering
        page.format('"memo/Other.html.j2"'),  # the same file if the file system treats it as the same name
        page.format('"memo/part.txt"'),  # which uses a page itself
    )
    small.put("templates/memo/part.txt", '{% include "memo/other.html.j2" %}')
    for text in asked:
        small.put("templates/memo/house.html.j2", text)
        small.put("templates/memo/other.html.j2", "<html>Not asked for</html>")
        before = template_digest("house", folders)
        small.put("templates/memo/other.html.j2", "<html>Asked for, perhaps</html>")
        assert template_digest("house", folders) != before


def test_what_lies_behind_a_linked_folder_is_no_file_of_a_template(small: SmallDossier) -> None:
    small.put("templates/elsewhere/part.html.j2", "West")
    (small.root / "templates/memo").mkdir(exist_ok=True)
    (small.root / "templates/memo/parts").symlink_to("../elsewhere")
    folders = template_folders(small.root, None)
    small.put("templates/memo/house.html.j2", '<html>{% include "memo/parts/part.html.j2" %}</html>')
    with pytest.raises(PolicyOptionsError) as raised:
        pdf_of(small.load(), template="house")
    assert raised.value.faults[0].code == "template-missing"
    assert template_digest("house", folders)


def test_a_page_of_templates_is_no_picture_or_style_of_another(small: SmallDossier) -> None:
    address = "https://templates.invalid/memo/decision.html.j2"
    assert resource_path(address, template_folders(None, None)) is None
    assert resource_path(address.replace("decision.html.j2", "memo.css"), template_folders(None, None))


@pytest.mark.parametrize(
    "name",
    [
        "memo",
        "memo/",
        "memo//x",
        "memo/./x",
        "memo/x/",
        "extra/more.html",
        "memo/../extra/more.html",
        "memo/../../secret",
        "memo\\..\\secret",
        "/memo/x",
        "",
    ],
)
def test_templates_have_the_files_of_their_own_folder_alone(name: str) -> None:
    assert not is_of_templates(name)
    assert (
        resource_path(f"https://templates.invalid/{name.replace('..', '%2e%2e')}", template_folders(None, None)) is None
    )


def test_what_differs_in_an_object_is_named_though_it_is_called_as_in_the_table_of_objects(memo: bytes) -> None:
    def widths(writer: pypdf.PdfWriter) -> None:
        for found in writer._objects:
            if isinstance(found, DictionaryObject) and "/W" in found and "/CIDSystemInfo" in found:
                found[NameObject("/W")] = ArrayObject([NumberObject(1), ArrayObject([NumberObject(1)])])

    said = file_differences.first_difference(pypdf.PdfReader(io.BytesIO(edited(memo, widths))), memo)
    assert said.startswith("fonts: different from what its inputs give"), said


def test_what_runs_out_of_memory_is_no_word_about_the_memo(memo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("policy_options.memo.remaking.remade", greedy)
    with pytest.raises(MemoryError):
        verifying._verification(memo, template_folders(None, None), lambda _own: Layouts())


def test_a_second_process_is_asked_again_after_a_failure_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Asked:
        def start(self, *_: object) -> None:
            asked.append("start")

        def finish(self) -> bytes:
            asked.append("finish")
            return b""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("of its own")

    monkeypatch.setattr("policy_options.memo.pdf.conversion._sequence", fail)
    monkeypatch.setattr("policy_options.memo.pdf.conversion.page_sequences_of", lambda _html: ("together", "apart"))
    with pytest.raises(ValueError, match="of its own"):
        Layouts(cast("Any", Asked())).drawn("", (), allow_overflow=False)
    assert asked == ["start", "finish"]


def test_a_hostile_file_meets_a_limit_that_is_named(memo: bytes) -> None:
    def bomb(writer: pypdf.PdfWriter) -> None:
        import zlib

        stream = attachment_of(writer)
        packed = zlib.compressobj(9)
        stream._data = b"".join(packed.compress(bytes(2**20)) for _ in range(700)) + packed.flush()

    found = verify(edited(memo, bomb), limits=Limits(seconds=60.0, megabytes=1_024))
    assert found.verdict in ("cannot", "inconsistent")
    assert found.reason
    slow = verify(memo, limits=Limits(seconds=0.05, megabytes=LIMITS.megabytes))
    assert slow == Verification("cannot", "reading the memo took longer than the limit of 0.05 seconds, and was ended")


def test_several_memos_are_answered_in_their_order(memo: bytes) -> None:
    def missing() -> bytes:
        raise PolicyOptionsError.of("file-missing", "there is no such file")

    found = list(verifications([lambda: memo, missing, lambda: b"no PDF", lambda: memo], workers=2))
    assert [each.verdict if isinstance(each, Verification) else str(each.faults[0].code) for each in found] == [
        "consistent",
        "file-missing",
        "inconsistent",
        "consistent",
    ]


def test_the_dossier_comes_back_out_and_gives_the_same_bytes(memo: bytes, tmp_path: Path) -> None:
    assert extract_dossier(memo, tmp_path / "out") == (8, ())
    again = Dossier.load(tmp_path / "out")
    assert memo_of(again) == memo
    for path in (tmp_path / "out").rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("format: 1\n")


def test_the_dossier_comes_out_of_memos_of_earlier_versions_too(memo: bytes, tmp_path: Path) -> None:
    def as_before(form: dict[str, Any]) -> None:
        form["schema"] = "policy-options/memo/2"
        for key in ("fonts", "processor", "moment", "length"):
            form.pop(key)

    assert extract_dossier(edited(memo, carrying(as_before)), tmp_path / "out") == (8, ())
    assert memo_of(Dossier.load(tmp_path / "out")) == memo
    other = edited(memo, carrying(lambda form: form.update(schema="another/2")))
    with pytest.raises(PolicyOptionsError, match="is not that of a memo"):
        extract_dossier(other, tmp_path / "more")


def test_nothing_is_written_where_something_is_or_under_other_names(memo: bytes, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    with pytest.raises(PolicyOptionsError, match="is there already and is not empty"):
        extract_dossier(memo, tmp_path / "full")
    evil = edited(
        memo, carrying(lambda form: form["inputs"]["files"].update({"options/../../evil.yaml": {"format": 1}}))
    )
    with pytest.raises(PolicyOptionsError, match="a name that no file of a dossier has"):
        extract_dossier(evil, tmp_path / "out")
    broken = edited(memo, carrying(lambda form: form["inputs"]["files"]["options/new-mole.yaml"].pop("title")))
    with pytest.raises(PolicyOptionsError):
        extract_dossier(broken, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "evil.yaml").exists()


def test_inputs_are_canonical_and_name_the_attachment(memo: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(memo))
    assert list(reader.attachments) == [ATTACHMENT_NAME]
    content = reader.attachments[ATTACHMENT_NAME][0]
    assert canonical(json.loads(content)) == content
    inputs = carried_inputs(memo)
    assert set(inputs) == {
        "files",
        "weights",
        "template",
        "template_sha256",
        "toolkit",
        "public",
        "seed",
        "wording",
        "annex_apart",
    }
    assert is_shipped("decision", inputs["template_sha256"])
