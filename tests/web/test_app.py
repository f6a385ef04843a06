"""The main page says what the commands print, moves as they do, and answers errors with pages."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest

from policy_options.api import Dossier
from policy_options.reports.robustness_opening import opening_sections
from policy_options.web import explore_page
from policy_options.web.explore_page import MOST_SAMPLES
from policy_options.wording.changes import change_sentence
from policy_options.wording.phrases import load_phrases
from webs import Web, copied, opened, text_of


@pytest.fixture(scope="module")
def web(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Web:
    return opened(copied(root, tmp_path_factory.mktemp("explored")))


@pytest.fixture
def own(root: Path, tmp_path: Path) -> Web:
    """An explorer of a folder that the test may change."""
    return opened(copied(root, tmp_path))


def shares_of(part: str) -> dict[str, float]:
    """The exact weights in the state of a part."""
    found = re.search(r'name="w" value="([^"]*)"', part)
    assert found is not None
    return {name: float(share) for name, _, share in (each.partition(":") for each in found[1].split(","))}


def query_of(part: str) -> str:
    found = re.search(r'id="state" data-part data-query="([^"]*)"', part)
    assert found is not None
    return unescape(found[1])


def test_the_page_says_what_the_commands_print(web: Web) -> None:
    dossier, phrases = Dossier.load(web.folder), load_phrases("en")
    page = text_of(web.get())
    ranking = dossier.rank()
    places = [
        page.index(f"{rank} {ranking.problem.options[row].title}") for rank, row in enumerate(ranking.order, start=1)
    ]
    assert places == sorted(places)
    firm = dossier.robustness()
    assert change_sentence(firm, phrases) in page
    followed = text_of(web.get("robustness"))
    for section in opening_sections(dossier.robustness(most_samples=MOST_SAMPLES), phrases):
        for note in section.notes:
            assert " ".join(note.split()) in followed
    assert len(web.get().encode()) < 100_000


def test_a_move_keeps_the_proportions_of_the_others_and_locked_weights(web: Web) -> None:
    before = Dossier.load(web.folder).weights()
    part = web.get("change?move=assured-supply&to=30&lock=partner-trust,public-outlay")
    after = shares_of(part)
    assert after["assured-supply"] == pytest.approx(0.3, abs=1e-12)
    for name in ("partner-trust", "public-outlay"):
        assert after[name] == pytest.approx(before.share(name), abs=1e-12)
    rest = [name for name in before.criteria if name not in ("assured-supply", "partner-trust", "public-outlay")]
    ratios = {round(after[name] / before.share(name), 9) for name in rest}
    assert len(ratios) == 1
    assert sum(after.values()) == pytest.approx(1.0, abs=1e-12)


def test_a_mark_is_where_moving_changes_the_leader(web: Web) -> None:
    firm = Dossier.load(web.folder).robustness()
    interval = firm.stability.of("assured-supply").leader
    assert interval is not None
    leaders = []
    for share in (interval.high - 1e-6, interval.high + 1e-6):
        part = web.get(f"change?move=assured-supply&to={100 * share!r}")
        leaders.append(re.search(r'<tr class="first">.*?option/([a-z-]+)', part, re.S)[1])  # type: ignore[index]
    assert leaders == [firm.leader, interval.at_high[0].overtaking]
    assert f"{100 * interval.high:.1f}%" in text_of(web.get("change"))


def test_a_link_restores_exactly_what_was_shown(web: Web) -> None:
    part = web.get("change?move=assured-supply&to=31.7&lock=public-outlay&set=supply-security")
    again = web.get("change" + query_of(part))
    assert shares_of(again) == shares_of(part)
    assert again == part
    assert 'value="public-outlay" checked' in web.get(query_of(part))


def test_two_pages_do_not_disturb_each_other(web: Web) -> None:
    first = web.get("change?move=assured-supply&to=30")
    second = web.get("change?move=public-outlay&to=40")
    assert web.get("change" + query_of(first)) == first
    assert web.get("change" + query_of(second)) == second


def test_the_form_works_without_a_script(web: Web) -> None:
    page = web.get()
    fields = [(n, unescape(v)) for n, v in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)]
    for kind, id, value in re.findall(
        r'<input type="(?:range|number)" id="[rn]-[^"]+" name="([rn])\.([^"]+)".*? value="([^"]+)"', page
    ):
        fields.append((f"{kind}.{id}", "30" if (kind, id) == ("n", "assured-supply") else value))
    fields.append(("set", "balanced"))
    answer = web.answer("", params=fields, follow_redirects=False)
    assert answer.status_code == 303
    moved = web.get(answer.headers["location"].removeprefix(web.explorer.home))
    assert shares_of(moved)["assured-supply"] == pytest.approx(0.3, abs=1e-12)
    untouched = web.answer("", params=[(n, v) for n, v in fields if n != "n.assured-supply"], follow_redirects=False)
    assert "w=" not in untouched.headers["location"]
    reset = web.answer("", params=[*fields, ("reset", "1")], follow_redirects=False)
    assert "w=" not in reset.headers["location"]
    other = web.answer("", params=[*fields[:-1], ("set", "supply-security")], follow_redirects=False)
    assert other.headers["location"].endswith("?set=supply-security")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("set=nothing", "nothing"),
        ("set=../../etc/passwd", "is no id"),
        ("lock=nothing", "is no criterion"),
        ("move=assured-supply&to=200", "is no weight"),
        ("move=assured-supply&to=nan", "is no weight"),
        ("move=nothing&to=20", "is no criterion"),
        ("w=assured-supply:1", "differ in"),
        ("scenario=nothing", "is no scenario"),
        ("try=a", "is no what-if"),
        ("try=carry-on:nothing:3", "is no criterion"),
        ("try=carry-on:assured-supply:x", "is no number"),
        ("cap=money:x", "is no number"),
        ("move=assured-supply&to=90&lock=public-outlay,partner-trust", "more of total weight than there is"),
    ],
)
def test_what_cannot_be_shown_is_said_with_a_remedy_and_without_a_traceback(web: Web, query: str, said: str) -> None:
    answer = web.answer("change?" + query)
    assert answer.status_code == 422
    assert said in text_of(answer.text) and "Traceback" not in answer.text
    assert "Start again from the files" in answer.text


def test_shares_that_do_not_sum_to_one_are_refused(web: Web) -> None:
    names = Dossier.load(web.folder).problem.criterion_ids
    answer = web.answer("change?w=" + ",".join(f"{name}:0.5" for name in names))
    assert answer.status_code == 422 and "not shares" in answer.text


def test_a_bug_gives_a_page_and_one_line_in_the_terminal(
    web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(explore_page, "moved", broken)
    answer = web.answer("change?move=assured-supply&to=3")
    assert answer.status_code == 500
    assert "our fault" in text_of(answer.text) and "Traceback" not in answer.text and "zero" not in answer.text
    assert capsys.readouterr().err == "error at 'change': ZeroDivisionError: by zero\n"


def test_pages_and_files_that_are_not_there(web: Web) -> None:
    for path in ("nothing", "static/nothing", "static/..%2fapp.py", "static/%2e%2e/app.py"):
        answer = web.answer(path)
        assert answer.status_code == 404 and "no such page" in text_of(answer.text)


def test_edits_on_disk_appear_at_once_and_errors_leave_the_last_dossier(own: Web) -> None:
    before = own.get("version")
    path = own.folder / "criteria/decision.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^question: .*(\n  .*)*", "question: What comes first?", text), encoding="utf-8")
    assert own.get("version") != before
    assert "What comes first?" in text_of(own.get())
    path.write_text("question: [", encoding="utf-8")
    page = text_of(own.get())
    assert "have errors" in page and "What comes first?" in page
    path.write_text(text, encoding="utf-8")
    os.utime(path)
    assert "have errors" not in text_of(own.get())


def test_a_what_if_on_a_score_is_marked_and_ranks_as_typed(web: Web) -> None:
    query = "try=consolidate-advantages:assured-supply:50"
    page = text_of(web.get("?" + query))
    assert "What if: these scores" in page and "(what if)" in page
    row = re.search(r"1 ([A-Z][^0-9]+?) [0-9(]", page[page.index("Over baseline") :])
    assert row is not None and row[1].startswith("Align rules")
    refused = web.answer("?try=consolidate-advantages:assured-supply:5000")
    assert refused.status_code == 422


@pytest.mark.parametrize("language", ["zh", "ja", "ru"])
def test_pages_are_in_the_language_of_the_dossier(root: Path, tmp_path: Path, language: str) -> None:
    folder = copied(root, tmp_path)
    path = folder / "criteria/decision.yaml"
    text = path.read_text(encoding="utf-8")
    assert "language: en" in text
    path.write_text(text.replace("language: en", f"language: {language}"), encoding="utf-8")
    web = opened(folder)
    page = web.get("?lock=public-outlay")
    assert f'<html lang="{language}">' in page
    assert load_phrases(language).say("explore.legend") in unescape(page)
    assert "English" not in text_of(web.get("robustness"))
