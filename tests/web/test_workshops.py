"""Several people by links of their own: nothing of others before all are in, disagreement shown, combined by rule only."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from policy_options.api import Dossier
from policy_options.web.workshops import ASKED_BY
from webs import ORIGIN, Web, copied, opened, text_of

FIELDS = {
    "do": "begin",
    "id": "panel",
    "title": "The panel",
    "holder": "Planning panel",
    "because": "Asked in a workshop.",
    "names": "The chair\nThe treasurer\nThe engineer\n",
    "method": "swing",
    "across": "siblings",
    "combine": "",
}


@pytest.fixture
def web(root: Path, tmp_path: Path) -> Web:
    return opened(copied(root, tmp_path))


class Participant:
    """A browser that has opened a participant's link."""

    def __init__(self, web: Web, link: str) -> None:
        self.web = web
        self.client = TestClient(web.explorer.app, base_url=ORIGIN, raise_server_exceptions=False)
        opened = self.client.get(link.removeprefix(ORIGIN), follow_redirects=False)
        self.path = opened.headers["location"]

    def page(self) -> str:
        answer = self.client.get(self.path)
        assert answer.status_code == 200, text_of(answer.text)
        return answer.text

    def post(self, **fields: Any) -> str:
        return self.client.post(self.path, data=fields, headers={"origin": ORIGIN}).text

    def answer_all(self, turn: int) -> None:
        """Answer every question: choices by their place, numbers that differ between people."""
        for step in range(400):
            page = self.page()
            question = re.search(r'name="question" value="([^"]+)"', page)
            if question is None:
                points = re.findall(r'name="(p\.[^"]+)"', page)
                if points:
                    self.post(
                        do="points", **{name: str(1 + (place * (turn + 1)) % 7) for place, name in enumerate(points)}
                    )
                    continue
                assert 'value="finish"' in page
                return
            choices = re.findall(r'name="choice" value="([^"]+)"', page)
            given = (
                {"choice": choices[(turn + step) % len(choices)]} if choices else {"answer": str(1 + (turn + step) % 9)}
            )
            if '<select id="answer"' in page:
                given = {"answer": "3"}  # grades that do not contradict one another
            after = self.post(question=unescape(question[1]), **given)
            assert 'role="alert"' not in after, text_of(after)
        raise AssertionError("it never ends")


def begun(web: Web, **more: str) -> list[Participant]:
    answer = web.answer("people", "POST", data=FIELDS | more)
    assert answer.status_code == 200, text_of(answer.text)
    links = re.findall(r"<code>([^<]+)</code>", answer.text)
    return [Participant(web, link) for link in links]


@pytest.mark.parametrize("method", ASKED_BY)
def test_three_people_answer_and_only_then_is_everything_shown(web: Web, method: str) -> None:
    people = begun(web, method=method, combine="mean" if method == "points" else "")
    assert len(people) == 3
    for turn, person in enumerate(people):
        waiting = text_of(web.get("people"))
        assert "Answers are shown once all are in" in waiting and "Shares" not in waiting
        person.answer_all(turn)
        assert "The weights that follow" in text_of(person.page())
        person.post(do="finish")
        if turn < 2:
            page = text_of(person.page())
            assert "Your answers are in" in page
            assert "The treasurer" not in page or turn == 1
    shown = text_of(web.get("people"))
    for name in ("The chair", "The treasurer", "The engineer"):
        assert name in shown
        assert name in text_of(people[0].page())
    assert not (web.folder / "criteria/weights/panel.yaml").exists()
    saved = web.answer("people", "POST", data={"do": "save", "workshop": "panel"})
    assert saved.status_code == 200, text_of(saved.text)
    dossier = Dossier.load(web.folder)
    model = dossier.weight_set("panel")
    assert model.status == "elicited" and [one.name for one in model.participants] == FIELDS["names"].split("\n")[:3]
    if method == "points":
        assert model.combine == "mean" and "panel" in dossier.weight_sets
    else:
        assert model.combine is None and "panel/p1" in dossier.weight_sets
    assert people[0].client.get(people[0].path).status_code == 403
    assert list((web.folder / "criteria/weights").glob(".*")) == []


def test_a_link_opens_its_own_form_and_nothing_else(web: Web) -> None:
    first, second, _ = begun(web)
    assert first.client.get(second.path).status_code == 403
    for path in ("", "people", "save", "memo.pdf", "version", "answer/panel", "answer/panel/p11"):
        assert first.client.get(web.explorer.home + path).status_code == 403, path
    page = first.page()
    assert "<nav" not in page and "/people" not in page and "The treasurer" not in page


def test_answers_can_be_taken_back_until_all_are_in(web: Web) -> None:
    person = begun(web, names="The chair")[0]
    person.answer_all(0)
    assert "Take the last answer back" in person.post(do="back")
    person.answer_all(0)
    person.post(do="finish")
    assert "All answers are in" in text_of(person.page())
    person.post(do="back")
    assert "All answers are in" in text_of(person.page())


def test_an_answer_to_another_question_is_not_taken(web: Web) -> None:
    person = begun(web)[0]
    before = person.page()
    assert person.post(question="rate/nothing", answer="50") == before
    refused = person.post(question=unescape(re.search(r'name="question" value="([^"]+)"', before)[1]), choice="nothing")  # type: ignore[index]
    assert 'role="alert"' in refused


def test_an_interrupted_workshop_is_resumed_with_new_links(web: Web) -> None:
    person = begun(web)[0]
    question = re.search(r'name="question" value="([^"]+)"', person.page())
    choice = re.search(r'name="choice" value="([^"]+)"', person.page())
    assert question and choice
    person.post(question=unescape(question[1]), choice=choice[1])
    after = text_of(person.page())
    assert Dossier.load(web.folder).contents.of_files == ()
    again = opened(web.folder)
    links = re.findall(r"<code>([^<]+)</code>", again.get("people"))
    resumed = Participant(again, links[0])
    assert text_of(resumed.page()) == after
    assert web.client.get(links[0].removeprefix(ORIGIN)).status_code == 403


def test_ranges_that_change_end_the_questions(web: Web) -> None:
    person = begun(web)[0]
    path = web.folder / "criteria/criteria.yaml"
    text = path.read_text(encoding="utf-8")
    assert "at: 70" in text
    path.write_text(text.replace("at: 70", "at: 71", 1), encoding="utf-8")
    answer = person.client.get(person.path)
    assert answer.status_code == 422 and "ranges of the criteria have changed" in text_of(answer.text)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "balanced"}, "never overwritten"),
        ({"id": "../x"}, "the set's name is an id"),
        ({"names": "\n"}, "0 participants"),
        ({"names": "A\nA"}, "twice"),
        ({"method": "ahp"}, "has a choice that is not there"),
        ({"combine": "vote"}, "has a choice that is not there"),
        ({"holder": ""}, "the holder"),
        ({"because": ""}, "the rationale"),
    ],
)
def test_fields_of_a_workshop_that_cannot_be_accepted(web: Web, fields: dict[str, str], said: str) -> None:
    answer = web.answer("people", "POST", data=FIELDS | fields)
    assert answer.status_code == 422 and said in text_of(answer.text)
    assert list((web.folder / "criteria/weights").glob(".*")) == []


def test_points_must_be_numbers_and_not_all_zero(web: Web) -> None:
    person = begun(web, method="points")[0]
    names = re.findall(r'name="(p\.[^"]+)"', person.page())
    assert "is no number of points" in text_of(person.post(do="points", **{names[0]: "many"}))
    assert "every criterion has 0 points" in text_of(person.post(do="points", **dict.fromkeys(names, "0")))


def test_a_workshop_can_be_ended_and_one_that_is_not_complete_cannot_be_saved(web: Web) -> None:
    person = begun(web)[0]
    refused = web.answer("people", "POST", data={"do": "save", "workshop": "panel"})
    assert refused.status_code == 422 and "not everybody has answered" in text_of(refused.text)
    web.answer("people", "POST", data={"do": "drop", "workshop": "panel"})
    assert person.client.get(person.path).status_code == 403
    assert "is no workshop" in text_of(web.answer("people", "POST", data={"do": "drop", "workshop": "panel"}).text)


def kept(web: Web) -> Path:
    """The file of a workshop that was begun and kept."""
    assert web.answer("people", "POST", data=FIELDS).status_code == 200
    path = web.folder / "criteria/weights/.panel.workshop.json"
    assert path.is_file()
    return path


def held_again(web: Web) -> bool:
    """Whether another explorer of the folder takes the workshop up."""
    return "The panel" in text_of(opened(web.folder).get("people"))


def test_a_kept_workshop_is_taken_up_again(web: Web) -> None:
    kept(web)
    assert held_again(web)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id": "panel"', '"id": "../panel"'),
        ('"id": "panel"', '"id": "other"'),
        ('"id": "p2"', '"id": "../p2"'),
        ('"method": "swing"', '"method": "guess"'),
        ('"combine": null', '"combine": "most"'),
        ('"points": {}', '"points": {"assured-supply": "x"}'),
        ('"points": {}', '"points": {"nothing": 1}'),
        ('"done": false', '"done": 1'),
        ('"title": "The panel"', '"title": ""'),
    ],
)
def test_a_kept_workshop_that_no_form_could_have_begun_is_passed_over(web: Web, old: str, new: str) -> None:
    path = kept(web)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert not held_again(web)


def test_a_kept_workshop_is_not_read_or_written_through_a_link(web: Web, tmp_path: Path) -> None:
    path = kept(web)
    outside = tmp_path / "outside.json"
    path.rename(outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    assert not held_again(web)
    answer = opened(web.folder).answer("people", "POST", data=FIELDS)
    assert answer.status_code in (409, 422)
    assert outside.read_bytes() == before
