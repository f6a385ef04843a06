"""Text that YAML ignores is a finding; an obvious comment is not."""

from __future__ import annotations

import pytest

from policy_options.dossier.reading import read_yaml
from policy_options.errors import Fault
from support import SmallDossier


def found(text: str) -> tuple[Fault, ...]:
    tree = read_yaml(text.encode(), "options/f.yaml")
    assert tree.faults == ()
    for fault in tree.findings:
        assert (fault.code, fault.severity, fault.ids) == ("text-lost", "finding", ("f",))
    return tree.findings


@pytest.mark.parametrize(
    ("text", "lost", "place"),
    [
        ("title: Option #2", "#2", "1:15"),
        ("summary: Costs 5 M #to be confirmed", "#to be confirmed", "1:20"),
        ("title: Option ##2", "##2", "1:15"),
        ("title: 'Option' #2", "#2", "1:17"),
        ("for:\n  - It is cheap #so they say\n", "#so they say", "2:17"),
        ("for: [cheap, #quick\n  near]", "#quick", "1:14"),
        ("for: {text: cheap #so they say\n  }", "#so they say", "1:19"),
        ("text: >\n  one\nnext: a #b", "#b", "3:9"),
        ("text: > #5 million\n  more", "#5 million", "1:9"),
        ("text: |- #5\n  more", "#5", "1:10"),
        ("title: Option\n  #2 of them", "#2 of them", "2:3"),
        ("for:\n  - cheap\n    #so they say", "#so they say", "3:5"),
        ("a: b\r\nc: d #e\r\n", "#e", "2:6"),
        ("\ufeffa: é 😀 #e", "#e", "1:8"),
    ],
)
def test_a_comment_that_may_be_text(text: str, lost: str, place: str) -> None:
    (fault,) = found(text)
    assert fault.message == f'"{lost}" is read as a comment, and is no part of the text before it'
    assert fault.remedy == "put the whole text in quotes; a comment has a space after its #"
    assert str(fault.place) == f"options/f.yaml:{place}"


@pytest.mark.parametrize(
    "text",
    [
        "title: Option # the second",
        "title: Option ## the second",
        "title: Option #",
        "title: Option#2",
        "title: 'Option #2'",
        'title: "Option #2"',
        "title: 'Option\n  #2'",
        "text: |\n  Option #2\n  #3\n",
        "text: >-\n  Option #2\nnext: 1",
        "#title: Option\ntitle: x",
        "title: x\n#summary: y\nnext: z",
        "scores:\n  a: small\n  #b: large\n  c: large",
        "for:\n  - text: x\n    #evidence: none\n  - text: y\n",
        "for:\n  - x\n  #- y\n",
        "for:\n- x\n#- y\n",
        "a: 5 #guess",
        "a: true #sure",
        "scores: #all of them\n  a: b",
        "#!/bin/x\na: b #!x",
        "a: b\n\n  \n#c",
    ],
)
def test_what_is_a_comment_or_no_comment_at_all(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "anchor", "place"),
    [
        ("title: &co option", "co", "1:8"),
        ("for:\n  - &co option", "co", "2:5"),
        ("for: [&co option, b]", "co", "1:7"),
        ("&co title: option", "co", "1:1"),
        ("title: &co 'option'", "co", "1:8"),
        ("a: &x one\nb: &x two\nc: *x", "x", "1:4"),
        ("a: &x one\nb: &x {d: 1}\nc: *x", "x", "1:4"),
    ],
)
def test_an_anchor_that_nothing_refers_to(text: str, anchor: str, place: str) -> None:
    (fault,) = found(text)
    assert fault.message == f"`&{anchor}` marks a place that nothing refers to, and is not read as text"
    assert fault.remedy == f"put the text in quotes, or delete &{anchor}"
    assert str(fault.place) == f"options/f.yaml:{place}"


@pytest.mark.parametrize("text", ["a: &x one\nb: *x", "a: R&D &co", "a: &x {b: 1}", "a: '&co option'"])
def test_other_ampersands(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [("for: [Costs 1,000 more]", "1:14"), ("for: [it costs 12,5 M]", "1:18"), ("a: {b: costs 1,000: 2}", "1:15")],
)
def test_a_number_that_a_comma_in_brackets_takes_apart(text: str, place: str) -> None:
    (fault,) = found(text)
    assert fault.message == "the comma inside of this number ends the text, since it is in brackets"
    assert str(fault.place) == f"options/f.yaml:{place}"


@pytest.mark.parametrize(
    "text", ["a: [1,2,3]", "a: ['Costs 1,000']", "a: Costs 1,000 [more]", "a: [x]\nb: Costs 1,000"]
)
def test_other_commas(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "title",
    [
        "! option", "!important option", "!!str option", "%50 of it", "@home", "`code`", "*bold* option", "| option", "- 5 M",
        "key: value: more", "Costs:", "? option", "[draft] Option", "{draft} Option", '"Option" two', "#2", "&co", "~", "null",
        "1.0", "yes, no: maybe",
    ],
)  # fmt: skip
def test_what_else_yaml_does_not_take_for_text_is_an_error(small: SmallDossier, title: str) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", title)
    assert small.faults() != ()
    assert all(fault.severity == "error" and fault.remedy for fault in small.faults())


@pytest.mark.parametrize(
    "title",
    ["a:b", "Option --- two", "50% of it", "A | B", "A > B", "Is it so?", "=", "a, b", "R&D", "C#", "a*b", "A [draft]"],
)
def test_what_yaml_takes_for_text_is_kept_whole(small: SmallDossier, title: str) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", title)
    assert small.load().contents.options["new-mole"].model.title == title
    assert small.findings() == ()


def test_the_finding_names_the_option_and_can_be_acknowledged(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "Option #2")
    small.edit("options/east-quay.yaml", "Move to", "&co Move to")
    assert [(finding.code, finding.ids) for finding in small.findings()] == [
        ("text-lost", ("east-quay",)),
        ("text-lost", ("new-mole",)),
    ]
    small.put(
        "criteria/decision.yaml",
        (small.root / "criteria/decision.yaml").read_text()
        + "acknowledged:\n  - {finding: text-lost, about: [new-mole], because: It is a note.}\n",
    )
    assert [finding.ids for finding in small.findings()] == [("east-quay",)]
