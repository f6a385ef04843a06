"""From a folder to checked contents: every error of every file in one run, and only this package's error, whatever the
files.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_options import Dossier, PolicyOptionsError
from policy_options.dossier import limits
from policy_options.errors import Fault, Place
from policy_options.wording.faults import render_faults
from support import CRITERIA, DECISION, EVEN, OPTIONS, QUICK, SmallDossier

D, C, W, Q = (
    "criteria/decision.yaml",
    "criteria/criteria.yaml",
    "criteria/weights/even.yaml",
    "criteria/weights/quick.yaml",
)
AS_IS = "options/as-is.yaml"
S = "options/evidence/survey.yaml"


def where(fault: Fault) -> str:
    return str(fault.place)


def test_a_dossier_is_read(small: SmallDossier) -> None:
    contents = small.load().contents
    assert set(contents.options) == {"as-is", "east-quay", "new-mole"}
    assert set(contents.weight_sets) == {"even", "quick"}
    assert set(contents.sources) == {"survey"}
    assert set(contents.claims) == {"survey/distance"}
    assert contents.paragraphs_of(["survey/distance"]) == {"survey": (1,)}
    assert set(contents.leaves) == {"crossings", "waiting", "outlay"}
    assert set(contents.groups) == {"service", "money"}


def test_counts(small: SmallDossier) -> None:
    report = small.load().check()
    assert (report.options, report.criteria, report.weight_sets) == (3, 3, 2)
    assert (report.scores, report.unsupported, report.unknown) == (9, 8, 0)
    assert report.findings == ()
    assert report.acknowledged == ()


# --- all errors in one run ---


def test_errors_of_all_files_come_in_one_run(small: SmallDossier) -> None:
    small.edit(D, "weights: even", "weights: evn")
    small.edit(C, "high: {at: 60,", "high: {at: 0,")
    small.edit(W, "holder:", "holdr: x\nholder:")
    small.put(Q, "a: [\n")
    small.edit(AS_IS, "crossings: 4", "crossings: 40")
    small.edit("options/east-quay.yaml", "confidence: medium", "confidence: middling")
    small.edit("options/new-mole.yaml", "crossings: 16", "crosings: 16")
    small.put("options/Bad Name.yaml", OPTIONS["as-is"])
    small.put("options/short.yml", OPTIONS["as-is"])
    small.edit(S, "paragraphs: [1]", "paragraphs: [9]")
    told = {(fault.code, fault.place.file if fault.place else "") for fault in small.faults()}
    assert told == {
        ("unknown-id", D),
        ("scale-empty", C),
        ("key-unknown", W),
        ("yaml-syntax", Q),
        ("score-off-scale", AS_IS),
        ("literal-error", "options/east-quay.yaml"),
        ("unknown-id", "options/new-mole.yaml"),
        ("id", "options/Bad Name.yaml"),
        ("file-ending", "options/short.yml"),
        ("unknown-paragraph", S),
    }
    assert len(small.faults()) == 10


@pytest.mark.parametrize("broken", [D, C])
def test_a_fault_in_the_decision_or_the_criteria_hides_no_others(small: SmallDossier, broken: str) -> None:
    text = (small.root / broken).read_text(encoding="utf-8")
    small.put(broken, text + "surplus: 1\n")
    small.edit(AS_IS, "crossings: 4", "crossings: {likely: 4, evidence: [survey/distence]}")
    small.edit("options/new-mole.yaml", "title: Build", "titel: Build")
    told = {(fault.code, fault.place.file if fault.place else "") for fault in small.faults()}
    assert ("key-unknown", broken) in told
    assert ("key-unknown", "options/new-mole.yaml") in told
    assert ("unknown-id", AS_IS) in told


def test_a_fault_in_the_decision_hides_no_score_off_its_scale(small: SmallDossier) -> None:
    small.put(D, DECISION + "surplus: 1\n")
    small.edit(AS_IS, "crossings: 4", "crossings: 400")
    assert sorted(fault.code for fault in small.faults()) == ["key-unknown", "score-off-scale"]


def test_a_broken_file_is_one_fault(small: SmallDossier) -> None:
    for name in (AS_IS, W, S, C):
        before = (small.root / name).read_bytes()
        small.put(name, b"format: 1\n\xff\n")
        fault = small.fault()
        assert (fault.code, where(fault)) == ("not-utf-8", f"{name}:2:1")
        small.put(name, before)
    assert small.faults() == ()


# --- which files are read ---


@pytest.mark.parametrize("folder", ["options", "criteria/weights", "options/evidence"])
@pytest.mark.parametrize(
    ("name", "code", "words", "remedy"),
    [
        ("West Quay.yaml", "id", "`West Quay` is not an id", "rename it west-quay.yaml"),
        ("con.yaml", "id", "device name on Windows", "another id"),
        ("x" * 65 + ".yaml", "id", "65 characters", "shorten"),
        ("a.b.yaml", "id", "`a.b` is not an id", "rename it a-b.yaml"),
        ("évasion.yaml", "id", "`évasion` is not an id", "rename it evasion.yaml"),
        ("{x}.yaml", "id", "`{x}` is not an id", "rename it x.yaml"),
        ("plan.yml", "file-ending", "ends in .yml", "rename it plan.yaml"),
        ("plan.YAML", "file-ending", "ends in .YAML", "rename it plan.yaml"),
        ("plan.Yml", "file-ending", "ends in .Yml", "rename it plan.yaml"),
    ],
)
def test_names_of_files(small: SmallDossier, folder: str, name: str, code: str, words: str, remedy: str) -> None:
    small.put(f"{folder}/{name}", "format: 1\n")
    fault = small.fault()
    assert (fault.code, where(fault)) == (code, f"{folder}/{name}")
    assert words in fault.message
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    "name", [".hidden.yaml", ".plan.yaml.swp", "plan.yaml~", "plan.yaml.bak", "README.md", ".yaml"]
)
def test_files_that_are_none_of_ours(small: SmallDossier, name: str) -> None:
    small.put(f"options/{name}", "nonsense: [")
    assert small.faults() == ()


def test_a_name_that_is_no_text(small: SmallDossier) -> None:
    try:
        with open(os.fsencode(small.root / "options") + b"/\xff.yaml", "wb") as stream:  # noqa: PTH123
            stream.write(OPTIONS["as-is"].encode())
    except OSError:
        pytest.skip("this file system keeps names in Unicode")
    fault = small.fault()
    assert fault.code == "id"
    assert "options/" in where(fault)
    render_faults([fault]).encode()


def test_a_name_with_a_line_break_makes_no_line_of_its_own(small: SmallDossier) -> None:
    small.put("options/a\nerror: all is lost.yaml", "x")
    small.put("options/Bad.yaml", "x")
    rendered = render_faults(small.faults())
    assert "\nerror: all is lost" not in rendered
    assert len(rendered.splitlines()) == 5


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_device_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [make_folder, make_pipe, make_dangling_link, make_loop, make_device_link])
@pytest.mark.parametrize("folder", ["options", "criteria/weights", "options/evidence"])
def test_what_is_no_file(small: SmallDossier, make: Callable[[Path], None], folder: str) -> None:
    make(small.root / folder / "odd.yaml")
    fault = small.fault()
    assert where(fault) == f"{folder}/odd.yaml"
    if make in (make_folder, make_pipe, make_device_link):
        assert "missing" not in fault.message, "it is there, but it is no file"
        assert fault.remedy != "write it"


def test_a_link_to_a_file_is_that_file(small: SmallDossier) -> None:
    text = OPTIONS["new-mole"].replace("Build", "Do not build")
    small.put("elsewhere.txt", text)
    (small.root / "options/linked.yaml").symlink_to("../elsewhere.txt")
    assert "linked" in small.load().contents.options


def test_missing_criteria(small: SmallDossier) -> None:
    (small.root / C).unlink()
    fault = small.fault()
    assert (fault.code, where(fault)) == ("file-missing", C)
    assert fault.remedy


def test_no_dossier(tmp_path: Path) -> None:
    with pytest.raises(PolicyOptionsError) as raised:
        Dossier.load(tmp_path)
    (fault,) = raised.value.faults
    assert fault.code == "not-a-dossier"
    assert "criteria/decision.yaml is missing" in fault.message
    assert "policy-options new DIR" in fault.remedy
    assert where(fault) == str(tmp_path)


@pytest.mark.parametrize("folder", ["nowhere", "x" * 300, "x/" * 3000, "a\0b", "/etc/passwd", "/dev/null", ""])
def test_odd_places_of_a_dossier(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PolicyOptionsError):
        Dossier.load(folder)


def test_a_file_that_may_not_be_read(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_open = Path.open

    def closed(path: Path, *arguments: Any) -> Any:
        if path.name == "as-is.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain_open(path, *arguments)

    monkeypatch.setattr(Path, "open", closed)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("file-unreadable", AS_IS)
    assert "Permission denied" in fault.message
    assert "permissions" in fault.remedy


def test_a_folder_that_may_not_be_entered(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_stat = Path.stat

    def closed(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "decision.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain_stat(path, *arguments, **options)

    monkeypatch.setattr(Path, "stat", closed)
    assert small.fault().code in {"file-unreadable", "not-a-dossier"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_may_not_be_listed_is_not_taken_for_empty(small: SmallDossier) -> None:
    folder = small.root / "options/evidence"
    folder.chmod(0)
    try:
        assert "file-unreadable" in {fault.code for fault in small.faults()}
    finally:
        folder.chmod(0o755)


def test_too_many_files(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("too-many-files", "options")
    assert "3 files; at most 2" in fault.message
    assert fault.remedy


def test_a_file_over_the_size_is_told_with_the_truth_about_its_size(small: SmallDossier) -> None:
    size = limits.MAX_FILE_BYTES + 123_456
    small.put(AS_IS, b"#" * size)
    fault = small.fault()
    assert (fault.code, where(fault)) == ("file-too-large", AS_IS)
    assert f"{size:,}" in fault.message or "more than" in fault.message


def test_the_collector_is_left_as_it_was(small: SmallDossier) -> None:
    import gc

    assert gc.isenabled()
    small.load()
    assert gc.isenabled()
    small.put(C, "[")
    assert small.faults()
    assert gc.isenabled()


# --- many faults, short messages ---


def test_five_thousand_bad_files_make_a_short_output(small: SmallDossier) -> None:
    for number in range(5_000):
        small.put(
            f"options/plan-{number}.yaml", b"format: 1\ntitle: 3\nscores: {crossings: 1, waiting: 1, outlay: small}\n"
        )
    faults = small.faults()
    assert len([fault for fault in faults if fault.code == "string-type"]) == 5_000
    rendered = render_faults(faults)
    assert len(rendered.splitlines()) < 20
    assert len(rendered) < 2_000
    assert "and 4,995 more of the kind `string-type` in 4,995 files" in rendered
    assert "5,000 errors in all" in rendered


# --- only this package's error ---


VALID = {
    D: DECISION,
    C: CRITERIA,
    W: EVEN,
    Q: QUICK,
    AS_IS: OPTIONS["as-is"],
    "options/east-quay.yaml": OPTIONS["east-quay"],
}
SOURCE_LIKE = (
    "format: 1\ntitle: S\nparagraphs:\n  1: {mark}\nclaims:\n  - id: distance\n    paragraphs: [1]\n    text: x\n"
)
VALID[S] = SOURCE_LIKE.replace("{mark}", "a" * 64)
ASKED_HEAD = "format: 1\ntitle: Asked\nholder: H\nstatus: elicited\nrationale: R.\n"
ASKED = {  # weight sets of every form, each of which is added separately to the valid files
    "criteria/weights/asked-1.yaml": ASKED_HEAD + """\
method: swing
combine: median
participants:
  - id: ann
    name: Ann
    date: 2026-03-01
    judgements: {crossings: 100, waiting: {low: 40, high: 60}, outlay: {}}
    cross-checks: [{of: outlay, beside: waiting, said: 70}]
  - id: bob
    name: Bob
    order:
      - waiting > outlay = crossings
given-on:
  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20, ends: 0123456789abcdef}
  outlay: {path: x, unit: y, direction: less-is-better, levels: {small: 100, large: 0}}
  waiting: {path: x, unit: y, direction: less-is-better, local: true}
""",
    "criteria/weights/asked-2.yaml": ASKED_HEAD + """\
method: ahp
parent: even
across: siblings
pairwise:
  service: {money: 1/3}
  crossings:
    waiting: 3
""",
    "criteria/weights/asked-3.yaml": ASKED_HEAD + """\
method: best-worst
best-worst:
  - best: crossings
    worst: outlay
    best-to-others: {waiting: 2, outlay: 4}
    others-to-worst:
      crossings: 4
      waiting: 2
""",
    "criteria/weights/asked-4.yaml": ASKED_HEAD + """\
method: rank-order
formula: sum
order:
  - crossings > waiting = outlay
""",
}  # fmt: skip


def only_our_error(root: Path) -> tuple[Fault, ...]:
    """Load and use a dossier; return the faults, each of which must be complete and be placed within its file."""
    try:
        dossier = Dossier.load(root)
        dossier.check()
        dossier.overview()
        dossier.assess()
    except PolicyOptionsError as error:
        told = error.faults
    else:
        return ()
    assert told
    for fault in told:
        assert fault.message
        assert fault.remedy, fault
        assert fault.place is not None, fault
        within(root, fault.place)
    render_faults(told).encode()
    return told


def within(root: Path, place: Place) -> None:
    if place.line is None or place.column is None:
        return
    text = (root / place.file).read_bytes().decode("utf-8-sig", "replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines), place
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1, place


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> SmallDossier:
    return SmallDossier.write(tmp_path_factory.mktemp("playground"))


@pytest.fixture
def play(playground: SmallDossier) -> SmallDossier:
    for name, text in VALID.items():
        playground.put(name, text)
    for name in ASKED:
        (playground.root / name).unlink(missing_ok=True)
    return playground


def test_the_texts_that_are_broken_below_are_whole(play: SmallDossier) -> None:
    for name, text in ASKED.items():
        play.put(name, text)
    assert play.faults() == ()


FUZZ = settings(
    derandomize=True,
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD_LINES = [
    "<<: *x", "? a", "- x", "&x", "*x", "!!str a", "---", "...", "%YAML 1.2", "a: 1", "format: 2", "id: service",
    "  - {}", "criteria: []", "scores: 3", "x: .inf", "x: \t", '"\\u202e": 1', "\ufeff", "'", '"', "[", "}",
    ": 1", "? [a]", "unknown: unknown", "judgements: {}", "method: points", "across: siblings", "levels: []",
    "kind: local", "because: x", "low: {at: 1e308, means: x}", "at: unknown", "1e999: 1",
    "order: [outlay > waiting]", "method: swing", "total: 1e308", "waiting: {low: 1e-300}", "waiting: 1/3", "- a > b",
]  # fmt: skip
ODD_VALUES = [
    "", "~", "true", "3", "-1", "1e308", "-1e308", "1e-320", ".nan", "'3'", "4.5x", "[]", "{}", "[[]]", "unknown",
    "none", "small", "&x 3", "*x", "local", "exponential", "2026-02-30", "crossings", "service", "x" * 400,
    "\U0001f600", '"a\\nb"', "|", ">-", "{a: {b: {c: d}}}", "9" * 30,
]  # fmt: skip


def mutate(text: str, chance: random.Random) -> bytes:
    """A few small accidents of the kind that happen in editing, and some that do not."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                del lines[at]
                lines = lines or [""]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
                lines.insert(at, indent + chance.choice(ODD_LINES))
            case 3 | 4 if ":" in lines[at]:
                lines[at] = lines[at].rsplit(":", 1)[0] + ": " + chance.choice(ODD_VALUES)
            case 5:
                lines[at] = " " * chance.randrange(4) + lines[at].lstrip()
            case 6:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at] = (
                    lines[at][:cut]
                    + chance.choice(["", ":", " ", "'", '"', "{", "]", "#", "&x ", "*x", "\x85", "é"])
                    + lines[at][cut + 1 :]
                )
    return chance.choice(["\n", "\n", "\r\n", "\r"]).join(lines).encode()


@pytest.mark.parametrize("name", sorted(VALID | ASKED))
def test_mutations_of_valid_files_raise_nothing_but_our_error(play: SmallDossier, name: str) -> None:
    @FUZZ
    @given(seed=st.integers(0, 2**32))
    def attack(seed: int) -> None:
        play.put(name, mutate((VALID | ASKED)[name], random.Random(seed)))
        only_our_error(play.root)

    attack()


@pytest.mark.parametrize("name", sorted(VALID | ASKED))
def test_spliced_bytes_raise_nothing_but_our_error(play: SmallDossier, name: str) -> None:
    raw = (VALID | ASKED)[name].encode()

    @FUZZ
    @given(at=st.integers(0, len(raw)), gone=st.integers(0, 12), new=st.binary(max_size=8))
    def attack(at: int, gone: int, new: bytes) -> None:
        play.put(name, raw[:at] + new + raw[at + gone :])
        only_our_error(play.root)

    attack()


WORDS = [
    "unknown", "none", "as-is", "small", "crossings", "service", "local", "global", "survey/distance", "cost", "1", "even", "",
    "1/3", "1/0", "crossings > waiting", "crossings = crossings", "outlay > crossings", "waiting", "outlay", "swing", "ahp",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
KEYS = st.sampled_from([
    "format", "id", "title", "criteria", "scale", "low", "high", "at", "means", "levels", "value", "direction",
    "unit", "role", "kind", "because", "red-line", "value-function", "points", "midpoint", "scores", "crossings",
    "waiting", "outlay", "likely", "evidence", "scorers", "for", "against", "conflicts", "judgements", "given-on",
    "method", "across", "paragraphs", "claims", "1", "text", "acknowledged", "finding", "about", "thresholds",
    "criterion", "group", "[key]", "", "order", "pairwise", "best-worst", "best", "worst", "best-to-others",
    "others-to-worst", "participants", "name", "combine", "total", "formula", "cross-checks", "of", "beside", "said", "levels",
])  # fmt: skip
STRUCTURES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def replaced(node: Any, new: Any, chance: random.Random) -> Any:
    """The structure with one random part replaced by another."""
    if isinstance(node, dict) and node and chance.random() < 0.8:
        key = chance.choice(sorted(node))
        return {**node, key: replaced(node[key], new, chance)}
    if isinstance(node, list) and node and chance.random() < 0.8:
        index = chance.randrange(len(node))
        return [*node[:index], replaced(node[index], new, chance), *node[index + 1 :]]
    return new


@pytest.mark.parametrize("name", sorted(VALID | ASKED))
def test_odd_structures_raise_nothing_but_our_error(play: SmallDossier, name: str) -> None:
    whole = yaml.load((VALID | ASKED)[name], Loader=yaml.BaseLoader)  # text only, which dump quotes correctly

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: plain(child) for key, child in node.items()}
        if isinstance(node, list):
            return [plain(child) for child in node]
        return int(node) if node.lstrip("-").isdigit() else {"true": True}.get(node, node)

    @FUZZ
    @given(new=STRUCTURES, seed=st.integers(0, 2**32))
    def attack(new: Any, seed: int) -> None:
        broken = replaced(plain(whole), new, random.Random(seed))
        play.put(name, yaml.safe_dump(broken, allow_unicode=True, sort_keys=False).encode("utf-8", "replace"))
        only_our_error(play.root)

    attack()


@FUZZ
@given(raw=st.binary(max_size=300), name=st.sampled_from(sorted(VALID)))
def test_random_bytes_raise_nothing_but_our_error(playground: SmallDossier, raw: bytes, name: str) -> None:
    for valid, text in VALID.items():
        playground.put(valid, raw if valid == name else text)
    only_our_error(playground.root)
