"""Asking several people for weights at once: who is asked how, what each has answered, and the set that it becomes.

Nobody sees what another answered before everybody has, so that nobody anchors on another. Every answer is kept at once
under a dot name next to the weight sets, which no reader takes for one, so that an interrupted workshop can be resumed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, get_args

from policy_options.analysis.elicitation.answers import Across
from policy_options.analysis.elicitation.combining import COMBINING
from policy_options.analysis.elicitation.interview import (
    Interview,
    answered,
    back,
    begin,
    judgements_of,
    next_question,
    progress,
    texts_of,
)
from policy_options.analysis.elicitation.methods import METHODS
from policy_options.api import Dossier
from policy_options.atomic import write_atomically
from policy_options.dossier.answer_files import checked_text, fingerprint_of_ranges, on_these_ranges, refuse_taken
from policy_options.dossier.contents import WEIGHTS, Contents
from policy_options.dossier.drafting import weight_set_text
from policy_options.dossier.eliciting import paths_of
from policy_options.dossier.links import refuse_leaving
from policy_options.dossier.loading import load_contents
from policy_options.dossier.models.base import check_id
from policy_options.dossier.taking import Overlaid
from policy_options.errors import PolicyOptionsError
from policy_options.web.guard import Sessions
from policy_options.web.live import Live

__all__ = ["ASKED_BY", "Person", "Workshop", "Workshops"]

ASKED_BY: Final = ("swing", "points", "rank-order", "best-worst")
"""The methods that a workshop can ask by."""
MOST_PEOPLE: Final = 60
_ENDING: Final = ".workshop.json"
_LARGEST: Final = 4_000_000
"""Bytes of a kept workshop that are read: sixty people with every answer take a tenth of it."""


@dataclass
class Person:
    """A participant: the answers so far, and whether they are final. ``points`` are for a workshop by points alone."""

    id: str
    name: str
    interview: Interview | None = None
    points: dict[str, float] = field(default_factory=dict)
    done: bool = False
    token: str = ""

    @property
    def complete(self) -> bool:
        """Whether everything is answered."""
        return bool(self.points) if self.interview is None else next_question(self.interview) is None

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are answered, and of how many."""
        if self.interview is None:
            return int(bool(self.points)), 1
        found = progress(self.interview)
        return found.answered, found.of

    def judgements(self) -> dict[str, Any]:
        """The answers as a weight set stores them."""
        return {"judgements": dict(self.points)} if self.interview is None else judgements_of(self.interview)


@dataclass
class Workshop:
    """People who are asked by one method. ``combine`` is the rule that the set will name, ``None`` for none."""

    id: str
    title: str
    holder: str
    because: str
    method: str
    across: Across
    combine: str | None
    ranges: str
    people: dict[str, Person]

    @property
    def all_in(self) -> bool:
        """Whether everybody's answers are final."""
        return all(person.done for person in self.people.values())

    def text(self, contents: Contents) -> str:
        """The file of the weight set."""
        given = [person.judgements() for person in self.people.values()]
        formulas = {one.pop("formula") for one in given if "formula" in one}
        people = [
            {"id": person.id, "name": person.name, "date": date.today().isoformat(), **one}
            for person, one in zip(self.people.values(), given, strict=True)
        ]
        settings: dict[str, Any] = {"formula": formulas.pop()} if formulas else {}
        if self.combine is not None:
            settings["combine"] = self.combine
        return weight_set_text(
            contents,
            title=self.title,
            holder=self.holder,
            status="elicited",
            rationale=self.because,
            day=date.today(),
            method=self.method,
            across=self.across,
            answers={**settings, "participants": people},
        )


class Workshops:
    """The workshops of one dossier, with a link for each participant."""

    def __init__(self, live: Live, sessions: Sessions) -> None:
        self._live, self._sessions = live, sessions
        self.held: dict[str, Workshop] = {}
        for path in sorted((live.folder / WEIGHTS).glob(f".*{_ENDING}")):
            if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST:
                continue  # nothing that was kept here
            # Anything else is not a file of this version, or was changed.
            with suppress(OSError, ValueError, KeyError, TypeError, RecursionError, PolicyOptionsError):
                found = self._read(json.loads(path.read_text(encoding="utf-8")))
                if path.name == f".{found.id}{_ENDING}":
                    self._add(found)

    def of(self, id: str) -> Workshop:
        """A workshop.

        Raises:
            PolicyOptionsError: no workshop has this id.
        """
        if id not in self.held:
            raise PolicyOptionsError.of("unknown-id", f"`{id[:60]}` is no workshop", "see the page on people")
        return self.held[id]

    def begin(self, fields: Mapping[str, str]) -> Workshop:
        """Begin a workshop as the fields of its form say.

        Raises:
            PolicyOptionsError: a field cannot be accepted, or the method cannot be asked of these criteria.
        """
        contents = self._live.whole.contents
        id = fields.get("id", "").strip()
        refuse_taken(contents, id)
        if id in self.held:
            raise PolicyOptionsError.of(
                "file-exists", f"there is a workshop `{id}` already", "choose another id", ids=(id,)
            )
        method, across, combine = fields.get("method", ""), fields.get("across", ""), fields.get("combine", "")
        if method not in ASKED_BY or across not in ("leaves", "siblings") or combine not in ("", *COMBINING):
            raise PolicyOptionsError.of("form", "the form has a choice that is not there", "use the form of the page")
        names = [" ".join(line.split()) for line in fields.get("names", "").splitlines() if line.strip()]
        if not 1 <= len(names) <= MOST_PEOPLE or len(set(names)) != len(names):
            raise PolicyOptionsError.of(
                "participants",
                f"{len(names)} participants are named, or one of them twice",
                f"name 1 to {MOST_PEOPLE}, each on a line of its own",
            )
        people = {
            f"p{place}": Person(f"p{place}", checked_text("holder", name)) for place, name in enumerate(names, start=1)
        }
        holder = checked_text("holder", fields.get("holder", ""))
        workshop = Workshop(
            id,
            checked_text("title", fields.get("title", "").strip() or holder),
            holder,
            checked_text("rationale", fields.get("because", "")),
            method,
            "leaves" if method == "points" else across,  # type: ignore[arg-type]  # one of the two
            combine or None,
            fingerprint_of_ranges(contents),
            people,
        )
        self._begin_interviews(workshop)
        self._add(workshop)
        self._keep(workshop)
        return workshop

    def _begin_interviews(self, workshop: Workshop) -> None:
        if not METHODS[workshop.method].interviews:
            return
        contents = self._live.whole.contents
        for person in workshop.people.values():
            seed = contents.decision.model.seed
            person.interview = begin(workshop.method, paths_of(contents), workshop.across, seed=seed)

    def _add(self, workshop: Workshop) -> None:
        for person in workshop.people.values():
            person.token = self._sessions.link(self.scope(workshop.id, person.id))
        self.held[workshop.id] = workshop

    @staticmethod
    def scope(workshop: str, person: str) -> str:
        """The one path that the link of a participant opens."""
        return f"answer/{workshop}/{person}"

    def person(self, workshop: str, person: str) -> tuple[Workshop, Person]:
        """A participant.

        Raises:
            PolicyOptionsError: no participant has these ids, or the ranges have changed since the workshop began.
        """
        found = self.of(workshop)
        if person not in found.people:
            raise PolicyOptionsError.of("unknown-id", f"`{person[:60]}` is no participant", "open your own link")
        if not on_these_ranges(self._live.whole.contents, found.ranges):
            raise PolicyOptionsError.of(
                "ranges-changed",
                "the ranges of the criteria have changed since this workshop began",
                "begin another: judgements are about the ranges that were shown",
                ids=(workshop,),
            )
        return found, found.people[person]

    def answer(self, workshop: str, person: str, text: str) -> None:
        """Answer the next question of a participant.

        Raises:
            PolicyOptionsError: it is no answer to that question.
        """
        found, one = self.person(workshop, person)
        if not one.done and one.interview is not None:
            one.interview = answered(one.interview, text)
            self._keep(found)

    def give_points(self, workshop: str, person: str, points: Mapping[str, str]) -> None:
        """Take the points of a participant.

        Raises:
            PolicyOptionsError: one is no number of at least 0, or all are 0.
        """
        found, one = self.person(workshop, person)
        numbers: dict[str, float] = {}
        for name in self._live.whole.problem.criterion_ids:
            try:
                number = float(points.get(name, "").strip().replace(",", ".") or 0)
            except ValueError:
                number = -1.0
            if not 0.0 <= number <= 1e6:
                raise PolicyOptionsError.of(
                    "points", f"`{points[name][:40]}` is no number of points", "write 0 or more", ids=(name,)
                )
            numbers[name] = number
        if not any(numbers.values()):
            raise PolicyOptionsError.of("points", "every criterion has 0 points", "give at least one of them some")
        if not one.done and one.interview is None:
            one.points = numbers
            self._keep(found)

    def back(self, workshop: str, person: str) -> None:
        """Take the last answer back; answers that were final are open again, unless everybody's are."""
        found, one = self.person(workshop, person)
        if found.all_in:
            return
        if not one.done:
            if one.interview is None:
                one.points = {}
            else:
                one.interview = back(one.interview)
        one.done = False
        self._keep(found)

    def finish(self, workshop: str, person: str) -> None:
        """Make the answers of a participant final."""
        found, one = self.person(workshop, person)
        one.done = one.complete
        self._keep(found)

    def dossier(self, workshop: Workshop) -> Dossier:
        """The dossier with the set that the workshop would be saved as.

        Raises:
            PolicyOptionsError: somebody's answers are not final.
        """
        if not workshop.all_in:
            raise PolicyOptionsError.of("not-all-in", "not everybody has answered yet", "wait until all answers are in")
        files = {f"{WEIGHTS}/{workshop.id}.yaml": workshop.text(self._live.whole.contents).encode()}
        return Dossier(load_contents(Overlaid(self._live.folder, files)))

    def save(self, workshop: str) -> str:
        """Write the set, end the workshop with its links, and return the id of the set.

        Raises:
            PolicyOptionsError: not everybody has answered, or the file cannot be written.
        """
        found = self.of(workshop)
        self.dossier(found)
        contents = self._live.whole.contents
        refuse_taken(contents, found.id)
        write_atomically(contents.root / WEIGHTS / f"{found.id}.yaml", found.text(contents).encode(), new=True)
        self.drop(workshop)
        return found.id

    def drop(self, workshop: str) -> None:
        """End a workshop: its links no longer open anything, and its answers are deleted."""
        found = self.of(workshop)
        for person in found.people.values():
            self._sessions.forget(self.scope(found.id, person.id))
        del self.held[found.id]
        self._path(found.id).unlink(missing_ok=True)

    # On disk ------------------------------------------------------------------------------------------------------------

    def _path(self, id: str) -> Path:
        return self._live.folder / WEIGHTS / f".{id}{_ENDING}"

    def _keep(self, workshop: Workshop) -> None:
        people: Sequence[dict[str, Any]] = [
            {
                "id": one.id,
                "name": one.name,
                "answers": [] if one.interview is None else texts_of(one.interview),
                "points": one.points,
                "done": one.done,
            }
            for one in workshop.people.values()
        ]
        path = self._path(workshop.id)
        refuse_leaving(self._live.folder, path)
        if path.is_symlink():
            raise PolicyOptionsError.of(
                "link-leaves", f"{path.name} is a link", "put a file in its place, or delete it"
            )
        self._live.answers += 1
        about = {key: getattr(workshop, key) for key in _ABOUT}
        write_atomically(path, json.dumps({**about, "people": people}, ensure_ascii=False).encode())

    def _read(self, form: Mapping[str, Any]) -> Workshop:
        self._require_form(form)
        people = {one["id"]: Person(one["id"], one["name"], None, one["points"], one["done"]) for one in form["people"]}
        workshop = Workshop(**{key: form[key] for key in _ABOUT}, people=people)
        if not on_these_ranges(self._live.whole.contents, workshop.ranges):
            raise ValueError
        self._begin_interviews(workshop)
        for one in form["people"]:
            person = people[one["id"]]
            for _, text in one["answers"]:
                if person.interview is not None:
                    person.interview = answered(person.interview, text)
        return workshop

    def _require_form(self, form: Mapping[str, Any]) -> None:
        """Refuse a kept workshop that no form could have begun: anybody may have written the file.

        Raises:
            ValueError, TypeError, KeyError, PolicyOptionsError: it is not what ``_keep`` writes.
        """
        check_id(form["id"])
        for key in ("title", "holder", "rationale"):
            checked_text(key, form["because" if key == "rationale" else key])
        people, criteria = form["people"], set(self._live.whole.problem.criterion_ids)
        right = (
            form["method"] in ASKED_BY
            and form["across"] in get_args(Across)
            and (form["combine"] is None or form["combine"] in COMBINING)
            and 1 <= len(people) <= MOST_PEOPLE
            and [one["id"] for one in people] == [f"p{number}" for number in range(1, len(people) + 1)]
        )
        for one in people:
            checked_text("holder", one["name"])
            points = one["points"]
            right = right and isinstance(one["done"], bool) and isinstance(points, dict) and points.keys() <= criteria
            right = right and all(type(number) in (int, float) and 0 <= number < 1e6 for number in points.values())
        if not right:
            raise ValueError


_ABOUT: Final = ("id", "title", "holder", "because", "method", "across", "combine", "ranges")
