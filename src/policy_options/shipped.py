"""The location of the shipped data: the starter dossier, the templates, the schemas. One function, for every installation."""

from __future__ import annotations

from pathlib import Path

from policy_options.errors import PolicyOptionsError

__all__ = ["shipped"]


def shipped(name: str) -> Path:
    """The shipped file or folder: in a checkout at its top level, else in the wheel's ``_starter``.

    Raises:
        PolicyOptionsError: it is in neither, so the installation is broken.
    """
    package = Path(__file__).parent
    checkout = package.parent.parent
    in_checkout = (checkout / "pyproject.toml").is_file() and package.parent.name == "src"
    for root in (checkout, package / "_starter") if in_checkout else (package / "_starter",):
        found = root / name
        if found.exists():
            return found
    raise PolicyOptionsError.of(
        "installation", f"this installation lacks {name}, which it should carry", "install policy-options again"
    )
