"""What the bytes of a memo depend on apart from its inputs and template: this toolkit, its libraries, and the system's.

The same inputs give the same bytes where all of this is the same. Otherwise a memo can be made again but not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import policy_options
from policy_options.shipped import shipped
from policy_options.wording.plain import in_quotes

__all__ = [
    "OTHER_PROCESSOR",
    "PROCESSORS",
    "differences",
    "processor",
    "toolkit_digest",
    "toolkit_version",
    "versions",
]

_LIBRARIES: Final = (
    "numpy",
    "highspy",
    "Babel",
    "Jinja2",
    "weasyprint",
    "pydyf",
    "fonttools",
    "pillow",
    "pyphen",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
)
PROCESSORS: Final = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}
"""The names given here to kinds of processor, by the names that systems use."""

OTHER_PROCESSOR: Final = "other"
_LONGEST: Final = 40
_DIGITS: Final = 16
"""Digits kept of a digest that only has to differ."""


def toolkit_version() -> str:
    """The version of this toolkit."""
    from importlib.metadata import version

    return version("policy-options")


@cache
def toolkit_digest() -> str:
    """A digest of this toolkit's code and wording: two builds of one version may differ."""
    root = Path(policy_options.__file__).parent
    files = {str(path.relative_to(root)): path for path in root.rglob("*.py") if "_starter" not in path.parts}
    files |= {f"wording/{path.name}": path for path in (shipped("templates") / "wording").glob("*.yaml")}
    return _digest_of(files)


def _digest_of(files: Mapping[str, Path]) -> str:
    digest = sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    import platform
    import zlib
    from importlib.metadata import version

    from policy_options.memo.pdf.text_libraries import native_versions

    installed = {"policy-options": f"{toolkit_version()} ({toolkit_digest()})"}
    installed |= {name: version(name) for name in _LIBRARIES}
    installed |= {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return tuple((installed | native_versions()).items())


def versions() -> dict[str, str]:
    """The environment of a memo: the toolkit, the libraries that its bytes depend on, Python, and those that lay out
    its text.
    """
    return dict(_versions())


@cache
def processor() -> str:
    """The kind of processor, and a digest of its features used by numpy: the last digits of a sample depend on them."""
    import platform

    import numpy as np

    core = getattr(np, "_core", None)
    features: Mapping[str, bool] = getattr(getattr(core, "_multiarray_umath", None), "__cpu_features__", {})
    used = ",".join(sorted(name for name, there in features.items() if there))
    kind = PROCESSORS.get(platform.machine(), OTHER_PROCESSOR)
    return f"{kind} {sha256(used.encode()).hexdigest()[:_DIGITS]}"


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> Iterable[str]:
    """The differences between a memo's environment and this one, each in a few words."""
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        if theirs.get(name) != ours.get(name):
            words = (name, theirs.get(name, "not named"), ours.get(name, "none"))
            yield "{} {}, here {}".format(*(_shown(word) for word in words))


def _shown(text: str) -> str:
    """A name or version as printed: shortened, and in quotes unless it is plain, since anybody may have written it."""
    return in_quotes(text, _LONGEST)
