"""Word files: every template and language has the text of its PDF, in Word's native elements."""

from __future__ import annotations

import html
import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from languages import LANGUAGES, in_language
from policy_options import Dossier
from policy_options.memo.audience import without_names
from policy_options.memo.comparison_content import ComparisonContent
from policy_options.memo.content import MemoContent
from policy_options.memo.ledger import content_texts
from policy_options.memo.rendering import html_of
from policy_options.memo.templates import template_folders
from policy_options.wording.phrases import load_phrases
from support import PANEL, SmallDossier
from word_files import W, WordFile, word_of

TEMPLATES = ("decision", "one-page", "annex-only", "annex-b", "comparison")
_SAID_OTHERWISE = ("annex.rebuilding",)
"""Where a Word file is worded differently: it contains no inputs."""


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\N{SOFT HYPHEN}", "")


def printed(page: str) -> str:
    """The text printed by a page of HTML, without spaces."""
    body = re.sub(r"(?s)<(style|svg|title|head)\b.*?</\1>|<!--.*?-->", "\n", page)
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", body)))


def missing(word: WordFile, content: MemoContent | ComparisonContent, template: str) -> list[str]:
    """The places in a content whose texts the page prints and the Word file lacks."""
    page = printed(html_of(content, template_folders(None, None), template))
    text = squeezed(word.text)
    return [
        path
        for path, said in content_texts(content)
        if ".svg." not in path
        and not path.endswith("alternative")
        and path not in _SAID_OTHERWISE
        and not path.startswith("keywords")
        and squeezed(said) in page
        and squeezed(said) not in text
    ]


def with_everything(small: SmallDossier) -> SmallDossier:
    """The small dossier with a marking, steps, signposts and a source, so that no part of the content is empty."""
    small.edit(
        "criteria/decision.yaml",
        "weights: even\n",
        "weights: even\nmarking: RESTRICTED\nnext-steps:\n  - {what: Ask the yard, who: Office, by: 2026-04-01}\n"
        "signposts:\n  - watch: Tenders for the mole\n",
    )
    return small


# What --public changes is the same in every language.
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("language", "public"), [*((each, False) for each in LANGUAGES), ("en", True)])
def test_all_that_a_page_prints_is_in_the_word_file(
    small: SmallDossier, language: str, template: str, public: bool
) -> None:
    small = with_everything(in_language(small, language))
    dossier = small.load()
    if public:
        dossier = without_names(dossier, load_phrases(language))
    word, content = word_of(dossier, template=template, public=public)
    assert not missing(word, content, template)
    labels = load_phrases(language).labels()
    assert labels["word-notice"] in word.styled("Notice")
    assert "RESTRICTED" in "".join(word.parts["word/header1.xml"].itertext())
    assert labels["word-mark"] in "".join(word.parts["word/footer1.xml"].itertext())
    assert docx.Document(io.BytesIO(word.raw)).core_properties.language == language


@pytest.mark.parametrize("template", TEMPLATES)
def test_headings_form_an_outline(small: SmallDossier, template: str) -> None:
    document = docx.Document(io.BytesIO(word_of(small.load(), template=template)[0].raw))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    levels = [int(name[-1]) for name in styles if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert styles.count("Title") == (template != "annex-b")


def test_the_outline_has_the_parts_of_the_memo(small: SmallDossier) -> None:
    word, content = word_of(small.load())
    labels = load_phrases("en").labels()
    keys = ("bottom-line", "decision", "issue", "ranking", "robustness", "options", "dissent", "resting", "annex")
    wanted = [labels[key] for key in (*keys, "annex-dossier") if key != "decision" or content.decision.requested]  # type: ignore[union-attr]
    assert word.styled("Heading1") == wanted


def test_every_table_with_headings_repeats_them(small: SmallDossier) -> None:
    word, _ = word_of(small.load())
    kinds = {"MemoTable": 0, "MemoList": 0}
    for table in word.body.iter(f"{W}tbl"):
        kind = table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val")
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        assert repeated == [kind == "MemoTable", *([False] * (len(repeated) - 1))]
        grid = [int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")]
        assert abs(sum(grid) - 9638) < len(grid) + 1 and min(grid) > 200
        assert all(len(row.findall(f"{W}tc")) == len(grid) for row in table.iter(f"{W}tr"))
        kinds[kind] += 1
    assert all(kinds.values())


def test_every_footnote_is_called_once_in_order_and_links_to_a_place(root: Path) -> None:
    word, content = word_of(Dossier.load(root))
    assert not missing(word, content, "decision")
    called = [int(each.get(f"{W}id")) for each in word.body.iter(f"{W}footnoteReference")]
    kept = [int(each.get(f"{W}id")) for each in word.footnotes]
    assert called == list(range(1, len(called) + 1)) and len(called) > 10
    assert kept == [-1, 0, *called]
    separators = [int(each.get(f"{W}id")) for each in word.parts["word/settings.xml"].iter(f"{W}footnote")]
    assert separators == [-1, 0]
    places = [each.get(f"{W}name") for each in word.body.iter(f"{W}bookmarkStart")]
    links = [each.get(f"{W}anchor") for part in (word.body, word.footnotes) for each in part.iter(f"{W}hyperlink")]
    assert len(places) == len(set(places))
    assert {link for link in links if link} <= set(places)
    assert len(links) > 50


def test_every_chart_says_in_words_what_it_shows(small: SmallDossier) -> None:
    word, content = word_of(small.load())
    assert len(word.alternatives) >= 6
    assert all(len(words) > 20 for words in word.alternatives)
    assert content.ranking.contributions.alternative in word.alternatives  # type: ignore[union-attr]
    pictures = [name for name in zipfile.ZipFile(io.BytesIO(word.raw)).namelist() if name.endswith(".png")]
    assert pictures


def test_the_same_inputs_give_the_same_bytes_with_the_day_of_the_decision(
    small: SmallDossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = word_of(small.load())[0]
    assert word_of(small.load())[0].raw == first.raw
    with zipfile.ZipFile(io.BytesIO(first.raw)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    core = docx.Document(io.BytesIO(first.raw)).core_properties
    assert (core.title, core.author) == ("Where to build the ferry landing", "Harbour office")
    assert core.subject == "Which landing serves the islands best?"
    assert core.keywords.count(", ") == 2
    assert core.created == core.modified and core.created is not None and core.created.year == 2026
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with zipfile.ZipFile(io.BytesIO(word_of(small.load())[0].raw)) as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)  # archives have no earlier year


def test_names_are_left_out_of_the_public_version(small: SmallDossier) -> None:
    small.put("criteria/weights/panel.yaml", PANEL)
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: {likely: 12, scorer: Cleo Scribe}")
    assert "Cleo" in word_of(small.load(), "panel/bob")[0].text
    shown = without_names(small.load(), load_phrases("en"))
    word, _ = word_of(shown, "panel/participant-2", public=True)
    everything = word.text + "".join("".join(part.itertext()) for part in word.parts.values())
    for name in ("Onym", "onym", "Bob", "Cleo"):
        assert name not in everything
    assert "This version leaves out the names of participants and scorers." in word.text


def test_a_draft_says_so_on_every_page(small: SmallDossier) -> None:
    with (small.root / "criteria/weights/quick.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "given-on: {waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}}\n"
        )
    word, content = word_of(small.load())
    assert content.draft == "DRAFT"
    heads = {name: part for name, part in word.parts.items() if re.match(r"word/(header|opening)\d", name)}
    assert len(heads) >= 3
    assert all("DRAFT" in "".join(part.itertext()) for part in heads.values())


def faces_of(word: WordFile, style: str) -> dict[str, str]:
    found = word.parts["word/styles.xml"].find(f"{W}style[@{W}styleId='{style}']/{W}rPr/{W}rFonts")
    return {key.removeprefix(W): value for key, value in found.attrib.items()}


@pytest.mark.parametrize(
    ("language", "sans", "tag", "latin"),
    [
        ("en", "Microsoft YaHei", "zh-CN", "en-GB"),
        ("ja", "Yu Gothic", "ja-JP", "en-GB"),
        ("ru", "Microsoft YaHei", "zh-CN", "ru-RU"),
        ("zh", "Microsoft YaHei", "zh-CN", "en-GB"),
    ],
)
def test_fonts_and_languages_are_those_of_the_memo(
    small: SmallDossier, language: str, sans: str, tag: str, latin: str
) -> None:
    word, _ = word_of(in_language(small, language).load(), template="one-page")
    assert faces_of(word, "Heading1") == {"ascii": "Calibri", "hAnsi": "Calibri", "eastAsia": sans, "cs": "Calibri"}
    language_of = word.parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert (language_of.get(f"{W}val"), language_of.get(f"{W}eastAsia")) == (latin, tag)
    assert word.parts["word/settings.xml"].find(f"{W}themeFontLang").get(f"{W}eastAsia") == tag
