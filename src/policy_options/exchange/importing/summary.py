"""The summary of an import: what was read from where, what was left out and why, and what the file does not state."""

from __future__ import annotations

from policy_options.exchange.importing.matrix import ImportedMatrix
from policy_options.wording.plain import printable

__all__ = ["summary_of"]


def summary_of(matrix: ImportedMatrix) -> str:
    """The summary as lines of text."""
    scores = [score for row in matrix.scores for score in row]
    unknown = sum(score.likely is None for score in scores)
    ranges = sum(score.low is not None for score in scores)
    counts = [
        _counted(len(matrix.options), "option", "options"),
        _counted(len(matrix.criteria), "criterion", "criteria"),
        _counted(len(scores), "score", "scores")
        + (f" ({ranges:,} with a range)" if ranges else "")
        + (f" ({unknown:,} unknown)" if unknown else ""),
        *([_counted(len(matrix.weights), "weight set", "weight sets")] if matrix.weights else []),
    ]
    blocks = (
        (f"read from {matrix.source}, {matrix.form}:", (", ".join(counts), *matrix.read)),
        ("left out:", matrix.left_out),
        ("not in the file:", matrix.assumed),
    )
    return "".join(
        f"{_one_line(head)}\n" + "".join(f"  {_one_line(line)}\n" for line in dict.fromkeys(lines))
        for head, lines in blocks
        if lines
    )


def _one_line(text: str) -> str:
    """A line of the summary, which may quote a file of somebody else: it begins no other line and steers no terminal."""
    return " ".join(printable(text).split())


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
