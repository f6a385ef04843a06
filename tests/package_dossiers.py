"""A small dossier with all that packages need."""

from __future__ import annotations

from pathlib import Path

from support import SmallDossier

PACKAGES = """\
format: 1
resources:
  - id: money
    title: Money
    unit: million
    capacity: 10
rules:
  - excludes: [east-quay, new-mole]
    because: There is one site.
"""


def with_packages(root: Path, packages: str = PACKAGES) -> SmallDossier:
    """The small dossier with all that packages need."""
    small = SmallDossier.write(root)
    small.put("criteria/packages.yaml", packages)
    how = {"crossings": "add", "waiting": "lowest"}
    for unit, rule in (("crossings", how["crossings"]), ("minutes", how["waiting"])):
        small.edit(
            "criteria/criteria.yaml",
            f"unit: {unit}\n",
            f"unit: {unit}\n        in-packages: {{rule: {rule}, beyond: hold}}\n",
        )
    small.edit(
        "criteria/criteria.yaml", "unit: judged band\n", "unit: judged band\n        in-packages: {rule: highest}\n"
    )
    for name, use in (("east-quay", "4"), ("new-mole", "{low: 5, likely: 7, high: 9}")):
        small.edit(f"options/{name}.yaml", "format: 1\n", f"format: 1\nuses: {{money: {use}}}\n")
    return small
