"""Decision support for policy options: from a dossier to a ranking that can be questioned and a memo that can be kept.

``Dossier`` and ``PolicyOptionsError`` are the public names; they are imported when they are first asked for, so that
``import policy_options`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy_options.api import Dossier
    from policy_options.errors import PolicyOptionsError

__all__ = ["Dossier", "PolicyOptionsError"]


def __getattr__(name: str) -> Any:
    if name == "Dossier":
        from policy_options.api import Dossier

        return Dossier
    if name == "PolicyOptionsError":
        from policy_options.errors import PolicyOptionsError

        return PolicyOptionsError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
