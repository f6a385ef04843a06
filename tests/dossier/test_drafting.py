"""The text of a new weight set: read back, it is the intended set, whatever its texts contain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy_options import Dossier, PolicyOptionsError
from policy_options.analysis.problem import WeightVector
from policy_options.analysis.reweighting import read_edits
from policy_options.dossier.changing import as_percentages, changed_weights
from policy_options.dossier.drafting import as_typed, given_on_block, weight_set_text
from policy_options.dossier.models.weight_set import WeightSet
from policy_options.dossier.ranges import ranges_now
from policy_options.dossier.reading import read_yaml
from policy_options.dossier.scalars import marks_in
from policy_options.dossier.validation import validate
from problems import repeatable
from support import SmallDossier

NEW = "criteria/weights/ours.yaml"
DAY = date(2026, 2, 24)
AWKWARD = [
    "Colons: here, and there:",
    "'Single' and \"double\" quotes",
    "- a dash", "? a question", "# no comment", "a # hash", "& anchor", "* star", "! tag", "% percent", "@ at", "` tick",
    "{braces}", "[brackets]", "a, comma", "| bar", "> angle", "---", "...", "~", "null", "true", "no", "12", "1e3", "0x1f",
    "2026-02-24", "=HYPERLINK(1)", "中亚合作与发展", "Ñandú Ωμέγα Йод", "a\\b", "tab is no text", "ends with colon:",
    "x" * 300, "word " * 59 + "end", "中" * 150, "a: b " * 40 + "c", "— dash", "é" * 101, "‘quotes’", "{x}", "$(x)",
]  # fmt: skip


def text_of(dossier: Dossier, weights: WeightVector, **fields: Any) -> str:
    told: dict[str, Any] = {
        "title": "Ours",
        "holder": "Supply unit",
        "status": "illustrative",
        "rationale": "Because.",
        "day": DAY,
        "method": "direct",
        "across": "leaves",
        "answers": {"judgements": as_percentages(dossier.contents, weights)},
        "parent": "even",
    }
    return weight_set_text(dossier.contents, **(told | fields))


def model_of(text: str) -> WeightSet:
    model, faults = validate(WeightSet, read_yaml(text.encode(), NEW))
    assert faults == []
    assert model is not None
    return model


def test_a_draft_is_the_set_that_was_meant(small: SmallDossier) -> None:
    loaded = small.load()
    wanted = changed_weights(loaded.contents, loaded.weights("quick"), read_edits(["crossings=37.5"]))
    small.put(NEW, text_of(loaded, wanted, parent="quick"))
    again = small.load()
    np.testing.assert_allclose(again.weights("ours").shares, wanted.shares, rtol=0, atol=1.6e-6)
    held = again.weighting("ours")
    assert (held.title, held.holder, held.status, held.model.method) == (
        "Ours",
        "Supply unit",
        "illustrative",
        "direct",
    )
    assert (held.model.parent, held.model.date, held.model.rationale) == ("quick", DAY, "Because.")
    assert again.stale("ours") == ()
    assert not [finding for finding in again.check().findings if "ours" in finding.ids]


def test_a_draft_gives_the_weights_that_it_was_told_to_nine_digits(small: SmallDossier) -> None:
    """Short numbers of a set are written again without loss."""
    loaded = small.load()
    small.put(NEW, text_of(loaded, loaded.weights("even")))
    np.testing.assert_allclose(small.load().weights("ours").shares, loaded.weights("even").shares, rtol=0, atol=1e-9)


def test_the_shipped_dossier_can_be_drafted_from(shipped_dossier: Dossier) -> None:
    for id in shipped_dossier.weight_sets:
        vector = shipped_dossier.weights(id)
        data = read_yaml(text_of(shipped_dossier, vector, parent=id).encode(), NEW).data
        numbers = data["judgements"]
        assert sum(Decimal(repr(number)) for number in numbers.values()) == 100
        assert [number / 100 for number in numbers.values()] == pytest.approx(list(vector.shares), abs=1.6e-6)


def test_numbers_are_written_as_people_type_them(small: SmallDossier) -> None:
    loaded = small.load()
    text = text_of(loaded, loaded.weights("even"))
    assert "judgements: {crossings: 25, waiting: 25, outlay: 50}\n" in text
    assert ".0" not in text
    assert "low: 0\n" in text
    assert "high: 60\n" in text


@pytest.mark.parametrize(
    ("data", "typed"),
    [
        (30.0, "30"), (-0.5, "-0.5"), (0.0, "0"), (1e15, "1000000000000000.0"), (12, "12"), (True, "True"), ("30.0", "30.0"),
        ({"a": {"b": 2.0}}, "{'a': {'b': 2}}"), (1e300, "1e+300"),
    ],
)  # fmt: skip
def test_whole_numbers_lose_their_point_and_nothing_else_changes(data: object, typed: str) -> None:
    assert str(as_typed(data)) == typed


def test_a_draft_has_the_layout_of_the_shipped_sets(small: SmallDossier) -> None:
    loaded = small.load()
    text = text_of(loaded, loaded.weights("even"))
    lines = text.splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../schemas/weight-set.schema.json"
    assert [line.partition(":")[0] for line in lines if line and not line.startswith((" ", "#"))] == [
        *(
            "format",
            "title",
            "holder",
            "status",
            "date",
            "parent",
            "rationale",
            "method",
            "across",
            "judgements",
            "given-on",
        )
    ]
    assert max(map(len, lines)) <= 120
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


def test_what_is_not_known_is_left_out(small: SmallDossier) -> None:
    loaded = small.load()
    model = model_of(text_of(loaded, loaded.weights("even"), day=None, parent=None))
    assert (model.date, model.parent) == (None, None)


@pytest.mark.parametrize(
    ("method", "answers"),
    [
        ("points", {"judgements": {"crossings": 1.0, "waiting": 2.5, "outlay": 0.0}, "total": 3.5}),
        ("smart", {"judgements": {"crossings": 10.0, "waiting": 20.0, "outlay": 35.0}}),
        ("swing", {"judgements": {"crossings": 100.0, "waiting": {"low": 40.0, "high": 60.0}, "outlay": 30.0}}),
        ("swing", {"order": ["crossings > waiting = outlay"]}),
        ("rank-order", {"order": ["crossings > waiting > outlay"], "formula": "sum"}),
        ("ahp", {"pairwise": {"crossings": {"waiting": 3.0, "outlay": "1/3"}, "waiting": {"outlay": "1/7"}}}),
        (
            "best-worst",
            {
                "best-worst": [
                    {
                        "best": "crossings",
                        "worst": "outlay",
                        "best-to-others": {"waiting": 2.0, "outlay": 4.0},
                        "others-to-worst": {"crossings": 4.0, "waiting": 2.0},
                    }
                ]
            },
        ),
    ],
)
def test_answers_of_every_method_are_read_back(small: SmallDossier, method: str, answers: dict[str, Any]) -> None:
    loaded = small.load()
    small.put(NEW, text_of(loaded, loaded.weights("even"), method=method, answers=answers))
    again = small.load()
    assert sum(again.weights("ours").shares) == pytest.approx(1)
    data = read_yaml((small.root / NEW).read_bytes(), NEW).data
    assert {key: data[key] for key in answers} == as_typed(answers)


@pytest.mark.parametrize("awkward", AWKWARD, ids=lambda text: text[:12])
def test_awkward_texts_come_back_as_they_were(shipped_dossier: Dossier, awkward: str) -> None:
    vector = shipped_dossier.weights("balanced")
    text = text_of(shipped_dossier, vector, title=awkward, holder=awkward, rationale=awkward)
    data = read_yaml(text.encode(), NEW).data
    assert data["title"] == data["holder"] == data["rationale"] == awkward
    model = model_of(text)
    assert (model.title, model.rationale) == (awkward.strip(), awkward.strip())
    assert max(map(len, text.splitlines())) <= max(130, len(awkward) + 20)


@pytest.mark.parametrize("rationale", ["  led by spaces", "trailed by them  ", "two\nlines", "a\n\nparagraph\n"])
def test_spaces_and_line_ends_come_back(shipped_dossier: Dossier, rationale: str) -> None:
    text = text_of(shipped_dossier, shipped_dossier.weights("balanced"), rationale=rationale)
    assert read_yaml(text.encode(), NEW).data["rationale"] == rationale


@pytest.mark.parametrize("hidden", ["a\u202eb", "a\x1b[31mb", "a\tb", "a\x85b", "a\x00b"])
def test_what_cannot_be_seen_is_refused(shipped_dossier: Dossier, hidden: str) -> None:
    with pytest.raises(PolicyOptionsError):
        model_of(text_of(shipped_dossier, shipped_dossier.weights("balanced"), rationale=hidden))


@repeatable
@given(
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=150).filter(
        lambda text: text.strip() and not marks_in(text)
    )
)
@example("a" * 99 + " " + "b" * 99)
@example("0e155f0be7ead0f8")
def test_any_text_comes_back(shipped_dossier: Dossier, text: str) -> None:
    drafted = text_of(shipped_dossier, shipped_dossier.weights("balanced"), rationale=text, title="T", holder=text)
    data = read_yaml(drafted.encode(), NEW).data
    assert (data["rationale"], data["holder"]) == (text, text)


def test_the_block_of_ranges_is_what_is_judged_stale_by(small: SmallDossier, shipped_dossier: Dossier) -> None:
    for dossier in (small.load(), shipped_dossier):
        stored = read_yaml(given_on_block(dossier.contents).encode(), NEW).data
        assert stored == {"given-on": as_typed(ranges_now(dossier.contents))}


def test_fingerprints_that_look_like_numbers_stay_text(small: SmallDossier, monkeypatch: pytest.MonkeyPatch) -> None:
    for fingerprint in ("1234567890123456", "12345e6789012345", "0000000000000000", "1e10000000000000"):
        monkeypatch.setattr("policy_options.dossier.ranges._fingerprint", lambda _, found=fingerprint: found)
        loaded = small.load()
        model = model_of(text_of(loaded, loaded.weights("even")))
        assert model.given_on["waiting"].ends == fingerprint
