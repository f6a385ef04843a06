"""The formulas of the workbook against ``rank``, on random dossiers of every kind, as exported and after changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from policy_options import Dossier
from policy_options.exchange.workbook.building import exported
from random_dossiers import write_random
from spreadsheets import SOFFICE, Evaluator, by_libreoffice, loaded
from support import SmallDossier
from varied_dossiers import LEVELS, write_varied

Look = Callable[[str, str], Any]
CALCULATED = pytest.mark.parametrize(
    "libreoffice",
    [False, pytest.param(True, marks=pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"))],
)


def calculated(path: Path, folder: Path, libreoffice: bool) -> Look:
    """Reads cells after a recalculation."""
    if libreoffice:
        book = by_libreoffice(path, folder)
        return lambda sheet, cell: book[sheet][cell].value
    return Evaluator(loaded(path)).of


def compare(look: Look, dossier: Dossier, path: Path, chosen: str) -> None:
    """Values and ranks under every set, and the ranking under the chosen one."""
    heads = loaded(path)["Every set"]
    names = [cell.value for cell in heads[5]][2:]
    sets = names[: len(names) // 2]
    assert len(sets) >= len(dossier.weight_sets)
    letters = [cell.column_letter for cell in heads[5]][2:]
    for index, name in enumerate(sets):
        ranking = dossier.rank(name)
        for row, id in enumerate(dossier.problem.option_ids):
            assert look("Every set", f"A{6 + row}") == id
            value = look("Every set", f"{letters[index]}{6 + row}")
            assert abs(value - ranking.lower[row]) <= 1e-9, (name, id, value, ranking.lower[row])
            assert look("Every set", f"{letters[len(sets) + index]}{6 + row}") == ranking.ranks[row]
    ranking = dossier.rank(chosen)
    for index, row in enumerate(ranking.order):
        at = 8 + index
        shown = [look("Ranking", f"{column}{at}") for column in "ABDFGHI"]
        assert shown[:2] == [ranking.ranks[row], dossier.problem.option_ids[row]]
        assert abs(shown[2] - ranking.lower[row]) <= 1e-9
        assert abs(shown[3] - ranking.upper[row]) <= 1e-9
        assert shown[4:6] == [ranking.best_rank[row], ranking.worst_rank[row]]
    failing = dossier.assess(chosen).red_lines.failing
    red = {look("Ranking", f"B{8 + index}"): look("Ranking", f"I{8 + index}") for index in range(len(ranking.order))}
    assert {id for id, text in red.items() if text} == failing
    for row in range(len(dossier.problem.options)):
        for column in range(len(dossier.problem.criteria)):
            points = look("Contributions", f"{loaded_letter(column)}{7 + row}")
            expected = ranking.contributions[row, column]
            assert points == "unknown" if np.isnan(expected) else abs(points - expected) <= 1e-9


def loaded_letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 3))


@CALCULATED
@pytest.mark.parametrize("seed", range(4))
def test_the_formulas_give_what_rank_gives(tmp_path: Path, seed: int, libreoffice: bool) -> None:
    dossier = write_varied(tmp_path / "dossier", seed)
    for chosen in ("points", "median") if not libreoffice else ("by-group",):
        path = tmp_path / "book.xlsx"
        path.write_bytes(exported(dossier, chosen))
        compare(calculated(path, tmp_path, libreoffice), dossier, path, chosen)


@CALCULATED
def test_many_options_with_titles_of_many_scripts(tmp_path: Path, libreoffice: bool) -> None:
    dossier = write_random(tmp_path / "dossier", 3, 30, 8, ("latin", "he", "ar", "zh"))
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(dossier))
    compare(calculated(path, tmp_path, libreoffice), dossier, path, "s1")


@CALCULATED
def test_near_ties_rank_as_on_the_command_line(small: SmallDossier, tmp_path: Path, libreoffice: bool) -> None:
    """A chain of near ties: the third is within a tie of the second, but not of the first."""
    for name, crossings in (("as-is", "10"), ("east-quay", "10.00000000016"), ("new-mole", "10.0000000003")):
        text = f"format: 1\ntitle: {name}\nscores: {{crossings: {crossings}, waiting: 12, outlay: small}}\n"
        small.put(f"options/{name}.yaml", text)
    small.put("options/fourth.yaml", "format: 1\ntitle: Fourth\nscores: {crossings: 10, waiting: 12, outlay: small}\n")
    small.edit(
        "criteria/weights/even.yaml", "{crossings: 1, waiting: 1, outlay: 2}", "{crossings: 1, waiting: 0, outlay: 0}"
    )
    dossier = small.load()
    ranking = dossier.rank()
    assert sorted(ranking.ranks) == [1, 1, 3, 3]
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(dossier))
    look = calculated(path, tmp_path, libreoffice)
    shown = [(look("Ranking", f"A{8 + index}"), look("Ranking", f"B{8 + index}")) for index in range(4)]
    assert shown == [(ranking.ranks[row], dossier.problem.option_ids[row]) for row in ranking.order]


def changed(path: Path, seed: int) -> None:
    """New numbers in inputs of every kind, typed as a person would."""
    random = np.random.default_rng(seed)
    book = loaded(path)
    scores, weights = book["Scores"], book["Weights"]
    for row in scores.iter_rows(min_row=5):
        if random.random() < 0.4:
            if row[10].value == ", ".join(LEVELS):
                row[5].value = LEVELS[int(random.integers(4))]
            elif row[4].value is None:
                row[5].value = round(float(random.uniform(5, 90)), 3)
            else:
                row[5].value = (row[4].value + row[6].value) / 2
        elif random.random() < 0.1:
            row[4].value, row[5].value, row[6].value = None, "unknown", None
    for row in weights.iter_rows(min_row=8):
        for cell, head in zip(row[2:], weights[7][2:], strict=True):
            if (
                head.value in ("points", "mean/p1", "median/p2", "apart/p1")
                and cell.value is not None
                and random.random() < 0.5
            ):
                cell.value = round(float(random.uniform(0.1, 30)), 3)
            if head.value == "by-group" and cell.value not in (None, 100):
                cell.value = int(random.integers(1, 100))
    book.save(path)


@CALCULATED
@pytest.mark.parametrize("seed", range(3))
def test_after_changes_the_book_gives_what_rank_gives_after_import(
    tmp_path: Path, seed: int, libreoffice: bool
) -> None:
    from policy_options.exchange.workbook.applying import plan
    from policy_options.exchange.workbook.differences import compared, resolved
    from policy_options.exchange.workbook.reading import read_book

    dossier = write_varied(tmp_path / "dossier", seed)
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(dossier, "by-group"))
    changed(path, seed + 100)
    book = read_book(path)
    found = compared(book, dossier.contents)
    assert len(found.changes) > 20 and not found.what_ifs
    for change in plan(book, dossier.contents, found, resolved(found, None)).files:
        change.write()
    after = Dossier.load(tmp_path / "dossier")
    assert (after.problem.low != dossier.problem.low).any()
    compare(calculated(path, tmp_path, libreoffice), after, path, "by-group")


@pytest.mark.parametrize("typed", ["abc", "", 5000])
def test_what_cannot_be_valued_shows_as_an_error_and_not_as_a_number(
    small: SmallDossier, tmp_path: Path, typed: str | int
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(small.load()))
    book = loaded(path)
    book["Scores"]["F5"].value = typed if typed != "" else None
    book.save(path)
    look = Evaluator(loaded(path)).of
    assert look("Values", "C6") == "#N/A"
    assert look("Ranking", "D8") == "#N/A"
    assert "cannot be used" in look("Ranking", "C5")


def test_the_stored_results_are_those_of_the_formulas(tmp_path: Path) -> None:
    dossier = write_varied(tmp_path / "dossier", 9)
    path = tmp_path / "book.xlsx"
    path.write_bytes(exported(dossier))
    formulas, stored = loaded(path), loaded(path, results=True)
    look, count = Evaluator(formulas).of, 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    ours, theirs = stored[sheet.title][cell.coordinate].value, look(sheet.title, cell.coordinate)
                    if isinstance(ours, float | int) and not isinstance(theirs, str):
                        assert abs(ours - theirs) <= 1e-9, (sheet.title, cell.coordinate, cell.value)
                    else:
                        assert (ours or "") == (theirs or ""), (sheet.title, cell.coordinate, cell.value)
    assert count > 1000
