"""``packages``: what to do together, under a budget and rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_options.cli.options import (
    TABLE,
    DebugOption,
    DossierOption,
    FormatOption,
    OutputOption,
    VerboseOption,
    WeightsOption,
    complete_options,
)
from policy_options.cli.running import command, say, warn

__all__ = ["register"]

CapacityOption = Annotated[
    list[str] | None,
    typer.Option("--capacity", metavar="RESOURCE=N", help="Another capacity, such as money=3; may be repeated."),
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with", metavar="OPTION", autocompletion=complete_options, help="Force an option in; may be repeated."
    ),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--without", metavar="OPTION", autocompletion=complete_options, help="Force an option out; may be repeated."
    ),
]
PackageOption = Annotated[
    str | None,
    typer.Option("--package", metavar="A,B", help="Look at this package instead of the best."),
]
CountOption = Annotated[int, typer.Option("--count", min=1, max=1000, help="How many packages to list.")]
CautiousOption = Annotated[bool, typer.Option("--cautious", help="Judge capacities by high uses, not likely ones.")]
ExplainOption = Annotated[
    bool,
    typer.Option("--explain", help="Show how performances combine, and shares of ways of weighting."),
]


@command
def packages(
    dossier: DossierOption = Path(),
    weights: WeightsOption = None,
    capacity: CapacityOption = None,
    inside: WithOption = None,
    outside: WithoutOption = None,
    package: PackageOption = None,
    count: CountOption = 10,
    cautious: CautiousOption = False,
    explain: ExplainOption = False,
    format: FormatOption = TABLE,
    output: OutputOption = None,
    verbose: VerboseOption = False,
    debug: DebugOption = False,
) -> None:
    """Find what to do together under resources and rules.

    \b
    Examples:
      policy-options packages
      policy-options packages --weights supply-security
      policy-options packages --capacity agenda-items=3
      policy-options packages --with supply-chain-resilience
      policy-options packages --package carry-on,regulatory-alignment --explain
      policy-options packages --format json --output packages.json
    """
    from policy_options.api import Dossier
    from policy_options.cli.results import show
    from policy_options.reports.packages import PackagesReport

    loaded = Dossier.load(dossier)
    found = loaded.packages(
        weights,
        capacities=_capacities(capacity or ()),
        inside=inside or (),
        outside=outside or (),
        package=None if package is None else [name.strip() for name in package.split(",") if name.strip()],
        count=count,
        cautious=cautious,
    )
    templates = (dossier / "templates",)
    show(PackagesReport(dossier=loaded, templates=templates, found=found, explain=explain), format, output)
    for finding in loaded.stale(found.weights.id):
        say(f"warning: {finding.message}; {finding.remedy}")
    warn(loaded.file_findings)


def _capacities(typed: list[str] | tuple[()]) -> dict[str, float]:
    from math import isfinite

    from policy_options.errors import PolicyOptionsError

    found = {}
    for each in typed:
        name, equals, number = each.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            equals = ""
        if not equals or not isfinite(found.get(name.strip(), 0.0)):
            raise PolicyOptionsError.of(
                "capacity-unread", f"`{each}` is no capacity", "write it as --capacity money=3", ids=(name.strip(),)
            )
    return found


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(packages)
