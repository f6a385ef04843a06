"""The page: a dossier as one HTML file that needs no network, with the data and the script that ranks them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from policy_options.api import Dossier
from policy_options.charts.primitives import PALETTE, ink_on
from policy_options.dossier.carried import carried_files, carried_findings
from policy_options.dossier.drafting import GIVEN_ON, SCHEMA, given_on_block
from policy_options.dossier.models.base import FORMAT
from policy_options.dossier.packaging import build_packages
from policy_options.memo.environment import toolkit_version
from policy_options.memo.inputs import inputs_digest
from policy_options.memo.sections.opening import notices
from policy_options.memo.subject import Subject
from policy_options.web.exported import content, words
from policy_options.web.exported.embedding import content_policy, json_in_script
from policy_options.web.exported.model import problem_data, sets_data
from policy_options.web.exported.packs import MOST_MEMBERS, packages_data, packages_notes
from policy_options.wording.phrases import Phrases
from policy_options.wording.titles import option_titles

__all__ = ["exported_page"]

_FOLDER: Final = Path(__file__).parent
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def exported_page(dossier: Dossier, weights: str, phrases: Phrases, *, public: bool = False) -> bytes:
    """The page of a dossier, opened under one of its weight sets, in UTF-8.

    Args:
        dossier: what to show; without the names of people where it is for the public.
        weights: a weight set, or one of its participants as ``set/participant``.
        phrases: the words, in the language of the dossier.
        public: whether the page says that names were left out.

    Raises:
        PolicyOptionsError: there is no such set or participant.
    """
    phrases = phrases.on_pages()
    subject = _subject(dossier, weights, phrases, public=public)
    decision, labels = subject.decision, words.page_labels(phrases)
    packs, packages_said = _packages(dossier, phrases)
    data = _data(subject, packs)
    tops = [{**top, "letter": _letter(index)} for index, top in enumerate(data["problem"]["tops"])]
    script, style = _script(), _style(len(tops))
    digest = _digest(dossier, weights, phrases, public=public)
    version = toolkit_version()
    made = phrases.say("exported.made", version=version, dossier=decision.id, date=phrases.date(decision.date))
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            language=phrases.language,
            policy=content_policy([script], [style]),
            version=version,
            title=decision.title,
            question=decision.question,
            marking=decision.marking or "",
            notices=notices(subject),
            what=phrases.together((phrases.say("exported.what"), made)),
            unsealed=phrases.together((made, phrases.say("exported.unsealed"))),
            digest=digest,
            digest_label=phrases.say("label.digest"),
            colon=_colon(phrases),
            words=labels,
            without_script=_without_script(subject),
            tops=tops,
            rows=content.ranking_items(subject),
            ranking_notes=content.ranking_notes(subject),
            nodes=content.node_controls(subject),
            sets=content.ranked_sets(subject),
            packs=packs,
            packages_said=packages_said,
            options=content.option_entries(subject),
            criteria=content.criterion_entries(subject),
            sources=content.sources_of(subject),
            data=Markup(json_in_script(data)),  # noqa: S704  # escaped for a script block
            script=Markup(script),  # noqa: S704  # the package's own
            style=Markup(style),  # noqa: S704
        )
    )
    return page.encode()


def _subject(dossier: Dossier, weights: str, phrases: Phrases, *, public: bool) -> Subject:
    """What the memo's sections are worded from, without what takes sampling."""
    names = dossier.weight_sets if weights in dossier.weight_sets else (weights, *dossier.weight_sets)
    overview = dossier.overview_of(names)
    return Subject(
        dossier=dossier,
        assessment=dossier.assess(weights),
        firm=None,
        overview=overview,
        voices=overview,
        across=None,
        held={name: dossier.weighting(name) for name in names},
        checked=None,
        report=dossier.check(),
        phrases=phrases,
        public=public,
    )


def _data(subject: Subject, packs: dict[str, Any] | None) -> dict[str, Any]:
    phrases, used = subject.phrases, subject.assessment.ranking.weights.id
    rankings = subject.overview.rankings
    held = [(subject.held[one.weights.id], one.weights) for one in rankings]
    sets = sets_data(subject.problem, held, public=subject.public)
    return {
        "problem": problem_data(subject.assessment),
        "sets": sets,
        "base": next(index for index, one in enumerate(sets) if one["id"] == used),
        "taken": sorted(subject.contents.known["criteria/weights"] | set(subject.contents.weight_sets)),
        "packs": packs,
        "words": words.language_data(phrases),
        "close": phrases.say("index.verdict.tied"),
        "dominated": phrases.say("memo.dominated"),
        "colon": _colon(phrases),
        "yaml": {"head": f"{SCHEMA}format: {FORMAT}\n", "ranges": GIVEN_ON + given_on_block(subject.contents)},
    }


def _packages(dossier: Dossier, phrases: Phrases) -> tuple[dict[str, Any] | None, list[str]]:
    """The packages for the script, if there are few enough to look at each, and what must be known of them."""
    if dossier.contents.packages_file is None:
        return None, []
    problem = build_packages(dossier.contents, dossier.problem)
    if len(problem.members) > MOST_MEMBERS:
        return None, [phrases.say("exported.packages.many", count=len(problem.members))]
    return packages_data(problem), packages_notes(problem, phrases)


def _digest(dossier: Dossier, weights: str, phrases: Phrases, *, public: bool) -> str:
    """SHA-256 of the inputs, the words that are the dossier's own, the parts of the page and the version."""
    return inputs_digest(
        {
            "files": carried_files(dossier.contents),
            "weights": weights,
            "toolkit": toolkit_version(),
            "public": public,
            "wording": None if phrases.own is None else dict(phrases.own),
            "page": [_text(name) for name in ("page.html.j2", "page.css", "scoring.js", "page.js")],
            "found": carried_findings(dossier.contents),
        }
    )


def _without_script(subject: Subject) -> str:
    phrases, ranking = subject.phrases, subject.assessment.ranking
    titles = option_titles(subject.problem)
    order = phrases.series(
        phrases.say("exported.order.row", rank=int(ranking.ranks[row]), option=titles[subject.problem.option_ids[row]])
        for row in ranking.order
    )
    return phrases.say("exported.no-script", weights=subject.used.title, order=order)


def _colon(phrases: Phrases) -> str:
    """What is between a name and what it has; a full-width colon has its space inside."""
    colon = phrases.say("label.colon")
    return f"{colon} " if colon.isascii() else colon


def _letter(index: int) -> str:
    """A letter for each part of a bar, so that no part is known by its colour alone: A to Z, then AA and so on."""
    turn, place = divmod(index, len(_LETTERS))
    return (_LETTERS[turn - 1] if turn else "") + _LETTERS[place]


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return f"\n{_text('scoring.js')}{_text('page.js')}"


@cache
def _style(parts: int) -> str:
    """The style sheet, with a fill for each part of a bar."""
    colours = [PALETTE[part % len(PALETTE)] for part in range(parts)]
    fills = "".join(
        f'[data-fill="{part}"] {{ background: {colour}; color: {ink_on(colour)}; }}\n'
        for part, colour in enumerate(colours)
    )
    return f"\n{_text('page.css')}{fills}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda number: repr(float(number)).removesuffix(".0")
    return environment
