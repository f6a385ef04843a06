"""A dossier in another language with all that a report or memo has to warn of, and the words that would be English in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from languages import in_language
from policy_options import Dossier
from policy_options.analysis.crosscheck.methods import METHODS
from policy_options.dossier.carried import carried_files
from policy_options.wording.phrases import load_phrases
from support import PANEL, SmallDossier

ENGLISH = re.compile(
    r"\b(the|an?|of|and|or|is|are|was|were|has|have|with|by|not|no|points|weights?|given|range|might|fails?|first|than)\b"
)
STALE = """\
format: 1
title: "{title}"
holder: "{title}"
status: elicited
rationale: "{title}"
method: points
across: siblings
judgements: {{service: 1, money: 1, crossings: 1, waiting: 2, outlay: 1}}
given-on:
  crossings: {{path: crossings, unit: boats, direction: more-is-better, low: 0, high: 20, ends: 0123456789abcdef}}
  waiting: {{path: service/waiting, unit: minutes, direction: more-is-better, low: 5, high: 90}}
  outlay: {{path: money/outlay, unit: judged band, direction: less-is-better, local: true}}
  gone: {{path: gone, unit: x, direction: less-is-better, low: 0, high: 1}}
"""


STORMS = """\
format: 1
title: "{title}"
story: "{title}"
scores: {{east-quay: {{crossings: 2}}}}
likelihood: {{low: 10, high: 30, holder: "{title}"}}
signposts:
  - {{watch: "{title}", option: as-is, criterion: crossings, threshold: 3, by: 2027-01-01, who: "{title}", then: "{title}"}}
"""


def troubled(small: SmallDossier, language: str) -> SmallDossier:
    """A dossier in a language with everything that a report has to warn of."""
    in_language(small, language)
    title = load_phrases(language).say("unknown")
    small.put("criteria/weights/stale.yaml", STALE.format(title=title))
    small.put("criteria/weights/panel.yaml", PANEL)
    small.put("criteria/scenarios/storms.yaml", STORMS.format(title=title))
    small.edit(
        "criteria/criteria.yaml",
        "unit: minutes\n        direction: less-is-better\n",
        f"unit: minutes\n        direction: less-is-better\n        red-line: {{at: 45, because: '{title}'}}\n",
    )
    small.edit("options/new-mole.yaml", "crossings: 16", "crossings: unknown")
    return small


def data_of(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from (str(key), *data_of(child))
    elif isinstance(node, list):
        for child in node:
            yield from data_of(child)


def english_in(text: str, dossier: Dossier) -> bool:
    """Whether a text has an English word that the dossier did not bring, nor a citation or a command."""
    sources = [method.source for method in METHODS.values()]
    for known in (*_OF_OTHERS, *sources, *sorted({*data_of(carried_files(dossier.contents))}, key=len, reverse=True)):
        text = text.replace(known, "…") if len(known) > 1 else text
    return ENGLISH.search(text) is not None


_OF_OTHERS = (
    "Keeney and Raiffa",
    "Pinto da Costa and Soares",
    "Sałabun and Urbaniak",
    "policy-options weights refresh",
)
