"""``robustness``: how firm the ranking is, and what would have to differ for the advice to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    FormatOption,
    OutputOption,
    ScenarioOption,
    VerboseOption,
    complete_weights,
)
from policy_options.cli.progress import ProgressBar
from policy_options.cli.running import command, say, warn
from policy_options.faces.registry import FORMATS

__all__ = ["register"]

NO_WEIGHTS: Final = "none"
"""Written in place of a weight set to use nobody's weights."""


class Part(StrEnum):
    """The parts that can be requested by name: those of ``reports.robustness_parts``, which is imported where it is used."""

    SHARES = "shares"
    RANKS = "ranks"
    STABILITY = "stability"
    WEIGHTS = "weights"
    SCORES = "scores"
    DRIVERS = "drivers"
    VALUE_OF_INFORMATION = "value-of-information"
    REVERSAL = "reversal"


WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        "-w",
        metavar="ID",
        envvar="POLICY_OPTIONS_WEIGHTS",
        autocompletion=complete_weights,
        help="The weight set; `none` for no preferences: every way of sharing out weight, and no verdict.",
        show_default="the decision's",
    ),
]
FullOption = Annotated[bool, typer.Option("--full", help="Show every part, and not only the first five lines.")]
PartOption = Annotated[
    list[Part] | None,
    typer.Option(
        "--section",
        metavar="NAME",
        help=f"Show this part alone; may be repeated: {', '.join(Part)}. Formats other than the table hold all parts.",
    ),
]
ExactOption = Annotated[
    bool, typer.Option("--exact", help="Exact shares of ways of weighting at likely scores, or an error.")
]
SamplesOption = Annotated[
    int | None, typer.Option("--samples", metavar="N", min=1, help="Draw so many samples, whatever the error.")
]
ErrorOption = Annotated[
    str,
    typer.Option(
        "--error", metavar="PP", help="Sample until the worst share is known to so many percentage points (95%)."
    ),
]
SecondsOption = Annotated[
    float, typer.Option("--seconds", metavar="S", min=0.1, help="Refuse an error that would take longer than this.")
]
SeedOption = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, help="The seed of the sample.", show_default="the decision's"),
]
BandOption = Annotated[
    str | None,
    typer.Option(
        "--band",
        metavar="PERCENT",
        help="Try ways of weighting within this part of each weight.",
        show_default="what the judgements allow, else the decision's",
    ),
]
LockOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lock", metavar="ID", help="Hold this weight in the table of how far each may move; may be repeated."
    ),
]
ChartsOption = Annotated[
    Path | None,
    typer.Option("--charts", metavar="DIR", help="Write the charts (SVG) into this folder too."),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        envvar="POLICY_OPTIONS_WORKERS",
        help="Processes for samples that take long; the digits are the same.",
        show_default="one a processor",
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        envvar="POLICY_OPTIONS_SCHEDULER",
        help="Sample on the Dask cluster of this scheduler.",
    ),
]


@command
def robustness(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    full: FullOption = False,
    section: PartOption = None,
    band: BandOption = None,
    exact: ExactOption = False,
    samples: SamplesOption = None,
    error: ErrorOption = "0.1pp",
    seconds: SecondsOption = 600.0,
    seed: SeedOption = None,
    lock: LockOption = None,
    charts: ChartsOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    scenario: ScenarioOption = None,
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Show how firm the ranking is, and what would change it.

    Prints five lines unless more is requested: the verdict and why, the shares, the nearest change, which judgement to
    study first, and what else could lead.

    \b
    Examples:
      policy-options robustness
      policy-options robustness --full
      policy-options robustness --section stability --section scores
      policy-options robustness --weights supply-security --band 50
      policy-options robustness --lock public-outlay
      policy-options robustness --weights none
      policy-options robustness --scenario corridor-works
      policy-options robustness --exact
      policy-options robustness --error 0.02pp --workers 8
      policy-options robustness --format json --output robustness.json
    """
    import os

    from policy_options.analysis.acceptability.workers import workers as at_work
    from policy_options.api import Dossier
    from policy_options.cli.results import show, write_charts
    from policy_options.reports.no_preferences import NoPreferencesReport
    from policy_options.reports.robustness import RobustnessReport

    _refuse_parts(full, section, format)
    half_width, width = _percentage_points(error), None if band is None else _percent(band)
    loaded = Dossier.load(dossier)
    loaded = loaded if scenario is None else loaded.in_scenario(scenario)
    common: dict[str, Any] = {"dossier": loaded, "templates": (dossier / "templates",)}
    count = workers if workers is not None else os.cpu_count() or 1
    free = weights == NO_WEIGHTS and NO_WEIGHTS not in loaded.weight_sets
    if free:
        _refuse_with_no_weights(band=band, lock=lock, charts=charts)
    with at_work(count, scheduler) as executor, ProgressBar() as bar:
        if free:
            found = loaded.without_preferences(
                error=half_width,
                samples=samples,
                seconds=seconds,
                seed=seed,
                exact=exact,
                executor=executor,
                progress=bar.show,
            )
            show(NoPreferencesReport(shares=found, **common), format, output)
            return
        firm = loaded.robustness(
            weights,
            band=width,
            error=half_width,
            samples=samples,
            seconds=seconds,
            seed=seed,
            exact=exact,
            locked=tuple(lock or ()),
            executor=executor,
            progress=bar.show,
        )
        report = RobustnessReport(robustness=firm, parts=tuple(section or ()), full=full, **common)
        if charts is not None:
            write_charts(charts, {name: figure.svg for name, figure in report.charts().items()})
        show(report, format, output)  # while there are workers: values shown are computed on first use
    for finding in loaded.stale(firm.assessment.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _refuse_parts(full: bool, section: list[Part] | None, format: str) -> None:
    """Refuse named parts if all are shown.

    Raises:
        PolicyOptionsError: parts are named.
    """
    from policy_options.errors import PolicyOptionsError

    if section and full:
        what = "--full shows every part, and --section names some"
    elif section and not FORMATS[format].selects:
        what = f"--format {format} holds every part, and --section names some"
    else:
        return
    raise PolicyOptionsError.of("options-contradict", what, "leave one of the two out")


def _percentage_points(text: str) -> float:
    """Parse a share as typed: 0.1pp, 0.1 or 0.1%, all of them percentage points."""
    return _number(text.removesuffix("pp").removesuffix("%"), "--error", "0.1pp", text)


def _percent(text: str) -> float:
    share = _number(text.removesuffix("%"), "--band", "25", text)
    if share <= 0.01 and not text.endswith("%"):
        from policy_options.errors import PolicyOptionsError, as_written

        typed, meant = as_written(100 * share), as_written(float(f"{10_000 * share:.12g}"))
        raise PolicyOptionsError.of(
            "not-per-cent",
            f"--band {text} is {typed} per cent of each weight, not {meant}",
            f"write --band {meant} for {meant}%, or --band {typed}% if that is meant",
        )
    return share


def _number(text: str, option: str, example: str, typed: str) -> float:
    from math import isfinite

    from policy_options.errors import PolicyOptionsError

    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number) or not 0 < number <= 100:
        raise PolicyOptionsError.of(
            "option-unread", f"{option} {typed} is no number above 0 and up to 100", f"write {option} {example}"
        )
    return number / 100


def _refuse_with_no_weights(**given: object) -> None:
    """Refuse options about weights when there are no weights.

    Raises:
        PolicyOptionsError: an option has no meaning here.
    """
    from policy_options.errors import PolicyOptionsError

    for name, value in given.items():
        if value:
            raise PolicyOptionsError.of(
                "option-unused",
                f"--{name} has no meaning with --weights {NO_WEIGHTS}, which tries every way of sharing out weight",
                f"leave --{name} out, or name a weight set",
            )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(robustness)
