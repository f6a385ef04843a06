"""What the body of a memo has no room for, in full: texts that were shortened or left out, under their headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policy_options.memo.content import (
    Argued,
    MemoContent,
    MovedPart,
    SignpostEntry,
    SignpostRow,
    StepEntry,
    View,
)
from policy_options.wording.phrases import Phrases

__all__ = ["moved_parts"]


_LABELS: Final = {"first-option": "options", "sources": "resting"}


def moved_parts(
    whole: MemoContent,
    kept: MemoContent,
    options: tuple[tuple[bool, str], ...],
    views: tuple[View, ...],
    phrases: Phrases,
) -> tuple[MovedPart, ...]:
    """The parts of a whole memo that are missing from one with a shorter body, by heading.

    ``options`` are texts on options that neither the body nor annex B has, each with whether it is about the one to put
    first, and ``views`` are all the dissenting views.
    """
    first, others = (tuple(text for is_first, text in options if is_first is wanted) for wanted in (True, False))
    compared = (
        ("bottom-line", (whole.notices, whole.bottom_line), (kept.notices, kept.bottom_line)),
        ("decision", (whole.decision.requested,), (kept.decision.requested,)),
        ("issue", _issue(whole), _issue(kept)),
        ("ranking", (whole.ranking.caption, whole.ranking.notes), (kept.ranking.caption, kept.ranking.notes)),
        ("robustness", _robustness(whole), _robustness(kept)),
        ("first-option", first, ()),
        ("options", (whole.decision.complementary, others), (kept.decision.complementary,)),
        ("dissent", (whole.dissent.said, views, whole.dissent.agreement), _dissent(kept)),
        ("gaps", (whole.dissent.gaps,), (kept.dissent.gaps,)),
        ("scenarios", _scenarios(whole), _scenarios(kept)),
        ("outlook", (whole.outlook.steps, whole.outlook.signposts), (kept.outlook.steps, kept.outlook.signposts)),
        ("sources", (whole.sources.said, whole.sources.references), (kept.sources.said, kept.sources.references)),
    )
    parts = []
    for key, before, after in compared:
        printed = {text for text, _ in _items(after, phrases)}
        texts = tuple(text for name, text in _items(before, phrases) if name and name not in printed)
        if texts:
            parts.append(MovedPart(key, phrases.say_of("label", _LABELS.get(key, key)), texts))
    heads = {row.label: row.text for row in kept.head}
    cut = tuple(f"{row.label}: {row.text}" for row in whole.head if heads.get(row.label) != row.text)
    return (*((MovedPart("head", whole.title, cut),) if cut else ()), *parts)


def _issue(content: MemoContent) -> tuple[Any, ...]:
    return (content.issue.question, content.issue.timing, content.issue.standpoint, content.issue.horizon)


def _robustness(content: MemoContent) -> tuple[Any, ...]:
    part = content.robustness
    return (part.verdict, part.rule, part.basis, part.switching_values)


def _scenarios(content: MemoContent) -> tuple[Any, ...]:
    part = content.scenarios
    return () if part is None else (part.said, part.signposts)


def _dissent(content: MemoContent) -> tuple[Any, ...]:
    return (content.dissent.said, content.dissent.views, content.dissent.agreement)


def _items(node: Any, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """The content of a part, item by item: the text that identifies it, and a paragraph with everything that belongs to
    it.
    """
    match node:
        case str():
            yield node, node
        case Argued():
            yield node.text, phrases.together([node.text, node.footnote.text if node.footnote else node.unsupported])
        case StepEntry():
            yield node.what, phrases.rows(part for part in (node.what, node.who, node.by) if part)
        case SignpostEntry():
            yield node.watch.text, phrases.together([next(_items(node.watch, phrases))[1], node.switching_value])
        case SignpostRow():
            said = (
                node.scenario,
                next(_items(node.watch, phrases))[1],
                node.threshold,
                node.by,
                node.who,
                node.then,
                node.first,
            )
            yield node.watch.text, phrases.rows(part for part in said if part)
        case View():
            yield node.said, node.said
        case tuple():
            for item in node:
                yield from _items(item, phrases)
