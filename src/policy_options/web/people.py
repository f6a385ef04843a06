"""The pages of a workshop: the convenor's, which shows answers only once all are in, and each participant's own form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from policy_options.analysis.elicitation.combining import COMBINING
from policy_options.analysis.elicitation.interview import derive, gap_of, interim_of_last, next_question, progress
from policy_options.analysis.elicitation.questions import Question
from policy_options.errors import PolicyOptionsError
from policy_options.reports.weight_set import weight_set_sections
from policy_options.web.asking import Asking
from policy_options.web.keeping import form_of
from policy_options.web.rendering import Shown, rendered, shown_section
from policy_options.web.workshops import ASKED_BY, Person, Workshop, Workshops
from policy_options.wording.faults import fault_line
from policy_options.wording.interview import Asking as Words
from policy_options.wording.interview import describe
from policy_options.wording.titles import node_titles

__all__ = ["answer", "people"]

_UNWRAPPED: Final = 1_000_000
"""Columns: a browser wraps lines itself."""


def _workshops(request: Request) -> Workshops:
    """The workshops of the run, with those that were interrupted: read when somebody first asks for them."""
    state = request.app.state
    if not hasattr(state, "workshops"):
        state.workshops = Workshops(state.place.live, state.sessions)
    found: Workshops = state.workshops
    return found


async def people(request: Request) -> Response:
    """Who is asked, who has answered and, once all are in, what; forms to begin, save and end a workshop."""
    asking = Asking.of(request)
    workshops = _workshops(request)
    if request.method != "POST":
        return _people_page(asking, workshops)
    fields = dict(await form_of(request))
    try:
        match fields.get("do"):
            case "begin":
                workshops.begin(fields)
            case "save":
                name = workshops.save(fields.get("workshop", ""))
                asking.live.refresh()
                held = asking.live.dossier.weight_sets
                return asking.to("", asking.state.but(weights=name if name in held else None, shares=()))
            case "drop":
                workshops.drop(fields.get("workshop", ""))
    except PolicyOptionsError as error:
        said = " ".join(fault_line(fault) for fault in error.faults[:3])
        return _people_page(asking, workshops, fields, said, status=422)
    return RedirectResponse(f"{asking.place.home}people", status_code=303)


def _people_page(
    asking: Asking, workshops: Workshops, fields: Mapping[str, str] | None = None, problem: str = "", status: int = 200
) -> Response:
    phrases = asking.phrases
    base = f"{asking.request.url.scheme}://{asking.request.headers['host']}/open/"
    shown = []
    for one in workshops.held.values():
        listed = [(person.name, *person.progress, person.done, base + person.token) for person in one.people.values()]
        shown.append((one, phrases.say_of("method", one.method), listed, _side_by_side(asking, workshops, one)))
    return asking.page(
        "people",
        phrases.say("explore.nav.people"),
        here="people",
        status=status,
        problem=problem,
        workshops=shown,
        fields=fields or {},
        methods=[(name, phrases.say_of("method", name)) for name in ASKED_BY],
        rules=[(name, phrases.say_of("explore.rule", name)) for name in COMBINING],
    )


def _side_by_side(asking: Asking, workshops: Workshops, workshop: Workshop) -> list[Shown] | None:
    """What everybody answered, next to each other with how far they differ; ``None`` until all are in."""
    if not workshop.all_in:
        return None
    dossier = workshops.dossier(workshop)
    people = {person.id: person.name for person in workshop.people.values()}
    return [
        shown_section(each, asking.phrases, node_titles(dossier.problem), people)
        for each in weight_set_sections(dossier, workshop.id, asking.phrases)
    ]


async def answer(request: Request) -> Response:
    """A participant's own form, one question at a time; answers can be taken back until everybody's are in."""
    asking = Asking.of(request)
    workshops = _workshops(request)
    ids = request.path_params["workshop"], request.path_params["person"]
    problem = ""
    if request.method == "POST":
        fields = await form_of(request)
        given = dict(fields)
        try:
            _take(workshops, ids, fields, given)
        except PolicyOptionsError as error:
            problem = " ".join(fault.message for fault in error.faults[:2])
        else:
            return RedirectResponse(f"{asking.place.home}{Workshops.scope(*ids)}", status_code=303)
    workshop, person = workshops.person(*ids)
    return _answer_page(asking, workshops, workshop, person, problem)


def _take(workshops: Workshops, ids: tuple[str, str], fields: list[tuple[str, str]], given: Mapping[str, str]) -> None:
    match given.get("do"):
        case "back":
            workshops.back(*ids)
        case "finish":
            workshops.finish(*ids)
        case "points":
            points = {key.removeprefix("p."): value for key, value in fields if key.startswith("p.")}
            workshops.give_points(*ids, points)
        case _:
            several = [value for key, value in fields if key == "choice"]
            times = given.get("times", "")
            if times and several:
                text = "=" if times == "1" else f"{several[0]} {times}"
            else:
                text = " = ".join(several) if several else given.get("answer", "")
            _, person = workshops.person(*ids)
            asked = None if person.interview is None else next_question(person.interview)
            if asked is not None and asked.key == given.get("question"):  # another tab may have answered it
                workshops.answer(*ids, text)


def _answer_page(asking: Asking, workshops: Workshops, workshop: Workshop, person: Person, problem: str) -> Response:
    live, phrases = asking.live, asking.phrases
    contents = live.dossier.contents
    words = replace(Words.of(contents, live.dossier.problem, phrases, 100), columns=_UNWRAPPED)
    names: dict[str, Any] = {"question": None, "told": (), "own": (), "points": ()}
    interview = person.interview
    if interview is None and not person.points:
        names["points"] = [(axis.id, axis.title, words.whole([axis.id])) for axis in live.dossier.problem.criteria]
    elif interview is not None and (question := next_question(interview)) is not None:
        done = progress(interview)
        names["question"] = _question(words, interview, question) | {
            "progress": phrases.say("ask.progress", number=done.answered + 1, of=done.of),
            "first": done.answered == 0,
        }
        interim = interim_of_last(interview)
        if interim is not None:
            names["told"] = words.interim(interview, interim).splitlines()
    elif not person.done:
        names |= _own(asking, workshop, person, words)
    sections = _side_by_side(asking, workshops, workshop)
    decision = contents.decision.model
    text = rendered(
        "answer",
        phrases,
        title=workshop.title,
        decision=decision.title,
        marking=decision.marking,
        home=asking.place.home,
        version="",
        query="",
        nav=[],
        here="",
        faults=(),
        workshop=workshop,
        person=person,
        path=Workshops.scope(workshop.id, person.id),
        intro=phrases.say_of("explore.answer.intro", workshop.method),
        problem=problem,
        parts=sections,
        waiting=sum(not each.done for each in workshop.people.values()),
        **names,
    )
    return HTMLResponse(text, status_code=422 if problem else 200)


def _question(words: Words, interview: Any, question: Question) -> dict[str, Any]:
    """A question for the form: its words, its choices with their ranges, and the kind of field that answers it."""
    kinds = {
        "pair": "pair",
        "place": "several",
        "best-to": "grade",
        "to-worst": "grade",
        "rate": "rate",
        "check": "check",
    }
    if question.choices:
        shown = []
    elif question.kind == "check":
        shown = [words.whole((question.about[1], question.about[0]))]
    else:
        shown = [words.whole([question.about[1 if question.kind == "best-to" else 0]])]
    return {
        "key": question.key,
        "kind": kinds.get(question.kind, "one"),
        "words": words.words(interview, question),
        "node": words.text("ask.node.group", group=words.title(question.node)) if question.node else "",
        "choices": [(name, words.short(name), words.whole([name])) for name in question.choices],
        "ranges": shown,
    }


def _own(asking: Asking, workshop: Workshop, person: Person, words: Words) -> dict[str, Any]:
    """The weights that follow from one's own answers, and the redundant comparison, before they are final."""
    phrases = asking.phrases
    problem = asking.live.dossier.problem
    if person.interview is None:
        total = sum(person.points.values())
        shares = {name: number / total for name, number in person.points.items()}
        told: list[str] = []
    else:
        elicited = derive(person.interview)
        shares = dict(zip(elicited.weights.criteria, elicited.weights.shares.tolist(), strict=True))
        told = words.doubts(person.interview, elicited)
        gap = gap_of(person.interview)
        if gap is not None:
            told.append(words.gap(gap))
    del workshop
    described = describe(asking.live.dossier.contents, problem, phrases)
    own = [(described[axis.id].title, phrases.numbers.percent(shares[axis.id])) for axis in problem.criteria]
    return {"own": own, "told": [line for text in told for line in text.splitlines()]}
