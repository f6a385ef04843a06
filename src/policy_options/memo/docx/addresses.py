"""Addresses that a Word file may link to: Word calls a file damaged if one of them is invalid."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

__all__ = ["address_of"]

_LONGEST: Final = 2_000
"""Characters: Word reads some 80 more."""

_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::[0-9]{1,4})?")
_MAIL: Final = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+@(?P<host>[A-Za-z0-9.-]+)")
_STRAY_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_KEPT: Final = "/:@!$&'()*+,;=-._~%?"


def address_of(target: str) -> str:
    """A web or mail address as Word accepts it; empty if it is invalid and must remain text."""
    try:
        parts = urlsplit(target)
        if parts.scheme == "mailto":
            address, _, _ = parts.path.partition("?")
            mail = _MAIL.fullmatch(address)
            written = (
                f"mailto:{quote(address, safe='@.!$&*+-_=')}" if mail and _HOST.fullmatch(mail["host"].lower()) else ""
            )
        elif parts.scheme in {"http", "https"}:
            host = parts.netloc.encode("idna").decode().lower() if parts.netloc else ""
            if not _HOST.fullmatch(host):
                return ""
            path, query, fragment = map(_quoted, (parts.path, parts.query, parts.fragment))
            asked, at = f"?{query}" if query else "", f"#{fragment}" if fragment else ""
            written = f"{parts.scheme}://{host}{path}{asked}{at}"
        else:
            return ""
    except (ValueError, UnicodeError):
        return ""
    return written if len(written) <= _LONGEST else ""


def _quoted(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_KEPT)
