"""The hidden sheet of a workbook: anybody may have changed it, and no form of it ends in anything but an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policy_options.errors import Place, PolicyOptionsError
from policy_options.exchange.workbook.fingerprints import fingerprint_of
from policy_options.exchange.workbook.names import MARKER, headings_in
from policy_options.wording.phrases import load_phrases

HEADINGS = headings_in(load_phrases("ru"))
ABOUT = {"format": 1, "dossier": "harbour", "public": False, "version": "1", "headings": HEADINGS.data()}
SCORE = [None, 4.0, None, "high", "sha256:0123456789abcdef", ["survey/distance"]]
PLACE = Place("book.xlsx")


def rows(about: Any = ABOUT, **changed: str) -> list[tuple[str, str]]:
    """The rows of a sheet; ``changed`` is the JSON of one of them."""
    data = {"score": SCORE, "judged": {"outlay": 2, "waiting": 1.5}, "range": "0123456789abcdef"}
    ids = {"score": "as-is/outlay", "judged": "even", "range": "outlay"}
    made = [(MARKER, json.dumps(about))]
    return [*made, *((f"{kind} {ids[kind]}", changed.get(kind, json.dumps(one))) for kind, one in data.items())]


def test_what_export_writes_is_read() -> None:
    found = fingerprint_of(rows(), PLACE)
    assert (found.dossier, found.public, found.judged, found.ranges) == (
        "harbour",
        False,
        {"even": True},
        {"outlay": "0123456789abcdef"},
    )
    assert found.headings == HEADINGS
    assert found.values["score", "as-is", "outlay", "likely"] == 4.0
    assert found.values["score", "as-is", "outlay", "evidence"] == ["survey/distance"]
    assert found.values["weight", "even", "outlay"] == 2.0
    assert isinstance(found.values["weight", "even", "outlay"], float)


def score(at: int, value: Any) -> dict[str, str]:
    return {"score": json.dumps([*SCORE[:at], value, *SCORE[at + 1 :]])}


@pytest.mark.parametrize(
    "changed",
    [
        {"judged": '{"outlay": 1' + "0" * 400 + "}"},
        {"judged": '{"outlay": 1' + "0" * 5_000 + "}"},
        {"judged": '{"outlay": 1e999}'},
        {"judged": '{"outlay": NaN}'},
        {"judged": '{"outlay": null}'},
        {"judged": '{"outlay": true}'},
        {"judged": '{"outlay": "2"}'},
        {"judged": "[1]"},
        {"judged": "[" * 30_000},
        {"score": "null"},
        {"score": '"abcdef"'},
        {"score": '{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}'},
        {"score": "[1, 2, 3]"},
        score(0, []),
        score(1, None),
        score(1, {"a": 1}),
        score(1, 10**400),
        score(1, True),
        score(3, 7),
        score(4, 45),
        score(5, 3),
        score(5, [3]),
        {"range": "7"},
        {"range": '"../x"'},
    ],
)
def test_a_row_of_another_form_was_changed(changed: dict[str, str]) -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        fingerprint_of(rows(**changed), PLACE)
    assert caught.value.faults[0].code == "fingerprint-damaged"
    assert caught.value.faults[0].place == PLACE


@pytest.mark.parametrize(
    "about",
    [
        None,
        [],
        {},
        {"format": 1},
        {"format": "1"},
        {"format": -1},
        {"format": 10**400},
        ABOUT | {"dossier": 3},
        ABOUT | {"public": "no"},
        {key: value for key, value in ABOUT.items() if key != "headings"},
        ABOUT | {"headings": []},
        ABOUT | {"headings": HEADINGS.data() | {"score": 3}},
        ABOUT | {"headings": HEADINGS.data() | {"fields": {"low": "Low"}}},
        ABOUT | {"headings": HEADINGS.data() | {"others": None}},
    ],
)
def test_a_first_row_of_another_form_was_changed(about: Any) -> None:
    with pytest.raises(PolicyOptionsError, match="the hidden sheet of the workbook was changed"):
        fingerprint_of(rows(about), PLACE)


def test_a_row_twice_or_of_no_kind_was_changed() -> None:
    made = rows()
    for odd in (made[1], ("colour red", "1"), ("score", json.dumps(SCORE)), ("score as-is", json.dumps(SCORE))):
        with pytest.raises(PolicyOptionsError, match="the hidden sheet of the workbook was changed"):
            fingerprint_of([*made, odd], PLACE)
    with pytest.raises(PolicyOptionsError, match="the hidden sheet of the workbook was changed"):
        fingerprint_of(made[1:], PLACE)


def test_a_newer_format_is_named() -> None:
    with pytest.raises(PolicyOptionsError, match="the workbook has format 2; this version reads 1"):
        fingerprint_of(rows({"format": 2}), PLACE)
