"""A dossier in which no score has a range: nothing that is written of it speaks of ranges or of drawing scores from them."""

from __future__ import annotations

import re

from policy_options import Dossier
from support import OPTIONS, SmallDossier

SPEAKS_OF_RANGES = re.compile(r"drawn|draws|a draw\b|ranges?\b|bounds?\b|uncertain|judgement better", re.IGNORECASE)

ALLOWED = (
    "No score has a range, so that none is drawn.",
    "No score has a range, so that nothing shows what it would be worth to know one better.",
    "No score has a range. ",
    "no score has a range.",
    "no range is given for it",
    # What a reader of any dossier has to know about the weights, which do have ranges, and about its scales.
    "one at a time over its range",
    "over its range, the lead of",
    "What it would be worth to know one judgement better",
    "at both ends of each range",
    "The ranges that the judgements were given on are not recorded, so a change in them would go unnoticed.",
    "Sources, and the claims drawn from them",
)


def certain(small: SmallDossier) -> Dossier:
    """The small dossier with every score as likely and one that a signpost watches."""
    for name, text in OPTIONS.items():
        bare = re.sub(r"low: [^,]+, (likely: [^,]+), high: [^,}]+", r"\1", text)
        assert "low:" not in bare
        small.put(f"options/{name}.yaml", bare)
    small.put(
        "criteria/decision.yaml",
        (small.root / "criteria/decision.yaml").read_text(encoding="utf-8")
        + "signposts: [{watch: Crossings., option: new-mole, criterion: crossings, threshold: 19, evidence: none}]\n",
    )
    return small.load()


def assert_silent_on_ranges(text: str) -> None:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    found = [text[max(hit.start() - 80, 0) : hit.end() + 40] for hit in SPEAKS_OF_RANGES.finditer(text)]
    assert not found, "\n".join(found)
