"""A number with its unit: after it, or in the form that the criterion has for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memos import content_of
from policy_options.wording.performances import with_unit
from problems import criterion
from support import SmallDossier


@pytest.mark.parametrize(
    ("form", "number", "said"),
    [
        ("", "590", "590 points"),
        ("£{} million", "590", "£590 million"),
        ("£{} million", "−5", "−£5 million"),
        ("{} %", "12.5", "12.5 %"),
    ],
)
def test_a_number_is_written_with_its_unit(form: str, number: str, said: str) -> None:
    assert with_unit(number, replace(criterion("outlay"), unit_form=form)) == said


def test_the_memo_writes_costs_in_the_form_of_their_unit(small: SmallDossier) -> None:
    levels = """unit: judged band
        judged: true
        direction: less-is-better
        scale:
          levels:
            - {id: small, means: Below a year's upkeep, value: 100}
            - {id: middling, means: One to five years' upkeep, value: 40}
            - {id: large, means: Above five years' upkeep, value: 0}
"""
    range_ = """unit: GBP million
        unit-form: £{} million
        direction: less-is-better
        scale:
          low: {at: 0, means: Nothing}
          high: {at: 900, means: All there is}
"""
    small.edit("criteria/criteria.yaml", levels, range_)
    for name, old, new in (
        ("as-is", "outlay: small", "outlay: 0"),
        ("east-quay", "{low: middling, likely: middling, high: large,", "{low: 400, likely: 590, high: 700,"),
        ("new-mole", "outlay: large", "outlay: unknown"),
    ):
        small.edit(f"options/{name}.yaml", old, new)
    costs = {entry.title: entry.cost for entry in content_of(small.load()).options}
    assert costs["Move to the east quay"] == "Outlay £590 million (400 to 700)."
    assert costs["Leave the landing where it is"] == "Outlay £0 million."
    assert costs["Build a mole"].startswith("Outlay unknown")


def test_a_form_without_a_place_for_the_number_is_refused(small: SmallDossier) -> None:
    small.edit("criteria/criteria.yaml", "unit: minutes", "unit: minutes\n        unit-form: min")
    assert small.fault().message == "a form of the unit has one {} for the number"
