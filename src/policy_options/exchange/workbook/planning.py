"""The layout of a dossier's workbook: the tables that formulas refer to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from policy_options.analysis.problem import CriterionAxis, Problem
from policy_options.analysis.ranking import Ranking
from policy_options.analysis.red_lines import RedLineCrossing, red_lines
from policy_options.analysis.value_functions import Levels, PiecewiseLinear
from policy_options.api import Dossier
from policy_options.errors import PolicyOptionsError
from policy_options.exchange.workbook.addresses import Table, area, cell
from policy_options.exchange.workbook.cells import MOST_ROWS
from policy_options.exchange.workbook.inputs import FIELDS, Inputs, inputs_of
from policy_options.exchange.workbook.names import Headings, headings_in, sheet_names
from policy_options.exchange.workbook.value_formulas import ScaleCells
from policy_options.wording.phrases import Phrases

__all__ = ["Plan"]

_MOST_COLUMNS = 16_384


@dataclass(frozen=True)
class Plan:
    """A dossier, and the tables of its workbook in the words of ``phrases``. ``chosen`` is the weight set that the ranking
    shows first.
    """

    dossier: Dossier
    chosen: str
    phrases: Phrases

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The names of the sheets, by key."""
        return sheet_names(self.phrases)

    @cached_property
    def headings(self) -> Headings:
        """The headings by which import finds the inputs."""
        return headings_in(self.phrases)

    @cached_property
    def problem(self) -> Problem:
        """The problem being ranked."""
        return self.dossier.problem

    @cached_property
    def inputs(self) -> Inputs:
        """The inputs that can be changed."""
        return inputs_of(self.dossier.contents)

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """The ranking under each set and participant, as shown by the workbook at export."""
        return {name: self.dossier.rank(name) for name in self.set_ids}

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking under the chosen set."""
        return self.rankings[self.chosen]

    @cached_property
    def crossings(self) -> tuple[RedLineCrossing, ...]:
        """The crossings of red lines."""
        return red_lines(self.problem).crossings

    @cached_property
    def set_ids(self) -> tuple[str, ...]:
        """Every set and participant that options can be ranked under, participants before their combination."""
        contents = self.dossier.contents
        found: list[str] = []
        for column in self.inputs.columns:
            found.append(column.id)
            model = contents.weight_sets[column.set_id].model
            if column.person == len(model.participants) - 1 and model.combine is not None:
                found.append(column.set_id)
        return tuple(found)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Criteria, then the groups that some set judges across siblings."""
        siblings = any(
            self.dossier.contents.weight_sets[c.set_id].model.across == "siblings" for c in self.inputs.columns
        )
        return (*self.problem.criterion_ids, *(self.dossier.contents.groups if siblings else ()))

    def title_of(self, node: str) -> str:
        """The label of a criterion or group."""
        contents = self.dossier.contents
        return contents.leaves[node][0].title if node in contents.leaves else contents.groups[node][0].title

    def title_of_set(self, name: str) -> str:
        """The label of a set or participant."""
        return self.dossier.weighting(name).title

    # Tables ------------------------------------------------------------------------------------------------------------

    @cached_property
    def scores(self) -> Table:
        """One row per score: id, titles, unit, the fields, and the ends of the scale."""
        rows = len(self.problem.options) * len(self.problem.criteria)
        return Table(self.sheets["scores"], 3, 4, rows, len(FIELDS))

    @cached_property
    def weights(self) -> Table:
        """One row per criterion or group, one column per set or participant of inputs."""
        return Table(self.sheets["weights"], 6, 2, len(self.nodes), len(self.inputs.columns))

    def by_option(self, sheet: str, columns: int) -> Table:
        """One row per option."""
        return Table(sheet, 4, 2, len(self.problem.options), columns)

    @cached_property
    def performances(self) -> Table:
        """The likely performance of each option on each criterion."""
        return self.by_option(self.sheets["performances"], len(self.problem.criteria))

    @cached_property
    def values(self) -> Table:
        """The value of each option on each criterion."""
        return self.by_option(self.sheets["values"], len(self.problem.criteria))

    @cached_property
    def contributions(self) -> Table:
        """Weight times value; the row above the first option has the weights."""
        return Table(self.sheets["contributions"], 5, 2, len(self.problem.options), len(self.problem.criteria))

    @cached_property
    def every_set(self) -> Table:
        """Overall values under each set, then ranks."""
        return self.by_option(self.sheets["every-set"], 2 * len(self.set_ids))

    @cached_property
    def judgements(self) -> Table:
        """One row per set, one column per criterion or group."""
        return Table(self.sheets["judgements"], 4, 2, len(self.set_ids), len(self.nodes))

    @cached_property
    def shares(self) -> Table:
        """Normalised weights: one row per set, one column per criterion or group."""
        return Table(self.sheets["shares"], 4, 2, len(self.set_ids), len(self.nodes))

    @cached_property
    def order(self) -> Table:
        """The basis of the ranking: one row per option."""
        return self.by_option(self.sheets["order"], 11)

    @cached_property
    def criteria(self) -> Table:
        """One row per criterion."""
        return Table(self.sheets["criteria"], 3, 2, len(self.problem.criteria), 14)

    @cached_property
    def local(self) -> tuple[int, ...]:
        """Columns of the criteria with a local scale."""
        return tuple(c for c, axis in enumerate(self.problem.criteria) if axis.local and not axis.levels)

    @cached_property
    def bounds(self) -> Table:
        """Low, then high, of each option on each criterion with a local scale."""
        return self.by_option(self.sheets["bounds"], 2 * len(self.local))

    @cached_property
    def steps(self) -> dict[int, tuple[int, int]]:
        """For each criterion with levels or corners: the first of its rows, and their number."""
        found: dict[int, tuple[int, int]] = {}
        at = 0
        for column, axis in enumerate(self.problem.criteria):
            function = axis.value_function
            if isinstance(function, Levels | PiecewiseLinear):
                count = len(function.values) if isinstance(function, Levels) else len(function.at)
                found[column] = (at, count)
                at += count
        return found

    @cached_property
    def levels(self) -> Table:
        """One row per level or corner."""
        return Table(self.sheets["levels"], 3, 2, sum(count for _, count in self.steps.values()), 4)

    # Addresses ---------------------------------------------------------------------------------------------------------

    @property
    def selected(self) -> str:
        """The cell in which the weight set is chosen."""
        return cell(2, 2, self.sheets["ranking"], fixed="both")

    def scale(self, column: int) -> ScaleCells:
        """The cells of a criterion's scale."""
        low, high, curvature = (self.criteria.at(column, index, fixed="both") for index in (4, 6, 10))
        at = value = ""
        first, count = self.steps.get(column, (0, 0))
        if count:
            rows = (self.levels.top + first, self.levels.top + first + count - 1)
            at = area((rows[0], 2), (rows[1], 2), self.sheets["levels"])
            value = area((rows[0], 5), (rows[1], 5), self.sheets["levels"])
        return ScaleCells(low, high, curvature, at, value, count)

    def axis(self, column: int) -> CriterionAxis:
        """A criterion by its column."""
        return self.problem.criteria[column]

    def refuse_too_large(self) -> None:
        """Refuse tables that do not fit into a sheet.

        Raises:
            PolicyOptionsError: there are too many scores or columns (``too-large-for-a-workbook``).
        """
        widest = (
            max(self.every_set.columns, self.shares.columns, self.weights.columns, 2 * len(self.problem.criteria)) + 2
        )
        if self.scores.top + self.scores.rows > MOST_ROWS or widest > _MOST_COLUMNS:
            raise PolicyOptionsError.of(
                "too-large-for-a-workbook",
                f"{self.scores.rows:,} scores and {widest:,} columns do not fit into a workbook, which has {MOST_ROWS:,} rows "
                f"and {_MOST_COLUMNS:,} columns",
                "export a part of the dossier",
            )
