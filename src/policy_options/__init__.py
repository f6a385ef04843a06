"""Decision support for policy options: from a dossier to a ranking that can be examined and a memo that can be filed.

The public names are ``Dossier`` and ``PolicyOptionsError``. They are imported when they are first used, so
``import policy_options`` costs almost nothing.

``PolicyOptionsError`` is the only exception that the package raises on purpose. Its attribute ``faults`` is a tuple
with everything that is wrong. Each fault has a ``code`` (stable, for programs), a ``message`` and a ``remedy`` (for
people), the ``ids`` that it concerns, and, if known, the ``place`` (file, line and column).

Examples
--------
>>> from policy_options import Dossier, PolicyOptionsError
>>> dossier = Dossier.load(".")
>>> dossier.rank().in_order[0]
'regulatory-alignment'
>>> try:
...     dossier.weights("nobody")
... except PolicyOptionsError as error:
...     [(fault.code, fault.ids) for fault in error.faults]
[('unknown-id', ('nobody',))]
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
