"""The schemas that editors use say the same as the models that the tool uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from policy_options.dossier.reading import read_yaml

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
