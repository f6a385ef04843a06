"""A method of elicitation is one object: a toy method passes through every command that uses methods."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from policy_options.analysis.elicitation.answers import KINDS, Answers, Settings
from policy_options.analysis.elicitation.methods import METHODS, reading
from policy_options.exchange.workbook.reading import read_book
from support import SmallDossier

TOY = """
from policy_options.analysis.elicitation import methods
from policy_options.analysis.elicitation.answers import Answers
from policy_options.analysis.elicitation.method import Method
from policy_options.analysis.elicitation.ratings import numbers_only, shares_of
from policy_options.analysis.elicitation.results import NodeWeights

class Squares(Method):
    name = "squares"
    takes = ("judgements",)
    interviews = True

    def derive(self, children, answers, settings):
        return NodeWeights("", children, shares_of({name: x * x for name, x in numbers_only(children, answers).items()}))

    def questions(self, node, children, answers):
        from policy_options.analysis.elicitation.questions import Question
        yield from (Question(f"rate/{child}", "rate", node, (child, children[0])) for child in children)

    def collect(self, node, children, given):
        return Answers({question.about[0]: answer for question, answer in given})

    def of_one(self, child):
        return Answers({child: 1.0})

methods.METHODS["squares"] = Squares()
"""
WORDS = """
method.squares: squares
method.squares.how: Rated with numbers, whose squares are the weights, {across}.
ask.intro.squares: Rate each swing; the weights go by the squares.
"""
SET = """\
format: 1
title: Toy
holder: Anybody
status: elicited
rationale: A test.
method: squares
judgements: {crossings: 1, waiting: 2, outlay: 3}
"""
Toy = Callable[..., str]


@pytest.fixture
def toy(small: SmallDossier, tmp_path: Path) -> Toy:
    """Run a command with the toy method registered, in every process started."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(TOY, encoding="utf-8")
    small.put("templates/wording/en.yaml", WORDS)
    small.put("criteria/weights/toy.yaml", SET)
    paths = [str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]

    def run(*arguments: str, status: int = 0) -> str:
        shown = subprocess.run(
            [sys.executable, "-c", "from policy_options.cli import main; main()", *arguments],
            cwd=small.root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert shown.returncode == status, shown.stderr
        return shown.stdout + shown.stderr

    return run


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if "judgements" in method.takes])
def test_what_a_workbook_calculates_with_is_in_proportion(name: str) -> None:
    method = METHODS[name]
    numbers = {"smart": (10.0, 25.0, 65.0), "swing": (100.0, 25.0, 75.0)}.get(name, (10.0, 25.0, 65.0))
    found = method.derive(("a", "b", "c"), Answers(judgements=dict(zip("abc", numbers, strict=True))), Settings())
    assert method.proportional
    np.testing.assert_allclose(found.shares, np.array(numbers) / sum(numbers), rtol=1e-15)


def test_weights_of_another_method_are_no_inputs_of_a_workbook(toy: Toy, small: SmallDossier) -> None:
    toy("export", "book.xlsx", "--weights", "toy", "--without-robustness")
    fingerprint = read_book(small.root / "book.xlsx").fingerprint
    assert (fingerprint.judged["toy"], fingerprint.judged["even"]) == (False, True)


def test_weights_are_derived_shown_listed_and_ranked(toy: Toy) -> None:
    shown = toy("weights", "show", "toy")
    assert "Rated with numbers, whose squares are the weights" in shown
    assert "64.3%" in shown  # 9 / 14
    assert "squares" in toy("weights", "list", "--format", "json")
    assert '"outlay": 0.642857142857' in toy("rank", "--weights", "toy", "--format", "json")


def test_it_is_asked_in_the_terminal_and_saved(toy: Toy, small: SmallDossier) -> None:
    small.put("answers.txt", "1\n2\n3\n100\n")
    told = ("--holder", "Ann", "--title", "Asked", "--because", "A test.", "--date", "2026-03-01")
    toy("weights", "elicit", "asked", "--method", "squares", "--across", "leaves", "--answers", "answers.txt", *told)
    saved = (small.root / "criteria/weights/asked.yaml").read_text(encoding="utf-8")
    assert "method: squares\n" in saved
    assert "64.3%" in toy("weights", "show", "asked")


def test_what_it_does_not_read_is_refused_and_the_schema_has_its_name(toy: Toy, small: SmallDossier) -> None:
    toy("schema")
    assert '"squares"' in (small.root / "schemas/weight-set.schema.json").read_text(encoding="utf-8")
    small.edit(
        "criteria/weights/toy.yaml", "judgements: {crossings: 1, waiting: 2, outlay: 3}", "order: outlay > waiting"
    )
    assert "method squares does not read order:; write judgements:" in toy("rank", "--weights", "toy", status=2)


def test_its_weights_make_a_memo_that_verifies(toy: Toy) -> None:
    toy("memo", "--weights", "toy", "--output", "memo.pdf")
    assert toy("verify", "memo.pdf").startswith("yes: memo.pdf")


def test_weights_that_are_no_rates_are_not_changed_in_place(toy: Toy) -> None:
    assert "squares" in toy("weights", "set", "toy", "outlay=50", status=2)


def test_kinds_of_answers_are_each_read_by_a_method() -> None:
    assert all(reading(kind) for kind in KINDS)
    assert {kind for method in METHODS.values() for kind in method.takes} == set(KINDS)
    assert all(method.interviews or method.rates or method.takes == ("judgements",) for method in METHODS.values())
