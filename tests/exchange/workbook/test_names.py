"""A workbook in the language of its dossier: every word of it is, formulas calculate, and import reads it by ids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from languages import LANGUAGES, in_language
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.building import exported, workbook_sheets
from policy_options.exchange.workbook.differences import compared
from policy_options.exchange.workbook.names import headings_in, sheet_names
from policy_options.exchange.workbook.reading import read_book
from policy_options.wording.phrases import load_phrases, phrases_with
from spreadsheets import Evaluator, loaded
from support import SmallDossier

FOREIGN = [language for language in LANGUAGES if language != "en"]
ENGLISH = re.compile(
    r"\b(the|of|and|is|for|with|by|nobody|Rank|Option|Criteri(a|on)|Values?|Weights?|Scores?|Low|High)\b"
)


@pytest.mark.parametrize("language", FOREIGN)
def test_every_word_that_is_not_the_dossiers_is_of_its_language(small: SmallDossier, language: str) -> None:
    dossier = in_language(small, language).load()
    contents = dossier.contents
    own = {option.title for option in dossier.problem.options} | {axis.title for axis in dossier.problem.criteria}
    for sheet in workbook_sheets(dossier):
        if sheet.visibility == "very-hidden":
            continue
        assert not ENGLISH.search(sheet.name)
        styles = {"title", "note", "label", "head", "marking"}
        if sheet.name == sheet_names(load_phrases(language))["order"]:
            styles -= {"head"}  # the steps of a hidden calculation, by their names in the code
        shown = [str(cell.value) for cell in sheet.cells if cell.style in styles]
        shown += [text for check in sheet.validations for text in (check.title, check.message)]
        for text in shown:
            if text not in own and text != contents.decision.model.title:
                assert not ENGLISH.search(text), (sheet.name, text)
        for cell in sheet.cells:
            assert '"Some weights' not in cell.formula


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_where_a_spreadsheet_puts_them(small: SmallDossier, language: str) -> None:
    phrases = load_phrases(language)
    names = sheet_names(phrases)
    assert len({name.casefold() for name in names.values()}) == len(names) == 19
    headings_in(phrases)
    for sheet in workbook_sheets(in_language(small, language).load()):
        for check in sheet.validations:
            assert len(check.title) <= 32 and len(check.message) <= 255, check
            assert len("".join(check.rule)) <= 255, check
        for cell in sheet.cells:
            assert all(len(literal) <= 255 for literal in re.findall(r'"((?:[^"]|"")*)"', cell.formula))


@pytest.mark.parametrize("language", FOREIGN)
def test_it_calculates_and_comes_back(small: SmallDossier, tmp_path: Path, language: str) -> None:
    dossier = in_language(small, language).load()
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(dossier))
    assert compared(read_book(path), dossier.contents).changes == ()
    phrases = load_phrases(language)
    names, head = sheet_names(phrases), headings_in(phrases)
    book = loaded(path)
    assert book.sheetnames[1] == names["ranking"]
    look = Evaluator(book).of
    ranking = dossier.rank(dossier.contents.decision.model.weights)
    assert look(names["ranking"], "B8") == dossier.problem.option_ids[ranking.order[0]]
    assert abs(look(names["ranking"], "D8") - ranking.lower[ranking.order[0]]) <= 1e-9
    scores = book[names["scores"]]
    (row,) = (row for row in scores.iter_rows(min_row=5) if row[0].value == "as-is/crossings")
    likely = [cell.value for cell in scores[4]].index(head.fields["likely"])
    row[likely].value = 5
    book.save(path)
    changes = compared(read_book(path), dossier.contents).changes
    assert [(one.key, one.new) for one in changes] == [(("score", "as-is", "crossings", "likely"), 5)]
    assert changes[0].place.startswith((names["scores"], f"'{names['scores']}"))


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"book.sheet.scores": "Scores: all"}, "sheet-name"),
        ({"book.sheet.scores": "weights"}, "sheet-name"),
        ({"book.sheet.scores": "s" * 32}, "sheet-name"),
        ({"book.sheet.scores": "'Scores'"}, "sheet-name"),
        ({"book.head.low": "High"}, "heading-twice"),
        ({"book.head.low": "Unit"}, "heading-twice"),
    ],
)
def test_an_organisations_own_names_that_will_not_do(small: SmallDossier, own: dict[str, str], code: str) -> None:
    phrases = phrases_with("en", own, "own/en.yaml")
    with pytest.raises(PolicyOptionsError) as caught:
        workbook_sheets(small.load(), phrases=phrases)
    fault = caught.value.faults[0]
    assert (fault.code, fault.place and fault.place.file) == (code, "own/en.yaml")
    assert "book." in fault.remedy
