from __future__ import annotations

import csv
import io

import pytest

from policy_options.faces.csv import csv_text, not_a_formula
from policy_options.faces.registry import written
from policy_options.reports.ranking import RankingReport
from policy_options.wording.table import Column, Table
from support import SmallDossier


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "|x", "＝1", " =1", "\N{NO-BREAK SPACE}=1", "\t=1"])
def test_no_text_is_run_by_a_spreadsheet(text: str) -> None:
    assert not_a_formula(text) == f"'{text}"
    assert not_a_formula("a=1") == "a=1"


def test_numbers_are_numbers_and_bars_are_left_out() -> None:
    columns = (Column("name", "Name", "text"), Column("value", "Value", "points"), Column("bar", "Bar", "bar"))
    text = csv_text(Table(columns, (("a, b", 1 / 3, (1.0, 2.0)), ("c", None, ()))))
    assert text == 'name,value\n"a, b",0.333333333333\nc,\n'


def test_the_rows_of_a_report_read_back(small: SmallDossier) -> None:
    dossier = small.load()
    assessment = dossier.assess()
    rows = list(
        csv.DictReader(io.StringIO(written(RankingReport(dossier=dossier, assessment=assessment), "csv").decode()))
    )
    ranking = assessment.ranking
    assert [row["option"] for row in rows] == [ranking.problem.option_ids[row] for row in ranking.order]
    assert [float(row["value"]) for row in rows] == pytest.approx([float(ranking.lower[row]) for row in ranking.order])
