"""The verdict on a memo being verified, and the error that says why it is not a yes."""

from __future__ import annotations

from typing import Literal

__all__ = ["UnverifiedError", "Verdict"]

Verdict = Literal["consistent", "inconsistent", "cannot"]


class UnverifiedError(Exception):
    """The memo is not verified: the verdict and the reason."""

    def __init__(self, reason: str, verdict: Verdict = "inconsistent") -> None:
        super().__init__(reason)
        self.reason, self.verdict = reason, verdict
