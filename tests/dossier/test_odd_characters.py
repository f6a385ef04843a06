"""Look-alike characters are described in words, and no remedy leads to another name or over another file."""

from __future__ import annotations

import pytest

from support import EVEN, OPTIONS, SmallDossier

W = "criteria/weights/even.yaml"


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        ("сo2", "it has a cyrillic small letter es (U+0441), which looks like the Latin c", "write co2"),
        ("Сo2", "it has a cyrillic capital letter es (U+0421), which looks like the Latin c", "write co2"),
        ("supply–chains", "it has an en dash (U+2013)", "write supply-chains"),
        ("supply\u00a0chains", "it has a no-break space (U+00A0)", "write supply-chains"),
        ("café", "it has a latin small letter e with acute (U+00E9)", "write cafe"),
        ("環境-2", "it has a cjk unified ideograph-74b0 (U+74B0)", "write, for example, supply-chains"),
        ("жизнь", "it has a cyrillic small letter zhe (U+0436)", "write, for example, supply-chains"),
        ("Supply_chains", "single hyphens between them", "write supply-chains"),
    ],
)
def test_a_foreign_character_in_an_id_is_named(small: SmallDossier, name: str, said: str, remedy: str) -> None:
    small.edit("criteria/decision.yaml", "id: harbour", f"id: {name}")
    fault = small.fault()
    assert fault.code == "id"
    assert fault.message.endswith(said)
    assert fault.remedy == remedy


def test_a_file_name_is_not_advised_to_be_that_of_another(small: SmallDossier) -> None:
    small.put("options/Pier.yaml", OPTIONS["new-mole"])
    small.put("options/New-Mole.yaml", OPTIONS["new-mole"])
    assert {str(fault.place): fault.remedy for fault in small.faults()} == {
        "options/New-Mole.yaml": "there is options/new-mole.yaml as well: choose another id, or delete one of the two",
        "options/Pier.yaml": "rename it pier.yaml",
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Even", "title：Even", "a full-width colon (U+FF1A)"),
        ("title: Even", "title:\u00a0Even", "a no-break space (U+00A0)"),
        ("title: Even", "\u00a0title: Even", "a no-break space (U+00A0)"),
        ("title: Even", "title: “Even: so”", "a left double quotation mark (U+201C)"),
        ("judgements: {crossings: 1,", "judgements: ｛crossings: 1,", "a full-width left curly bracket (U+FF5B)"),
        ("judgements: {crossings: 1, waiting", "judgements: {crossings: 1， waiting", "a full-width comma (U+FF0C)"),
        ("method: points", "method :\u3000points", "a full-width space (U+3000)"),
    ],
)
def test_a_character_that_looks_like_a_sign_of_yaml_is_named(
    small: SmallDossier, old: str, new: str, said: str
) -> None:
    small.edit(W, old, new)
    faults = small.faults()
    assert any(said in fault.remedy for fault in faults), [(fault.message, fault.remedy) for fault in faults]


@pytest.mark.parametrize(("written", "plain"), [("１", "1"), ("\u22121", "-1"), ("1,5", "1.5")])
def test_a_number_in_other_digits_is_told_as_it_is_to_be_typed(small: SmallDossier, written: str, plain: str) -> None:
    small.put(W, EVEN.replace("judgements: {crossings: 1,", f"judgements: {{crossings: '{written}',"))
    assert f"write {plain}, in plain digits and signs" in [fault.remedy for fault in small.faults()]


@pytest.mark.parametrize(
    "text",
    [
        EVEN.replace("title: Even", "<<<<<<< HEAD\ntitle: Even\n=======\ntitle: Ever\n>>>>>>> other"),
        EVEN.replace("title: Even", "<<<<<<< HEAD\n||||||| base\n=======\ntitle: Even\n>>>>>>> other"),
        EVEN + ">>>>>>> other\n",
    ],
)
def test_an_unfinished_merge_is_named(small: SmallDossier, text: str) -> None:
    small.put(W, text)
    fault = small.fault()
    assert fault.code == "merge-conflict"
    assert fault.message.startswith("a merge is not finished here: ")
    assert fault.remedy.endswith("delete the lines that begin with <<<<<<<, ======= and >>>>>>>")


def test_what_only_quotes_a_merge_is_read(small: SmallDossier) -> None:
    small.put(
        W, EVEN.replace("rationale: Nothing sets the three swings apart.", "rationale: |\n  <<<<<<< HEAD\n  so\n")
    )
    assert small.faults() == ()


def test_a_byte_order_mark_inside_a_file_is_named(small: SmallDossier) -> None:
    small.edit(W, "title: Even", "\ufefftitle: Even")
    assert small.fault().message.startswith("a byte order mark (U+FEFF) cannot be seen")
