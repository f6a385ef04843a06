"""The text of new files, shared by ``new --blank`` and ``new --from``. Text to be filled in begins with TODO."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from policy_options.dossier.characters import stacked_in
from policy_options.dossier.emitting import emit
from policy_options.dossier.models.base import FORMAT, TODO, UNKNOWN
from policy_options.dossier.scalars import hidden_in

__all__ = ["blank_files", "commented", "decision_text", "equal_weights_text", "file_text", "schema_line"]

_FOLDERS: Final = {
    "weight-set": "../../schemas",
    "criteria": "../schemas",
    "decision": "../schemas",
    "option": "../schemas",
}
_COMMENT_COLUMNS: Final = 100


def schema_line(kind: str) -> str:
    """The first line of a file, which gives editors its schema; ``policy-options schema`` writes the schemas there."""
    return f"# yaml-language-server: $schema={_FOLDERS[kind]}/{kind}.schema.json\n"


def commented(text: str, indent: int = 0) -> str:
    """A text as comment lines, without characters that a file may not contain."""
    plain = " ".join(text.split())
    while (hidden := hidden_in(plain, escaped=True)) is not None:
        plain = plain[: hidden[0]] + "?" + plain[hidden[0] + 1 :]
    while (index := stacked_in(plain)) is not None:
        plain = plain[:index] + plain[index + 1 :]
    lines, room = [""], _COMMENT_COLUMNS - indent - 2
    for word in plain.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "".join(f"{' ' * indent}# {line}\n" for line in lines)


def file_text(kind: str, about: str, *parts: str) -> str:
    """A whole file: the line for its schema, a comment, its format, and its parts separated by empty lines."""
    return "\n".join((f"{schema_line(kind)}{commented(about)}format: {FORMAT}\n", *parts))


def decision_text(
    *, id: str, title: str, day: date, weights: str, baseline: str | None, options: Sequence[str], about: str
) -> str:
    """``criteria/decision.yaml`` with everything that a decision needs, to be filled in."""
    if baseline is None:
        one_of = f" (one of {', '.join(options)})" if options else ""
        named = commented(
            f"The id of the option that adds nothing to what is under way{one_of}; without it no lead is shown:"
        )
        named += "# baseline: ID\n"
    else:
        named = commented("The option that adds nothing to what is under way:") + emit({"baseline": baseline})
    asked = {
        "question": f"{TODO} ask what is to be decided, in one sentence",
        "standpoint": f"{TODO} say whose interests the options are judged by",
        "horizon": f"{TODO} say which point in time the scores look to",
        "owner": f"{TODO} say who is responsible",
        "audience": f"{TODO} say who decides",
    }
    return file_text(
        "decision",
        f"{about} Write what begins with {TODO}; policy-options check lists what is left.",
        emit({"id": id, "title": title}) + emit(asked) + emit({"date": day.isoformat()}),
        commented("Whether scores assume that an option is delivered as described:") + "scores-assume-delivery: true\n",
        named,
        commented("The weight set that rank and memo use, in criteria/weights/:") + emit({"weights": weights}),
    )


def equal_weights_text(criteria: Iterable[str], why: str) -> str:
    """A weight set in which everything matters equally, until somebody is asked."""
    answers = {"method": "points", "judgements": dict.fromkeys(criteria, 1)}
    head = {
        "title": "Equal weights",
        "holder": "Nobody",
        "status": "illustrative",
        "rationale": f"{TODO} ask the people whose view matters. {why}, so every swing weighs the same for now.",
    }
    return file_text(
        "weight-set",
        "Ask for judgements about the swings: policy-options weights elicit NAME makes another set.",
        emit(head),
        emit(answers, flow_leaves=True),
    )


def blank_files(
    *,
    id: str,
    options: Sequence[tuple[str, str]],
    criteria: Sequence[tuple[str, str, bool]],
    baseline: str | None,
    day: date,
) -> dict[str, bytes]:
    """A dossier to be filled in. Options are id and title; criteria id, title and whether less is better."""
    files = {
        "criteria/decision.yaml": decision_text(
            id=id,
            title=f"{TODO} name the decision",
            day=day,
            weights="equal",
            baseline=baseline,
            options=[option for option, _ in options],
            about="A new dossier.",
        ),
        "criteria/criteria.yaml": _blank_criteria(criteria),
        "criteria/weights/equal.yaml": equal_weights_text([one for one, _, _ in criteria], "Nobody was asked yet"),
    }
    for option, title in options:
        files[f"options/{option}.yaml"] = _blank_option(title, [one for one, _, _ in criteria])
    return {name: text.encode() for name, text in files.items()}


def _blank_criteria(criteria: Sequence[tuple[str, str, bool]]) -> str:
    nodes = []
    for id, title, less in criteria:
        node: dict[str, Any] = {
            "id": id,
            "title": title,
            "unit": f"{TODO} unit",
            "direction": "less-is-better" if less else "more-is-better",
        }
        ends = {
            "low": {"at": 0, "means": f"{TODO} say what 0 means"},
            "high": {"at": 100, "means": f"{TODO} say what 100 means"},
        }
        nodes.append(emit([node], indent=2) + emit({"scale": ends}, indent=4, flow_leaves=True))
    about = (
        "What the options are judged by. direction is more-is-better or less-is-better. at is the smaller and the larger number "
        "that a score can have, in the unit: change 0 and 100, and describe both ends so that two people would score alike."
    )
    return file_text("criteria", about, "criteria:\n" + "\n".join(nodes))


def _blank_option(title: str, criteria: Sequence[str]) -> str:
    points = {
        "for": [{"text": f"{TODO} write the strongest point for it"}],
        "against": [{"text": f"{TODO} write the strongest point against it"}],
    }
    scores = commented(
        "A score is a number in the criterion's unit, such as 40, or a range with its reason: "
        "{low: 30, likely: 40, high: 60, rationale: As in the last survey., evidence: none}"
    )
    return file_text(
        "option",
        "What is done, what speaks for and against it, and its scores.",
        emit({"title": title}),
        emit(points),
        scores + emit({"scores": dict.fromkeys(criteria, UNKNOWN)}),
    )
