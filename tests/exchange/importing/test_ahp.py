"""``.ahp`` files of gluc/ahp."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policy_options import Dossier
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.matrix import ImportedMatrix
from workbooks import fault, likely
from workbooks import read as read_file

NONE = Asked()
FILE = """\
Version: 2.0
Alternatives: &alternatives
  Tom:
    age: 50
  Dick:
    age: 60
  Harry:
    age: 30
Goal:
  name: Choose a leader
  preferences:
    pairwise:
    - [Experience, Skill, 4]
    - [Experience, Charm, "1/2"]
    - [Skill, Charm, 1/4]
  children:
    Experience:
      preferences:
        pairwise:
        - [Tom, Dick, 1/4]
        - [Tom, Harry, 4]
        - [Dick, Harry, 9]
      children: *alternatives
    Skill:
      preferences:
        priority:
        - [Tom, 0.5]
        - [Dick, 0.3]
        - [Harry, 0.2]
      children: *alternatives
    Charm:
      preferences:
        score:
        - [Tom, 3]
        - [Dick, 4]
        - [Harry, 5]
      children: *alternatives
"""


def read(text: str = FILE, asked: Asked = NONE) -> ImportedMatrix:
    return read_file("a.ahp", text.encode(), asked)


def test_the_values_are_those_of_the_hierarchy(tmp_path: Path) -> None:
    matrix = read()
    assert matrix.title == "Choose a leader"
    assert matrix.weights[0].answers == {
        "pairwise": {"experience": {"skill": 4, "charm": "1/2"}, "skill": {"charm": "1/4"}}
    }
    for name, raw in files_of(matrix, "a", date(2026, 1, 1)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    dossier = Dossier.load(tmp_path)
    vector = dossier.weights("from-file")
    weights = {name: vector.share(name) for name in ("experience", "skill", "charm")}
    shares = dict(zip(("experience", "skill", "charm"), zip(*likely(matrix), strict=True), strict=True))
    whole = {"experience": 1, "skill": 1, "charm": 12}
    by_hand = [100 * sum(weights[c] * shares[c][row] / whole[c] for c in weights) for row in range(3)]
    table = dossier.rank("from-file").table
    found = dict(zip(table["title"], table["value"], strict=True))
    assert [found[name] for name in ("Tom", "Dick", "Harry")] == pytest.approx(by_hand)


def test_priorities_of_pairs_are_the_principal_eigenvector() -> None:
    """The published example of the three candidates (Saaty's method): 0.217, 0.717, 0.066."""
    assert [row[0] for row in likely(read())] == pytest.approx([0.217, 0.717, 0.066], abs=5e-4)


def test_attributes_are_the_scores_of_a_criterion_of_their_name() -> None:
    matrix = read(FILE.replace("Charm", "Age"), Asked(less_is_better=("age",)))
    assert [row[2] for row in likely(matrix)] == [50, 60, 30]
    assert matrix.criteria[2].direction == "less-is-better"
    assert any("attribute of that name" in line for line in matrix.read)


@pytest.mark.parametrize("name", ["pairwiseFunction", "scoreFunction"])
def test_functions_are_refused_by_name_and_never_run(name: str) -> None:
    text = FILE.replace(
        "        score:\n        - [Tom, 3]\n        - [Dick, 4]\n        - [Harry, 5]\n",
        f"        {name}: |\n          function(a) system('x')\n",
    )
    found = fault("a.ahp", text.encode(), NONE)
    assert (found.code, name in found.message) == ("ahp-function", True)


def test_each_person_has_a_set() -> None:
    pairs = '    pairwise:\n    - [Experience, Skill, 4]\n    - [Experience, Charm, "1/2"]\n    - [Skill, Charm, 1/4]\n'
    inner = "".join(f"  {line}\n" for line in pairs.splitlines())
    text = FILE.replace(pairs, f"    Ann:\n{inner}    Bob:\n{inner}")
    text = text.replace(
        "  name: Choose a leader\n", "  name: Choose a leader\n  decision-makers:\n  - Ann: 2/5\n  - Bob: 3/5\n"
    )
    matrix = read(text)
    assert [(one.id, one.holder) for one in matrix.weights] == [("ann", "Ann"), ("bob", "Bob")]
    assert any("decision-makers" in line for line in matrix.left_out)


def test_a_tree_gives_groups() -> None:
    text = FILE.replace(
        "    Charm:\n      preferences:\n        score:",
        "    Charm:\n      children:\n        Voice:\n          children: *alternatives\n          preferences:\n            score:",  # noqa: E501
    ).replace(
        "        - [Tom, 3]\n        - [Dick, 4]\n        - [Harry, 5]\n      children: *alternatives\n",
        "            - [Tom, 3]\n            - [Dick, 4]\n            - [Harry, 5]\n",
    )
    matrix = read(text)
    assert [one.groups for one in matrix.criteria] == [(), (), ("charm",)]
    files_of(matrix, "a", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[Tom, Dick, 1/4]", "[Tom, Dik, 1/4]", "unknown-id"),
        ("        - [Tom, Dick, 1/4]\n", "", "comparison-missing"),
        ("[Tom, Dick, 1/4]", "[Tom, Dick, none]", "ahp-preferences"),
        ("[Tom, 0.5]", "[Tom, -1]", "ahp-preferences"),
        ("Version: 2.0", "Version: 3.0", "version"),
        ("  Dick:\n    age: 60", "  Tom:\n    age: 60", "key-twice"),
        ("[Skill, Charm, 1/4]", "[Skill, Charme, 1/4]", "unknown-id"),
        ("Goal:", "Gaol:", "not-ahp"),
        ("Version: 2.0", "Version: [", "not-yaml"),
    ],
)
def test_what_cannot_be_read_is_refused(old: str, new: str, code: str) -> None:
    from workbooks import faults

    assert old in FILE
    found = faults("a.ahp", FILE.replace(old, new).encode(), NONE)
    assert found
    assert code in [one.code for one in found] or code == "comparison-missing", [
        (one.code, one.message) for one in found
    ]


def test_the_older_version_is_a_bare_list() -> None:
    text = FILE.replace("Version: 2.0", "Version: 1.0").replace(
        "  preferences:\n    pairwise:\n    - [Experience, Skill, 4]", "  preferences:\n    - [Experience, Skill, 4]"
    )
    assert read(text).weights[0].answers["pairwise"]["experience"]["skill"] == 4
