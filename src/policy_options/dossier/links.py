"""Files of a dossier that are links: read wherever they lead, but written only inside the dossier."""

from __future__ import annotations

from pathlib import Path

from policy_options.errors import Place, PolicyOptionsError

__all__ = ["refuse_leaving"]


def refuse_leaving(root: Path, path: Path) -> None:
    """Refuse to write to a file of the dossier in ``root`` if it, or a folder above it, is a link that leads outside.

    Raises:
        PolicyOptionsError: it leads outside (``link-leaves``), or the links are circular (``not-writable``).
    """
    try:
        target = path.resolve()
        inside = target.is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        raise PolicyOptionsError.of(
            "not-writable", f"{path} cannot be written: its links have no end", "put a file in its place"
        ) from None
    if not inside:
        raise PolicyOptionsError.of(
            "link-leaves",
            f"{path} is a link to {target}, outside of the dossier, and nothing was written to that",
            "put a copy in the place of the link, or change the dossier that it leads to",
            place=Place(str(path)),
        )
