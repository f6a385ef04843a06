"""The dossier as it is on disk now: read again whenever a file of it changes, with the last one that could be read."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Final

from policy_options.analysis.problem import WeightVector
from policy_options.api import Dossier
from policy_options.dossier.changing import as_percentages
from policy_options.dossier.contents import DECISION, WEIGHTS, Contents
from policy_options.dossier.drafting import weight_set_text
from policy_options.dossier.entries import set_entries
from policy_options.dossier.loading import load_contents
from policy_options.dossier.taking import Overlaid, plan_scores
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.web.state import State, Tried, refuse_overridden, vector_of
from policy_options.wording.phrases import Phrases, load_phrases

__all__ = ["Live", "direct_text"]

_KEPT: Final = 16
"""Dossiers with other scores that are kept ready: one for each set of what-ifs that somebody is looking at."""
_FOLDERS: Final = (
    "criteria",
    "criteria/weights",
    "criteria/scenarios",
    "options",
    "options/evidence",
    "templates/wording",
)


class Live:
    """A dossier folder that people edit while pages of it are open.

    Every request asks ``refresh``, which compares the names, sizes and times of the files. If the files have errors,
    the last dossier without errors remains, and ``faults`` has the errors for the page to show.
    """

    def __init__(self, folder: Path, *, public: bool = False) -> None:
        self.folder = folder
        self.public = public
        self.faults: tuple[Fault, ...] = ()
        self.answers = 0
        """How many answers people have given in this run, so that pages which count them follow."""
        self._lock = RLock()
        self._seen = _stamp(folder)
        self._whole = Dossier.load(folder)
        self._phrases = self._worded()
        self._dossier = self._shown(self._whole)
        self._tried: OrderedDict[tuple[object, ...], Dossier] = OrderedDict()

    @property
    def version(self) -> str:
        """A name for the present state of the files, and of the answers of workshops."""
        return f"{self._seen}.{self.answers}" if self.answers else self._seen

    @property
    def dossier(self) -> Dossier:
        """The dossier of the files, in no scenario; without the names of people where those are left out."""
        return self._dossier

    @property
    def whole(self) -> Dossier:
        """The dossier of the files with all names, for what is written to them."""
        return self._whole

    @property
    def phrases(self) -> Phrases:
        """The phrases of the dossier's language."""
        return self._phrases

    def _shown(self, dossier: Dossier) -> Dossier:
        if not self.public:
            return dossier
        from policy_options.memo.audience import without_names

        return without_names(dossier, self._phrases)

    def _worded(self) -> Phrases:
        return load_phrases(self._whole.contents.decision.model.language, [self.folder / "templates"])

    def refresh(self) -> None:
        """Read the dossier again if a file has changed."""
        stamp = _stamp(self.folder)
        if stamp == self._seen:
            return
        with self._lock:
            if stamp == self._seen:
                return
            try:
                dossier = Dossier.load(self.folder)
            except PolicyOptionsError as error:
                self.faults = error.faults
            else:
                self.faults = ()
                self._whole = dossier
                self._phrases = self._worded()
                self._dossier = self._shown(dossier)
                self._tried.clear()
            self._seen = stamp

    def dossier_of(self, state: State) -> Dossier:
        """The dossier with the scores that are tried, in the scenario that is chosen.

        Raises:
            PolicyOptionsError: there is no such option, criterion or scenario, or a score cannot be what is tried.
        """
        if not state.tried and state.scenario is None:
            return self._dossier
        key = (self._seen, state.tried, state.scenario)
        with self._lock:
            found = self._tried.get(key)
            if found is None:
                files = self.tried_files(state.tried)
                found = self._shown(Dossier(load_contents(Overlaid(self.folder, files)))) if files else self._dossier
                if state.scenario is not None:
                    refuse_overridden(found.contents, state)
                    found = found.in_scenario(state.scenario)
                self._tried[key] = found
            self._tried.move_to_end(key)
            while len(self._tried) > _KEPT:
                self._tried.popitem(last=False)
        return found

    def tried_files(self, tried: tuple[Tried, ...]) -> dict[str, bytes]:
        """The files of options with scores as tried, by name. Each such score says that it is a what-if.

        Raises:
            PolicyOptionsError: as ``dossier_of``.
        """
        contents, phrases = self._whole.contents, self._phrases
        by_option: dict[str, dict[str, dict[str, object]]] = {}
        for each in tried:
            each.refuse_unknown(contents)
            rationale = phrases.say("explore.what-if.rationale", before=each.before(contents, phrases))
            parts = {"likely": each.performance(contents), "low": None, "high": None, "confidence": None}
            more = {"distribution": None, "rationale": rationale, "evidence": ()}
            by_option.setdefault(each.option, {})[each.criterion] = {**parts, **more}
        return {
            contents.options[option].tree.file: plan_scores(contents, option, scores).after
            for option, scores in by_option.items()
        }

    def kept(self, state: State, *, title: str, holder: str, rationale: str, marking: str) -> tuple[Dossier, str]:
        """The dossier with everything that a page shows and no file says, and the id of the weights in it.

        Changed weights are a weight set, illustrative and with percentages as they would be saved, and scores that are
        tried are in the files of their options, so that a memo carries all of it and can be verified. With any of
        these, ``marking`` is added to the marking that every page carries. It is in no scenario.

        Raises:
            PolicyOptionsError: as ``dossier_of``.
        """
        used = self._dossier.weighting(state.weights).id
        files = self.tried_files(state.tried)
        if state.shares:
            contents = self._whole.contents
            used = next(name for name in _names_on_screen() if name not in contents.known[WEIGHTS])
            files[f"{WEIGHTS}/{used}.yaml"] = direct_text(
                contents, vector_of(state, self._dossier), title=title, holder=holder, rationale=rationale, parent=None
            ).encode()
        if state.tried:
            files[DECISION] = self._marked(marking)
        if not files:
            return self._dossier, used
        return self._shown(Dossier(load_contents(Overlaid(self.folder, files)))), used

    def _marked(self, marking: str) -> bytes:
        """The decision with a marking, after the one that it has."""
        contents = self._whole.contents
        raw = (self.folder / DECISION).read_bytes()
        given = contents.decision.model.marking
        text = f"{given} \N{MIDDLE DOT} {marking}" if given else marking
        return set_entries(raw, DECISION, (), {"marking": text}, bare="")


def direct_text(
    contents: Contents,
    weights: WeightVector,
    *,
    title: str,
    holder: str,
    rationale: str,
    parent: str | None,
    day: date | None = None,
) -> str:
    """The text of an illustrative set of direct weights."""
    return weight_set_text(
        contents,
        title=title,
        holder=holder,
        status="illustrative",
        rationale=rationale,
        day=day,
        method="direct",
        across="leaves",
        answers={"judgements": as_percentages(contents, weights)},
        parent=parent,
    )


def _names_on_screen() -> Iterator[str]:
    yield "on-screen"
    yield from (f"on-screen-{number}" for number in count(2))


def _stamp(folder: Path) -> str:
    """A digest of the names, sizes and times of the files that a dossier is read from."""
    found = sha256()
    for name in _FOLDERS:
        try:
            with os.scandir(folder / name) as entries:
                for entry in sorted(entries, key=lambda each: each.name):
                    if entry.name.endswith((".yaml", ".yml")):
                        try:
                            about = entry.stat()
                        except OSError:  # gone since it was listed, or a link to nothing
                            continue
                        found.update(
                            f"{name}/{entry.name}\0{about.st_mtime_ns}\0{about.st_size}\0{about.st_ino}\n".encode()
                        )
        except OSError:
            continue
    return found.hexdigest()[:16]
