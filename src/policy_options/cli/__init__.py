"""The command line: one module a command, a few lines over the floors below. The only floor that prints."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run ``policy-options``. Exit status: design, promise 7."""
    # A command lives for a second at most and makes little garbage, while imports alone cost several collections.
    gc.set_threshold(100_000, 50, 50)
    try:
        from policy_options.cli.app import app

        app()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
