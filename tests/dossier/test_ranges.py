"""The ranges that weights were given on, and the report on any changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_options import PolicyOptionsError
from policy_options.dossier.ranges import Change, changes_since, range_of, ranges_now, same_unit
from policy_options.errors import Fault
from support import CRITERIA, EVEN, QUICK, SmallDossier

C, W, Q = "criteria/criteria.yaml", "criteria/weights/even.yaml", "criteria/weights/quick.yaml"
AS_IS, NEW_MOLE = "options/as-is.yaml", "options/new-mole.yaml"

# The older form: an ordered scale by the positions of its first and last level, without a fingerprint.
ONCE = """\
given-on:
  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20}
  outlay: {path: money/outlay, unit: judged band, direction: less-is-better, low: 0, high: 2}
  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 60}
"""
NOW = """\
given-on:
  crossings: {path: service/crossings, unit: crossings, direction: more-is-better, low: 0, high: 20, ends: %(crossings)s}
  outlay:
    path: money/outlay
    unit: judged band
    direction: less-is-better
    levels: {small: 100, middling: 40, large: 0}
    ends: %(outlay)s
  waiting: {path: service/waiting, unit: minutes, direction: less-is-better, low: 0, high: 60, ends: %(waiting)s}
"""


def where(fault: Fault) -> str:
    return str(fault.place)


def finding(small: SmallDossier) -> Fault:
    (found,) = small.findings()
    assert found.severity == "finding"
    return found


def fingerprints(small: SmallDossier) -> dict[str, str]:
    return {name: described["ends"] for name, described in ranges_now(small.load().contents).items()}


@pytest.fixture
def given(small: SmallDossier) -> SmallDossier:
    """The small dossier, with a set given on the present ranges."""
    small.put(W, EVEN + NOW % fingerprints(small))
    assert small.findings() == ()
    return small


def changes(small: SmallDossier, weights: str = "even") -> list[Change]:
    return changes_since(small.load().contents, weights)


def change(small: SmallDossier) -> Change:
    (found,) = changes(small)
    return found


# --- what a range is ---


def test_what_a_range_is(small: SmallDossier) -> None:
    leaves = small.load().contents.leaves
    criterion, _, above = leaves["crossings"]
    assert range_of(criterion, above) == {
        "path": "service/crossings", "unit": "crossings", "direction": "more-is-better", "low": 0.0, "high": 20.0,
        "ends": fingerprints(small)["crossings"],
    }  # fmt: skip
    criterion, _, above = leaves["outlay"]
    described = range_of(criterion, above)
    assert described == {
        "path": "money/outlay", "unit": "judged band", "direction": "less-is-better",
        "levels": {"small": 100.0, "middling": 40.0, "large": 0.0}, "ends": fingerprints(small)["outlay"],
    }  # fmt: skip
    assert list(described["levels"]) == ["small", "middling", "large"]


def test_a_fingerprint_is_that_of_the_descriptions(small: SmallDossier) -> None:
    """The published recipe, implemented independently: NFKC, white space collapsed, joined by line feeds, 16 digits of
    SHA-256.
    """
    from hashlib import sha256

    expected = sha256(b"None at all\nOne in each hour of the day").hexdigest()[:16]
    assert fingerprints(small)["crossings"] == expected
    levels = "Below a year's upkeep\nOne to five years' upkeep\nAbove five years' upkeep"
    assert fingerprints(small)["outlay"] == sha256(levels.encode()).hexdigest()[:16]


def test_ranges_of_all_criteria(small: SmallDossier) -> None:
    assert list(ranges_now(small.load().contents)) == ["crossings", "waiting", "outlay"]


# --- nothing has changed ---


def test_weights_given_on_the_present_ranges_are_not_stale(given: SmallDossier) -> None:
    assert changes(given) == []
    assert given.load().stale("even") == ()


def test_the_ends_as_they_were_once_written_are_read_and_not_stale(small: SmallDossier) -> None:
    small.put(W, EVEN + ONCE)
    assert small.findings() == ()
    assert changes(small) == []


def test_levels_without_a_fingerprint_are_not_stale(small: SmallDossier) -> None:
    text = NOW % fingerprints(small)
    kept = [line.split(", ends:")[0] + "}" if ", ends:" in line else line for line in text.splitlines()]
    small.put(W, EVEN + "\n".join(line for line in kept if not line.strip().startswith("ends:")) + "\n")
    assert changes(small) == []


def test_a_set_that_does_not_say_what_it_was_given_on_has_nothing_to_tell(small: SmallDossier) -> None:
    small.edit(C, "high: {at: 20,", "high: {at: 24,")
    assert changes(small) == []
    assert small.findings() == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Crossings a day", "title: Crossings in a day"),
        ("means: One in each hour of the day", "means: One in each\n            hour  of the day"),
        ("means: An hour", "means: An hour"),
        ("title: Service", "title: Services"),
        ("judged: true", "judged: false"),
        ("- {id: small, means", "- {id: small, title: Small, means"),
    ],
)
def test_what_is_no_change(given: SmallDossier, old: str, new: str) -> None:
    given.edit(C, old, new)
    assert changes(given) == []


def test_scores_do_not_make_weights_stale_on_a_global_scale(given: SmallDossier) -> None:
    given.edit(AS_IS, "crossings: 4", "crossings: 7")
    assert changes(given) == []


def test_a_composed_letter_is_the_same_letter(given: SmallDossier) -> None:
    given.edit(C, "means: Walk on", "means: Départ à pied")
    given.put(W, EVEN + NOW % fingerprints(given))
    given.edit(C, "means: Départ à pied", "means: De\u0301part a\u0300 pied")
    assert changes(given) == []


# --- what is reported ---


@pytest.mark.parametrize(
    ("old", "new", "aspect", "before", "now", "words"),
    [
        ("high: {at: 20,", "high: {at: 24,", "high", "20", "24", "high of `crossings` was 20 and is 24"),
        ("high: {at: 20,", "high: {at: 20.5,", "high", "20", "20.5", "high of `crossings` was 20 and is 20.5"),
        ("low: {at: 0, means: None at all}", "low: {at: -1, means: None at all}", "low", "0", "-1",
         "low of `crossings` was 0 and is -1"),
        ("unit: crossings", "unit: trips", "unit", "crossings", "trips", "unit of `crossings` was crossings and is trips"),
        ("unit: crossings\n        direction: more", "unit: crossings\n        direction: less", "direction",
         "more-is-better", "less-is-better", "direction of `crossings` was more-is-better and is less-is-better"),
    ],
)  # fmt: skip
def test_one_aspect_that_changes(
    given: SmallDossier, old: str, new: str, aspect: str, before: str, now: str, words: str
) -> None:
    given.edit(C, old, new)
    told = change(given)
    assert (told.criterion, told.aspect, told.before, told.now, told.words) == ("crossings", aspect, before, now, words)
    found = finding(given)
    assert (found.code, where(found), found.ids) == ("weights-stale", f"{W}:9:3", ("even", "crossings"))
    assert words in found.message
    assert "ask the holder again" in found.remedy


@pytest.mark.parametrize("given_on", ["once", "now"])
def test_a_criterion_that_moves_to_another_group(small: SmallDossier, given_on: str) -> None:
    small.put(W, EVEN + (ONCE if given_on == "once" else NOW % fingerprints(small)))
    small.edit(C, "  - id: service", "  - id: duty")
    small.edit(Q, "service: 100", "duty: 100")
    assert {told.words for told in changes(small)} == {
        "path of `crossings` was service/crossings and is duty/crossings",
        "path of `waiting` was service/waiting and is duty/waiting",
    }


def test_a_description_that_changes(given: SmallDossier) -> None:
    before = fingerprints(given)["crossings"]
    given.edit(C, "means: One in each hour of the day", "means: One in each half hour")
    now = fingerprints(given)["crossings"]
    told = change(given)
    assert (told.criterion, told.aspect, told.before, told.now) == ("crossings", "ends", before, now)
    assert "the description of the ends of `crossings` has changed" in told.words
    assert before in told.words
    assert now in told.words


def test_ends_that_change_places(given: SmallDossier) -> None:
    given.edit(C, "low: {at: 0, means: None at all}", "low: {at: 0, means: One in each hour of the day}")
    given.edit(C, "high: {at: 20, means: One in each hour of the day}", "high: {at: 20, means: None at all}")
    assert change(given).aspect == "ends"


def test_the_value_of_a_level_that_changes(given: SmallDossier) -> None:
    given.edit(C, "value: 40", "value: 50")
    told = change(given)
    assert (told.criterion, told.aspect) == ("outlay", "levels")
    assert told.before == "small 100, middling 40, large 0"
    assert told.now == "small 100, middling 50, large 0"
    assert finding(given).ids == ("even", "outlay")


def test_a_level_that_is_added(given: SmallDossier) -> None:
    added = "- {id: big, means: x, value: 20}\n            - {id: large,"
    given.edit(C, "- {id: large,", added)
    told = {one.aspect: one for one in changes(given)}
    assert set(told) == {"levels", "ends"}
    assert told["levels"].now == "small 100, middling 40, big 20, large 0"


def test_a_level_that_is_added_to_one_as_it_was_once_written(small: SmallDossier) -> None:
    small.put(W, EVEN + ONCE)
    small.edit(C, "- {id: large,", "- {id: big, means: x, value: 20}\n            - {id: large,")
    found = finding(small)
    assert found.ids == ("even", "outlay")
    assert "high of `outlay` was 2 and is 3" in found.message


def test_the_description_of_a_level_that_changes(given: SmallDossier) -> None:
    given.edit(C, "means: Below a year's upkeep", "means: Below half a year's upkeep")
    told = change(given)
    assert (told.criterion, told.aspect) == ("outlay", "ends")


def test_levels_that_change_places(given: SmallDossier) -> None:
    given.edit(C, "{id: middling, means: One to five years' upkeep, value: 40}", "{id: between, means: x, value: 40}")
    given.edit("options/east-quay.yaml", "low: middling, likely: middling", "low: between, likely: between")
    assert {one.aspect for one in changes(given)} == {"levels", "ends"}


LOCAL = """scale:
          kind: local
          because: Nothing else is known."""
WAITING = """scale:
          low: {at: 0, means: Walk on}
          high: {at: 60, means: An hour}"""


def test_a_scale_that_becomes_local(given: SmallDossier) -> None:
    given.edit(C, WAITING, LOCAL)
    told = {one.aspect: one for one in changes(given)}
    assert told["local"].words == "the scale of `waiting` was global and is local"
    assert "which are gone" in told["ends"].words
    assert {where(found) for found in given.findings() if found.code == "weights-stale"} == {f"{W}:16:3"}


def test_what_a_scale_was_before_it_became_local(given: SmallDossier) -> None:
    given.edit(C, WAITING, LOCAL)
    told = {one.aspect: one for one in changes(given)}
    assert (told["local"].before, told["local"].now) == ("global", "local")


def test_ends_that_become_levels(small: SmallDossier) -> None:
    text = NOW % fingerprints(small)
    start, end = text.index("  outlay:"), text.index("  waiting:")
    ends = (
        "{path: money/outlay, unit: judged band, direction: less-is-better, low: 5, high: 80, ends: 0123456789abcdef}"
    )
    small.put(W, EVEN + text[:start] + f"  outlay: {ends}\n" + text[end:])
    told = {one.aspect: one.now for one in changes(small)}
    assert told["levels"] == "small 100, middling 40, large 0"
    assert {told["low"], told["high"]} == {"none"}


@pytest.fixture
def local(small: SmallDossier) -> SmallDossier:
    """The small dossier with waiting on a local scale, and a set given on it."""
    small.edit(C, WAITING, LOCAL)
    now = ranges_now(small.load().contents)
    assert now["waiting"] == {
        "path": "service/waiting", "unit": "minutes", "direction": "less-is-better", "local": True, "low": 12.0, "high": 50.0,
    }  # fmt: skip
    waiting = "{path: service/waiting, unit: minutes, direction: less-is-better, local: true, low: 12, high: 50}"
    text = NOW % ({name: described.get("ends") for name, described in now.items()})
    small.put(W, EVEN + text[: text.index("  waiting:")] + f"  waiting: {waiting}\n")
    return small


def stale(small: SmallDossier) -> list[str]:
    return [one.words for one in changes(small)]


def test_a_local_scale_that_is_as_it_was(local: SmallDossier) -> None:
    assert stale(local) == []
    local.edit(AS_IS, "likely: 40", "likely: 45")
    assert stale(local) == [], "no end has moved"


def test_an_option_that_moves_an_end_of_a_local_scale(local: SmallDossier) -> None:
    local.edit(AS_IS, "high: 50}", "high: 55}")
    assert stale(local) == ["high of `waiting` was 50 and is 55"]
    (local.root / NEW_MOLE).unlink()
    assert stale(local) == ["low of `waiting` was 12 and is 20", "high of `waiting` was 50 and is 55"]


def test_a_local_scale_whose_ends_were_not_stored(local: SmallDossier) -> None:
    local.edit(W, "local: true, low: 12, high: 50", "local: true")
    assert stale(local) == []
    local.edit(AS_IS, "high: 50}", "high: 55}")
    assert stale(local) == []


def test_a_scale_that_is_no_longer_local(local: SmallDossier) -> None:
    local.edit(C, LOCAL, WAITING)
    assert "the scale of `waiting` was local and is global" in stale(local)


def test_a_criterion_that_is_gone(given: SmallDossier) -> None:
    given.edit(W, "  waiting: {path", "  ferries: {path")
    told = changes(given)
    assert {(one.criterion, one.aspect, one.words) for one in told} == {
        ("ferries", "criterion", "`ferries` is no longer a criterion"),
        ("waiting", "criterion", "the range that `waiting` was judged on is not stored"),
    }
    places = {found.ids: where(found) for found in given.findings()}
    assert places["even", "ferries"] == f"{W}:16:3"


def test_several_changes_are_each_told(given: SmallDossier) -> None:
    given.edit(C, "high: {at: 20,", "high: {at: 24,")
    given.edit(C, "unit: crossings", "unit: trips")
    given.edit(C, "value: 40", "value: 50")
    assert [(one.criterion, one.aspect) for one in changes(given)] == [
        ("crossings", "unit"), ("crossings", "high"), ("outlay", "levels"),
    ]  # fmt: skip
    assert len(given.load().stale("even")) == 3
    assert given.load().stale("quick") == ()


def test_numbers_of_stale_weights_are_told_apart(small: SmallDossier) -> None:
    small.edit(C, "high: {at: 20,", "high: {at: 1000001,")
    small.put(W, EVEN + ONCE.replace("high: 20", "high: 1000002"))
    message = finding(small).message.replace(",", "")
    assert "1000002" in message
    assert "1000001" in message


@pytest.mark.parametrize("kind", ["low: 20, high: 0", "low: .inf, high: 1", "low: a, high: 1", "low: 0", "ends: zz"])
def test_given_on_is_a_range(small: SmallDossier, kind: str) -> None:
    small.put(W, EVEN + f"given-on:\n  crossings: {{path: x, unit: u, direction: more-is-better, {kind}}}\n")
    try:
        told = (*small.faults(), *small.findings())
    except PolicyOptionsError as error:
        told = error.faults
    here = [fault for fault in told if "crossings" in fault.ids or not fault.ids]
    assert here
    assert all(fault.place is not None and fault.place.line == 9 for fault in here)


def test_a_stale_set_can_be_acknowledged_and_is_still_used(given: SmallDossier) -> None:
    given.edit(C, "high: {at: 20,", "high: {at: 24,")
    text = (given.root / "criteria/decision.yaml").read_text(encoding="utf-8")
    given.put(
        "criteria/decision.yaml",
        text + "acknowledged: [{finding: weights-stale, about: [even, crossings], because: The holder was asked.}]\n",
    )
    assert given.findings() == ()
    assert given.load().weights("even").share("outlay") == 0.5


def test_the_sets_of_the_shipped_dossier_are_not_stale(root: Path) -> None:
    from policy_options import Dossier

    dossier = Dossier.load(root)
    for name in dossier.contents.weight_sets:
        assert changes_since(dossier.contents, name) == []


def test_the_small_texts_are_what_the_tests_take_them_for(small: SmallDossier) -> None:
    assert CRITERIA in (small.root / C).read_text(encoding="utf-8")
    assert QUICK in (small.root / Q).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thousand visits", "Thousand  visits"),
        ("thousand visits", "thousand-visits"),
        ("visit", "visits"),
        ("kilometres", "kilometers"),
        ("litre", "Liters"),
        ("per cent", "%"),
        ("Per cent of exports", "percent of exports"),
        ("man hours", "man-hours"),
        ("ｋｍ", "km"),
        ("CO₂ tonnes", "CO2 tonnes"),
        ("labour days", "labor days"),
    ],
)
def test_spelling_a_unit_anew_is_no_other_unit(one: str, other: str) -> None:
    assert same_unit(one, other)
    assert same_unit(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("MW", "mW"),
            ("km", "miles"),
            ("million", "billion"),
            ("tons", "tonnes"),
            ("visits", "visitors"),
            ("£", "€"),
        ),
        *(
            ("£ million", "million"),
            ("days", "days a year"),
            ("m", "m²"),
            ("per cent", "percentage points"),
            ("mm", "cm"),
        ),
    ],
)
def test_other_units_are(one: str, other: str) -> None:
    assert not same_unit(one, other)


def test_a_unit_that_is_spelt_anew_makes_no_set_stale(given: SmallDossier) -> None:
    given.edit(C, "unit: minutes", "unit: Minute")
    given.edit(C, "unit: judged band", "unit: Judged-Band")
    assert given.findings() == ()
    given.edit(C, "unit: Minute", "unit: hours")
    assert "unit of `waiting` was minutes and is hours" in finding(given).message


def test_a_criterion_that_moved_is_weighed_anew_across_siblings(small: SmallDossier) -> None:
    small.put(Q, QUICK.replace("crossings: 50", "crossings: 100") + NOW % fingerprints(small))
    small.put(W, EVEN + NOW % fingerprints(small))
    text = (small.root / C).read_text()
    begin, end = text.index("      - id: waiting"), text.index("  - id: money")
    small.put(C, text[:begin] + text[end:] + text[begin:end])
    even, quick = small.findings()
    assert (even.ids, quick.ids) == (("even", "waiting"), ("quick", "waiting"))
    assert even.message.endswith("path of `waiting` was service/waiting and is money/waiting")
    assert quick.message.endswith(
        "`waiting` was judged in the group `service` and is among the criteria of `money` now; "
        "this set judges across siblings, so its weight now means something else"
    )
