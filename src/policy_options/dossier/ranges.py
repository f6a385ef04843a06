"""The range on which a weight was given: that of each criterion now, that at the time, and the changes between them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policy_options.dossier.contents import Contents
from policy_options.dossier.models.criteria import Criterion, Group
from policy_options.errors import as_written

__all__ = ["Change", "changes_since", "range_of", "ranges_now", "same_unit", "spelt"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a criterion and the range that its weight was given on; ``aspect`` is a key of
    ``given-on``.

    ``words`` are those of the finding. ``gone`` says that the criterion no longer exists, ``weighs_anew`` that it has
    other siblings in a set which judges across siblings.
    """

    criterion: str
    aspect: str
    before: str
    now: str
    words: str
    gone: bool = False
    weighs_anew: bool = False


def range_of(
    criterion: Criterion, above: tuple[Group, ...], local_ends: tuple[float, float] | None = None
) -> dict[str, Any]:
    """The range that a judgement on a criterion is given on, by the keys of ``given-on``: path, unit, direction, ends,
    levels.

    ``local_ends`` are those of a local scale, from the options at hand.
    """
    scale = criterion.scale
    described: dict[str, Any] = {
        "path": "/".join((*(group.id for group in above), criterion.id)),
        "unit": criterion.unit,
        "direction": criterion.direction,
    }
    meanings: list[str] = []
    if scale.levels:
        described["levels"] = {level.id: level.value for level in scale.levels}
        meanings = [level.means for level in scale.levels]
    elif scale.low is not None and scale.high is not None:
        described |= {"low": scale.low.at, "high": scale.high.at}
        meanings = [scale.low.means, scale.high.means]
    else:
        described["local"] = True
        if local_ends is not None:
            described |= {"low": local_ends[0], "high": local_ends[1]}
    if meanings:
        described["ends"] = _fingerprint(meanings)
    return described


def ranges_now(contents: Contents) -> dict[str, dict[str, Any]]:
    """The present range of every criterion, as ``given-on`` stores it."""
    return {name: _range_now(contents, name) for name in contents.leaves}


def _range_now(contents: Contents, name: str) -> dict[str, Any]:
    criterion, _, above = contents.leaves[name]
    local = criterion.scale.kind == "local" and not criterion.scale.levels
    return range_of(criterion, above, _local_ends(contents, name) if local else None)


def _local_ends(contents: Contents, name: str) -> tuple[float, float] | None:
    """The lowest low and the highest high among the options."""
    scores = [entry.model.scores[name] for entry in contents.options.values() if name in entry.model.scores]
    bounds = [
        bound
        for score in scores
        if not score.unknown
        for bound in (score.low, score.likely, score.high)
        if isinstance(bound, float)
    ]
    return (min(bounds), max(bounds)) if bounds else None


def _fingerprint(meanings: list[str]) -> str:
    """The first 16 digits of the SHA-256 of descriptions, after NFKC and collapsing white space, so that wrapping has
    no effect.
    """
    texts = (" ".join(unicodedata.normalize("NFKC", text).split()) for text in meanings)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def changes_since(contents: Contents, weights: str) -> list[Change]:
    """The changes since a weight set was given, by criterion; none if it does not record what it was given on."""
    given_on, across = contents.weight_sets[weights].model.given_on, contents.weight_sets[weights].model.across
    changes: list[Change] = []
    for name, given in given_on.items():
        if name not in contents.leaves:
            changes.append(Change(name, "criterion", name, "", f"`{name}` is no longer a criterion"))
            continue
        now = _range_now(contents, name)
        # Older files give levels by the positions of the first and the last, without a fingerprint.
        if "levels" in now and not given.levels and given.low == 0.0 and given.ends is None:
            now |= {"low": 0.0, "high": len(now.pop("levels")) - 1.0}
        before = {
            "path": given.path,
            "unit": given.unit,
            "direction": given.direction,
            "local": given.local or None,
            "low": given.low,
            "high": given.high,
            "levels": given.levels or None,
            "ends": given.ends,
        }
        if given.local and given.low is None and now.get("local"):  # older files do not store local ends
            now = {key: value for key, value in now.items() if key not in ("low", "high")}
        for aspect, then in before.items():
            is_now = now.get(aspect)
            if aspect == "unit" and same_unit(given.unit, str(is_now)):
                continue
            if then == is_now or (aspect == "ends" and then is None):
                continue
            before_and_now = _plain(then, aspect), _plain(is_now, aspect)
            words = _words(name, aspect, then, is_now)
            again = aspect == "path" and across == "siblings"
            if again:
                words = _moved(name, given.path, str(is_now))
            changes.append(Change(name, aspect, *before_and_now, words, gone=is_now is None, weighs_anew=again))
    if given_on:
        for name in contents.leaves:
            if name not in given_on:
                words = f"the range that `{name}` was judged on is not stored"
                changes.append(Change(name, "criterion", "", name, words))
    return changes


def same_unit(one: str, other: str) -> bool:
    """Whether two units differ only in spelling.

    Spelling is case (except for short symbols: mW is not MW), width, spaces, hyphens and full stops, a plural s,
    British or American endings, and per cent or %.
    """
    return spelt(one) == spelt(other)


@lru_cache(maxsize=1024)
def spelt(unit: str) -> tuple[str, ...]:
    """The words of a unit, each in one of its possible spellings."""
    text = unicodedata.normalize("NFKC", unit).replace("%", " percent ")
    text = re.sub(r"\bper\s+cent\b", "percent", text, flags=re.IGNORECASE)
    return tuple(_spelt_word(word) for word in re.findall(r"[^\W_]+|[^\w\s.\-]", text))


def _spelt_word(word: str) -> str:
    if len(word) < 4:
        return word
    word = word.casefold()
    word = word.removesuffix("s") if not word.endswith("ss") else word
    for british, american in (("tre", "ter"), ("our", "or"), ("isation", "ization"), ("gramme", "gram")):
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word


def _moved(name: str, then: str, now: str) -> str:
    """The change when a criterion moves to another group in a set judged across siblings: it has different siblings now."""
    was, is_ = (path.rpartition("/")[0].rpartition("/")[2] for path in (then, now))
    home = f"among the criteria of `{is_}`" if is_ else "among the groups"
    return (
        f"`{name}` was judged {f'in the group `{was}`' if was else 'outside of any group'} and is {home} now; "
        "this set judges across siblings, so its weight now means something else"
    )


def _words(name: str, aspect: str, then: Any, now: Any) -> str:
    if aspect == "ends":
        what = "ends" if now is not None else "ends, which are gone,"
        fingerprints = f"fingerprint {_plain(then, aspect)}, now {_plain(now, aspect)}"
        return f"the description of the {what} of `{name}` has changed ({fingerprints})"
    if aspect == "local":
        return f"the scale of `{name}` was {'local' if then else 'global'} and is {'local' if now else 'global'}"
    was, is_ = ("were", "are") if aspect == "levels" else ("was", "is")
    return f"{aspect} of `{name}` {was} {_plain(then, aspect)} and {is_} {_plain(now, aspect)}"


def _plain(value: Any, aspect: str) -> str:
    if aspect == "local":
        return "local" if value else "global"
    if value is None:
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{level} {as_written(worth)}" for level, worth in value.items())
    return as_written(value) if isinstance(value, float) else str(value)
