"""The command line: one thin module per command over the layers below. The only layer that prints."""

from __future__ import annotations

import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run ``policy-options``. Exit status: design, promise 7."""
    # A command runs for a second or two and makes almost no garbage: the collector would only traverse the objects of
    # imports and of the dossier, several times during the run and once more at the end. Together that is a sixth of a
    # `rank`; the memory of a `memo` is the same without it.
    gc.disable()
    # Pydantic looks through every installed package for plugins; none of them has any business in a dossier.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # No process that a command starts looks for modules in the current folder, which is untrusted.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    try:
        from policy_options.cli.app import application

        application(sys.argv[1] if len(sys.argv) > 1 else None)()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)
    finally:
        gc.freeze()
