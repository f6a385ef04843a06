"""The command line as a whole, and the part of it that one command needs."""

from __future__ import annotations

import pytest
import typer.main
from typer.testing import CliRunner

from policy_options.cli.app import _SUMMARIES, application


def commands(asked: str | None = None) -> set[str]:
    built = typer.main.get_command(application(asked))
    return set(built.list_commands(None))  # type: ignore[attr-defined]  # it is a group


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_asked_for_is_built_as_it_is_in_the_whole(name: str) -> None:
    assert name in commands(name)
    assert commands(name) <= commands()
    assert len(commands(name)) < len(commands())


@pytest.mark.parametrize("asked", [None, "rnak", ""])
def test_whatever_is_no_command_gets_all_of_them(asked: str | None) -> None:
    assert commands(asked) == commands()
    assert {
        "new",
        "check",
        "rank",
        "diff",
        "robustness",
        "weights",
        "memo",
        "verify",
        "extract",
        "schema",
    } <= commands()


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_lists_every_command_as_it_describes_itself_and_cuts_nothing_at_80_columns(asked: str) -> None:
    whole, listed = (CliRunner().invoke(application(of), ["--help"], env={"COLUMNS": "78"}) for of in (None, asked))
    assert listed.stdout == whole.stdout
    assert "..." not in listed.stdout.partition("Commands:")[2]
    assert all(f"  {summary}\n" in listed.stdout for summary in _SUMMARIES.values())
