"""Checks across the files of a dossier: errors that stop the work, and findings that ``check`` reports.

There is one module per subject, with functions from the contents to faults. Only ``decisive`` computes a ranking.
"""

from __future__ import annotations

from policy_options.dossier.checking.acknowledgements import without_acknowledged
from policy_options.dossier.checking.decisive import decisive_findings
from policy_options.dossier.checking.plausibility import plausibility_findings
from policy_options.dossier.checking.references import reference_faults
from policy_options.dossier.checking.scales import SCALE_CODES, scale_faults
from policy_options.dossier.checking.scenarios import scenario_faults, scenario_findings
from policy_options.dossier.checking.scores import score_faults
from policy_options.dossier.checking.sources import source_faults, source_findings
from policy_options.dossier.checking.support import support_findings
from policy_options.dossier.checking.titles import title_findings
from policy_options.dossier.checking.unfinished import unfinished_findings
from policy_options.dossier.checking.weights import weight_findings
from policy_options.dossier.contents import Contents
from policy_options.errors import Fault

__all__ = ["decisive_findings", "errors_across", "findings_across", "unfinished_findings", "without_acknowledged"]


def errors_across(contents: Contents) -> list[Fault]:
    """Every error that concerns more than one model, as far as the readable files allow."""
    scales = scale_faults(contents)
    broken = {fault.ids[0] for fault in scales if fault.code in SCALE_CODES}
    return [
        *scales,
        *reference_faults(contents),
        *source_faults(contents),
        *score_faults(contents, broken),
        *scenario_faults(contents, broken),
        *_package_faults(contents),
    ]


def findings_across(contents: Contents) -> list[Fault]:
    """Every finding that does not stop the work."""
    return [
        *title_findings(contents),
        *plausibility_findings(contents),
        *weight_findings(contents),
        *support_findings(contents),
        *source_findings(contents),
        *scenario_findings(contents),
        *_package_findings(contents),
    ]


def _package_faults(contents: Contents) -> list[Fault]:
    if contents.packages_unread:
        return []  # every use would be called one of an unknown resource
    if contents.packages_file is None and not _names_packages(contents):
        return []
    from policy_options.dossier.checking.packages import package_faults  # most dossiers have none

    return package_faults(contents)


def _package_findings(contents: Contents) -> list[Fault]:
    if contents.packages_file is None:
        return []
    from policy_options.dossier.checking.package_findings import package_findings

    return package_findings(contents)


def _names_packages(contents: Contents) -> bool:
    """Whether something is written that only packages read, though there is no file of theirs."""
    options = [entry.model for entry in contents.options.values()]
    related = [relation for option in options for relation in (*option.conflicts, *option.synergies)]
    return (
        any(option.uses is not None for option in options)
        or any(relation.effect is not None for relation in related)
        or any(leaf.in_packages is not None for leaf, _, _ in contents.leaves.values())
    )
