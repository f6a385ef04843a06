"""Names of sheets and headings, and the words that a workbook uses about itself."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CONTRIBUTIONS",
    "CRITERIA",
    "EVERY_SET",
    "EVIDENCE",
    "FIELD_HEADS",
    "FINGERPRINT",
    "HIDDEN_BOUNDS",
    "HIDDEN_JUDGEMENTS",
    "HIDDEN_ORDER",
    "HIDDEN_PERFORMANCES",
    "LEVELS",
    "MARKER",
    "PACKAGES",
    "RANKING",
    "READ_ME",
    "ROBUSTNESS",
    "SCENARIOS",
    "SCORES",
    "SCORE_HEAD",
    "SHARES",
    "VALUES",
    "WEIGHTS",
    "WEIGHT_HEAD",
]

READ_ME: Final = "Read me"
RANKING: Final = "Ranking"
WEIGHTS: Final = "Weights"
SCORES: Final = "Scores"
CONTRIBUTIONS: Final = "Contributions"
EVERY_SET: Final = "Every set"
ROBUSTNESS: Final = "Robustness"
SCENARIOS: Final = "Scenarios"
PACKAGES: Final = "Packages"
EVIDENCE: Final = "Evidence"
CRITERIA: Final = "Criteria"
LEVELS: Final = "Levels and corners"
VALUES: Final = "Values"
SHARES: Final = "Shares"
HIDDEN_JUDGEMENTS: Final = "Judgements"
HIDDEN_PERFORMANCES: Final = "Performances"
HIDDEN_BOUNDS: Final = "Bounds"
HIDDEN_ORDER: Final = "Order"
FINGERPRINT: Final = "Fingerprint"

MARKER: Final = "policy-options workbook"
"""The content of the first cell of the fingerprint, by which it is recognised under any name."""
SCORE_HEAD: Final = "score id"
WEIGHT_HEAD: Final = "criterion or group id"
"""The headings by which the two sheets of inputs are recognised under any name."""
FIELD_HEADS: Final = {
    name: name.capitalize() for name in ("low", "likely", "high", "confidence", "rationale", "evidence")
}
