"""Pydantic's refusals as faults: the place, the plain words, the remedy, and each mistake reported once."""

from __future__ import annotations

import pytest

from policy_options.dossier.models.option import Option
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.validation import did_you_mean, validate
from policy_options.errors import Fault, PolicyOptionsError
from support import CRITERIA, DECISION, EVEN, OPTIONS, SmallDossier

D, C, W = "criteria/decision.yaml", "criteria/criteria.yaml", "criteria/weights/even.yaml"
AS_IS = "options/as-is.yaml"
S = "options/evidence/survey.yaml"


def where(fault: Fault) -> str:
    return str(fault.place)


# --- the format ---


@pytest.mark.parametrize("file", [D, C, W, AS_IS, S])
def test_a_newer_format_is_refused_by_name_and_nothing_else_of_the_file_is(small: SmallDossier, file: str) -> None:
    small.put(file, "format: 7\nall: new\n")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("format-newer", f"{file}:1:9")
    assert "format 7" in fault.message
    assert "up to 1" in fault.message
    assert fault.remedy == "install a newer policy-options"


@pytest.mark.parametrize("written", ["2.0", "1.5", "true", "'1'", "0", "-1", "", "one", "1.0", "[1]"])
def test_a_format_is_a_whole_number_that_there_is(small: SmallDossier, written: str) -> None:
    small.edit(AS_IS, "format: 1", f"format: {written}")
    fault = small.fault()
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == (AS_IS, 1)
    assert "1" in fault.remedy or "newer" in fault.remedy


def test_a_missing_format(small: SmallDossier) -> None:
    small.edit(W, "format: 1\n", "")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("format-missing", f"{W}:1:1")
    assert fault.remedy == "begin it with format: 1"


@pytest.mark.parametrize(("text", "kind"), [("- a\n", "a list"), ("just text\n", '"just text"'), ("12\n", "number 12")])
def test_a_file_that_is_no_mapping(small: SmallDossier, text: str, kind: str) -> None:
    small.put(AS_IS, text)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("not-a-mapping", f"{AS_IS}:1:1")
    assert kind in fault.message
    assert fault.remedy == "begin it with format: 1"


# --- keys ---


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "name", "remedy"),
    [
        (D, "baseline:", "base-line:", "11:1", "base-line", "did you mean `baseline`?"),
        (D, "baseline:", "Baseline:", "11:1", "Baseline", "did you mean `baseline`?"),
        (C, "judged: true", "judgd: true", "27:9", "judgd", "did you mean `judged`?"),
        (C, "role: cost", "roll: cost", "22:5", "roll", "did you mean `role`?"),
        (C, "low: {at: 0, means: Walk on}", "low: {at: 0, means: Walk on, mean: x}", "18:40", "mean", "did you mean `means`?"),
        (AS_IS, "crossings: 4", "crossings: {likely: 4, ratoinale: x}", "4:26", "ratoinale", "did you mean `rationale`?"),
        (W, "holder:", "across-all: leaves\nholder:", "3:1", "across-all", "did you mean `across`?"),
        (S, "    text:", "    note: x\n    text:", "11:5", "note", "did you mean `quote`?"),
        (S, "    text:", "    page: 4\n    text:", "11:5", "page", "did you mean `pages`?"),
        (S, "    text:", "    zzz: x\n    text:", "11:5", "zzz", "there are: cell, figure, id, pages, paragraphs,"),
        (AS_IS, "title:", "for_: []\ntitle:", "2:1", "for_", "did you mean `for`?"),
        (D, "baseline:", "decide_by: 2026-05-01\nbaseline:", "11:1", "decide_by", "did you mean `decide-by`?"),
        (AS_IS, "title:", "zzz: 1\ntitle:", "2:1", "zzz", ""),
        (C, "means: An hour", "means: An hour, or more", "19:42", "or more", "in quotes together: inside { } a comma begins"),
        (AS_IS, "title:", '"": 1\ntitle:', "2:1", "", ""),
    ],
)  # fmt: skip
def test_an_unknown_key(small: SmallDossier, file: str, old: str, new: str, place: str, name: str, remedy: str) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("key-unknown", f"{file}:{place}")
    assert f"`{name}` is not known here" in fault.message
    assert remedy in fault.remedy
    assert fault.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "name"),
    [
        (D, "owner: Harbour office\n", "", "1:1", "owner"),
        (D, "scores-assume-delivery: true\n", "", "1:1", "scores-assume-delivery"),
        (C, "        unit: minutes\n", "", "13:9", "unit"),
        (C, "high: {at: 60, means: An hour}", "high: {at: 60}", "19:17", "means"),
        (AS_IS, "crossings: 4", "crossings: {low: 1, high: 5}", "4:14", "likely"),
        (W, "status: illustrative\n", "", "1:1", "status"),
    ],
)
def test_a_missing_key(small: SmallDossier, file: str, old: str, new: str, place: str, name: str) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("key-missing", f"{file}:{place}")
    assert f"the key `{name}` is missing" in fault.message
    assert fault.remedy == f"write {name}:"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "meant"),
    [
        (AS_IS, "title:", "titel:", "2:1", "title"),
        (D, "owner:", "ownr:", "8:1", "owner"),
        (AS_IS, "crossings: 4", "crossings: {likly: 4}", "4:15", "likely"),
        (C, "unit: minutes", "units: minutes", "15:9", "unit"),
    ],
)
def test_a_misspelt_key_is_one_mistake_and_one_fault(
    small: SmallDossier, file: str, old: str, new: str, place: str, meant: str
) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert where(fault) == f"{file}:{place}"
    assert fault.remedy == f"did you mean `{meant}`?"


def test_a_key_that_is_called_like_a_kind_of_node_misleads_no_place(small: SmallDossier) -> None:
    small.edit(C, "        title: Waiting\n", "        title: 5\n        criterion: 3\n")
    assert sorted(map(where, small.faults())) == [f"{C}:14:16", f"{C}:15:9"]


def test_a_duplicate_key_is_told_once_and_its_content_is_judged(small: SmallDossier) -> None:
    small.edit(AS_IS, "  waiting:", "  crossings: {likely: [1]}\n  waiting:")
    codes = [(f.code, where(f)) for f in small.faults()]
    assert codes[0] == ("duplicate-key", f"{AS_IS}:5:3")
    assert len(codes) == 2
    assert codes[1][1] == f"{AS_IS}:5:23"


@pytest.mark.parametrize("file", [D, C, W, AS_IS, S])
def test_a_duplicate_of_any_first_key_is_one_fault(small: SmallDossier, file: str) -> None:
    text = (small.root / file).read_text(encoding="utf-8")
    small.put(file, text + "format: 1\n")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("duplicate-key", f"{file}:{text.count(chr(10)) + 1}:1")


def test_a_fault_of_the_first_key_hides_no_missing_key(small: SmallDossier) -> None:
    small.edit(AS_IS, "format: 1\ntitle: Leave the landing where it is\n", "!x format: 1\n")
    assert sorted(f.code for f in small.faults()) == ["key-missing", "tag"]


# --- kinds of values ---


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12", "the number 12"),
        ("1.5", "the number 1.5"),
        ("true", "`true` (a truth value)"),
        ("", "nothing"),
        ("[a]", "a list"),
        ("{a: b}", "a mapping"),
    ],
)
@pytest.mark.parametrize(
    ("file", "key", "line"), [(D, "owner", 8), (D, "question", 4), (W, "rationale", 5), (S, "title", 2)]
)
def test_something_else_where_text_is_meant(
    small: SmallDossier, file: str, key: str, line: int, written: str, found: str
) -> None:
    lines = (small.root / file).read_text(encoding="utf-8").splitlines()
    assert lines[line - 1].startswith(f"{key}:")
    lines[line - 1] = f"{key}: {written}".rstrip()
    small.put(file, "\n".join(lines))
    fault = small.fault()
    assert (fault.code, where(fault)) == ("string-type", f"{file}:{line}:{len(key) + (3 if written else 2)}")
    assert f"{found} is given where text is expected" in fault.message
    assert ("quotes" in fault.remedy) == (written in {"12", "1.5", "true"})


@pytest.mark.parametrize("written", ["yes", "on", "2026-02-24", "010", "1:30", "No", "'12'", '"true"', "~a"])
def test_what_is_text_in_yaml_1_2_is_taken_as_text(small: SmallDossier, written: str) -> None:
    small.edit(D, "owner: Harbour office", f"owner: {written}")
    assert small.load().contents.decision.model.owner == written.strip("'\"")


@pytest.mark.parametrize(
    ("written", "found"), [("yes", '"yes"'), ("1", "number 1"), ("", "nothing"), ("'true'", '"true"')]
)
def test_something_else_where_a_truth_value_is_meant(small: SmallDossier, written: str, found: str) -> None:
    small.edit(D, "delivery: true", f"delivery: {written}".rstrip())
    fault = small.fault()
    assert where(fault) == f"{D}:7:{25 if written else 24}"
    assert found in fault.message
    assert "where `true` or `false` is expected" in fault.message
    assert "true or false, without quotes" in fault.remedy


@pytest.mark.parametrize(
    ("written", "found"), [("'20'", '"20"'), ("true", "`true`"), ("", "nothing"), ("010", '"010"'), ("[20]", "a list")]
)
def test_something_else_where_a_number_is_meant(small: SmallDossier, written: str, found: str) -> None:
    small.edit(C, "high: {at: 20,", f"high: {{at: {written},")
    fault = small.fault()
    assert fault.code == "float-type"
    assert where(fault).startswith(f"{C}:12:2")
    assert f"{found}" in fault.message
    assert "is given where a number is expected" in fault.message
    assert "without quotes" in fault.remedy


@pytest.mark.parametrize("written", ["20%", "20 %", "２０%"])
def test_a_percentage_where_a_number_is_meant(small: SmallDossier, written: str) -> None:
    small.edit(C, "high: {at: 20,", f"high: {{at: {written},")
    fault = small.fault()
    assert fault.remedy == "write the number in the unit that is meant here: 20 if that is per cent"


def test_1e3_is_a_number(small: SmallDossier) -> None:
    small.edit(C, "high: {at: 20,", "high: {at: 1e3,")
    scale = small.load().contents.leaves["crossings"][0].scale
    assert scale.high is not None
    assert scale.high.at == 1000.0


@pytest.mark.parametrize("written", ["1.5", "1e3", "'1'", "yes", "true"])
def test_something_else_where_a_whole_number_is_meant(small: SmallDossier, written: str) -> None:
    small.put(D, DECISION + f"seed: {written}\n")
    fault = small.fault()
    assert where(fault) == f"{D}:13:7"
    assert "is given where a whole number is expected" in fault.message
    assert "without quotes" in fault.remedy


@pytest.mark.parametrize(
    ("written", "words", "remedy"),
    [
        ("thresholds: {too-close-to-call: -0.5}", "the number -0.5 is too small", "at least 0"),
        ("thresholds: {too-close-to-call: 100.5}", "the number 100.5 is too large", "at most 100"),
    ],
)
def test_a_number_out_of_its_range(small: SmallDossier, written: str, words: str, remedy: str) -> None:
    small.put(D, DECISION + written)
    fault = small.fault()
    assert where(fault) == f"{D}:13:33"
    assert words in fault.message
    assert remedy in fault.remedy


def test_a_seed_out_of_its_range(small: SmallDossier) -> None:
    small.put(D, DECISION + "seed: -1\n")
    assert "-1 is too small" in small.fault().message
    small.put(D, DECISION + f"seed: {2**63}\n")
    fault = small.fault()
    assert f"{2**63} is too large" in fault.message
    assert str(2**63 - 1) in fault.remedy.replace(",", "")


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words", "choices"),
    [
        (W, "status: illustrative", "status: invented", "4:9", '"invented" is not one of the choices',
         "elicited or illustrative"),
        (W, "method: points", "method: points\nformula: guess", "7:10", '"guess"', "reciprocal"),
        (C, "direction: less-is-better\n        scale:\n          low", "direction: less\n        scale:\n          low", "16:20",
         '"less"', "more-is-better or less-is-better"),
        (AS_IS, "crossings: 4", "crossings: {likely: 4, confidence: High}", "4:38", '"High"', "high, medium or low"),
        (C, "role: cost", "role: costs", "22:11", '"costs"', "cost"),
    ],
)  # fmt: skip
def test_none_of_the_choices(
    small: SmallDossier, file: str, old: str, new: str, place: str, words: str, choices: str
) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("literal-error", f"{file}:{place}")
    assert words in fault.message
    assert choices in fault.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "found"),
    [
        (C, "criteria:\n  - id: service", "criteria: x\nmore:\n  - id: service", "2:11", '"x"'),
        (AS_IS, "scores:\n  crossings: 4\n  waiting: {low: 30, likely: 40, high: 50}\n  outlay: small\n",
         "scores: []\n", "3:9", "a list"),
        (W, "judgements: {crossings: 1, waiting: 1, outlay: 2}", "judgements: 3", "7:13", "number 3"),
        (C, "low: {at: 0, means: Walk on}", "low: 0", "18:16", "number 0"),
        (D, "baseline: as-is", "thresholds: 2\nbaseline: as-is", "11:13", "number 2"),
        (S, "  - id: distance\n    paragraphs: [1]\n    text: From the east quay the islands are two miles closer.\n",
         "  - x\n", "9:5", '"x"'),
    ],
)  # fmt: skip
def test_something_else_where_a_mapping_or_list_is_meant(
    small: SmallDossier, file: str, old: str, new: str, place: str, found: str
) -> None:
    small.edit(file, old, new)
    faults = [fault for fault in small.faults() if fault.code not in {"key-unknown", "unknown-id"}]
    assert len(faults) == 1, faults
    assert where(faults[0]) == f"{file}:{place}"
    assert found in faults[0].message
    assert "is given where a" in faults[0].message
    assert faults[0].remedy


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (AS_IS, "title: Leave the landing where it is", "title: ''"),
        (AS_IS, "title: Leave the landing where it is", "title: '   '"),
        (D, "question: Which landing serves the islands best?", 'question: " "'),
    ],
)
def test_an_empty_text(small: SmallDossier, file: str, old: str, new: str) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert fault.code == "string-too-short"
    assert "the text is empty" in fault.message
    assert "write it" in fault.remedy


def test_a_text_that_is_too_long_and_one_that_breaks(small: SmallDossier) -> None:
    small.edit(AS_IS, "Leave the landing where it is", "x" * 301)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("string-too-long", f"{AS_IS}:2:8")
    assert "more than 300 characters" in fault.message
    assert fault.remedy == "shorten it"
    small.edit(AS_IS, "x" * 301, "|\n  two\n  lines")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("line-break", f"{AS_IS}:2:8")
    assert "one line" in fault.remedy


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2026-2-3", "24.02.2026", "20260224", "2026-02-24T00:00", "'٢٠٢٦-٠٢-٢٤'", "2026", "0000-01-01"],
)
def test_a_date_that_is_none(small: SmallDossier, written: str) -> None:
    small.edit(D, "date: 2026-03-01", f"date: {written}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("date", f"{D}:10:7")
    assert "not a date" in fault.message
    assert "2026-02-24" in fault.remedy


@pytest.mark.parametrize("written", ["english", "EN", "en_GB", "e", "en-GB-x", "../x"])
def test_a_language_that_is_none(small: SmallDossier, written: str) -> None:
    small.put(D, DECISION + f"language: {written}\n")
    fault = small.fault()
    assert where(fault) == f"{D}:13:11"
    assert "en" in fault.remedy.split() or "en-GB" in fault.remedy, "the remedy shows what a language looks like"


@pytest.mark.parametrize("text", ["criteria: []", "criteria:\n  - {id: a, title: A, criteria: []}"])
def test_an_empty_list_of_criteria(small: SmallDossier, text: str) -> None:
    small.put(C, f"format: 1\n{text}\n")
    fault = small.fault()
    assert fault.code == "too-short"
    assert "too short" in fault.message
    assert "at least 1" in fault.remedy


def test_no_judgements(small: SmallDossier) -> None:
    small.edit(W, "{crossings: 1, waiting: 1, outlay: 2}", "{}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("no-judgements", f"{W}:7:1")
    assert "needs judgements:" in fault.message
    assert fault.remedy == "write the judgements"


def test_a_fault_in_the_only_item_of_a_list_does_not_make_the_list_too_short(small: SmallDossier) -> None:
    small.edit(C, "judged: true", "judged: maybe")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("bool-type", f"{C}:27:17") or fault.code == "bool-parsing"


@pytest.mark.parametrize(
    ("item", "place"),
    [("x", "2:12"), ("[]", "2:12"), ("3", "2:12"), ("null", "2:12"), ("{id: a, title: A, criteria: x}", "2:40")],
)
def test_something_else_where_a_criterion_is_meant(small: SmallDossier, item: str, place: str) -> None:
    small.put(C, f"format: 1\ncriteria: [{item}]\n")
    fault = small.fault()
    assert where(fault) == f"{C}:{place}"
    assert "is given where a" in fault.message


# --- ids ---


@pytest.mark.parametrize(
    ("written", "words", "remedy"),
    [
        ("East Quay", "`East Quay` is not an id", "write east-quay"),
        ("east_quay", "`east_quay` is not an id", "write east-quay"),
        ("a--b", "`a--b` is not an id", "write a-b"),
        ("-a", "`-a` is not an id", "write a"),
        ("a-", "`a-` is not an id", "write a"),
        ("'a\u00a0b'", "is not an id", "write a-b"),
        ("日本", "`日本` is not an id", "supply-chains"),
        ("''", "`` is not an id", "supply-chains"),
        ("../x", "`../x` is not an id", "write x"),
        ("'{a}'", "`{a}` is not an id", "write a"),
        ("con", "`con` is a device name on Windows", "choose another id"),
        ("nul", "device name", "choose another id"),
        ("lpt1", "device name", "choose another id"),
        ("a" * 65, "65 characters; at most 64", "shorten it"),
        ("'a\n\n  b'", "is not an id", "write a-b"),
    ],
)
def test_ids(small: SmallDossier, written: str, words: str, remedy: str) -> None:
    small.edit(D, "id: harbour", f"id: {written}")
    fault = small.fault()
    assert (fault.code, where(fault)) == ("id", f"{D}:2:5")
    assert words in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize("written", ["a" * 64, "a", "x-1", "2026", "com10", "true-north"])
def test_ids_that_are_fine(small: SmallDossier, written: str) -> None:
    small.edit(D, "id: harbour", f"id: '{written}'")
    assert small.load().contents.decision.model.id == written


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (AS_IS, "crossings: 4", "Crossings: 4", "4:3"),
        (W, "{crossings: 1,", "{Crossings: 1,", "7:14"),
        (C, "id: waiting", "id: Waiting", "13:13"),
        (S, "id: distance", "id: Distance", "9:9"),
        (D, "weights: even", "weights: Even", "12:10"),
    ],
)
def test_ids_everywhere_else(small: SmallDossier, file: str, old: str, new: str, place: str) -> None:
    small.edit(file, old, new)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("id", f"{file}:{place}")
    assert fault.remedy == f"write {new.split(':')[-1 if file in (C, S, D) else 0].strip(' {').lower()}"


# --- several at once ---


def test_all_faults_of_a_file_come_together(small: SmallDossier) -> None:
    small.put(
        AS_IS,
        "format: 1\ntitle: 12\nwho: x\nscores:\n  crossings: {likely: 4, date: today}\n  waiting: .inf\n  outlay: [1]\n",
    )
    assert sorted((f.code, where(f)) for f in small.faults()) == [
        ("date", f"{AS_IS}:5:32"),
        ("float-type", f"{AS_IS}:7:11"),
        ("key-unknown", f"{AS_IS}:3:1"),
        ("number-not-finite", f"{AS_IS}:6:12"),
        ("string-type", f"{AS_IS}:2:8"),
    ]


def test_a_refusal_of_the_reader_is_not_told_again_by_the_model(small: SmallDossier) -> None:
    small.edit(AS_IS, "title: Leave the landing where it is", "title: .nan")
    assert small.fault().code == "number-not-finite"
    small.edit(AS_IS, "title: .nan", 'title: "\\u202e"')
    assert small.fault().code == "hidden-character"
    small.edit(AS_IS, 'title: "\\u202e"', "title: !!int '3'")
    assert small.fault().code == "tag"


def test_no_model_comes_of_a_file_with_a_fault() -> None:
    tree = read_yaml((OPTIONS["as-is"] + "x: 1\n").encode(), "f.yaml")
    model, faults = validate(Option, tree)
    assert model is None
    assert [fault.code for fault in faults] == ["key-unknown"]
    model, faults = validate(Option, read_yaml(OPTIONS["as-is"].encode(), "f.yaml"))
    assert model is not None
    assert faults == []


def test_messages_stay_short_whatever_the_file_holds(small: SmallDossier) -> None:
    long = "x" * 100_000
    small.put(AS_IS, f"format: 1\ntitle: t\n? {long}\n: 1\nscores: {{}}\nfor:\n  - {{text: a, evidence: [{long}]}}\n")
    small.put(W, EVEN + f"? {long}\n: 1\n? {long}\n: 2\n")
    small.put(D, DECISION + f"why-now: [{{text: '{long}'}}]\nlanguage: {long}\nid: {long}\n")
    faults = small.faults()
    assert len(faults) >= 6
    assert all(len(fault.message) < 500 and len(fault.remedy) < 500 for fault in faults), [
        (f.code, len(f.message)) for f in faults
    ]


# --- suggestions ---


def test_did_you_mean_names_the_nearest_or_lists_the_few() -> None:
    assert did_you_mean("suply-chains", ["supply-chains", "delivery"]) == "did you mean `supply-chains`?"
    assert did_you_mean("Delivery", ["supply-chains", "delivery"]) == "did you mean `delivery`?"
    assert did_you_mean("zzz", ["b", "a"]) == "there are: a, b"
    assert did_you_mean("zzz", []) == ""
    assert did_you_mean("zzz", [f"plan-{n}" for n in range(13)]) == "there are 13, such as plan-0, plan-1, plan-10"


def test_the_small_files_are_valid_as_they_stand(small: SmallDossier) -> None:
    assert small.faults() == ()
    assert small.findings() == ()
    assert CRITERIA in (small.root / C).read_text(encoding="utf-8")


def test_a_key_of_another_kind_of_entry_is_not_suggested_for_itself(small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "title: Waiting\n", "title: Waiting\n        role: cost\n")
    with pytest.raises(PolicyOptionsError) as raised:
        small.load()
    (fault,) = [fault for fault in raised.value.faults if fault.code == "key-unknown"]
    assert "did you mean" not in fault.remedy and "group" in fault.remedy
