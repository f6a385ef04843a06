"""What a page may contain: data that cannot end its script block, and a policy that allows its own parts by hash alone."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final

__all__ = ["content_policy", "json_in_script"]

_ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that mean something to HTML or to older scripts; in JSON they only occur inside strings."""


def json_in_script(data: Any) -> str:
    """Data as JSON for a script block of type ``application/json``: no text in it can end the block or begin a comment."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPED)


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A content security policy that runs and applies only the inline parts given, and fetches nothing.

    Hashes are of the text between the tags (Content Security Policy Level 3, section 6.7.3). Data blocks need none.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hashes(parts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'" for part in parts)
