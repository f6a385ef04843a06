"""Published numbers have 12 significant digits, keys keep their order, and what is unknown is null."""

from __future__ import annotations

import json
from math import nan

import pytest

from policy_options.exchange.published import check_form, json_text, option_form, ranking_form
from support import SmallDossier


def test_numbers_are_rounded_once_and_at_every_depth() -> None:
    text = json_text({"b": 1 / 3, "a": [{"x": (2 / 3, nan)}], "n": 3, "s": "Улан"})
    assert text.endswith("\n")
    assert list(json.loads(text)) == ["b", "a", "n", "s"]
    assert json.loads(text) == {"b": 0.333333333333, "a": [{"x": [0.666666666667, None]}], "n": 3, "s": "Улан"}
    assert "Улан" in text


def test_a_ranking_is_in_the_order_of_ranks_and_its_shares_sum_to_one(small: SmallDossier) -> None:
    dossier = small.load()
    form = ranking_form(dossier, dossier.assess())
    assert [option["rank"] for option in form["options"]] == [1, 2, 3]
    assert sum(form["weights"].values()) == pytest.approx(1.0, abs=1e-12)
    for option in form["options"]:
        assert sum(points or 0.0 for points in option["contributions"].values()) == pytest.approx(
            option["value"], abs=1e-9
        )


def test_an_unknown_score_gives_a_range_of_values(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: unknown")
    dossier = small.load()
    form = ranking_form(dossier, dossier.assess())
    mole = next(option for option in form["options"] if option["id"] == "new-mole")
    assert (mole["value"], mole["upper_value"]) == (20.0, 45.0)


def test_one_option_is_published_with_its_scores(small: SmallDossier) -> None:
    dossier = small.load()
    form = option_form(dossier, dossier.assess(), "east-quay")
    assert form["option"]["id"] == "east-quay"
    assert tuple(form["scores"]) == dossier.problem.criterion_ids
    assert sum(score["contribution"] or 0.0 for score in form["scores"].values()) == pytest.approx(
        form["option"]["value"]
    )


def test_a_check_counts_scores_and_names_its_findings(small: SmallDossier) -> None:
    small.edit("criteria/decision.yaml", "baseline: as-is\n", "")
    dossier = small.load()
    form = check_form(dossier, dossier.check(), dossier.overview())
    assert (form["scores"], form["unsupported"]) == (9, 8)
    assert [finding["code"] for finding in form["findings"]] == ["no-baseline"]
