"""The workbook of a dossier, sheet by sheet."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from policy_options.api import Dossier
from policy_options.exchange.workbook import derived_sheets as derived
from policy_options.exchange.workbook import reference_sheets as reference
from policy_options.exchange.workbook.cells import Sheet
from policy_options.exchange.workbook.future_sheets import packages_sheet, scenarios_sheet
from policy_options.exchange.workbook.input_sheets import scores_sheet, weights_sheet
from policy_options.exchange.workbook.planning import Plan
from policy_options.exchange.workbook.reference_sheets import Block
from policy_options.exchange.workbook.weight_formulas import judgements_sheet, shares_sheet
from policy_options.exchange.workbook.writing import workbook_bytes
from policy_options.wording.phrases import Phrases, load_phrases

__all__ = ["Block", "exported", "workbook_sheets"]


def exported(
    dossier: Dossier,
    weights: str | None = None,
    *,
    robustness: Sequence[Block] = (),
    public: bool = False,
    phrases: Phrases | None = None,
) -> bytes:
    """The bytes of the workbook of a dossier; ``public`` says that the dossier is without names.

    The words are ``phrases``, by default those of the dossier's language.

    Raises:
        PolicyOptionsError: there is no such set; the dossier does not fit into a workbook; the wording gives a sheet or a
            heading a name that it cannot have; XlsxWriter is not installed.
    """
    decision = dossier.contents.decision.model
    sheets = workbook_sheets(dossier, weights, robustness=robustness, public=public, phrases=phrases)
    return workbook_bytes(sheets, title=decision.title, marking=decision.marking, day=decision.date)


def workbook_sheets(
    dossier: Dossier,
    weights: str | None = None,
    *,
    robustness: Sequence[Block] = (),
    public: bool = False,
    phrases: Phrases | None = None,
) -> list[Sheet]:
    """The sheets, in order; those that a dossier does not need are left out.

    Raises:
        PolicyOptionsError: there is no such set, or the dossier does not fit into a workbook.
    """
    words = load_phrases(dossier.contents.decision.model.language) if phrases is None else phrases
    plan = Plan(dossier, dossier.weighting(weights).id, words)
    plan.refuse_too_large()
    made_by = _version()
    sheets = [
        reference.read_me_sheet(plan, public=public, version=made_by),
        derived.ranking_sheet(plan),
        weights_sheet(plan),
        scores_sheet(plan),
        derived.contributions_sheet(plan),
        derived.every_set_sheet(plan),
        reference.robustness_sheet(plan, robustness),
        *(sheet for sheet in (scenarios_sheet(plan), packages_sheet(plan)) if sheet is not None),
        reference.evidence_sheet(plan),
        reference.criteria_sheet(plan),
        reference.levels_sheet(plan),
        derived.values_sheet(plan),
        shares_sheet(plan),
        judgements_sheet(plan),
        derived.performances_sheet(plan),
        derived.order_sheet(plan),
    ]
    if plan.local:
        sheets.append(derived.bounds_sheet(plan))
    return [*sheets, reference.fingerprint_sheet(plan, public=public, version=made_by)]


def _version() -> str:
    try:
        return version("policy-options")
    except PackageNotFoundError:
        return "(not installed)"
