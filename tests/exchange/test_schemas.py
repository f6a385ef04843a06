"""The schemas that editors use agree with the models that the tool uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from policy_options import Dossier
from policy_options.dossier.changing import as_percentages
from policy_options.dossier.drafting import weight_set_text
from policy_options.dossier.emitting import emit
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.validation import validate
from policy_options.exchange.schemas import schema_texts

ROOT = Path(__file__).parent.parent.parent
FILES = [*sorted(ROOT.glob("criteria/**/*.yaml")), *sorted(ROOT.glob("options/**/*.yaml"))]


def schema_of(path: Path) -> Any:
    named = path.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
    return json.loads((path.parent / named).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_shipped_file_obeys_the_schema_it_names(path: Path) -> None:
    data = read_yaml(path.read_bytes(), path.name).data
    jsonschema.Draft202012Validator(schema_of(path)).validate(data)


@pytest.mark.parametrize(
    "score", [4, 4.5, "unknown", "small", {"likely": 4}, {"low": 1, "likely": 2, "high": 3, "evidence": "none"}]
)
def test_a_score_may_be_bare_or_whole(score: object) -> None:
    schema = json.loads((ROOT / "schemas/option.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate({"format": 1, "title": "T", "scores": {"waiting": score}})


@pytest.mark.parametrize("score", [True, None, ["4"], {"likley": 4}, {"likely": 4, "confidence": "certain"}])
def test_what_the_models_refuse_the_schema_refuses(score: object) -> None:
    schema = json.loads((ROOT / "schemas/option.schema.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate({"format": 1, "title": "T", "scores": {"waiting": score}})


HEAD = {"format": 1, "title": "T", "holder": "H", "status": "elicited", "rationale": "R"}
PEOPLE = [{"id": "ann", "name": "Ann", "judgements": {"a": 1}}, {"id": "bob", "name": "Bob", "date": "2026-02-24"}]
GIVEN_ON = {"a": {"path": "g/a", "unit": "u", "direction": "more-is-better"}}


def is_weight_set(answers: Mapping[str, object]) -> tuple[bool, bool]:
    """Whether the schema accepts a weight set, and whether the model does."""
    schema = json.loads((ROOT / "schemas/weight-set.schema.json").read_text(encoding="utf-8"))
    data = {**HEAD, **answers}
    by_schema = jsonschema.Draft202012Validator(schema).is_valid(data)
    _, faults = validate(WeightSet, read_yaml(emit(data).encode(), "w.yaml"))
    return by_schema, not faults


@pytest.mark.parametrize(
    "answers",
    [
        {"method": "points", "judgements": {"a": 1, "b": 2.5}, "total": 3.5},
        {"method": "direct", "judgements": {"a": 60, "b": 40}, "across": "siblings", "parent": "even"},
        {"method": "smart", "judgements": {"a": 10, "b": 40}},
        {"method": "swing", "judgements": {"a": 100, "b": {"low": 20, "high": 40}, "c": {"high": 30}}},
        {"method": "swing", "order": ["a > b = c", "a > d"]},
        {"method": "rank-order", "order": "a > b", "formula": "reciprocal"},
        {"method": "ahp", "pairwise": {"a": {"b": 3, "c": "1/5"}, "b": {"c": 0.5}}},
        {
            "method": "best-worst",
            "best-worst": [{"best": "a", "worst": "b", "best-to-others": {"b": 8}, "others-to-worst": {"a": 8}}],
        },
        {"method": "points", "participants": PEOPLE, "combine": "geometric"},
        {"method": "points", "participants": PEOPLE},
        {"method": "points", "judgements": {"a": 1}, "cross-checks": [{"of": "a", "beside": "b", "said": 80}]},
        {"method": "points", "judgements": {"a": 1}, "given-on": {"a": {**GIVEN_ON["a"], "low": 0, "high": 1}}},
        {"method": "points", "judgements": {"a": 1}, "given-on": {"a": {**GIVEN_ON["a"], "local": True}}},
        {
            "method": "points",
            "judgements": {"a": 1},
            "given-on": {"a": {**GIVEN_ON["a"], "levels": {"x": 0, "y": 100}, "ends": "0e155f0be7ead0f8"}},
        },
    ],
)
def test_a_weight_set_of_every_method_is_one_to_both(answers: Mapping[str, object]) -> None:
    assert is_weight_set(answers) == (True, True)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"method": "guess", "judgements": {"a": 1}},
        {"method": "points", "judgements": {"a": "many"}},
        {"method": "points", "judgements": {"a": True}},
        {"method": "points", "judgements": [1, 2]},
        {"method": "points", "judgements": {"a": 1}, "total": 0},
        {"method": "points", "judgements": {"a": 1}, "across": "groups"},
        {"method": "swing", "judgements": {"a": {"low": 1, "hgih": 2}}},
        {"method": "rank-order", "order": {"a": 1}},
        {"method": "rank-order", "order": "a > b", "formula": "best"},
        {"method": "ahp", "pairwise": {"a": {"b": "3:1"}}},
        {"method": "ahp", "pairwise": {"a": 3}},
        {"method": "best-worst", "best-worst": {"best": "a"}},
        {"method": "best-worst", "best-worst": [{"best": "a", "worst": "b"}]},
        {"method": "points", "participants": [{"name": "Ann"}]},
        {"method": "points", "participants": PEOPLE, "combine": "average"},
        {"method": "points", "judgements": {"a": 1}, "cross-checks": [{"of": "a", "said": 80}]},
        {"method": "points", "judgements": {"a": 1}, "cross-checks": [{"of": "a", "beside": "b", "said": -1}]},
        {"method": "points", "judgements": {"a": 1}, "given-on": {"a": {"unit": "u"}}},
        {"method": "points", "judgements": {"a": 1}, "given-on": {"a": {**GIVEN_ON["a"], "ends": "abc"}}},
        {"method": "points", "judgements": {"a": 1}, "weights": {"a": 1}},
    ],
)
def test_what_is_no_weight_set_is_none_to_either(answers: Mapping[str, object]) -> None:
    assert is_weight_set(answers) == (False, False)


def test_what_is_drafted_obeys_the_schema_it_names(shipped_dossier: Dossier) -> None:
    text = weight_set_text(
        shipped_dossier.contents,
        title="T: a title",
        holder="H",
        status="illustrative",
        rationale="R",
        day=date(2026, 2, 24),
        method="direct",
        across="leaves",
        answers={"judgements": as_percentages(shipped_dossier.contents, shipped_dossier.weights())},
        parent="balanced",
    )
    drafted = ROOT / "criteria/weights/drafted.yaml"  # which is not written
    named = text.splitlines()[0].partition("$schema=")[2]
    schema = json.loads((drafted.parent / named).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(read_yaml(text.encode(), drafted.name).data)


def test_each_published_form_has_a_schema_of_its_name_that_is_valid() -> None:
    texts = {name: json.loads(text) for name, text in schema_texts().items()}
    numbers = [schema["properties"]["schema"]["const"] for schema in texts.values() if "schema" in schema["properties"]]
    assert sorted(numbers) == [
        f"policy-options/{name}/{3 if name == 'robustness' else 1}"
        for name in (
            "check",
            "comparison",
            "cross-check",
            "diagnostics",
            "no-preferences",
            "option",
            "packages",
            "ranking",
            "rankings",
            "robustness",
            "scenarios",
            "weight-sets",
            "weights",
        )
    ]
    for schema in texts.values():
        jsonschema.Draft202012Validator.check_schema(schema)
