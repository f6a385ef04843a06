"""``cross-check`` as a user runs it, and what a memo says of other methods."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from languages import LANGUAGES, in_language
from memos import content_of, page_of
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.wording.cross_check import memo_sentences, turn_sentences
from policy_options.wording.phrases import load_phrases
from policy_options.wording.plain import width
from policy_options.wording.titles import option_titles
from support import Golden, SmallDossier

from .conftest import Run


@pytest.mark.parametrize("columns", [60, 100])
def test_it_answers_on_one_screen(run: Run, small: SmallDossier, golden: Golden, columns: int) -> None:
    shown = run("cross-check", cwd=small.root, columns=columns)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert max(width(line) for line in shown.stdout.splitlines()) <= columns
    golden.check(f"cross-check-{columns}.txt", shown.stdout)


def test_everything_reads_well(run: Run, small: SmallDossier, golden: Golden) -> None:
    small.edit(
        "criteria/criteria.yaml", "unit: minutes\n", "unit: minutes\n        thresholds: {prefer: 5, veto: none}\n"
    )
    shown = run("cross-check", "--full", cwd=small.root)
    assert shown.returncode == 0
    assert "MEREC is not defined" in shown.stderr
    golden.check("cross-check-full.txt", shown.stdout)


def test_the_shipped_dossier_reads_well(run: Run, golden: Golden) -> None:
    golden.check("cross-check-shipped.txt", run("cross-check").stdout)


def test_the_published_form_has_every_method_and_fits_its_schema(run: Run, small: SmallDossier, root: object) -> None:
    from pathlib import Path

    form = json.loads(run("cross-check", "--format", "json", cwd=small.root).stdout)
    schema = json.loads((Path(str(root)) / "schemas/cross-check.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(form)
    assert [one["name"] for one in form["methods"]] == list(METHODS)
    for one in form["methods"]:
        assert (one["refused"] is None) == bool(one["first"])
        assert one["partial"] == (one["ahead"] is not None or (one["refused"] is not None and one["partial"]))
        if one["partial"] and one["agreement"]:
            assert one["agreement"]["tau_b"] is None
    assert set(form["thresholds"]) == {"crossings", "waiting", "outlay"}


def test_rows_for_machines_are_one_for_each_method(run: Run, small: SmallDossier) -> None:
    rows = list(csv.DictReader(io.StringIO(run("cross-check", "--format", "csv", cwd=small.root).stdout)))
    assert len(rows) + 1 == len(METHODS)  # the weighted product refuses a level without value
    assert {row["standing"] for row in rows} <= {"yes", "no", "shared"}


def test_methods_are_chosen_by_name(run: Run, small: SmallDossier) -> None:
    shown = run("cross-check", "--method", "borda", "--method", "topsis", cwd=small.root).stdout
    shown = " ".join(shown.split())
    assert "Weighted Borda" in shown and "TOPSIS" in shown
    assert "of 2." in shown and "VIKOR" not in shown
    wrong = run("cross-check", "--method", "topsys", cwd=small.root)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "`topsys` is no method of a cross-check; did you mean `topsis`?" in wrong.stderr


def test_what_is_refused_left_out_or_unknown_is_named(run: Run, small: SmallDossier) -> None:
    small.edit("options/east-quay.yaml", "waiting: 20", "waiting: unknown")
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: 4")
    small.edit("options/east-quay.yaml", "{low: 8, likely: 10, high: 12", "{low: 4, likely: 4, high: 4")
    small.edit(
        "criteria/weights/even.yaml", "crossings: 1, waiting: 1, outlay: 2", "crossings: 2, waiting: 2, outlay: 0"
    )
    shown = " ".join(run("cross-check", cwd=small.root).stdout.split())
    assert "With an unknown score: Move to the east quay. Such scores are at the worst ends" in shown
    assert "Left out, as they carry no weight: Outlay." in shown
    assert "All options perform alike on: Crossings a day." in shown
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: 0")
    refused = " ".join(run("cross-check", cwd=small.root).stdout.split())
    assert (
        "Weighted product is left out: it takes performances above 0 only, and these are not: Build a mole on"
        in refused
    )
    assert "COPRAS is left out: it divides by the costs of an option, and these are all 0: Build a mole on" in refused


def test_one_option_is_refused(run: Run, small: SmallDossier) -> None:
    for name in ("east-quay", "new-mole"):
        (small.root / "options" / f"{name}.yaml").unlink()
    shown = run("cross-check", cwd=small.root)
    assert shown.returncode == 2
    assert "no order that another method could change" in shown.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_memo_says_how_many_keep_the_first_and_why_others_do_not(small: SmallDossier, language: str) -> None:
    in_language(small, language)
    dossier = small.load()
    found, phrases = dossier.cross_check(), load_phrases(language)
    content = content_of(dossier)
    part = content.annex.cross_check
    assert part is not None
    assert memo_sentences(found, phrases)[0] in content.robustness.basis
    assert len(part.methods.rows) == len(found.answered)
    dissenting = found.with_standing("lost", "shared", "open")
    titles = option_titles(found.problem)
    assert set(turn_sentences(dissenting, phrases, titles)) <= set(part.notes)
    page = page_of(dossier)
    assert content.labels["cross-check"] in page
    assert part.said in page


def test_a_single_dissenting_method_is_named_in_the_body_with_its_reason(small: SmallDossier) -> None:
    found = small.load().cross_check(None, ["lexicographic", "topsis", "copeland", "borda", "maximin"])
    phrases = load_phrases("en")
    dissenting = found.with_standing("lost", "shared", "open")
    said = memo_sentences(found, phrases)
    assert (len(said) == 2) == (len(dissenting) == 1)
    alone = small.load().cross_check(None, [dissenting[0].method.name]) if dissenting else None
    if alone is not None:
        assert len(memo_sentences(alone, phrases)) == 2
