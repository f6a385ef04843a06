"""The text of an interview about weights. Golden files are reviewed by eye, at 80 and at 140 columns."""

from __future__ import annotations

import pytest

from policy_options import Dossier
from policy_options.analysis.elicitation.answers import Across
from policy_options.analysis.elicitation.interview import (
    Interview,
    answered,
    begin,
    derive,
    gap_of,
    interim_of_last,
    next_question,
    progress,
)
from policy_options.dossier.eliciting import paths_of
from policy_options.wording.interview import Asking, weights_table
from policy_options.wording.phrases import load_phrases
from policy_options.wording.plain import width
from support import Golden, SmallDossier

ANSWERS: dict[tuple[str, Across], list[str]] = {
    ("swing", "siblings"): [
        "2",
        "60-80",
        "30",
        "0",
        "45",
        "1",
        "70",
        "20",
        "2",
        "90",
        "1",
        "90",
        "50",
        "2",
        "90",
        "40",
    ],
    ("rank-order", "leaves"): ["1", "1=4", *["1"] * 7, "75"],
    ("ahp", "siblings"): ["1 3", "2 5", "1 3", "=", "1 2", "2 3", *["1 2"] * 12, "60"],
    ("best-worst", "leaves"): ["1", "6", "8", *["4"] * 9, *["2", "8", "4"], *["2"] * 6, "110"],
}


def asking(dossier: Dossier, columns: int) -> Asking:
    return Asking.of(dossier.contents, dossier.problem, load_phrases("en"), columns)


def transcript(dossier: Dossier, method: str, across: Across, answers: list[str], columns: int) -> str:
    """The interview; the ranges of a node in full at the start only, and each kind of question three times."""
    words = asking(dossier, columns)
    interview = begin(method, paths_of(dossier.contents), across)
    parts = [words.intro(method), words.node(interview, "")]
    seen: dict[str, int] = {}
    for answer in answers:
        question = next_question(interview)
        assert question is not None
        seen[question.kind] = seen.get(question.kind, 0) + 1
        shown = seen[question.kind] <= 3
        if shown:
            parts.append(f"{words.question(interview, question, progress(interview))}\n> {answer}")
        interview = answered(interview, answer)
        told = interim_of_last(interview)
        if told is not None and (shown or told.shares):
            parts.append(words.interim(interview, told))
    assert next_question(interview) is None
    gap = gap_of(interview)
    assert gap is not None
    return "\n\n".join((*parts, *words.doubts(interview, derive(interview)), words.gap(gap))) + "\n"


@pytest.mark.parametrize(("method", "across"), ANSWERS)
@pytest.mark.parametrize("columns", [80, 140])
def test_a_interview_reads_as_it_was_reviewed(
    method: str, across: Across, columns: int, shipped_dossier: Dossier, golden: Golden
) -> None:
    text = transcript(shipped_dossier, method, across, ANSWERS[method, across], columns)
    assert max(width(line) for line in text.splitlines()) <= columns
    golden.check(f"interview-{method}-{columns}.txt", text)


def test_every_criterion_is_shown_with_its_unit_both_ends_their_meaning_and_its_swing(shipped_dossier: Dossier) -> None:
    interview = begin("swing", paths_of(shipped_dossier.contents), "leaves")
    shown = " ".join(asking(shipped_dossier, 80).node(interview, "").split())
    for axis in shipped_dossier.problem.criteria:
        model = shipped_dossier.contents.leaves[axis.id][0]
        ends = (
            [model.scale.low, model.scale.high]
            if model.scale.low
            else [*model.scale.levels[:1], *model.scale.levels[-1:]]
        )
        for text in (axis.title, axis.unit, model.swing, *(end.means for end in ends if end)):
            assert text is not None and " ".join(text.split()) in shown


def test_the_worst_end_comes_first_whatever_the_direction(small: SmallDossier) -> None:
    dossier = small.load()
    interview = begin("rank-order", paths_of(dossier.contents), "leaves")
    question = next_question(interview)
    assert question is not None
    shown = asking(dossier, 80).question(interview, question, progress(interview))
    assert "Crossings a day: 0 → 20 (crossings)" in shown
    assert "Waiting: 60 → 0 (minutes)" in shown
    assert "Outlay: large → small (judged band)" in shown


def test_a_local_scale_says_where_its_ends_come_from(small: SmallDossier) -> None:
    scale = """\
        scale:
          low: {at: 0, means: Walk on}
          high: {at: 60, means: An hour}
"""
    small.edit("criteria/criteria.yaml", scale, "        scale: {kind: local, because: These landings only.}\n")
    dossier = small.load()
    shown = asking(dossier, 80).whole(["waiting"])
    assert "worst, 50: The scale is local" in shown
    assert "best, 12: The scale is local" in shown


def test_ids_that_are_numbers_are_chosen_by_id(small: SmallDossier) -> None:
    for name in ("criteria/criteria.yaml", "criteria/weights/even.yaml", "criteria/weights/quick.yaml"):
        text = (small.root / name).read_text(encoding="utf-8")
        small.put(name, text.replace("id: waiting", 'id: "2"').replace("waiting:", '"2":'))
    for path in (small.root / "options").glob("*.yaml"):
        small.put(f"options/{path.name}", path.read_text(encoding="utf-8").replace("waiting:", '"2":'))
    dossier = small.load()
    interview = begin("rank-order", paths_of(dossier.contents), "leaves")
    question = next_question(interview)
    assert question is not None
    shown = asking(dossier, 80).question(interview, question, progress(interview))
    assert "  2  Waiting" in shown
    assert "1  Crossings" not in shown
    assert "Type its id" in shown


CHINESE = (
    "到二〇三〇年底在具有约束力的合同之下获得保障的关键矿产供应份额，包括铀、稀有金属和镓在内，按年度计划采购量计算" * 3
)


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize("method", ["swing", "rank-order", "ahp", "best-worst"])
def test_long_chinese_titles_stay_within_the_columns(small: SmallDossier, method: str, columns: int) -> None:
    small.edit("criteria/criteria.yaml", "title: Crossings a day", f"title: {CHINESE}")
    small.edit("criteria/criteria.yaml", "means: None at all", f"means: {CHINESE}")
    dossier = small.load()
    words = asking(dossier, columns)
    interview: Interview = begin(method, paths_of(dossier.contents), "leaves")
    parts = [words.intro(method), words.node(interview, "")]
    given_by_kind = {"first": "1", "place": "1", "best": "1", "worst": "1", "pair": "1 5", "rate": "40"}
    while (question := next_question(interview)) is not None:
        parts.append(words.question(interview, question, progress(interview)))
        interview = answered(interview, given_by_kind.get(question.kind, "5"))
        told = interim_of_last(interview)
        parts.append(words.interim(interview, told) if told else "")
    gap = gap_of(interview)
    assert gap is not None
    text = "\n".join((*parts, words.gap(gap)))
    assert max(width(line) for line in text.splitlines()) <= columns
    assert CHINESE in "".join(text.split())


def test_text_from_a_dossier_cannot_steer_the_terminal(small: SmallDossier) -> None:
    words = asking(small.load(), 80)
    assert "\x1b" not in words.wrapped("a \x1b[31mred\x07 text")


def test_a_gap_tells_what_the_answers_allow(small: SmallDossier) -> None:
    dossier = small.load()
    words = asking(dossier, 100)
    interview = begin("swing", paths_of(dossier.contents), "leaves")
    for answer in ("1", "60-80", "20-40", "50"):
        interview = answered(interview, answer)
    gap = gap_of(interview)
    assert gap is not None
    assert "They allow 25.0 to 66.7." in " ".join(words.gap(gap).split())


def test_the_table_of_weights_has_a_bar_for_each(shipped_dossier: Dossier) -> None:
    weights = shipped_dossier.weights("balanced")
    table = weights_table(weights, shipped_dossier.problem, load_phrases("en"))
    assert [row[1] for row in table.rows] == weights.along(shipped_dossier.problem.criterion_ids).tolist()
    assert all(row[2] == (row[1],) for row in table.rows)
