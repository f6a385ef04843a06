"""``new``: blank, from other programs' files, and as a copy of the shipped dossier."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policy_options import Dossier
from workbooks import csv, ods, ods_row, xlsx

from .conftest import Run

HEADER = ("Option", "Cost (M€)", "Crossings", "Noise")
ROWS = [
    HEADER,
    ("Direction", "less", "more", "less"),
    ("Weight", 50, 30, 20),
    *((f"Landing {n}", 2.5 * n, 20 - n, 40 + n % 4) for n in range(1, 13)),
]


def text_of(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml")))


def test_a_bare_new_is_blank_and_ranks_checks_and_prints(run: Run, tmp_path: Path) -> None:
    made = run("new", "pool", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "pool\n")
    folder = tmp_path / "pool"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert names == [
        "criteria/criteria.yaml",
        "criteria/decision.yaml",
        "criteria/weights/equal.yaml",
        "options/as-now.yaml",
        "options/first-option.yaml",
        "options/second-option.yaml",
        "reports/.gitignore",
    ]
    assert len(text_of(folder).splitlines()) < 150
    assert "China" not in text_of(folder) and "Asia" not in text_of(folder)
    ranked = run("rank", cwd=folder)
    assert ranked.returncode == 0, ranked.stderr
    checked = run("check", cwd=folder)
    assert (checked.returncode, "error" in checked.stderr) == (1, False)
    assert "still to be written" in checked.stderr
    assert run("memo", cwd=folder).returncode == 0


def test_a_blank_dossier_ranks_once_scores_are_filled_in(run: Run, tmp_path: Path) -> None:
    assert run("new", "pool", "--blank", cwd=tmp_path).returncode == 0
    for number, path in enumerate(sorted((tmp_path / "pool/options").glob("*.yaml"))):
        text = path.read_text(encoding="utf-8").replace("benefit: unknown", f"benefit: {30 * number}")
        path.write_text(text.replace("cost: unknown", f"cost: {10 * number}"), encoding="utf-8")
    table = Dossier.load(tmp_path / "pool").rank().table
    assert table["title"].iloc[0] == "Second option"


def test_options_and_criteria_by_name(run: Run, tmp_path: Path) -> None:
    words = (
        "--options",
        "Old quay,new-mole, Größe",
        "--criteria",
        "reach,Cost a year",
        "--less-is-better",
        "cost-a-year",
    )
    assert run("new", "pool", *words, cwd=tmp_path).returncode == 0
    dossier = Dossier.load(tmp_path / "pool")
    titles = {id: entry.model.title for id, entry in dossier.contents.options.items()}
    assert titles == {"old-quay": "Old quay", "new-mole": "New mole", "grosse": "Größe"}
    directions = {id: leaf[0].direction for id, leaf in dossier.contents.leaves.items()}
    assert directions == {"reach": "more-is-better", "cost-a-year": "less-is-better"}
    assert dossier.contents.decision.model.baseline is None
    assert "no-baseline" in [one.code for one in dossier.check().findings]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--options", "a,A"), "differs from"),
        (("--options", ","), "names none"),
        (("--criteria", "x", "--less-is-better", "y"), "no criterion"),
        (("--blank", "--example"), "exclude one another"),
        (("--example", "--options", "a"), "belongs to a blank dossier"),
        (("--sheet", "x"), "belongs to --from"),
        (("--from", "a.csv", "--criteria", "x"), "belongs to a blank dossier"),
    ],
)
def test_flags_that_do_not_go_together(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    shown = run("new", "pool", *words, cwd=tmp_path)
    assert shown.returncode == 2
    assert said in shown.stderr
    assert not (tmp_path / "pool").exists()


def test_the_first_lines_name_schemas_that_the_schema_command_writes(run: Run, tmp_path: Path) -> None:
    assert run("new", "pool", cwd=tmp_path).returncode == 0
    assert run("schema", "--output", "pool/schemas", cwd=tmp_path).returncode == 0
    for path in (tmp_path / "pool").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        start, _, schema = first.partition("$schema=")
        assert start == "# yaml-language-server: "
        assert (path.parent / schema).is_file()


def ods_of(rows: list[Any]) -> bytes:
    return ods("".join(ods_row(*row) for row in rows))


def xml_of(rows: list[Any]) -> bytes:
    _, directions, weights, *options = rows
    ids = ("cost", "crossings", "noise")
    cell = "<performance><criterionID>{}</criterionID><values><value><real>{}</real></value></values></performance>"
    scale = (
        "<criterionScale><criterionID>{}</criterionID><scales><scale><quantitative><preferenceDirection>{}"
        "</preferenceDirection></quantitative></scale></scales></criterionScale>"
    )
    weight = (
        "<criterionValue><criterionID>{}</criterionID><values><value><real>{}</real></value></values></criterionValue>"
    )
    inner = (
        "<alternatives>"
        + "".join(f'<alternative id="{row[0]}"/>' for row in options)
        + "</alternatives>"
        + "<criteria>"
        + "".join(f'<criterion id="{id}"/>' for id in ids)
        + "</criteria>"
        + "<performanceTable>"
        + "".join(
            f"<alternativePerformances><alternativeID>{row[0]}</alternativeID>"
            + "".join(cell.format(id, number) for id, number in zip(ids, row[1:], strict=True))
            + "</alternativePerformances>"
            for row in options
        )
        + "</performanceTable><criteriaScales>"
        + "".join(scale.format(id, "min" if d == "less" else "max") for id, d in zip(ids, directions[1:], strict=True))
        + '</criteriaScales><criteriaValues id="weights">'
        + "".join(weight.format(id, number) for id, number in zip(ids, weights[1:], strict=True))
        + "</criteriaValues>"
    )
    return f'<x:XMCDA xmlns:x="http://www.decision-deck.org/2019/XMCDA-3.1.1">{inner}</x:XMCDA>'.encode()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("scores.xlsx", xlsx(ROWS)),
        ("scores.ods", ods_of(ROWS)),
        ("scores.csv", csv(*(";".join(str(cell).replace(".", ",") for cell in row) for row in ROWS))),
        ("scores.tsv", csv(*("\t".join(map(str, row)) for row in ROWS), encoding="utf-16")),
        ("scores.xml", xml_of(ROWS)),
    ],
)
def test_every_format_gives_the_same_ranking(run: Run, tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    made = run("new", "harbour", "--from", name, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"harbour\nread from {name}, ")
    assert "12 options, 3 criteria, 36 scores, 1 weight set" in made.stdout
    assert run("rank", cwd=tmp_path / "harbour").returncode == 0
    ranking = Dossier.load(tmp_path / "harbour").rank()
    assert ranking.table["title"].iloc[0] == "Landing 1"
    again = xlsx(ROWS)
    (tmp_path / "again.xlsx").write_bytes(again)
    assert run("new", "again", "--from", "again.xlsx", cwd=tmp_path).returncode == 0
    assert list(Dossier.load(tmp_path / "again").rank().table["value"]) == pytest.approx(list(ranking.table["value"]))


def test_a_folder_of_xmcda_files_is_one_dossier(run: Run, tmp_path: Path) -> None:
    whole = xml_of(ROWS).decode()
    head, tail = '<x:XMCDA xmlns:x="http://www.decision-deck.org/2019/XMCDA-3.1.1">', "</x:XMCDA>"
    before, cut, after = whole.removeprefix(head).removesuffix(tail).partition("<performanceTable>")
    folder = tmp_path / "xmcda"
    folder.mkdir()
    (folder / "lists.xml").write_text(head + before + tail, encoding="utf-8")
    (folder / "table.xml").write_text(head + cut + after + tail, encoding="utf-8")
    assert run("new", "harbour", "--from", "xmcda", cwd=tmp_path).returncode == 0
    both = ("--from", "xmcda/lists.xml", "--from", "xmcda/table.xml")
    assert run("new", "second", *both, cwd=tmp_path).returncode == 0
    assert Dossier.load(tmp_path / "second").rank().table["value"].iloc[0] > 0


def test_what_the_file_does_not_say_is_asked_for_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv("Option,Cost,Reach", "East,1,2", "Mole,3,5"))
    shown = run("new", "x", "--from", "a.csv", cwd=tmp_path)
    assert shown.returncode == 2
    assert shown.stderr.count("\n") == 1
    assert "--less-is-better" in shown.stderr
    assert not (tmp_path / "x").exists()
    made = run("new", "x", "--from", "a.csv", "--less-is-better", "Cost", cwd=tmp_path)
    assert made.returncode == 0
    assert "which way is better on cost, reach: as --less-is-better says" in made.stdout
    assert "the ends of the scales of cost, reach" in made.stdout
    findings = Dossier.load(tmp_path / "x").check().findings
    assert sum(one.code == "unfinished" and "scale" in one.ids for one in findings) == 2


def test_a_cell_that_is_wrong_is_named_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx([*ROWS, ("Last", "12", 3, None)]))
    shown = run("new", "x", "--from", "a.xlsx", cwd=tmp_path)
    assert shown.returncode == 2
    assert shown.stderr.startswith('error: a.xlsx:16:2: Scores!B16: "12" looks like a number and is text')
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_not_empty_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(ROWS))
    shown = run("new", ".", "--from", "a.xlsx", cwd=tmp_path)
    assert (shown.returncode, "is not empty" in shown.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("words", [["rank"], ["--help"], ["check"], ["new", "--help"]])
def test_nothing_of_other_formats_is_imported_unless_a_file_is_read(root: Path, words: list[str]) -> None:
    script = (
        "import sys\nfrom policy_options.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'openpyxl', 'odf', 'defusedxml'} & set(sys.modules)\n"
        "heavy |= {name for name in sys.modules if name.startswith('policy_options.exchange.importing')}\n"
        "assert not heavy, heavy"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize(
    "flags", [("Noise,Tide", '"Smell, fresh"'), ("Noise, Tide", '"Smell, fresh"'), ('Noise,Tide,"Smell, fresh"',)]
)
def test_names_to_leave_out_may_be_listed(run: Run, tmp_path: Path, flags: tuple[str, ...]) -> None:
    (tmp_path / "a.csv").write_bytes(csv('Option,Cost,Noise (dB),Tide,"Smell, fresh"', "East,1,2,3,1", "Mole,3,5,1,2"))
    given = [part for flag in flags for part in ("--leave-out", flag)]
    made = run("new", "x", "--from", "a.csv", "--less-is-better", "cost", *given, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert list(Dossier.load(tmp_path / "x").contents.leaves) == ["cost"]


def test_weights_of_a_file_are_not_stale_once_the_scales_are_described(run: Run, tmp_path: Path) -> None:
    rows = ("Option,Cost (M€),Reach (boats)", "Weight,2,1", "Scale low,0,0", "Scale high,5,9", "East,1,2", "Mole,3,5")
    (tmp_path / "a.csv").write_bytes(csv(*rows))
    assert run("new", "x", "--from", "a.csv", "--less-is-better", "cost", cwd=tmp_path).returncode == 0
    criteria, weights = tmp_path / "x/criteria/criteria.yaml", tmp_path / "x/criteria/weights/from-file.yaml"
    criteria.write_text(criteria.read_text().replace("TODO say what", "At this end,"))
    loaded = Dossier.load(tmp_path / "x")
    assert loaded.stale("from-file") == ()
    assert "given-on" not in weights.read_text()
    shown = run("weights", "refresh", "from-file", "--confirm", "-d", "x", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "given-on:" in weights.read_text()
    criteria.write_text(criteria.read_text().replace("At this end,", "Somewhere"))
    assert len(Dossier.load(tmp_path / "x").stale("from-file")) == 2
