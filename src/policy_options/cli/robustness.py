"""``robustness``: how firm the ranking is, and what would have to be different for the advice to change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from policy_options.cli.options import (
    DebugOption,
    DossierOption,
    Format,
    FormatOption,
    OutputOption,
    VerboseOption,
    complete_weights,
)
from policy_options.cli.progress import ProgressBar
from policy_options.cli.running import command, emit, say, warn, write_atomically

if TYPE_CHECKING:
    from policy_options.analysis.no_preferences import WithoutPreferences
    from policy_options.analysis.robustness import Robustness
    from policy_options.api import Dossier
    from policy_options.wording.phrases import Phrases
    from policy_options.wording.tables import Section

__all__ = ["register"]

NO_WEIGHTS: Final = "none"
"""What to write for a weight set where nobody's weights are to be used."""


class Part(StrEnum):
    """The parts that can be asked for by name: those of ``wording.robustness_tables``, which is imported where it is used."""

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
ExactOption = Annotated[bool, typer.Option("--exact", help="Exact shares of weightings at likely scores, or an error.")]
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
        help="Try weightings within this part of each weight.",
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
    format: FormatOption = Format.TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Say how firm the ranking is, and what would change the advice.

    Five lines, unless the rest is asked for: the verdict and why, the shares, the nearest change, which judgement to study first,
    and what else could lead.

    \b
    Examples:
      policy-options robustness
      policy-options robustness --full
      policy-options robustness --section stability --section scores
      policy-options robustness --weights supply-security --band 50
      policy-options robustness --lock public-outlay
      policy-options robustness --weights none
      policy-options robustness --exact
      policy-options robustness --error 0.02pp --workers 8
      policy-options robustness --format json --output robustness.json
    """
    import os

    from policy_options.analysis.acceptability.workers import workers as at_work
    from policy_options.api import Dossier

    parts = _parts(full, section, format)
    half_width, width = _percentage_points(error), None if band is None else _percent(band)
    loaded = Dossier.load(dossier)
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
            emit(_free_text(loaded, found, dossier, format, output), output)
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
        text = _text(loaded, firm, dossier, parts, format, output)
        drawn = {} if charts is None else _charts(loaded, firm, dossier)
    for name, svg in drawn.items():
        write_atomically((charts or Path()) / name, svg.encode(), flag="--charts")
    emit(text, output)
    for finding in loaded.stale(firm.assessment.ranking.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _parts(full: bool, section: list[Part] | None, format: Format) -> tuple[str, ...] | None:
    """The names of the parts to show: none for the opening alone; ``None`` for all of it.

    Raises:
        PolicyOptionsError: parts are named where all are shown.
    """
    from policy_options.errors import PolicyOptionsError

    if section and full:
        what = "--full shows every part, and --section names some"
    elif section and format in (Format.JSON, Format.CSV):
        what = f"--format {format} holds every part, and --section names some"
    elif section:
        return tuple(section)
    else:
        return None if full or format is not Format.TABLE else ()
    raise PolicyOptionsError.of("options-contradict", what, "leave one of the two out")


def _percentage_points(text: str) -> float:
    """A share from what was typed: 0.1pp, 0.1 or 0.1%, all of them percentage points."""
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


def _text(
    loaded: Dossier,
    firm: Robustness,
    folder: Path,
    parts: tuple[str, ...] | None,
    format: Format,
    output: Path | None,
) -> str:
    if format is Format.JSON:
        from policy_options.exchange.published import json_text
        from policy_options.exchange.robustness import robustness_form

        return json_text(robustness_form(loaded, firm))
    from policy_options.wording.phrases import load_phrases

    phrases = load_phrases(loaded.contents.decision.model.language, [folder / "templates"])
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text
        from policy_options.wording.robustness_tables import robustness_rows

        return csv_text(robustness_rows(firm, phrases))
    from policy_options.cli.results import sections_text

    return sections_text(_sections(firm, _title(loaded, firm, phrases), parts, phrases), phrases, format, output)


def _sections(firm: Robustness, title: str, parts: tuple[str, ...] | None, phrases: Phrases) -> list[Section]:
    """The opening, with the other parts or their names; or the parts that were named."""
    from policy_options.wording.robustness_opening import opening_sections
    from policy_options.wording.robustness_tables import PARTS, part_sections
    from policy_options.wording.tables import Section

    if parts is None:
        return [*opening_sections(firm, title, phrases), *part_sections(firm, tuple(PARTS), phrases)]
    if parts:
        return [Section(title, ()), *part_sections(firm, parts, phrases)]
    rest = phrases.say("robustness.opening.rest", parts=phrases.series(PARTS))
    return [*opening_sections(firm, title, phrases), Section(phrases.say("robustness.opening.more"), (rest,))]


def _refuse_with_no_weights(**given: object) -> None:
    """Refuse what says something of weights that there are none of.

    Raises:
        PolicyOptionsError: an option is given that has no meaning.
    """
    from policy_options.errors import PolicyOptionsError

    for name, value in given.items():
        if value:
            raise PolicyOptionsError.of(
                "option-unused",
                f"--{name} has no meaning with --weights {NO_WEIGHTS}, which tries every way of sharing out weight",
                f"leave --{name} out, or name a weight set",
            )


def _free_text(loaded: Dossier, found: WithoutPreferences, folder: Path, format: Format, output: Path | None) -> str:
    if format is Format.JSON:
        from policy_options.exchange.no_preferences import no_preferences_form
        from policy_options.exchange.published import json_text

        return json_text(no_preferences_form(loaded, found))
    from policy_options.wording.no_preferences import preference_free_rows, preference_free_sections
    from policy_options.wording.phrases import load_phrases

    phrases = load_phrases(loaded.contents.decision.model.language, [folder / "templates"])
    if format is Format.CSV:
        from policy_options.exchange.delimited import csv_text

        return csv_text(preference_free_rows(found, phrases))
    from policy_options.cli.results import sections_text

    title = phrases.say("robustness.no-weights.title", dossier=loaded.contents.decision.model.title)
    return sections_text(preference_free_sections(found, title, phrases), phrases, format, output)


def _charts(loaded: Dossier, firm: Robustness, folder: Path) -> dict[str, str]:
    """Every chart by file name; unknown scores at the ends least favourable to the leader."""
    from policy_options.analysis.one_way import one_way
    from policy_options.charts.acceptability_map import acceptability_chart
    from policy_options.charts.stability_bars import stability_chart
    from policy_options.charts.tornado import tornado_chart
    from policy_options.charts.weight_lines import weight_chart
    from policy_options.wording.phrases import load_phrases
    from policy_options.wording.robustness_figures import (
        acceptability_words,
        one_way_words,
        stability_words,
        tornado_words,
    )

    phrases = load_phrases(loaded.contents.decision.model.language, [folder / "templates"])
    numbers, known = phrases.numbers, firm.known
    found = {
        "acceptability.svg": acceptability_chart(
            firm.around_uncertain,
            numbers,
            highlight=firm.leader,
            phrases=phrases,
            label=acceptability_words(firm, phrases)[1],
        )
    }
    label = stability_words(firm, phrases)[1]
    found["stability.svg"] = stability_chart(firm.stability, known, numbers, phrases=phrases, label=label)
    label = tornado_words(firm, phrases)[1]
    found["tornado.svg"] = tornado_chart(firm.tornado, known, numbers, phrases=phrases, label=label)
    for node in firm.stability.nodes:
        if node.undefined is None:
            by_weight = one_way(known, node.id, locked=firm.settings.locked)
            label = one_way_words(by_weight, firm, phrases)[1]
            found[f"weight-{node.id}.svg"] = weight_chart(by_weight, known, numbers, phrases=phrases, label=label)
    return found


def _title(loaded: Dossier, firm: Robustness, phrases: Phrases) -> str:
    from policy_options.wording.sentences import status_note

    held = loaded.weighting(firm.assessment.ranking.weights.id)
    return phrases.say(
        "robustness.title",
        dossier=loaded.contents.decision.model.title,
        weights=held.title,
        status=status_note(held.status, phrases),
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(robustness)
