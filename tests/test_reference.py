"""The reference pages: written from the models, complete, and with examples that a dossier accepts."""

from __future__ import annotations

import importlib
import json
import runpy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any

import jsonschema
import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

import policy_options.dossier.models as package
from policy_options.dossier.models.base import Model, kebab
from policy_options.dossier.models.decision import Decision, NextStep
from policy_options.dossier.models.source import Source
from policy_options.exchange.schemas import schema_texts
from policy_options.memo import comparison_content, content
from policy_options.memo.content_schemas import content_schema_texts

PAGES = {
    "reference.md": ("decision", "criteria", "option", "weight-set", "source", "scenario", "packages"),
    "reference-contents.md": ("memo-content", "comparison-content"),
}


def models() -> dict[str, type[Model]]:
    """Every model of a dossier's files, by name."""
    modules = [importlib.import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)]
    found = {name: each for module in modules for name, each in vars(module).items() if isinstance(each, type)}
    return {name: each for name, each in found.items() if issubclass(each, Model) and each is not Model}


def schemas() -> dict[str, dict[str, Any]]:
    texts = {**schema_texts(), **content_schema_texts()}
    return {name.removesuffix(".schema.json"): json.loads(text) for name, text in texts.items()}


def keys(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each part, key and what describes it."""
    for part, whole in (("the file", schema), *schema.get("$defs", {}).items()):
        for form in (whole, *whole.get("anyOf", ())):
            for key, each in form.get("properties", {}).items():
                yield part, key, each


def test_the_pages_are_those_of_the_schemas(root: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(root / ".ci/reference"), str(tmp_path)], check=True)
    for name in PAGES:
        written, kept = ((folder / name).read_text(encoding="utf-8") for folder in (tmp_path, root / "docs"))
        assert written == kept, f"docs/{name} is out of date: run make schemas, and commit what it writes"
    assert {path.name for path in tmp_path.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", [name for names in PAGES.values() for name in names])
def test_every_key_says_what_it_is(name: str) -> None:
    remedy = "a string under the field" if name.endswith("content") else 'Field(description="...", examples=[...])'
    missing = [f"{part}: {key}" for part, key, each in keys(schemas()[name]) if not each.get("description")]
    assert missing == [], f"describe these in the model by {remedy}, in plain English, then run make schemas"


def test_every_model_of_a_file_is_on_the_page(root: Path) -> None:
    page = (root / "docs/reference.md").read_text(encoding="utf-8")
    files = {name for name, schema in schemas().items() if "format" in schema.get("properties", ())}
    assert files == set(PAGES["reference.md"]), "name the new kind of file in PAGES of .ci/reference, and here"
    whole = {
        "DossierFile",
        "_Range",
        "Decision",
        "CriteriaFile",
        "Option",
        "WeightSet",
        "Source",
        "WithAnswers",
        "Scenario",
        "PackagesFile",
    }
    heading = runpy.run_path(str(root / ".ci/reference"))["heading"]
    assert len(models()) > 25
    assert [name for name in models() if name not in whole and f"\n### {heading(name)}\n" not in page] == []
    for name, model in models().items():
        for field in model.model_fields:
            assert f"| `{kebab(field)}` |" in page, f"{name} has {kebab(field)}"


def test_every_part_of_the_contents_is_on_the_page(root: Path) -> None:
    page = (root / "docs/reference-contents.md").read_text(encoding="utf-8")
    parts = [
        each
        for module in (content, comparison_content)
        for each in vars(module).values()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == module.__name__
    ]
    assert len(parts) > 40
    assert [field.name for part in parts for field in fields(part) if f"| `{field.name}` |" not in page] == []


EXAMPLES = [
    (model, name, example)
    for model in models().values()
    for name, field in model.model_fields.items()
    for example in field.examples or ()
]


def accepted(model: type[Model], name: str, example: object) -> bool:
    """Whether the model takes the value for the field."""
    field = model.model_fields[name]
    annotation: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    adapter: TypeAdapter[Any] = TypeAdapter(annotation, config=ConfigDict(strict=True))
    try:
        adapter.validate_python(example)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("model", "name", "example"), EXAMPLES, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_each_example_is_what_a_file_may_have(model: type[Model], name: str, example: object) -> None:
    assert accepted(model, name, example)
    schema = model.model_json_schema()
    parts = schema.get("$defs", {})
    whole = parts[model.__name__] if "$ref" in schema else schema
    described = next(each for each in (whole, *whole.get("anyOf", ())) if "properties" in each)["properties"]
    assert jsonschema.Draft202012Validator({**described[kebab(name)], "$defs": parts}).is_valid(example)


def test_an_example_that_no_file_may_have_is_seen() -> None:
    assert len(EXAMPLES) > 80
    assert not accepted(Source, "doi", "11.1000/182")
    assert not accepted(Decision, "id", "East Quay")
    assert not accepted(NextStep, "by", "2026-02-30")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1}, "a whole number (1 or more)"),
        ({"type": "number", "exclusiveMinimum": 0}, "a number above 0"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 100}, "a number above 0, at most 100"),
        ({"type": "number", "minimum": 0, "maximum": 100}, "a number from 0 to 100"),
        ({"anyOf": [{"type": "string", "maxLength": 300}, {"type": "null"}]}, "a line of text"),
        ({"anyOf": [{"const": "none"}, {"type": "array", "items": {"type": "string"}}]}, "`none` or a list of texts"),
        ({"$ref": "#/$defs/NextStep"}, "[Next step](#next-step)"),
        ({"type": "array", "items": {"$ref": "#/$defs/NextStep"}}, "a list of [Next step](#next-step)"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "for each name, `true` or `false`"),
        ({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64}, "an id"),
    ],
)
def test_what_a_key_takes_is_said_in_words(root: Path, schema: dict[str, Any], words: str) -> None:
    script = runpy.run_path(str(root / ".ci/reference"))
    assert script["takes"](schema, {"NextStep": {"type": "object"}})[0] == words
