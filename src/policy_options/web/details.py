"""The pages of one option and of one criterion: the case, the scores with what they rest on, and what-ifs on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from policy_options.analysis.problem import CriterionAxis
from policy_options.dossier.models.base import UNKNOWN
from policy_options.dossier.models.option import Score
from policy_options.web.asking import Asking
from policy_options.web.screen import Screen
from policy_options.web.state import State, Tried
from policy_options.wording.citing import place_of
from policy_options.wording.interview import describe
from policy_options.wording.performances import performance_text, with_unit

__all__ = ["Cited", "ScoreShown", "cited", "criterion", "option"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim that something rests on: what the source says, in the dossier's words, and where it says it."""

    text: str
    quote: str
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """A score with everything that it rests on, and the form that tries another."""

    option: str
    option_title: str
    criterion: str
    criterion_title: str
    performance: str
    bounds: str
    value: str
    weight: str
    contribution: str
    confidence: str
    rationale: str
    scorer: str
    evidence: tuple[Cited, ...]
    none_cited: bool
    what_if: str
    levels: tuple[tuple[str, str], ...]
    typed: str
    state: State


def cited(screen: Screen, claims: Iterable[str]) -> tuple[Cited, ...]:
    """The claims by name, each with its source and its place in it."""
    contents, phrases = screen.dossier.contents, screen.phrases
    found = []
    for name in claims:
        claim, source = contents.claims[name], contents.sources[name.partition("/")[0]].model
        found.append(Cited(claim.text, claim.quote or "", source.title, place_of(claim, source.kind, phrases)))
    return tuple(found)


async def option(request: Request) -> Response:
    """One option: for and against, and every score. A form tries a score at another value."""
    asking = Asking.of(request)
    id = request.path_params["id"]
    if id not in asking.live.dossier.contents.options:
        raise HTTPException(404)
    if "on" in request.query_params:
        return asking.to(f"option/{id}", _tried(asking, id))
    screen = asking.screen
    model = screen.dossier.contents.options[id].model
    ranking = screen.assessment.ranking
    row = ranking.problem.option_index[id]
    argued = [
        (key, [(one.text, cited(screen, one.evidence or ())) for one in points])
        for key, points in (("for", model.for_), ("against", model.against))
        if points
    ]
    axes = screen.dossier.problem.criteria
    return asking.page(
        "option",
        model.title,
        summary=asking.phrases.say(
            "explore.option.rank",
            rank=int(ranking.ranks[row]),
            of=len(ranking.order),
            value=asking.phrases.numbers.points(float(ranking.lower[row])),
        ),
        argued=argued,
        scores=[_score(screen, id, axis) for axis in axes],
        titles={axis.id: axis.title for axis in axes},
    )


def _tried(asking: Asking, id: str) -> State:
    """The state with the score of the form tried; an empty value takes the what-if back."""
    query = asking.request.query_params
    criterion, value = query["on"], query.get("value", "").strip()
    one = Tried(id, criterion, value)
    contents = asking.live.dossier.contents
    one.refuse_unknown(contents)
    others = tuple(each for each in asking.state.tried if (each.option, each.criterion) != (id, criterion))
    if value == "":
        return asking.state.but(tried=others)
    performance = one.performance(contents)  # refuses what is no number
    likely = contents.options[id].model.scores[criterion].likely
    state = asking.state.but(tried=others if performance == likely else (*others, one))
    asking.live.dossier_of(state)  # refuses what is off the scale before the page is left
    return state


def _score(screen: Screen, id: str, axis: CriterionAxis) -> ScoreShown:
    phrases, numbers = screen.phrases, screen.phrases.numbers
    ranking = screen.assessment.ranking
    problem = ranking.problem
    row, column = problem.option_index[id], problem.criterion_ids.index(axis.id)
    score: Score = screen.dossier.contents.options[id].model.scores[axis.id]
    low, likely, high = (float(bound[row, column]) for bound in (problem.low, problem.likely, problem.high))
    said = performance_text(likely, axis.levels, phrases)
    text = said if axis.levels or score.likely == UNKNOWN else with_unit(said, axis)
    ends = [performance_text(end, axis.levels, phrases) for end in (low, high)]
    tried = next((each for each in screen.state.tried if (each.option, each.criterion) == (id, axis.id)), None)
    contribution = float(ranking.contributions[row, column])
    confidence = phrases.say_of("confidence-level", score.confidence) if score.confidence else ""
    return ScoreShown(
        id,
        problem.options[row].title,
        axis.id,
        axis.title,
        text,
        "" if ends[0] == ends[1] else phrases.say("explore.score.bounds", low=ends[0], high=ends[1]),
        numbers.points(float(problem.values[row, column])),
        numbers.percent(float(ranking.shares[column])),
        numbers.points(contribution),
        confidence,
        score.rationale or "",
        score.scorer or "",
        cited(screen, score.evidence or ()),
        not score.evidence and score.likely != UNKNOWN,
        "" if tried is None else screen.tried_words(tried),
        (
            (("", phrases.say("explore.try.as-scored")), *zip(axis.level_ids, axis.levels, strict=True))
            if axis.levels
            else ()
        ),
        "" if tried is None else tried.value,
        screen.state,
    )


async def criterion(request: Request) -> Response:
    """One criterion: its ends as described, whose weights it has, where its marks are, and every option on it."""
    asking = Asking.of(request)
    id = request.path_params["id"]
    contents = asking.live.dossier.contents
    if id not in contents.leaves:
        raise HTTPException(404)
    screen, phrases = asking.screen, asking.phrases
    problem = screen.dossier.problem
    axis = problem.criterion(id)
    model = contents.leaves[id][0]
    about = describe(screen.dossier.contents, problem, phrases)[id]
    ends = [
        phrases.say("ask.range.worst", at=about.worst, means=about.worst_means),
        phrases.say("ask.range.best", at=about.best, means=about.best_means),
    ]
    if about.swing:
        ends.append(phrases.say("ask.range.swing", swing=about.swing))
    holders = []
    for name in screen.dossier.weight_sets:
        held = screen.dossier.weighting(name)
        share = phrases.numbers.percent(held.weights.share(id))
        holders.append(
            (held.title, held.model.holder, phrases.say_of("status", held.status), share, held.model.rationale)
        )
    return asking.page(
        "criterion",
        axis.title,
        about=about,
        levels=[(level.title or level.id, level.means) for level in model.scale.levels],
        ends=ends,
        marks=next(slider.marks for slider in screen.sliders if slider.id == id),
        weight=phrases.numbers.percent(screen.vector.share(id)),
        holders=holders,
        scores=[_score(screen, one, axis) for one in screen.assessment.ranking.in_order],
    )
