"""What is changed in a memo is found, whatever the file is; what is untouched is consistent, and gives its dossier back."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from memos import pdf_of
from policy_options import Dossier, PolicyOptionsError
from policy_options.memo.carrying import ATTACHMENT
from policy_options.memo.extracting import extract_dossier
from policy_options.memo.inputs import canonical
from policy_options.memo.limited import Limits
from policy_options.memo.printed import character_map
from policy_options.memo.verifying import LIMITS, Verification, carried_inputs, verify
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
    """Another text of the same length on the first page that draws the old one, in the glyphs of the font that does."""

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


def test_an_untouched_memo_is_consistent(memo: bytes) -> None:
    found = verify(memo)
    assert (found.verdict, found.reason, found.weights) == ("consistent", "", "even")
    assert found.numbers > 100
    assert re.fullmatch("[0-9a-f]{64}", found.inputs_sha256)
    assert found.made_with is not None and {"policy-options", "weasyprint", "Pango"} <= set(found.made_with)


def test_a_file_that_is_written_anew_without_a_change_stays_consistent(memo: bytes) -> None:
    assert verify(edited(memo, lambda writer: None)).verdict == "consistent"


def test_memos_of_every_shipped_weight_set_are_consistent(shipped_dossier: Dossier) -> None:
    for weights in ("balanced", "fiscal-restraint"):
        found = verify(memo_of(shipped_dossier, weights))
        assert (found.verdict, found.reason, found.weights) == ("consistent", "", weights)


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


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (drawing("63.3", "93.3"), r"page 1 prints 93\.3, and the ledger has 63\.3 \(ranking.rows.0.value#0\) there"),
        (drawing("landing", "lagding"), "other words than the memo was made with"),
        (
            carrying(lambda form: form["inputs"]["files"]["options/new-mole.yaml"]["scores"].update(crossings=17)),
            r"the memo has \S+ for \S+, and its inputs give",
        ),
        (carrying(lambda form: form["inputs"].update(weights="quick")), "and its inputs give"),
        (carrying(lambda form: form["inputs"].update(seed=9)), "the seed beside the inputs"),
        (carrying(lambda form: form["inputs"]["files"].pop("options/new-mole.yaml")), "its inputs give|make no memo"),
        (carrying(lambda form: form["inputs"].update(weights="nobody")), "the attached inputs make no memo: `nobody`"),
        (
            carrying(lambda form: form["inputs"]["files"].update({"../x.yaml": {}})),
            "a name that no file of a dossier has",
        ),
        (carrying(lambda form: form["ledger"].pop()), "and the ledger has ended before it"),
        (
            carrying(lambda form: form["ledger"].append(["ranking.rows.0.rank#0", "1"])),
            r"the ledger has 1 \(ranking.rows.0.rank#0\), which no page",
        ),
        (
            carrying(lambda form: form["ledger"].__setitem__(0, ["counted", form["ledger"][0][1]])),
            "which comes from no input",
        ),
        (carrying(lambda form: form["pages"].update(count=99)), "was made with 99 pages, and has"),
        (carrying(lambda form: form["pages"].update(sha256="0" * 64)), "other words than the memo was made with"),
        (carrying(lambda form: form.pop("ledger")), "is not what a memo carries"),
        (carrying(lambda form: form.update(ledger=7)), "is not what a memo carries"),
        (carrying(lambda form: form.update(inputs=[])), "is not what a memo carries"),
        (carrying(lambda form: None, canonically=False), "it is not canonical JSON"),
        (lambda writer: attachment_of(writer).set_data(b"no json"), "the attachment is no JSON"),
        (lambda writer: attachment_of(writer).set_data(b"[" * 100_000), "the attachment is no JSON|nested too deep"),
        (lambda writer: writer.add_attachment("second.txt", b"x"), "carries more than its one attachment"),
        (lambda writer: writer.encrypt("secret"), "the file is encrypted"),
        (lambda writer: writer.remove_page(len(writer.pages) - 1), "pages, and has"),
    ],
)
def test_a_planted_change_is_found_and_named(memo: bytes, edit: Edit, said: str) -> None:
    found = verify(edited(memo, edit))
    assert found.verdict == "inconsistent"
    assert re.search(said, found.reason), found.reason


def test_a_memo_that_carries_nothing_cannot_be_verified(small: SmallDossier) -> None:
    plain = pdf_of(small.load(), carrying=False)
    assert verify(plain) == Verification("cannot", "the memo carries no inputs, and nothing can be computed anew")


def test_another_version_of_what_is_carried_cannot_be_verified(memo: bytes) -> None:
    found = verify(edited(memo, carrying(lambda form: form.update(schema="policy-options/memo/9"))))
    assert (found.verdict, found.reason) == (
        "cannot",
        "the attachment is of another version than this toolkit reads: policy-options/memo/9",
    )


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_no_memo(memo: bytes, share: float) -> None:
    found = verify(memo[: int(len(memo) * share)])
    assert found.verdict in ("inconsistent", "cannot")
    assert found.reason


def test_bytes_that_are_changed_at_random_never_raise(memo: bytes) -> None:
    chance = random.Random(3)
    for _ in range(12):
        broken = bytearray(memo)
        for _ in range(chance.choice((1, 30, 3_000))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert isinstance(verify(bytes(broken)), Verification)


def test_a_hostile_file_meets_a_limit_that_is_named(memo: bytes) -> None:
    def bomb(writer: pypdf.PdfWriter) -> None:
        import zlib

        stream = attachment_of(writer)
        packed = zlib.compressobj(9)
        stream._data = b"".join(packed.compress(bytes(2**20)) for _ in range(700)) + packed.flush()

    found = verify(edited(memo, bomb), Limits(seconds=60.0, megabytes=1_024))
    assert found.verdict == "inconsistent"
    assert found.reason
    slow = verify(memo, Limits(seconds=0.05, megabytes=LIMITS.megabytes))
    assert slow.reason == "reading the memo took longer than the limit of 0.05 seconds, and was ended"


def test_the_dossier_comes_back_out_and_gives_the_same_bytes(memo: bytes, tmp_path: Path) -> None:
    assert extract_dossier(memo, tmp_path / "out") == 8
    again = Dossier.load(tmp_path / "out")
    assert memo_of(again) == memo
    for path in (tmp_path / "out").rglob("*.yaml"):
        assert path.read_text(encoding="utf-8").startswith("format: 1\n")


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
    assert list(reader.attachments) == [ATTACHMENT]
    content = reader.attachments[ATTACHMENT][0]
    assert canonical(json.loads(content)) == content
    assert set(carried_inputs(memo)) == {"files", "weights", "template", "public", "seed", "wording", "annex_apart"}
