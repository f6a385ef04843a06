"""Every format that ``export`` writes, by name. To add one, add a line here and its writer to the command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["FORMATS", "Exported"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A format: what a file of it is called, and its endings, the recommended one first."""

    title: str
    suffixes: tuple[str, ...]


FORMATS: Final[dict[str, Exported]] = {
    "xlsx": Exported("a workbook", (".xlsx",)),
    "explorer": Exported("a page", (".html", ".htm")),
    "xmcda": Exported("an XMCDA file", (".xml", ".xmcda")),
}
