"""The interview about weights in words: ranges, questions, the effect of an answer, and the result of all of them.

This module makes text from phrases and fits it to the terminal's width. The analysis (``elicitation.interview``)
decides the next question and computes every number; ``cli`` reads what a person types and prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policy_options.analysis.elicitation.interview import Gap, Interview, Progress
from policy_options.analysis.elicitation.questions import Interim, Kind, Question, picked
from policy_options.analysis.elicitation.results import Consistency, Correction, Elicited
from policy_options.analysis.problem import CriterionAxis, Problem, WeightVector
from policy_options.dossier.contents import Contents
from policy_options.wording.lines import filled
from policy_options.wording.phrases import Phrases
from policy_options.wording.table import Column, Table

if TYPE_CHECKING:
    from policy_options.wording.phrase_keys import PhraseKey

__all__ = ["Asking", "Described", "describe", "weights_table"]

_LEAST_COLUMNS: Final = 40
_MOST_COLUMNS: Final = 110
"""The longest line of prose: longer ones are hard to read, however wide the terminal is."""


@dataclass(frozen=True, slots=True)
class Described:
    """A criterion's range as shown: worst end first."""

    title: str
    short: str
    unit: str
    worst: str
    best: str
    worst_means: str
    best_means: str
    swing: str
    question: str


def describe(contents: Contents, problem: Problem, phrases: Phrases) -> dict[str, Described]:
    """The range of every criterion by id, with what its ends mean."""
    return {axis.id: _described(axis, contents, phrases) for axis in problem.criteria}


def _described(axis: CriterionAxis, contents: Contents, phrases: Phrases) -> Described:
    model = contents.leaves[axis.id][0]
    scale = model.scale
    if scale.levels:
        ends = [(axis.levels[0], scale.levels[0].means), (axis.levels[-1], scale.levels[-1].means)]
    else:
        local = phrases.say("ask.range.local")
        low, high = scale.low, scale.high
        ends = [
            (phrases.numbers.quantity(axis.low), low.means if low else local),
            (phrases.numbers.quantity(axis.high), high.means if high else local),
        ]
    (worst, worst_means), (best, best_means) = ends if axis.direction == "more-is-better" else reversed(ends)
    return Described(
        axis.title, axis.short, axis.unit, worst, best, worst_means, best_means, model.swing or "", model.question or ""
    )


def weights_table(weights: WeightVector, problem: Problem, phrases: Phrases) -> Table:
    """Each criterion with its weight and a bar of it."""
    columns = (
        Column("criterion", phrases.heading("criterion"), "text"),
        Column("weight", phrases.heading("weight"), "percent"),
        Column("bar", phrases.heading("bar"), "bar", spare=1),
    )
    shares = weights.along(problem.criterion_ids).tolist()
    return Table(
        columns,
        tuple((axis.title, share, (share,)) for axis, share in zip(problem.criteria, shares, strict=True)),
    )


_FORM: Final[dict[Kind, tuple[PhraseKey, PhraseKey]]] = {
    "first": ("ask.form.one", "ask.form.id"),
    "best": ("ask.form.one", "ask.form.id"),
    "worst": ("ask.form.one", "ask.form.id"),
    "place": ("ask.form.several", "ask.form.several.id"),
    "pair": ("ask.form.pair", "ask.form.pair.id"),
    "rate": ("ask.form.rate", "ask.form.rate"),
    "best-to": ("ask.form.grade", "ask.form.grade"),
    "to-worst": ("ask.form.grade", "ask.form.grade"),
    "check": ("ask.form.check", "ask.form.check"),
}
"""The words for typed answers, with and without numbered choices."""


@dataclass(frozen=True, eq=False)
class Asking:
    """The words of one interview, wrapped to ``columns``. ``groups`` gives each group's title, ``below`` its criteria."""

    phrases: Phrases
    ranges: Mapping[str, Described]
    groups: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]
    columns: int

    @classmethod
    def of(cls, contents: Contents, problem: Problem, phrases: Phrases, columns: int) -> Asking:
        """The words for a dossier."""
        groups = {name: group.title for name, (group, _, _) in contents.groups.items()}
        below = {name: tuple(axis.id for axis in problem.criteria if name in axis.groups) for name in groups}
        return cls(
            phrases,
            describe(contents, problem, phrases),
            groups,
            below,
            min(max(columns, _LEAST_COLUMNS), _MOST_COLUMNS),
        )

    def text(self, key: PhraseKey, **names: object) -> str:
        """A phrase, wrapped."""
        return filled(self.phrases.say(key, **names), self.columns)

    def wrapped(self, text: str) -> str:
        """Wrap text that is already worded."""
        return filled(text, self.columns)

    def title(self, name: str) -> str:
        """The title of a criterion or group."""
        return self.groups[name] if name in self.groups else self.ranges[name].title

    # Ranges ------------------------------------------------------------------------------------------------------------

    def intro(self, method: str) -> str:
        """What the method asks, and what may be typed at any question."""
        asks = filled(self.phrases.say_of("ask.intro", method), self.columns)
        return f"{asks}\n\n{self.text('ask.keys')}"

    def node(self, interview: Interview, node: str) -> str:
        """The subject of a node's questions: each of its children with its whole range."""
        children = interview.nodes[node]
        if node:
            heading = self.text("ask.node.group", group=self.title(node))
        elif not any(child in self.groups for child in children):
            heading = self.text("ask.node.leaves")
        else:
            mixed = any(child not in self.groups for child in children)
            heading = self.text("ask.node.top.mixed") if mixed else self.text("ask.node.top")
        return "\n".join((heading, "", self.whole(children)))

    def whole(self, names: Sequence[str]) -> str:
        """Swings with everything known about them: unit, both ends with their meaning, and the meaning of the swing."""
        return "\n\n".join(self._whole(name) for name in names)

    def _whole(self, name: str) -> str:
        if name not in self.groups:
            return self._criterion(self.ranges[name], "  ", with_swing=True)
        leaves = self.below[name]
        alone = len(leaves) == 1
        said = self.title(name) if alone else self.phrases.say("ask.range.group", title=self.title(name))
        title = filled(said, self.columns, "  ", "    ")
        inside = (self._criterion(self.ranges[leaf], "    ", with_swing=alone) for leaf in leaves)
        return "\n".join((title, *inside))

    def _criterion(self, found: Described, margin: str, *, with_swing: bool) -> str:
        say = self.phrases.say
        lines = [
            *([say("ask.range.question", question=found.question)] if found.question else []),
            say("ask.range.worst", at=found.worst, means=found.worst_means),
            say("ask.range.best", at=found.best, means=found.best_means),
        ]
        if with_swing and found.swing:
            lines.append(say("ask.range.swing", swing=found.swing))
        title = filled(say("ask.range.title", title=found.title, unit=found.unit), self.columns, margin, margin + "  ")
        return "\n".join((title, *(filled(line, self.columns, margin + "  ", margin + "    ") for line in lines)))

    def short(self, name: str) -> str:
        """A swing in a line: its title, and from where to where it goes."""
        leaves = self.below.get(name, (name,))
        if len(leaves) > 1:
            inside = self.phrases.listing([self.ranges[leaf].short for leaf in leaves])
            return self.phrases.say("ask.range.group.short", title=self.title(name), criteria=inside)
        found = self.ranges[leaves[0]]
        title = f"{self.title(name)}, {found.title}" if name in self.groups else found.title
        return self.phrases.say("ask.range.short", title=title, worst=found.worst, best=found.best, unit=found.unit)

    # Questions ---------------------------------------------------------------------------------------------------------

    def question(self, interview: Interview, question: Question, progress: Progress) -> str:
        """A question, with its choices or the ranges that it is about, and what may be typed."""
        heading = self.text("ask.progress", number=progress.answered + 1, of=progress.of)
        if question.choices:
            shown = self._choices(question)
        elif question.kind == "check":
            shown = self.whole((question.about[1], question.about[0]))
        else:
            shown = self.whole([question.about[1 if question.kind == "best-to" else 0]])
        # The question comes last: the text above it may be longer than a screen.
        return f"{heading}\n\n{shown}\n\n{self.words(interview, question)}\n{self.form(question)}"

    def form(self, question: Question) -> str:
        """What may be typed as an answer."""
        key = _FORM[question.kind][0 if question.numbered else 1]
        first = question.choices[0] if question.choices else ""
        return self.text(key, first=first)

    def _choices(self, question: Question) -> str:
        lines = []
        for place, name in enumerate(question.choices, start=1):
            label = f"{place:>3}  " if question.numbered else f"  {name}  "
            lines.append(filled(self.short(name), self.columns, label, "       "))
        return "\n".join(lines)

    def words(self, interview: Interview, question: Question) -> str:
        """The question itself, without its choices or ranges."""
        kind, about = question.kind, [self.title(name) for name in question.about]
        if kind == "first":
            return self.text("ask.first")
        if kind == "rate":
            return self.text("ask.rate", about=about[0], top=about[1])
        if kind == "place":
            return self._next_place(interview, question)
        if kind == "pair":
            return self.text("ask.pair")
        if kind == "best":
            return self.text("ask.best")
        if kind == "worst":
            return self.text("ask.worst")
        if kind == "best-to":
            return self.text("ask.best-to", best=about[0], about=about[1])
        if kind == "to-worst":
            return self.text("ask.to-worst", about=about[0], worst=about[1])
        return self.text("ask.check", of=about[0], beside=about[1])

    def _next_place(self, interview: Interview, question: Question) -> str:
        children = interview.nodes[question.node]
        levels = [
            level
            for answer in interview.answers.values()
            if (level := picked(answer)) and set(level) <= set(children) - set(question.choices)
        ]
        if not levels:
            return self.text("ask.place.first")
        placed = " > ".join(" = ".join(self.title(name) for name in level) for level in levels)
        return self.text("ask.place.next", placed=placed)

    # What the answers show --------------------------------------------------------------------------------------------

    def interim(self, interview: Interview, interim: Interim) -> str:
        """What the last answer shows: consistency, what would correct it, and the shares of a finished node."""
        lines = self._judged(interview, interim)
        if interim.shares:
            percent = self.phrases.numbers.percent
            shares = [
                self.phrases.say("ask.so-far.share", title=self.title(name), share=percent(share))
                for name, share in zip(interim.among, interim.shares, strict=True)
            ]
            lines.append(self.text("ask.so-far.shares", shares="; ".join(shares)))
        return "\n".join(lines)

    def doubts(self, interview: Interview, elicited: Elicited) -> list[str]:
        """How consistent the judgements are within each node, and which weights are the centre of intervals or of an
        order.
        """
        lines = []
        for node in elicited.nodes:
            if node.consistency is not None and len(node.children) > 2:
                if node.parent:
                    lines.append(self.text("ask.node.group", group=self.title(node.parent)))
                lines += self._judged(interview, Interim(node.parent, node.children, node.consistency))
        if elicited.region:
            lines.append(self.text("region.centre"))
        return lines

    def _judged(self, interview: Interview, interim: Interim) -> list[str]:
        found = interim.consistency
        if found is None:
            return []
        lines = [self._consistency(interview, interim, found)]
        if interim.about is None and found.threshold is not None:
            lines.append(self.text("ask.so-far.within" if found.within else "ask.so-far.beyond"))
            lines += [self._correction(correction) for correction in found.worst]
        return lines

    def _consistency(self, interview: Interview, interim: Interim, found: Consistency) -> str:
        fixed = self.phrases.numbers.fixed
        names: dict[str, object] = {"value": fixed(found.value, 2)}
        if found.threshold is not None:
            names["threshold"] = fixed(found.threshold, 2)
        if interim.about is not None:
            computed = self.phrases.numbers.computed
            names |= {
                "about": self.title(interim.about),
                "product": computed(interim.product),
                "most": computed(interim.most),
            }
            return self.text("ask.so-far.unbounded" if found.threshold is None else "ask.so-far.criterion", **names)
        if len(interim.among) < len(interview.nodes[interim.node]):
            return self.text("ask.so-far.pairs", count=len(interim.among), **names)
        return self.text("ask.so-far.node" if found.threshold is not None else "ask.so-far.node.unbounded", **names)

    def _correction(self, correction: Correction) -> str:
        quantity, computed = self.phrases.numbers.quantity, self.phrases.numbers.computed
        line = self.phrases.say(
            "ask.correction",
            first=self.title(correction.first),
            second=self.title(correction.second),
            said=quantity(correction.said),
            fits=computed(correction.fits) if correction.fits >= 1 else f"1/{computed(round(1 / correction.fits))}",
            after=self.phrases.numbers.fixed(correction.after, 2),
        )
        return filled(line, self.columns, "  - ", "    ")

    def gap(self, gap: Gap) -> str:
        """The redundant comparison next to what the other answers imply."""
        points = self.phrases.numbers.points
        fits = gap.low < gap.high and gap.low <= gap.said <= gap.high  # an order or bounds do not imply a single number
        said = self.phrases.say(
            "ask.gap.fits" if fits else "ask.gap",
            of=self.title(gap.of),
            beside=self.title(gap.beside),
            said=self.phrases.numbers.quantity(gap.said),
            implied=points(gap.implied),
            gap=points(gap.points, signed=True),
        )
        if gap.high > gap.low:
            above = gap.high == float("inf")
            said += " " + (
                self.phrases.say("ask.gap.allowed.above", low=points(gap.low))
                if above
                else self.phrases.say("ask.gap.allowed", low=points(gap.low), high=points(gap.high))
            )
        return filled(said, self.columns)
