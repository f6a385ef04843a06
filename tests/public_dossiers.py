"""Random dossiers with people in them, whose names and ids are words that occur nowhere else."""

from __future__ import annotations

import json

import numpy as np

from support import OPTIONS, PANEL, SmallDossier

__all__ = ["acknowledge", "left", "with_random_people"]

CRITERIA = ("crossings", "waiting", "outlay")


def with_random_people(small: SmallDossier, seed: int) -> list[str]:
    """Add people, and acknowledge every finding about them, in one of several ways. Returns what must not be left."""
    random = np.random.default_rng(seed)
    secrets: list[str] = []

    def one_of(*choices: str) -> str:
        return choices[int(random.integers(len(choices)))]

    def secret() -> str:
        secrets.append("zq" + "".join(random.choice(list("bdfgkv"), 6)))
        return secrets[-1]

    def name() -> str:
        return f"{secret().title()} {secret().title()}"

    pool = [secret() for _ in range(3)] + [one_of(*CRITERIA), "participant-2", "east-quay"]
    panels = ("panel", "council")
    for panel in panels:
        ids = [str(id) for id in random.permutation(pool)[: random.integers(2, 5)]]
        people = []
        for id in ids:
            judged = ("crossings: 1, waiting: 0, outlay: 0", "crossings: 2, waiting: 5, outlay: 1")[random.integers(2)]
            check = "{of: crossings, beside: waiting, said: 900}"
            named = one_of(name(), f"TODO {name()}")
            people.append(f"  - {{id: {id}, name: {named}, judgements: {{{judged}}}, cross-checks: [{check}]}}\n")
        head = PANEL.partition("participants:")[0].replace("title: Panel", f"title: {panel.title()}")
        small.put(f"criteria/weights/{panel}.yaml", f"{head}participants:\n{''.join(people)}")
        parent = one_of(f"{panel}/{ids[0]}", f"{panel}/{secret()}", f"gone/{secret()}", f"{panel}/participant-9")
        small.edit("criteria/weights/quick.yaml", "title:", f"parent: {parent}\ntitle:") if panel == "panel" else None
    score = f"{{likely: 4, scorer: {one_of(name(), 'TODO ' + name())}, scorers: [{{scorer: {name()}, likely: 3}}]}}"
    small.put("options/as-is.yaml", OPTIONS["as-is"].replace("crossings: 4", f"crossings: {score}"))
    interview = secret()
    small.put(
        f"options/evidence/{interview}.yaml",
        f"format: 1\nkind: interview\ntitle: Talk\nwho: A captain\nconsent: named\nname: {name()}\ndate: 2026\n"
        f"locator: Counted. #{secret()}\nclaims: [{{id: late, section: 3, text: Late.}}]\n",
    )
    small.put(f"criteria/weights/{secret()}.json", "{}")
    small.put(f"options/{secret()}.txt", "notes")
    return secrets


def acknowledge(small: SmallDossier, seed: int) -> None:
    """Acknowledge most findings with some of their ids, and some that are not there."""
    random = np.random.default_rng(seed)
    entries = []
    report = small.load().check()
    for finding in report.findings:
        ids = [id for id in finding.ids if random.random() < 0.6] or list(finding.ids[:1])
        if random.random() < 0.8 and ids:
            entries.append({"finding": finding.code, "about": ids, "because": "A test."})
    for finding in report.findings[:3]:
        entries.append({"finding": "scores-like-shares", "about": [*finding.ids, "zqnobody"], "because": "A test."})
    with (small.root / "criteria/decision.yaml").open("a", encoding="utf-8") as file:
        file.write(f"acknowledged: {json.dumps(entries)}\n")


def left(text: str, secrets: list[str]) -> list[str]:
    """The secrets that a text has."""
    return [one for one in secrets if one in text.lower()]
