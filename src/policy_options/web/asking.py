"""One request: the dossier as it is on disk, the state that the address gives, and answers as pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from policy_options.api import Dossier
from policy_options.web.live import Live
from policy_options.web.place import Place
from policy_options.web.rendering import rendered
from policy_options.web.screen import Screen
from policy_options.web.state import State, read_state
from policy_options.wording.phrases import Phrases

__all__ = ["Asking"]

NAV: Final = ("explore", "pair", "compare", "packages", "scenarios", "checks", "save", "people")


@dataclass(frozen=True, eq=False)
class Asking:
    """A request for something of the dossier."""

    place: Place
    request: Request

    @classmethod
    def of(cls, request: Request) -> Asking:
        """The request, after the files have been looked at."""
        place: Place = request.app.state.place
        place.live.refresh()
        return cls(place, request)

    @property
    def live(self) -> Live:
        """The dossier on disk."""
        return self.place.live

    @property
    def phrases(self) -> Phrases:
        """The words of the dossier's language."""
        return self.place.live.phrases

    @cached_property
    def state(self) -> State:
        """The state that the address gives.

        Raises:
            PolicyOptionsError: the address names what the dossier does not have.
        """
        return read_state(self.request.query_params.multi_items(), self.live.dossier)

    @cached_property
    def screen(self) -> Screen:
        """What the main page shows for the state."""
        return Screen(self.live, self.state, self.place.public)

    @property
    def dossier(self) -> Dossier:
        """The dossier with what-ifs, in the scenario."""
        return self.screen.dossier

    def nav(self) -> list[tuple[str, str, str]]:
        """The pages that this dossier has: key, path and words."""
        contents = self.live.dossier.contents
        there = {
            "packages": contents.packages_file is not None,
            "scenarios": bool(self.live.dossier.scenario_ids),
            "pair": len(contents.options) > 1,
        }
        return [
            (key, "" if key == "explore" else key, self.phrases.say_of("explore.nav", key))
            for key in NAV
            if there.get(key, True)
        ]

    def part(self, name: str, **names: Any) -> str:
        """A part of a page as text."""
        return rendered(
            name,
            self.phrases,
            home=self.place.home,
            query=self.state.query(),
            screen=self.screen,
            faults=self.live.faults,
            **names,
        )

    def page(self, name: str, title: str, *, here: str = "", status: int = 200, **names: Any) -> Response:
        """A whole page."""
        decision = self.live.dossier.contents.decision.model
        names.setdefault("problem", "")
        text = self.part(
            name,
            title=title,
            here=here,
            nav=self.nav(),
            decision=decision.title,
            question=decision.question,
            marking=decision.marking,
            version=self.live.version,
            **names,
        )
        return HTMLResponse(text, status_code=status)

    def to(self, path: str, state: State, **more: str) -> Response:
        """A redirect to a page in a state."""
        return RedirectResponse(f"{self.place.home}{path}{state.query(**more)}", status_code=303)
