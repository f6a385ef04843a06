"""Each criterion's scale: its ends as described, its value function in words and drawn, its swing and its red line."""

from __future__ import annotations

from policy_options.analysis.problem import CriterionAxis
from policy_options.dossier.models.criteria import Criterion
from policy_options.memo.content import ScaleRow
from policy_options.memo.figures import curve_figure
from policy_options.memo.subject import Subject
from policy_options.wording.performances import performance_text
from policy_options.wording.phrases import Phrases
from policy_options.wording.sentences import value_function_words

__all__ = ["scale_rows"]


def scale_rows(subject: Subject) -> tuple[ScaleRow, ...]:
    """Each criterion's scale, with its ends as described."""
    leaves = subject.contents.leaves
    return tuple(_scale(leaves[axis.id][0], axis, subject.phrases) for axis in subject.problem.criteria)


def _scale(criterion: Criterion, axis: CriterionAxis, phrases: Phrases) -> ScaleRow:
    numbers = phrases.numbers
    scale = criterion.scale
    if scale.levels:
        named = zip(scale.levels, axis.levels, strict=True)
        ends = tuple((f"{title} ({numbers.quantity(level.value)})", level.means) for level, title in named)
    elif scale.low is not None and scale.high is not None:
        ends = tuple((numbers.quantity(end.at), end.means) for end in (scale.low, scale.high))
    else:
        ends = ((f"{numbers.quantity(axis.low)} – {numbers.quantity(axis.high)}", scale.because or ""),)
    line = criterion.red_line
    at = "" if axis.red_line is None else performance_text(axis.red_line, axis.levels, phrases)
    return ScaleRow(
        criterion.title,
        criterion.unit,
        phrases.say_of("direction", criterion.direction),
        ends,
        value_function_words(axis.value_function, phrases),
        criterion.swing or "",
        "" if line is None else phrases.say("memo.red-line", at=at, because=line.because),
        curve_figure(axis, phrases),
    )
