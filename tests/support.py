"""Shared material for tests: a small dossier to break, and golden files."""

from __future__ import annotations

import os
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

from policy_options import Dossier, PolicyOptionsError
from policy_options.errors import Fault
from policy_options.wording.numbers import Numbers

DECISION = """\
format: 1
id: harbour
title: Where to build the ferry landing
question: Which landing serves the islands best?
standpoint: The islands' council
horizon: Summer of 2030
scores-assume-delivery: true
owner: Harbour office
audience: Council
date: 2026-03-01
baseline: as-is
weights: even
"""

CRITERIA = """\
format: 1
criteria:
  - id: service
    title: Service
    criteria:
      - id: crossings
        title: Crossings a day
        unit: crossings
        direction: more-is-better
        scale:
          low: {at: 0, means: None at all}
          high: {at: 20, means: One in each hour of the day}
      - id: waiting
        title: Waiting
        unit: minutes
        direction: less-is-better
        scale:
          low: {at: 0, means: Walk on}
          high: {at: 60, means: An hour}
  - id: money
    title: Money
    role: cost
    criteria:
      - id: outlay
        title: Outlay
        unit: judged band
        judged: true
        direction: less-is-better
        scale:
          levels:
            - {id: small, means: Below a year's upkeep, value: 100}
            - {id: middling, means: One to five years' upkeep, value: 40}
            - {id: large, means: Above five years' upkeep, value: 0}
"""

EVEN = """\
format: 1
title: Even
holder: The council (role)
status: illustrative
rationale: Nothing sets the three swings apart.
method: points
judgements: {crossings: 1, waiting: 1, outlay: 2}
"""

QUICK = """\
format: 1
title: Quick
holder: Commuters (role)
status: elicited
rationale: Time is what commuters lack.
method: swing
across: siblings
judgements: {service: 100, money: 25, crossings: 50, waiting: 100, outlay: 100}
"""

PANEL = """\
format: 1
title: Panel
holder: Two people
status: elicited
rationale: Asked one by one.
method: points
participants:
  - {id: ann-onym, name: Ann Onym, judgements: {crossings: 1, waiting: 1, outlay: 8}}
  - {id: bob, name: Bob Alias, judgements: {crossings: 5, waiting: 5, outlay: 1}}
"""
"""A set of two people who are not combined."""

OPTIONS = {
    "as-is": """\
format: 1
title: Leave the landing where it is
scores:
  crossings: 4
  waiting: {low: 30, likely: 40, high: 50}
  outlay: small
for: [{text: It costs nothing that is not paid already.}]
against: [{text: Islanders wait for most of an hour.}]
""",
    "east-quay": """\
format: 1
title: Move to the east quay
for:
  - text: It lies nearest to the islands.
    evidence: [survey/distance]
against:
  - text: It is cut off in a storm from the east.
    evidence: none
scores:
  crossings: {low: 8, likely: 10, high: 12, confidence: medium, rationale: A shorter way., evidence: [survey/distance]}
  waiting: 20
  outlay: {low: middling, likely: middling, high: large, rationale: No bids yet., evidence: none}
""",
    "new-mole": """\
format: 1
title: Build a mole
scores:
  crossings: 16
  waiting: 12
  outlay: large
for: [{text: Boats land in any weather.}]
against: [{text: It takes six years' upkeep.}]
""",
}

SCENARIOS = {
    "storms": """\
format: 1
title: Storms from the east
short: Storms
story: The east quay is closed for weeks.
drivers: [{text: Storms are seen more often., evidence: [survey/distance]}]
scores:
  east-quay:
    crossings: {low: 1, likely: 2, high: 4, rationale: Closed on most days., evidence: none}
all:
  waiting: {by: 5, rationale: Boats slow down., evidence: none}
signposts:
  - {watch: Days on which the quay is closed., threshold: 20 days a year, by: 2027-04-30, who: Harbour office,
     then: Ask the yards for bids again., evidence: none}
""",
    "rivals": """\
format: 1
title: Another line calls
story: A second line runs boats from the mole.
scores:
  new-mole:
    crossings: 20
    outlay: {low: small, likely: middling, high: large, rationale: The line pays part., evidence: none}
signposts:
  - {watch: Crossings from the mole., option: new-mole, criterion: crossings, threshold: 18, who: Harbour office}
""",
}
"""Two futures of the small dossier; ``with_scenarios`` writes them."""

SOURCE_TEXT = """\
Survey of the landings

The east quay lies two miles nearer to the islands
than the old landing.

Storms from the east close it on nine days a year.
"""

SOURCE = """\
format: 1
title: Survey of the landings
author: Harbour office
date: 2025-11-02
paragraphs:
  1: {first}
  2: {second}
claims:
  - id: distance
    paragraphs: [1]
    text: From the east quay the islands are two miles closer.
"""


@dataclass(frozen=True)
class SmallDossier:
    """A dossier on disk; ``edit`` and ``put`` change it, ``faults`` returns the faults found on loading."""

    root: Path

    @classmethod
    def write(cls, root: Path) -> SmallDossier:
        from policy_options.dossier.evidence import fingerprint, paragraphs_of

        small = cls(root)
        _, first, second = (fingerprint(block) for block in paragraphs_of(SOURCE_TEXT))
        small.put("criteria/decision.yaml", DECISION)
        small.put("criteria/criteria.yaml", CRITERIA)
        small.put("criteria/weights/even.yaml", EVEN)
        small.put("criteria/weights/quick.yaml", QUICK)
        small.put("options/evidence/survey.yaml", SOURCE.format(first=first, second=second))
        for name, text in OPTIONS.items():
            small.put(f"options/{name}.yaml", text)
        return small

    def put(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(textwrap.dedent(text), encoding="utf-8", newline="")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that must exist."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.put(name, text.replace(old, new))

    def with_scenarios(self) -> SmallDossier:
        """The same dossier with two scenarios."""
        for name, text in SCENARIOS.items():
            self.put(f"criteria/scenarios/{name}.yaml", text)
        return self

    def load(self) -> Dossier:
        return Dossier.load(self.root)

    def faults(self) -> tuple[Fault, ...]:
        """The faults raised on loading; none if it succeeds."""
        try:
            self.load()
        except PolicyOptionsError as error:
            return error.faults
        return ()

    def fault(self) -> Fault:
        """The single fault raised on loading."""
        faults = self.faults()
        assert len(faults) == 1, [(fault.code, str(fault.place), fault.message) for fault in faults]
        return faults[0]

    def findings(self, sources: Path | None = None) -> tuple[Fault, ...]:
        return self.load().check(sources).findings


@dataclass(frozen=True)
class Golden:
    """Texts that were reviewed by eye."""

    folder: Path
    refresh: bool

    def check(self, name: str, text: str) -> None:
        path = self.folder / name
        if self.refresh:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.is_file(), f"{name} is missing: run the tests with --refresh-golden and review it"
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} differs; if that is meant, refresh it and review the difference"
        )


def git(folder: Path, *arguments: str) -> str:
    """Run git as a fixed person, whatever the machine's settings are."""
    identity = {
        f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return subprocess.run(
        ["git", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            **identity,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_OPTIONAL_LOCKS": "0",
        },
    ).stdout


@dataclass(frozen=True, slots=True)
class Unrounded(Numbers):
    """Every digit of a number, so that the claim of a sentence can be tested."""

    def fixed(self, number: float | None, places: int = 1, *, signed: bool = False) -> str:
        return "-" if number is None else f"{number:.17g}"
