"""``check``: what is wrong or doubtful in a dossier, and whether its ranking says more than its weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_options.cli.options import DebugOption, DossierOption, Format, FormatOption, OutputOption, VerboseOption
from policy_options.cli.running import ANSWER_IS_NO, answering, emit, say

if TYPE_CHECKING:
    from policy_options.api import Dossier
    from policy_options.dossier.loading import CheckReport
    from policy_options.wording.phrases import Phrases

__all__ = ["register"]

SourcesOption = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        metavar="DIR",
        envvar="POLICY_OPTIONS_SOURCES",
        help="A folder with the cited texts, one <source>.txt each, to compare the citations with.",
    ),
]


@answering
def check(
    dossier: DossierOption = Path(),
    sources: SourcesOption = None,
    format: FormatOption = Format.TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Check a dossier, and say who leads by criterion and by set.

    Errors, findings and citations; the best option by criterion, and the first by weight set.

    Exit status 1 means that there are open findings, 2 that the dossier has errors.

    \b
    Examples:
      policy-options check
      policy-options check --sources ../texts
      policy-options check --format json
    """
    from policy_options.api import Dossier
    from policy_options.wording.faults import render_faults
    from policy_options.wording.phrases import load_phrases

    loaded = Dossier.load(dossier)
    report = loaded.check(sources)
    overview = loaded.overview()
    phrases = load_phrases(loaded.contents.decision.model.language, [dossier / "templates"])
    if format is Format.JSON:
        from policy_options.exchange.published import check_form, json_text

        emit(json_text(check_form(loaded, report, overview)), output)
    else:
        from policy_options.wording.sentences import restates_weights
        from policy_options.wording.tables import best_by_criterion_table, findings_table, leaders_table
        from policy_options.wording.weight_set_page import notes_on_combined

        statuses = {name: loaded.weighting(name).status for name in loaded.weight_sets}
        if format is Format.CSV:
            from policy_options.exchange.delimited import csv_text

            emit(csv_text(findings_table(report.findings, phrases)), output)
        else:
            from policy_options.cli.results import tables_text

            blocks = [
                (phrases.say("check.best"), best_by_criterion_table(overview, phrases)),
                (phrases.say("check.leaders"), leaders_table(overview, phrases, statuses)),
            ]
            emit(
                tables_text(
                    blocks,
                    [
                        restates_weights(overview, phrases, statuses),
                        *notes_on_combined(loaded, phrases),
                        *_counts(loaded, report, phrases),
                    ],
                    phrases,
                    format,
                    output,
                ),
                output,
            )
    if report.findings:
        say(render_faults(report.findings))
        raise typer.Exit(ANSWER_IS_NO)


def _counts(loaded: Dossier, report: CheckReport, phrases: Phrases) -> list[str]:
    from policy_options.wording.sentences import evidence_sentences

    said = [
        phrases.say(
            "check.counts",
            options=report.options,
            criteria=report.criteria,
            weight_sets=report.weight_sets,
            scores=report.scores,
        ),
        evidence_sentences(report, phrases),
    ]
    if report.citations is None:
        said.append(phrases.say("check.citations.unchecked"))
    else:
        said.append(
            phrases.say("check.citations", found=report.citations.found, paragraphs=report.citations.paragraphs)
        )
        if report.citations.without_text:
            said.append(phrases.say("check.citations.without", sources=phrases.listing(report.citations.without_text)))
    said.extend(
        phrases.say("check.acknowledged", message=fault.message, reason=why) for fault, why in report.acknowledged
    )
    unbound = [name for name, entry in loaded.contents.weight_sets.items() if not entry.model.given_on]
    if unbound:
        said.append(phrases.say("check.unbound", count=len(unbound), sets=phrases.listing(unbound)))
    if len(loaded.weight_sets) != report.weight_sets:
        said.insert(1, phrases.say("check.rankings", count=len(loaded.weight_sets)))
    if not report.findings:
        said.append(phrases.say("check.clean"))
    return said


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)
