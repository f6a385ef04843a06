"""The dossier as it is on disk now: read again whenever a file of it changes, with the last one that could be read."""

from __future__ import annotations

import os
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Final

from policy_options.api import Dossier
from policy_options.dossier.loading import load_contents
from policy_options.dossier.taking import Overlaid, plan_scores
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.web.state import State, Tried, refuse_overridden
from policy_options.wording.phrases import Phrases, load_phrases

__all__ = ["Live"]

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

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: tuple[Fault, ...] = ()
        self._lock = RLock()
        self._seen = _stamp(folder)
        self._dossier = Dossier.load(folder)
        self._phrases = self._worded()
        self._tried: OrderedDict[tuple[object, ...], Dossier] = OrderedDict()

    @property
    def version(self) -> str:
        """A name for the present state of the files."""
        return self._seen

    @property
    def dossier(self) -> Dossier:
        """The dossier of the files, in no scenario."""
        return self._dossier

    @property
    def phrases(self) -> Phrases:
        """The phrases of the dossier's language."""
        return self._phrases

    def _worded(self) -> Phrases:
        return load_phrases(self._dossier.contents.decision.model.language, [self.folder / "templates"])

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
                self._dossier = dossier
                self._phrases = self._worded()
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
                found = (
                    Dossier(load_contents(Overlaid(self.folder, self.tried_files(state.tried))))
                    if state.tried
                    else self._dossier
                )
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
        contents, phrases = self._dossier.contents, self._phrases
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
