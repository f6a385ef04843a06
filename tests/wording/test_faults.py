"""How faults are reported: grouped by file, in order of line, repeated kinds counted, without terminal control characters."""

from __future__ import annotations

import pytest

from policy_options.errors import Fault, Place, PolicyOptionsError
from policy_options.wording.faults import fault_line, render_faults
from policy_options.wording.plain import clip, printable, width


def fault(code: str = "kind", file: str = "a.yaml", line: int | None = 1, message: str = "it is wrong") -> Fault:
    place = Place(file, line, None if line is None else 2)
    return Fault(code, message, "correct it", place=place)


def test_a_single_fault_is_one_line_with_place_message_and_remedy() -> None:
    assert render_faults([fault()]) == "error: a.yaml:1:2: it is wrong; correct it"
    assert render_faults([fault(line=None)]) == "error: a.yaml: it is wrong; correct it"
    assert render_faults([Fault("kind", "it is wrong")]) == "error: it is wrong"


def test_a_finding_is_called_one() -> None:
    finding = Fault("kind", "it is odd", "look", severity="finding")
    assert render_faults([finding]) == "finding: it is odd; look"


def test_faults_are_grouped_by_file_and_ordered_by_line() -> None:
    faults = [fault("a", "b.yaml", 9), fault("b", "a.yaml", 12), fault("c", "b.yaml", 2), fault("d", "a.yaml", None)]
    assert render_faults(faults).splitlines() == [
        "b.yaml",
        "  error: 2:2: it is wrong; correct it",
        "  error: 9:2: it is wrong; correct it",
        "a.yaml",
        "  error: it is wrong; correct it",
        "  error: 12:2: it is wrong; correct it",
        "4 errors in all",
    ]


def test_five_of_a_kind_are_shown_and_the_rest_is_counted() -> None:
    faults = [fault("same", f"{n}.yaml", n + 1, f"wrong {n}") for n in range(5_000)] + [fault("other", "z.yaml")]
    rendered = render_faults(faults)
    assert rendered.count("wrong") == 5 + 1 + 1
    assert "and 4,995 more of the kind `same` in 4,995 files, such as: 5.yaml:6:2: wrong 5; correct it" in rendered
    assert rendered.endswith("5,001 errors in all")
    assert len(rendered.splitlines()) == 5 * 2 + 2 + 1 + 1


def test_six_of_a_kind_in_one_file() -> None:
    rendered = render_faults([fault("same", "a.yaml", n, f"wrong {n}") for n in range(1, 7)])
    assert "and 1 more of the kind `same` in 1 file, such as: a.yaml:6:2" in rendered


def test_the_same_fault_is_told_once() -> None:
    assert render_faults([fault(), fault()]) == render_faults([fault()])


def test_errors_and_findings_are_counted_apart() -> None:
    finding = Fault("odd", "it is odd", place=Place("b.yaml", 1, 1), severity="finding")
    rendered = render_faults([fault(), finding, fault(line=2)])
    assert rendered.endswith("2 errors and 1 finding in all")
    assert "  finding: 1:1: it is odd" in rendered


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\r", "\x9b", "\u202e", "\u2066", "\u2028", "\x85", "\udcff", "\x00", "\t"]
)
def test_nothing_in_a_fault_steers_a_terminal(character: str) -> None:
    evil = Fault("kind", f"a{character}b", f"c{character}d", place=Place(f"e{character}f", 1, 1))
    for rendered in (render_faults([evil]), render_faults([evil, fault()]), fault_line(evil)):
        assert character not in rendered
        assert "\N{REPLACEMENT CHARACTER}" in rendered
        rendered.encode()


def test_a_line_break_in_a_message_or_a_file_name_begins_no_line() -> None:
    evil = Fault("kind", "a\nerror: b", "c\nd", place=Place("e\nerror: f", 1, 1))
    assert "\n" not in render_faults([evil])
    assert "\nerror" not in render_faults([evil, fault()])
    assert len(render_faults([evil, fault()]).splitlines()) == 5


def test_a_line_stays_short_whatever_the_message_holds() -> None:
    assert len(render_faults([fault(message="x" * 1_000_000)])) < 2_000


def test_no_fault_says_so_in_words_that_make_sense() -> None:
    assert render_faults([]).strip() != "in all"


def test_the_error_carries_its_faults() -> None:
    error = PolicyOptionsError([fault(message="one"), fault(message="two")])
    assert [f.message for f in error.faults] == ["one", "two"]
    assert str(error) == "one; two"
    single = PolicyOptionsError.of("kind", "it is wrong", "correct it", ids=["x"], place=Place("a.yaml"))
    assert single.faults == (Fault("kind", "it is wrong", "correct it", ("x",), Place("a.yaml")),)
    assert PolicyOptionsError(fault()).faults == (fault(),)


def test_places_are_written_as_editors_take_them() -> None:
    assert str(Place("a.yaml", 3, 7)) == "a.yaml:3:7"
    assert str(Place("a.yaml")) == "a.yaml"


def test_widths_and_clipping() -> None:
    assert [width(text) for text in ("abc", "日本", "e\u0301", "a\u200bb", "")] == [3, 4, 1, 2, 0]
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdef", 4) == "abc…"
    assert clip("日本語", 4) == "日…"
    assert printable("a\nb") == "a\nb"
    assert all(width(clip("日本e\u0301x語", columns)) <= columns for columns in range(1, 9))
