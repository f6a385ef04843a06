"""Every unread file in a dossier's folders is named, with a remedy that would make it read without overwriting anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_options import Dossier
from support import OPTIONS, SmallDossier

OPTION = OPTIONS["new-mole"]


def told(small: SmallDossier) -> dict[str, str]:
    """The unread files, with the remedy for each."""
    found = small.findings()
    assert {finding.code for finding in found} <= {"file-not-read"}
    assert all(finding.severity == "finding" for finding in found)
    assert all(finding.message == "this file is not read" for finding in found)
    return {finding.ids[0]: finding.remedy for finding in found}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("options/new/e.yaml", "move it to options/e.yaml"),
        ("options/a/b/e.yaml", "move it to options/e.yaml"),
        ("option/e.yaml", "move it to options/e.yaml"),
        ("Options/e.yaml", "move it to options/e.yaml"),
        ("optoins/e.yaml", "move it to options/e.yaml"),
        ("options/e.yaml.txt", "rename it e.yaml"),
        ("options/e.json", "rename it e.yaml"),
        ("options/e.yaml.bak", "rename it e.yaml"),
        ("options/new/e.yml", "move it to options/e.yaml"),
        (
            "options/new/new-mole.yaml",
            "there is another options/new-mole.yaml: move it to options/ under a name of its own",
        ),
        ("options/new-mole.json", "there is options/new-mole.yaml as well: put into that what new-mole.json has more"),
        ("options/notes.txt", "move it out of options/, or begin its name with a dot"),
        ("options/data.csv", "move it out of options/, or begin its name with a dot"),
        ("criteria/weight/mine.yaml", "move it to criteria/weights/mine.yaml"),
        ("criteria/weights/new/mine.yaml", "move it to criteria/weights/mine.yaml"),
        ("criteria/weights/mine.json", "rename it mine.yaml"),
        (
            "criteria/mine.yaml",
            "move it to criteria/weights/mine.yaml if it is a weight set; otherwise move it elsewhere",
        ),
        ("criteria/critera.yaml", "there is criteria/criteria.yaml as well: put into that what critera.yaml has more"),
        ("criteria/decision.yml", "there is criteria/decision.yaml as well: put into that what decision.yml has more"),
        ("weights/mine.yaml", "move it to criteria/weights/mine.yaml"),
        ("evidence/report.yaml", "move it to options/evidence/report.yaml"),
        ("options/evidence/2026/report.yaml", "move it to options/evidence/report.yaml"),
        ("options/evidence/report.json", "rename it report.yaml"),
    ],
)
def test_a_file_that_is_not_read_is_named(small: SmallDossier, name: str, remedy: str) -> None:
    small.put(name, OPTION)
    found = told(small)
    assert list(found) == [name]
    assert found[name].startswith(remedy)
    assert len(small.load().contents.options) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("options/.hidden.yaml", "options/.gitkeep", "options/.git/x.yaml", "criteria/weights/.minister.answers.yaml"),
        *(
            "options/README.md",
            "options/readme",
            "criteria/README.rst",
            "criteria/weights/LICENSE",
            "options/new-mole.yaml~",
        ),
        *(
            "options/.new-mole.yaml.swp",
            "options/Thumbs.db",
            "options/evidence/survey.txt",
            "options/evidence/report.pdf",
        ),
        *("options/evidence/pictures/a.png", "reports/e.yaml", "schemas/e.json", "templates/e.yaml", "docs/e.yaml"),
        *("notes/options.yaml", "weights.xlsx", "e.yaml"),
    ],
)
def test_what_people_keep_there_on_purpose_is_not(small: SmallDossier, name: str) -> None:
    small.put(name, "kept")
    assert told(small) == {}


def test_all_are_named_in_the_order_of_their_names(small: SmallDossier) -> None:
    for name in ("options/z/a.yaml", "option/b.yaml", "criteria/weight/c.yaml", "options/a.json"):
        small.put(name, OPTION)
    assert list(told(small)) == ["criteria/weight/c.yaml", "option/b.yaml", "options/a.json", "options/z/a.yaml"]


def test_a_link_to_a_folder_is_named_and_not_followed(small: SmallDossier, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/e.yaml").write_text(OPTION)
    (small.root / "options/more").symlink_to(tmp_path / "more")
    (small.root / "options/circle").symlink_to(small.root / "options")
    assert list(told(small)) == ["options/circle", "options/more"]


def test_an_ending_that_is_an_error_is_not_told_twice_and_writes_over_nothing(small: SmallDossier) -> None:
    small.put("options/new-mole.yml", OPTION)
    small.put("options/pier.YAML", OPTION)
    assert [(fault.code, str(fault.place), fault.remedy) for fault in small.faults()] == [
        (
            "file-ending",
            "options/new-mole.yml",
            "there is options/new-mole.yaml as well: put into that what new-mole.yml has more, and delete new-mole.yml",
        ),
        ("file-ending", "options/pier.YAML", "rename it pier.yaml"),
    ]


def test_a_file_that_is_not_read_can_be_acknowledged(small: SmallDossier) -> None:
    small.put("options/data.csv", "1")
    small.put(
        "criteria/decision.yaml",
        (small.root / "criteria/decision.yaml").read_text()
        + "acknowledged:\n  - {finding: file-not-read, about: [options/data.csv], because: Raw data.}\n",
    )
    assert told(small) == {}


def test_the_shipped_dossier_has_none(shipped_dossier: Dossier) -> None:
    assert shipped_dossier.contents.of_files == ()
