"""The YAML of ``.ahp`` files: every value as its text, aliases bounded, no tag and no code."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from policy_options.dossier.plain_words import quoted
from policy_options.errors import Place, PolicyOptionsError
from policy_options.exchange.importing import limits
from policy_options.exchange.importing.archives import refuse_too_many_bytes
from policy_options.exchange.importing.matrix import At
from policy_options.exchange.importing.numbers import exact_number
from policy_options.exchange.importing.plain_data import refuse_too_many_nodes

__all__ = ["number_in", "parsed_ahp"]

_READ: Final = ("1.0", "2.0", "1", "2")


def parsed_ahp(raw: bytes, file: str) -> Mapping[str, Any]:
    """The data of a file, with all single values as text.

    Raises:
        PolicyOptionsError: it is not YAML, is too large once aliases are expanded, or is not a supported ``.ahp`` file.
    """
    import yaml

    refuse_too_many_bytes(raw, file)
    if len(raw) > limits.MAX_BYTES // 8:
        raise PolicyOptionsError(
            At(file).fault("too-large", f"the file has more than {limits.MAX_BYTES // 8:,} bytes", "split it")
        )
    try:
        loader = yaml.BaseLoader(raw)  # texts only: no tag is followed, and 1/4 stays 1/4
        try:
            node = loader.get_single_node()
            _refuse_twice(node, file)
            data = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or type(error).__name__
        place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
        raise PolicyOptionsError.of(
            "not-yaml", f"this is no YAML that is read: {said}", "correct it", place=place
        ) from None
    refuse_too_many_nodes(data, file)
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("Alternatives"), dict)
        or not isinstance(data.get("Goal"), dict)
    ):
        raise PolicyOptionsError(
            At(file).fault("not-ahp", "there are no Alternatives or no Goal in the file", "see github.com/gluc/ahp")
        )
    version = str(data.get("Version", "2.0"))
    if version not in _READ:
        raise PolicyOptionsError(
            At(file, "Version").fault(
                "version", f"version {quoted(version)} is not read; 1.0 and 2.0 are", "convert it"
            )
        )
    return data


def _refuse_twice(node: Any, file: str) -> None:
    """Refuse a duplicate key, of which YAML would silently keep one; each node is visited once."""
    seen: set[int] = set()
    open_ = [node]
    while open_:
        one = open_.pop()
        if one is None or id(one) in seen or isinstance(one.value, str):
            continue
        seen.add(id(one))
        keys: set[str] = set()
        for item in one.value:
            if isinstance(item, tuple):
                key, value = item
                if key.value in keys if isinstance(key.value, str) else True:
                    mark = key.start_mark
                    raise PolicyOptionsError.of(
                        "key-twice",
                        f"the key {quoted(str(key.value))} is there twice, or is no text",
                        "rename one of the two",
                        place=Place(file, mark.line + 1, mark.column + 1),
                    )
                keys.add(key.value)
                open_.append(value)
            else:
                open_.append(item)


def number_in(text: Any) -> float | None:
    """A number or a ratio such as 1/4."""
    if not isinstance(text, str) or len(text) > 40 or "_" in text or not text.isascii():
        return None
    try:
        if "/" not in text:
            return exact_number(text)
        number = float(Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if isfinite(number) else None
