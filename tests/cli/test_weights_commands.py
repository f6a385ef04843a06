"""``weights`` and the what-ifs of ``rank``, on the shipped dossier and on one with a set of every method."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from policy_options.dossier.reading import read_yaml
from policy_options.exchange.schemas import schema_texts
from policy_options.wording.plain import width
from support import CRITERIA, EVEN, Golden, SmallDossier

from .conftest import Run

HEAD = "format: 1\ntitle: {title}\nholder: {holder}\nstatus: {status}\nrationale: {rationale}\n"
SETS = {
    "stated": (
        ("Stated", "The treasurer", "elicited", "The budget says so."),
        "date: 2026-02-24\nmethod: direct\njudgements: {crossings: 37.5, waiting: 12.5, outlay: 50}\n",
    ),
    "from-the-least": (
        ("From the least up", "Commuters (role)", "elicited", "Waiting matters least to them."),
        "method: smart\njudgements: {crossings: 25, waiting: 10, outlay: 15}\n"
        "cross-checks:\n  - {of: outlay, beside: crossings, said: 80}\n",
    ),
    "places": (
        ("Places", "Traders (role)", "elicited", "They would say no more than this."),
        "method: rank-order\norder: outlay > crossings > waiting\n",
    ),
    "order-only": (
        ("Order only", "Fishers (role)", "elicited", "They come back at all hours."),
        "method: swing\norder: [crossings > waiting, crossings > outlay]\n",
    ),
    "bounds": (
        ("Bounds", "Islanders (role)", "elicited", "They were unsure of the rest."),
        "method: swing\njudgements: {crossings: 100, waiting: {low: 40, high: 60}, outlay: {high: 50}}\n",
    ),
    "pairs": (
        ("Pairs that contradict", "The board (role)", "elicited", "Asked in haste."),
        "method: ahp\npairwise:\n  crossings: {waiting: 3, outlay: 1/4}\n  waiting: {outlay: 2}\n",
    ),
    "extremes": (
        ("Extremes", "Pilots (role)", "elicited", "What can be told apart at sea."),
        "method: best-worst\nbest-worst:\n  - best: waiting\n    worst: outlay\n"
        "    best-to-others: {crossings: 2, outlay: 8}\n    others-to-worst: {crossings: 4, waiting: 8}\n",
    ),
    "council": (
        ("The council", "The council", "elicited", "Each was asked alone."),
        "method: points\ncombine: median\nparticipants:\n"
        "  - {id: chair, name: The chair, judgements: {crossings: 60, waiting: 30, outlay: 10}}\n"
        "  - {id: treasurer, name: The treasurer, judgements: {crossings: 10, waiting: 10, outlay: 80}}\n"
        "  - {id: harbour, name: The harbour master, judgements: {crossings: 40, waiting: 40, outlay: 20}}\n",
    ),
    "neighbours": (
        ("The neighbours", "Two households", "elicited", "They would not be joined."),
        "method: points\nparticipants:\n"
        "  - {id: east, name: East house, judgements: {crossings: 60, waiting: 30, outlay: 10}}\n"
        "  - {id: west, name: West house, judgements: {crossings: 0, waiting: 0, outlay: 80}}\n",
    ),
    "stale": (
        ("Given on other ranges", "The council of old", "elicited", "So it was in 2020."),
        "method: points\njudgements: {crossings: 30, waiting: 30, outlay: 40}\ngiven-on:\n"
        "  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20}\n"
        "  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}\n"
        "  outlay: {path: money/outlay, unit: judged band, direction: less-is-better,"
        " levels: {small: 100, middling: 40, large: 0}}\n",
    ),
    "stale-swing": (
        ("Swings of old", "The council of old", "elicited", "So it was in 2020."),
        "method: swing\njudgements: {crossings: 100, waiting: 80, outlay: 60}\ngiven-on:\n"
        "  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20}\n"
        "  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 90}\n"
        "  outlay: {path: money/outlay, unit: judged band, direction: less-is-better,"
        " levels: {small: 100, middling: 40, large: 0}}\n",
    ),
    "stale-in-words": (
        ("Given on other words", "The council of old", "elicited", "So it was in 2021."),
        "method: points\njudgements: {crossings: 30, waiting: 30, outlay: 40}\ngiven-on:\n"
        "  crossings: {path: service/crossings, unit: trips, direction: more-is-better, low: 0, high: 20}\n"
        "  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 60}\n"
        "  outlay: {path: money/outlay, unit: judged band, direction: less-is-better,"
        " levels: {small: 100, middling: 60, large: 0}}\n",
    ),
}
IDS = ("even", "quick", *SETS)


def write_sets(small: SmallDossier) -> SmallDossier:
    for id, ((title, holder, status, rationale), answers) in SETS.items():
        head = HEAD.format(title=title, holder=holder, status=status, rationale=rationale)
        small.put(f"criteria/weights/{id}.yaml", head + answers)
    return small


@dataclass(frozen=True)
class Shown:
    status: int
    out: str
    err: str


Here = Callable[..., Shown]


@pytest.fixture
def methods(small: SmallDossier) -> SmallDossier:
    """The small dossier with a set of every method, of several people, and on other ranges."""
    return write_sets(small)


@pytest.fixture
def shipped(root: Path, tmp_path: Path) -> Path:
    """A copy of the shipped dossier."""
    copy = tmp_path / "shipped"
    for folder in ("criteria", "options"):
        shutil.copytree(root / folder, copy / folder)
    return copy


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """Run ``policy-options`` in this process, without any of its environment variables unless given."""
    from policy_options.cli.app import application

    for name in [name for name in os.environ if name.startswith("POLICY_OPTIONS_")]:
        monkeypatch.delenv(name)

    def call(*arguments: str, cwd: Path, columns: int = 100, **environment: str) -> Shown:
        monkeypatch.chdir(cwd)
        result = CliRunner().invoke(application(), arguments, env={"COLUMNS": str(columns), **environment})
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Shown(result.exit_code, result.stdout, result.stderr)

    return call


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def session(here: Here, folder: Path, columns: int, *commands: str) -> str:
    """Commands with all their output, as a person would see them one after another."""
    parts = []
    for command in commands:
        shown = here(*command.split(), cwd=folder, columns=columns)
        assert shown.status == 0, shown.err
        seen = shown.out.partition("# yaml-language-server")[0]  # the text of a file is shown unchanged
        assert max(map(width, seen.splitlines()), default=0) <= columns, command
        warned = "".join(f"! {line}\n" for line in shown.err.splitlines())
        parts.append(f"$ policy-options {command}\n{shown.out}{warned}")
    return "\n".join(parts)


# What a person sees --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 140])
def test_the_shipped_dossier_reads_well(here: Here, shipped: Path, golden: Golden, columns: int) -> None:
    text = session(
        here,
        shipped,
        columns,
        "weights list",
        "weights show balanced",
        "weights show supply-security",
        "rank --set assured-supply=30 --set public-outlay-=5",
        "rank --all",
        "weights set balanced public-outlay+=5 say-in-rules-=5 --dry-run",
        "weights refresh balanced",
        "weights diagnose",
    )
    golden.check(f"weights-shipped-{columns}.txt", text)


@pytest.mark.parametrize("columns", [80, 140])
def test_every_method_reads_well(here: Here, methods: SmallDossier, golden: Golden, columns: int) -> None:
    text = session(
        here,
        methods.root,
        columns,
        "weights list",
        *(f"weights show {id}" for id in IDS),
        "weights show council/treasurer",
        "rank --all",
        "rank --weights council --set crossings=50",
        "rank --weights even --set service*=0.5 --take-from outlay --explain east-quay",
        "weights diagnose",
    )
    golden.check(f"weights-methods-{columns}.txt", text)


@pytest.mark.parametrize("columns", [80, 140])
def test_changes_read_well(here: Here, methods: SmallDossier, golden: Golden, columns: int) -> None:
    text = session(
        here,
        methods.root,
        columns,
        "weights set stated outlay-=12.5 --take-from waiting --dry-run",
        "weights set stated outlay-=12.5 --take-from waiting",
        "weights set even crossings=25",
        "weights set stale crossings+=5",
        "weights new ours --from council money=30 --holder Us --because Thrift --date 2026-03-01 --dry-run",
        "weights new ours --from council money=30 --holder Us --because Thrift --date 2026-03-01",
        "weights show ours",
        "weights refresh stale",
        "weights refresh stale --carry-over",
        "weights refresh stale",
        "weights refresh stale-swing",
        "weights refresh stale-swing --confirm",
        "weights refresh stale-in-words",
        "weights refresh neighbours",
        "weights refresh neighbours --confirm",
        "weights refresh neighbours --confirm",
    )
    golden.check(f"weights-changes-{columns}.txt", text)


def test_other_formats_hold_the_same(here: Here, methods: SmallDossier, golden: Golden) -> None:
    commands = ("weights list", "weights show pairs", "weights show council", "rank --all", "weights diagnose")
    text = session(here, methods.root, 1000, *(f"{c} --format {f}" for c in commands for f in ("csv", "markdown")))
    golden.check("weights-formats.txt", text)


@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize(
    "command",
    ["weights list", "weights show balanced", "rank --all", "rank --set public-outlay=0", "weights list -f csv"],
)
def test_every_face_says_that_nobody_was_asked(here: Here, root: Path, command: str, columns: int) -> None:
    assert "illustrative" in here(*command.split(), cwd=root, columns=columns).out.lower()


def test_what_nobody_was_asked_is_not_called_elicited(here: Here, methods: SmallDossier) -> None:
    """The set was elicited; its weights after a change were not."""
    for arguments in ((), ("--explain", "east-quay")):
        shown = here("rank", "--weights", "quick", "--set", "money=50", *arguments, cwd=methods.root)
        assert "with money=50" in shown.out
        assert "elicited from its holder" not in shown.out


def test_the_title_says_what_a_change_was_taken_from(here: Here, methods: SmallDossier) -> None:
    shown = here("rank", "--set", "crossings=30", "--take-from", "waiting", cwd=methods.root, columns=200)
    assert "crossings=30" in shown.out.splitlines()[0]
    assert "waiting" in shown.out.splitlines()[0]


def test_an_option_in_json_says_under_which_changes(here: Here, methods: SmallDossier) -> None:
    shown = here("rank", "--set", "crossings=90", "--explain", "as-is", "-f", "json", cwd=methods.root)
    assert "crossings=90" in shown.out


# Published forms -----------------------------------------------------------------------------------------------------

FORMS = (
    ("ranking", ("rank", "--weights", "council")),
    ("ranking", ("rank", "--weights", "neighbours/west")),
    ("ranking", ("rank", "--set", "crossings=30", "--set", "waiting+=5", "--take-from", "money")),
    ("ranking", ("rank", "--weights", "council", "--set", "crossings=30")),
    ("option-result", ("rank", "--set", "crossings=30", "--explain", "east-quay")),
    ("rankings", ("rank", "--all")),
    ("weight-sets", ("weights", "list")),
    ("diagnostics", ("weights", "diagnose")),
    ("check", ("check",)),
    *(("weights", ("weights", "show", id)) for id in (*IDS, "council/chair", "neighbours/east")),
)


@pytest.mark.parametrize(
    ("schema", "arguments"), FORMS, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_json_obeys_its_schema_and_is_the_same_bytes_again(
    here: Here, methods: SmallDossier, schema: str, arguments: tuple[str, ...]
) -> None:
    first = here(*arguments, "--format", "json", cwd=methods.root)
    assert first.status == (1 if schema == "check" else 0), first.err
    assert here(*arguments, "--format", "json", cwd=methods.root, columns=40) == first
    form = json.loads(first.out)
    jsonschema.Draft202012Validator(json.loads(schema_texts()[f"{schema}.schema.json"])).validate(form)
    assert form["dossier"] == "harbour"


def test_json_is_the_same_bytes_in_another_process_and_locale(run: Run, here: Here, methods: SmallDossier) -> None:
    for arguments in (("weights", "list"), ("rank", "--all")):
        ours = here(*arguments, "-f", "json", cwd=methods.root)
        theirs = run(*arguments, "-f", "json", cwd=methods.root, LC_ALL="C", PYTHONHASHSEED="7")
        assert theirs.stdout == ours.out


def form(here: Here, small: SmallDossier, *arguments: str) -> Any:
    shown = here(*arguments, "--format", "json", cwd=small.root)
    assert shown.status == 0, shown.err
    return json.loads(shown.out)


def test_a_what_if_says_what_it_was(here: Here, methods: SmallDossier) -> None:
    plain = form(here, methods, "rank")
    assert (plain["what_if"], plain["combined"]) == (None, None)
    changed = form(here, methods, "rank", "--set", "crossings=55", "--take-from", "outlay")
    assert changed["what_if"] == {
        "edits": ["crossings=55"],
        "take_from": "outlay",
        "weights_before": plain["weights"],
        "ranks_before": {option["id"]: option["rank"] for option in plain["options"]},
    }
    assert changed["weights"] == {"crossings": 0.55, "waiting": 0.25, "outlay": 0.2}
    assert changed["options"][0]["id"] == "new-mole"


def test_combined_weights_bring_everyone_with_them(here: Here, methods: SmallDossier) -> None:
    combined = form(here, methods, "rank", "--weights", "council")["combined"]
    assert combined["rule"] == "median"
    assert combined["participants"]["treasurer"] == {"crossings": 0.1, "waiting": 0.1, "outlay": 0.8}
    assert combined["spread"]["outlay"] == {"low": 0.1, "high": 0.8, "lowest": "chair", "highest": "treasurer"}
    assert next((pair["more"], pair["less"]) for pair in combined["disagreements"]) == ("treasurer", "chair")
    assert form(here, methods, "rank", "--weights", "council", "--set", "outlay=50")["combined"]["rule"] is None
    shown = form(here, methods, "weights", "show", "neighbours")
    assert shown["weights"] is None
    assert shown["combined"]["rule"] is None


def test_the_list_has_all_that_can_be_ranked_under(here: Here, methods: SmallDossier) -> None:
    rows = {row["id"]: row for row in form(here, methods, "weights", "list")["weight_sets"]}
    assert next(iter(rows)) == "even", "the decision's own comes first"
    assert "neighbours" not in rows
    assert {"neighbours/east", "neighbours/west", "council"} <= set(rows)
    (consistency,) = rows["pairs"]["consistency"]
    assert consistency["within"] is False
    assert [correction["first"] for correction in consistency["worst"]] == ["crossings", "outlay", "waiting"], (
        "ties keep the order of the criteria"
    )
    assert rows["stale"]["given_on_stored"] is True
    assert rows["stale"]["stale"] == ["`stale` was given on another range: high of `waiting` was 90 and is 60"]
    everyone = form(here, methods, "rank", "--all")["rankings"]
    assert [ranking["weight_set"]["id"] for ranking in everyone] == list(rows)
    for ranking in everyone:
        one = form(here, methods, "rank", "--weights", ranking["weight_set"]["id"])
        assert {option["id"]: option["rank"] for option in one["options"]} == ranking["ranks"]
        assert one["weights"] == ranking["weights"]


def test_csv_has_a_header_and_a_row_each(here: Here, methods: SmallDossier) -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(here(*arguments, "-f", "csv", cwd=methods.root).out)))

    assert next(row["weights"] for row in rows("weights", "list")) == "even"
    assert len(rows("rank", "--all")) == 15 * 3
    assert {row["criterion"]: row["judged_low"] for row in rows("weights", "show", "stated")}["crossings"] == "37.5"
    assert float(rows("weights", "diagnose")[0]["entropy"]) > 0
    assert [row["lowest"] for row in rows("weights", "show", "council")] == ["treasurer", "treasurer", "chair"]


def test_a_ranking_under_sampled_weights_says_what_they_rest_on(here: Here, methods: SmallDossier) -> None:
    body = "judgements: {crossings: 100, waiting: {low: 20, high: 80}, outlay: {low: 10, high: 90}}\norder: waiting > outlay\n"
    head = "format: 1\ntitle: Both\nholder: Us\nstatus: illustrative\nrationale: Both.\nmethod: swing\n"
    methods.put("criteria/weights/both.yaml", head + body)
    ranked = form(here, methods, "rank", "--weights", "both")["sampled"]
    assert [(one["person"], one["seed"]) for one in ranked] == [("both", 0)]
    assert ranked[0]["count"] > 0
    every = form(here, methods, "rank", "--all")["rankings"]
    assert {one["weight_set"]["id"]: one["sampled"] for one in every}["both"] == ranked
    assert "standard error at most" in " ".join(here("rank", "--weights", "both", cwd=methods.root).out.split())


def test_csv_knows_no_language(here: Here, methods: SmallDossier) -> None:
    asked = (("weights", "list"), ("weights", "show", "bounds"), ("weights", "show", "council"), ("rank", "--all"))
    before = [here(*one, "-f", "csv", cwd=methods.root).out for one in asked]
    wording = 'numbers: {decimal-mark: ",", grouping: "."}\nstale.unknown: non conserve\nmethod.ahp: AHP!\n'
    methods.put("templates/wording/en.yaml", wording)
    assert [here(*one, "-f", "csv", cwd=methods.root).out for one in asked] == before


def test_nothing_in_csv_is_a_formula_and_nothing_in_a_table_markup(here: Here, methods: SmallDossier) -> None:
    methods.put("criteria/criteria.yaml", CRITERIA.replace("unit: minutes", 'unit: "+minutes"'))
    methods.edit("criteria/weights/even.yaml", "title: Even", 'title: "=HYPERLINK(1) [red]x[/red] | `b`"')
    methods.edit("criteria/weights/even.yaml", "holder: The council (role)", 'holder: "@SUM(A1)"')
    listed = here("weights", "list", "-f", "csv", cwd=methods.root).out
    row = next(csv.DictReader(io.StringIO(listed)))
    assert row["title"].startswith("'=")
    assert row["holder"].startswith("'@")
    shown = here("weights", "show", "even", "-f", "csv", cwd=methods.root).out
    assert "'+minutes" in shown
    table = here("weights", "show", "even", cwd=methods.root).out
    assert "[red]x[/red]" in table
    assert "\x1b" not in table
    assert "\\| \\`b\\`" in here("weights", "list", "-f", "markdown", cwd=methods.root).out


def test_results_go_to_a_file(here: Here, methods: SmallDossier, tmp_path: Path) -> None:
    for index, command in enumerate(("weights list", "weights show council", "weights diagnose", "rank --all")):
        for name in ("table", "json", "csv", "markdown"):
            target = tmp_path / "out" / f"{index}.{name}"
            shown = here(*command.split(), "-f", name, "-o", str(target), cwd=methods.root)
            assert (shown.status, shown.out) == (0, "")
            assert target.read_text(encoding="utf-8").strip()


# Refusals ------------------------------------------------------------------------------------------------------------

WHO = ("--holder", "Us", "--because", "Thrift")
REFUSALS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("weights", "show", "evn"), "did you mean `even`?"),
    (("weights", "show", "council/char"), "did you mean `chair`?"),
    (("weights", "show", "even/chair"), "`even` has no participants"),
    (("weights", "set", "evn", "crossings=3"), "did you mean `even`?"),
    (("weights", "set", "even", "crosings=3"), "did you mean `crossings`?"),
    (("weights", "set", "even", "crossings=3", "--take-from", "mony"), "did you mean `money`?"),
    (("weights", "set", "even", "crossings"), "is no change to a weight"),
    (("weights", "set", "even", "crossings=nan"), "is no change to a weight"),
    (("weights", "set", "even", "crossings=101"), "a weight is between 0 and 100"),
    (("weights", "set", "even", "crossings=60", "outlay=60"), "20% more of total weight than there is"),
    (("weights", "set", "even", "service=30", "crossings=10"), "change one of the two at a time"),
    (("weights", "set", "even", "crossings=30", "crossings+=10"), "`crossings` is changed twice"),
    (("weights", "set", "even", "crossings+=30", "--take-from", "waiting"), "leave out --take-from"),
    (("weights", "set", "quick", "crossings=30"), "weights new NEW --from quick crossings=30"),
    (("weights", "set", "pairs", "crossings=30"), "holds ahp judgements"),
    (("weights", "set", "council", "crossings=30"), "several people"),
    (("weights", "set", "council/chair", "crossings=30"), "several people"),
    (("weights", "set", "even"), "CHANGES"),
    (("weights", "set"), "ID"),
    (("weights", "new", "ours", "--from", "evn", *WHO), "did you mean `even`?"),
    (("weights", "new", "ours", "--from", "neighbours", *WHO), "neighbours/east"),
    (("weights", "new", "ours", "--from", "even", "crosings=3", *WHO), "did you mean `crossings`?"),
    (("weights", "new", "even", "--from", "even", *WHO), "there is a weight set `even` already"),
    (("weights", "new", "Our Set", "--from", "even", *WHO), "id"),
    (("weights", "new", "../ours", "--from", "even", *WHO), "id"),
    (("weights", "new", "ours", "--from", "even", *WHO, "--date", "2026-02-30"), "is not a date of the calendar"),
    (
        ("weights", "new", "ours", "--from", "stale", *WHO),
        "weights refresh stale, or make the new set with --carry-over",
    ),
    (("weights", "new", "ours", "--from", "stale-in-words", *WHO), "weights refresh stale-in-words"),
    (("weights", "new", "ours", "--from", "stale-in-words", "--carry-over", *WHO), "cannot be carried over"),
    (("weights", "new", "ours", "--from", "even", "--carry-over", *WHO), "cannot be carried over"),
    (("weights", "new", "ours", "--from", "even", "--holder", "", "--because", "x"), "holder"),
    (("weights", "new", "ours", "--from", "even", "--holder", "x", "--because", " "), "rationale"),
    (("weights", "new", "ours", "--from", "even", "--holder", "x"), "--because"),
    (("weights", "new", "ours", *WHO), "--from"),
    (("weights", "refresh", "evn"), "did you mean `even`?"),
    (("weights", "refresh", "stale", "--confirm", "--carry-over"), "give one of the two"),
    (("weights", "refresh", "stale-swing", "--carry-over"), "weights new NEW --from stale-swing --carry-over"),
    (("weights", "refresh", "stale-in-words", "--carry-over"), "cannot be carried over"),
    (("weights", "refresh", "even", "--carry-over"), "cannot be carried over"),
    (("weights", "list", "--format", "xml"), "xml"),
    (("weights", "list", "--dossier", "nowhere"), "there is no dossier here"),
    (("weights", "lst"), "lst"),
    (("rank", "--weights", "neighbours"), "names no rule that combines them"),
    (("rank", "--weights", "council/char"), "did you mean `chair`?"),
    (("rank", "--set", "crosings=3"), "did you mean `crossings`?"),
    (("rank", "--set", "crossings=3", "--take-from", "mony"), "did you mean `money`?"),
    (("rank", "--set", "crossings=200"), "a weight is between 0 and 100"),
    (("rank", "--take-from", "money"), "--set"),
    (("rank", "--all", "--weights", "even"), "--all ranks under every set"),
    (("rank", "--all", "--explain", "as-is"), "--all ranks under every set"),
    (("rank", "--all", "--set", "crossings=3"), "--all ranks under every set"),
    (("rank", "--all", "--by-criterion"), "--all ranks under every set"),
    (("rank", "--all", "--take-from", "money"), "--all ranks under every set"),
)


@pytest.mark.parametrize(
    ("arguments", "said"), REFUSALS, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_a_refusal_is_one_clear_line_and_writes_nothing(
    here: Here, methods: SmallDossier, arguments: tuple[str, ...], said: str
) -> None:
    before = bytes_of(methods.root)
    shown = here(*arguments, cwd=methods.root)
    assert bytes_of(methods.root) == before
    assert shown.status == 2
    assert shown.out == ""
    assert said in shown.err
    assert "Traceback" not in shown.err
    if not shown.err.startswith("Usage:"):  # the parser's messages on wrong usage have a different form
        assert shown.err.startswith("error: ")
        assert shown.err.count("\n") == 1
        assert len(shown.err) < 400


def test_what_a_refusal_tells_to_type_works(here: Here, methods: SmallDossier) -> None:
    for id, edits, more in (
        *(
            (id, ["crossings=30"], [])
            for id in ("quick", "pairs", "places", "order-only", "extremes", "bounds", "council")
        ),
        ("neighbours", ["crossings=30"], []),
        ("quick", ["crossings=30", "money*=0.5"], []),
        ("quick", ["crossings=30"], ["--take-from", "money"]),
    ):
        refused = here("weights", "set", id, *edits, *more, cwd=methods.root)
        named = re.search(r"policy-options (weights new NEW .*--because WHY)", refused.err)
        assert named, refused.err
        words = [{"NEW": "made", "WHO": "Us", "WHY": "Thrift"}.get(word, word) for word in named[1].split()]
        assert here(*words, cwd=methods.root).status == 0, words
        what_if = form(
            here, methods, "rank", "--weights", words[words.index("--from") + 1], "--set", ",".join(edits), *more
        )
        made = form(here, methods, "weights", "show", "made")
        assert made["weights"] == pytest.approx(what_if["weights"], abs=2e-6)
        assert made["method"] == "direct"
        (methods.root / "criteria/weights/made.yaml").unlink()


def test_a_set_that_is_named_in_the_environment_is_no_contradiction_of_all(here: Here, methods: SmallDossier) -> None:
    """A set chosen in the environment does not count as typing --weights."""
    shown = here("rank", "--all", cwd=methods.root, POLICY_OPTIONS_WEIGHTS="quick")
    assert shown.status == 0, shown.err


def test_a_refresh_offers_only_what_it_would_do(here: Here, methods: SmallDossier) -> None:
    for id, offered in (("stale", True), ("stale-swing", False), ("stale-in-words", False), ("even", False)):
        shown = here("weights", "refresh", id, cwd=methods.root)
        assert shown.status == 0
        assert ("--carry-over writes" in shown.out) is offered, id
        done = here("weights", "refresh", id, "--carry-over", cwd=methods.root)
        assert (done.status == 0) is offered, id


@pytest.mark.parametrize("ends", ["low: 60, high: 60", "low: 90, high: 0"])
def test_stored_ends_without_a_range_are_not_our_fault(here: Here, methods: SmallDossier, ends: str) -> None:
    methods.edit("criteria/weights/stale.yaml", "low: 0, high: 90", ends)
    for arguments in ((), ("--carry-over",), ("--confirm",)):
        shown = here("weights", "refresh", "stale", *arguments, cwd=methods.root)
        assert shown.status in {0, 2}, shown.err


def test_an_empty_change_is_told_as_such(here: Here, methods: SmallDossier) -> None:
    for text in ("", "crossings=30,"):
        assert "``" not in here("rank", "--set", text, cwd=methods.root).err


def test_a_factor_in_per_cent_is_not_read_as_a_number_of_times(here: Here, methods: SmallDossier) -> None:
    """Half of it, or a refusal; never fifty times as much."""
    halved = form(here, methods, "rank", "--set", "crossings*=0.5")["weights"]
    shown = here("rank", "--set", "crossings*=50%", "-f", "json", cwd=methods.root)
    if shown.status == 0:
        assert json.loads(shown.out)["weights"] == halved
    else:
        assert "%" in shown.err
        assert "would give" not in shown.err


# Writing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("weights", "set", "even", "crossings=30", "--dry-run"),
        ("weights", "set", "stale", "outlay+=5", "--take-from", "waiting", "--dry-run"),
        ("weights", "new", "ours", "--from", "even", "crossings=30", *WHO, "--dry-run"),
        ("weights", "refresh", "stale"),
        ("weights", "refresh", "even"),
        ("weights", "show", "stale"),
        ("weights", "list"),
        ("weights", "diagnose"),
        ("rank", "--set", "crossings=30"),
        ("rank", "--all"),
    ],
    ids=" ".join,
)
def test_what_only_shows_writes_nothing(here: Here, methods: SmallDossier, arguments: tuple[str, ...]) -> None:
    before = bytes_of(methods.root)
    assert here(*arguments, cwd=methods.root).status == 0
    assert bytes_of(methods.root) == before


@pytest.mark.parametrize(
    ("id", "edits"),
    [
        ("even", ["crossings=30"]),
        ("even", ["service*=0.5", "--take-from", "outlay"]),
        ("stated", ["outlay-=12.5", "waiting+=5"]),
        ("stale", ["crossings=100"]),
    ],
)
def test_a_what_if_shows_what_set_then_gives(here: Here, methods: SmallDossier, id: str, edits: list[str]) -> None:
    changes = [edit for edit in edits if "=" in edit]
    options = [option for option in edits if "=" not in option]
    asked = ["rank", "--weights", id, *(f"--set={change}" for change in changes), *options]
    what_if, table = form(here, methods, *asked), here(*asked, cwd=methods.root).out
    dry = here("weights", "set", id, *edits, "--dry-run", cwd=methods.root)
    wet = here("weights", "set", id, *edits, cwd=methods.root)
    assert (dry.status, wet.status) == (0, 0)
    assert dry.out.startswith(wet.out)
    after = form(here, methods, "rank", "--weights", id)
    assert after["weights"] == pytest.approx(what_if["weights"], abs=1.6e-6)
    assert [(o["id"], o["rank"]) for o in after["options"]] == [(o["id"], o["rank"]) for o in what_if["options"]]
    for then, now in zip(what_if["options"], after["options"], strict=True):
        assert now["value"] == pytest.approx(then["value"], abs=5e-4)
    ranked = here("rank", "--weights", id, cwd=methods.root).out
    rows = [line for line in ranked.splitlines() if re.match(r" +\d", line)]
    assert rows, ranked
    assert all(row in table for row in rows)
    moved = wet.out.partition("What changes place")[2]
    assert all(re.search(rf"{option['rank']} +\d+ +{option['id']} ", moved) for option in after["options"])


def test_a_dry_run_shows_the_lines_that_are_then_written(here: Here, methods: SmallDossier) -> None:
    path = methods.root / "criteria/weights/even.yaml"
    methods.put(
        "criteria/weights/even.yaml",
        EVEN.replace("{crossings: 1, waiting: 1, outlay: 2}", "\n  crossings: 1\n  waiting: 1  # so\n  outlay: 2"),
    )
    old = path.read_text(encoding="utf-8").splitlines()
    shown = here("weights", "set", "even", "outlay=30", "--dry-run", cwd=methods.root).out
    diff = shown.partition("--- criteria/weights/even.yaml")[2].splitlines()[2:]
    here("weights", "set", "even", "outlay=30", cwd=methods.root)
    new = path.read_text(encoding="utf-8").splitlines()
    assert [line[1:] for line in diff if line.startswith("-")] == [line for line in old if line not in new]
    assert [line[1:] for line in diff if line.startswith("+")] == [line for line in new if line not in old]
    assert "+  waiting: 1.4  # so" in diff


def test_set_writes_one_file_and_says_so(here: Here, shipped: Path) -> None:
    before = bytes_of(shipped)
    shown = here("weights", "set", "balanced", "public-outlay+=5", "say-in-rules-=5", cwd=shipped)
    assert (shown.status, shown.err.count("\n")) == (0, 1)
    assert shown.err.startswith("saved criteria/weights/balanced.yaml")
    after = bytes_of(shipped)
    assert {name for name, raw in after.items() if before.get(name) != raw} == {"criteria/weights/balanced.yaml"}
    old, new = (state["criteria/weights/balanced.yaml"].splitlines() for state in (before, after))
    assert [(o, n) for o, n in zip(old, new, strict=True) if o != n] == [
        (b"  say-in-rules: 9", b"  say-in-rules: 4"),
        (b"  public-outlay: 9", b"  public-outlay: 14"),
    ]


def test_what_changes_nothing_is_not_said_to_be_saved(here: Here, methods: SmallDossier) -> None:
    before = (methods.root / "criteria/weights/even.yaml").stat()
    shown = here("weights", "set", "even", "crossings=25", cwd=methods.root)
    assert shown.status == 0
    assert (methods.root / "criteria/weights/even.yaml").stat().st_mtime_ns == before.st_mtime_ns
    assert "saved" not in shown.err


def test_a_dossier_elsewhere_is_changed_there(here: Here, methods: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    where = ("--dossier", str(methods.root))
    assert here("weights", "set", "even", "crossings=30", *where, cwd=tmp_path / "away").status == 0
    assert here("weights", "new", "ours", "--from", "even", *WHO, *where, cwd=tmp_path / "away").status == 0
    assert here("weights", "refresh", "ours", "--confirm", *where, cwd=tmp_path / "away").status == 0
    assert not any((tmp_path / "away").iterdir())
    assert form(here, methods, "weights", "show", "ours")["weights"]["crossings"] == 0.3


def test_new_says_whose_view_it_is_and_from_what(here: Here, methods: SmallDossier) -> None:
    shown = here(
        *("weights", "new", "ours", "--from", "council/treasurer", "crossings+=5", "--date", "2026-03-01"),
        *(
            "--holder",
            "Supply: unit #2",
            "--because",
            'Plants: "stand" still. ' * 12,
            "--title",
            "中亚: ours",
            "--elicited",
        ),
        cwd=methods.root,
    )
    assert shown.status == 0, shown.err
    assert shown.err == (
        "saved criteria/weights/ours.yaml; see it with: policy-options weights show ours\n"
        "council/treasurer does not store the ranges that it was given on; ours stores those of today\n"
    )
    made = form(here, methods, "weights", "show", "ours")
    assert made["weight_set"] == {
        "id": "ours",
        "title": "中亚: ours",
        "holder": "Supply: unit #2",
        "status": "elicited",
    }
    assert (made["parent"], made["date"], made["method"]) == ("council/treasurer", "2026-03-01", "direct")
    said = ('Plants: "stand" still. ' * 12).strip()
    assert made["rationale"] == f"{said} (From council/treasurer: crossings+=5.)"
    assert made["weights"] == pytest.approx({"crossings": 0.15, "waiting": 0.85 / 9, "outlay": 6.8 / 9}, abs=2e-6)
    data = read_yaml((methods.root / "criteria/weights/ours.yaml").read_bytes(), "ours.yaml").data
    assert sum(Decimal(repr(number)) for number in data["judgements"].values()) == 100
    assert made["stale"] == []
    assert set(made["given_on"]) == {"crossings", "waiting", "outlay"}
    assert here("check", cwd=methods.root).err.count("`ours`") == 0


def test_new_carries_a_stale_set_of_any_method_over(here: Here, methods: SmallDossier) -> None:
    assert here("weights", "new", "ours", "--from", "stale-swing", "--carry-over", *WHO, cwd=methods.root).status == 0
    made = form(here, methods, "weights", "show", "ours")
    whole = 100 + 80 * 60 / 90 + 60
    assert made["weights"] == pytest.approx(
        {"crossings": 100 / whole, "waiting": 80 * 60 / 90 / whole, "outlay": 60 / whole}, abs=2e-6
    )
    assert made["stale"] == []


def test_refreshing_clears_the_warnings(here: Here, methods: SmallDossier) -> None:
    for id in ("stale", "stale-swing", "stale-in-words"):
        assert f"weights refresh {id}" in here("rank", "--weights", id, cwd=methods.root).err
        old = form(here, methods, "weights", "show", id)["judgements"]
        assert here("weights", "refresh", id, "--confirm", cwd=methods.root).status == 0
        assert here("rank", "--weights", id, cwd=methods.root).err == ""
        assert form(here, methods, "weights", "show", id)["judgements"] == old
    assert "weights-stale" not in here("check", "-f", "csv", cwd=methods.root).out


@pytest.mark.parametrize("arguments", [("set", "even", "crossings=30"), ("refresh", "even", "--confirm")], ids=" ".join)
def test_a_write_protected_file_is_one_line(
    here: Here, methods: SmallDossier, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    before = bytes_of(methods.root)
    (methods.root / "criteria/weights/even.yaml").chmod(0o444)
    if os.geteuid() == 0:  # root may write it anyway
        may = os.access
        monkeypatch.setattr(
            os,
            "access",
            lambda path, mode: not (mode == os.W_OK and str(path).endswith("even.yaml")) and may(path, mode),
        )
    shown = here("weights", *arguments, cwd=methods.root)
    assert shown.status == 2
    assert "criteria/weights/even.yaml cannot be written: it is write-protected; check its permissions" in shown.err
    assert shown.err.count("\n") == 1
    assert bytes_of(methods.root) == before


def test_edits_at_the_same_time_are_all_kept_or_refused(methods: SmallDossier) -> None:
    script = "from policy_options.cli import main; main()"
    command = [sys.executable, "-c", script, "weights", "set", "stated", "waiting+=1", "--take-from", "outlay"]

    def once(_: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=methods.root, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(once, range(4)))
    kept = sum(one.returncode == 0 for one in ended)
    assert kept >= 1
    for one in ended:
        assert one.returncode in {0, 2}
        if one.returncode == 2:
            assert "the file was changed since it was read; run the command again" in one.stderr
    data = read_yaml((methods.root / "criteria/weights/stated.yaml").read_bytes(), "stated.yaml").data
    assert data["judgements"] == {"crossings": 37.5, "waiting": 12.5 + kept, "outlay": 50 - kept}
    assert not [path for path in (methods.root / "criteria/weights").iterdir() if path.suffix != ".yaml"]


def test_without_the_extra_a_diagnosis_says_what_to_install(
    here: Here, methods: SmallDossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "skcriteria"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "skcriteria", None)
    shown = here("weights", "diagnose", cwd=methods.root)
    assert shown.status == 2
    assert "diagnostics" in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(("options", "sets"), [(40, 10), (10, 50)])
def test_many_options_or_many_sets_fit_a_screen(here: Here, small: SmallDossier, options: int, sets: int) -> None:
    """The longer axis runs down."""
    scores = "scores: {crossings: 3, waiting: 9, outlay: small}\n"
    for number in range(options - 3):
        small.put(f"options/option-{number:02}.yaml", f"format: 1\ntitle: Option {number}\n{scores}")
    for number in range(sets - 2):
        small.put(f"criteria/weights/set-{number:02}.yaml", EVEN.replace("title: Even", f"title: Set {number}"))
    for columns in (80, 140):
        shown = here("rank", "--all", cwd=small.root, columns=columns)
        assert shown.status == 0
        assert max(map(width, shown.out.splitlines())) <= columns
        named = [line.split(" ")[0] for line in shown.out.partition("\n\n")[2].partition("\n\n")[0].splitlines()]
        assert len({*named} - {"", "Weight", "Option", "set"}) == max(options, sets)


@pytest.mark.parametrize("command", ["list", "show", "set", "new", "refresh", "diagnose"])
def test_help_has_examples_and_fits_80_columns(here: Here, small: SmallDossier, command: str) -> None:
    shown = here("weights", command, "--help", cwd=small.root, columns=80)
    assert shown.status == 0
    assert f"policy-options weights {command}" in shown.out.partition("Examples:")[2]
    assert max(map(len, shown.out.splitlines())) <= 80
    assert command in here("weights", "--help", cwd=small.root).out


@pytest.mark.parametrize("name", ["60%", "Ours", "con", "x" * 65, "сo2", "a--b", "even", "", "a/b"])
def test_new_and_elicit_refuse_the_same_ids_in_the_same_words(run: Run, small: SmallDossier, name: str) -> None:
    made = run("weights", "new", "--from", "quick", "--holder", "Us", "--because", "So.", "--", name, cwd=small.root)
    asked = run("weights", "elicit", "--", name, cwd=small.root)
    assert (made.returncode, asked.returncode) == (2, 2)
    assert made.stderr == asked.stderr
    assert made.stderr.startswith("error: ")
