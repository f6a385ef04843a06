"""XMCDA is what its schemas accept, and gives back all that it holds; the rest is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from lxml import etree

from policy_options import Dossier
from policy_options.analysis.value_functions import Direction, Exponential, Levels
from policy_options.dossier.in_memory import InMemory
from policy_options.dossier.loading import load_contents
from policy_options.exchange.exporting.xmcda import VERSIONS, XmcdaHeader, _number, level_positions, xmcda
from policy_options.exchange.exporting.xmcda_omissions import omissions
from policy_options.exchange.importing.asked import Asked
from policy_options.exchange.importing.dossier_files import files_of
from policy_options.exchange.importing.registry import read_matrix
from varied_dossiers import CRITERIA, write_varied

SCHEMAS = {"3": "3.1.1", "4": "4.0.0"}
"""Version 2 has no schema in the package; what is written of it is what is read of it."""


def written(dossier: Dossier, version: str = "3", weights: str | None = None) -> bytes:
    held = dossier.weighting(weights)
    decision = dossier.contents.decision.model
    header = XmcdaHeader(decision.title, held.title, decision.marking)
    return xmcda(dossier.problem, dossier.weights(held.id), header, version)


def again(raw: bytes, day: date) -> Dossier:
    files = files_of(read_matrix([("a.xml", raw)], Asked()), "again", day)
    return Dossier(load_contents(InMemory(files)))


def of_schema(raw: bytes, version: str) -> None:
    schema = etree.fromstring((resources("xmcda") / "xsd" / f"XMCDA-{SCHEMAS[version]}.xsd").read_bytes())
    etree.XMLSchema(schema).assertValid(etree.fromstring(raw))


@pytest.mark.parametrize("version", SCHEMAS)
@pytest.mark.parametrize("seed", range(4))
def test_the_published_schemas_accept_it(tmp_path: Path, version: str, seed: int) -> None:
    of_schema(written(write_varied(tmp_path, seed), version), version)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("seed", range(4))
def test_what_it_holds_comes_back(tmp_path: Path, version: str, seed: int) -> None:
    dossier = write_varied(tmp_path, seed)
    found = again(written(dossier, version, "by-group"), dossier.contents.decision.model.date)
    before, after = dossier.problem, found.problem
    assert [(one.id, one.title) for one in after.options] == [(one.id, one.title) for one in before.options]
    assert {one.id: one.title for one in after.criteria} == {one.id: one.title for one in before.criteria}
    column = [before.criterion_ids.index(id) for id in after.criterion_ids]
    lost = [isinstance(axis.value_function, Exponential) for axis in before.criteria]
    if version == "2":  # which has neither corners nor values of levels
        lost = [bad or name in ("bent-up", "bent-down", "steps") for bad, (name, _) in zip(lost, CRITERIA, strict=True)]
    kept = [place for place, at in enumerate(column) if not lost[at]]
    assert len(kept) == (4 if version == "2" else 7)
    np.testing.assert_array_equal(after.likely, before.likely[:, column])
    np.testing.assert_allclose(after.values[:, kept], before.values[:, column][:, kept], atol=1e-9, rtol=0)
    shares = dossier.weights("by-group")
    assert [found.weights().share(id) for id in shares.criteria] == pytest.approx(list(shares.shares), abs=1e-12)
    if version != "2":
        assert {one.id: one.groups for one in after.criteria} == {one.id: one.groups for one in before.criteria}


def test_the_ranking_of_the_shipped_dossier_comes_back(shipped_dossier: Dossier) -> None:
    for version in SCHEMAS:
        raw = written(shipped_dossier, version)
        of_schema(raw, version)
        found = again(raw, shipped_dossier.contents.decision.model.date).rank()
        before = shipped_dossier.rank()
        assert found.in_order == before.in_order
        assert [found.value(id) for id in found.in_order] == pytest.approx(
            [before.value(id) for id in before.in_order], abs=1e-9
        )


@pytest.mark.parametrize(
    ("direction", "values", "positions"),
    [
        ("more-is-better", (0.0, 30.0, 100.0), (0.0, 30.0, 100.0)),
        ("less-is-better", (100.0, 30.0, 0.0), (0.0, 70.0, 100.0)),
        ("more-is-better", (0.0, 30.0, 30.0, 100.0), None),
    ],
)
def test_numbers_of_levels_are_linear_in_their_values(
    shipped_dossier: Dossier,
    direction: Direction,
    values: tuple[float, ...],
    positions: tuple[float, ...] | None,
) -> None:
    axis = shipped_dossier.problem.criteria[0]
    assert level_positions(axis) is None
    assert level_positions(replace(axis, direction=direction, value_function=Levels(values))) == positions


def test_numbers_have_all_their_digits_and_fit_in_32_bits(tmp_path: Path) -> None:
    dossier = write_varied(tmp_path, 1)
    raw = written(dossier).decode()
    likely = dossier.problem.likely[2, 0]
    assert f"<real>{float(likely)!r}</real>" in raw
    assert "<comment>For &amp; by staff. Varied &amp; &lt;odd&gt;</comment>" in raw
    assert "<NA />" in raw
    for number, kind in ((2.0**31, "real"), (2.0**31 - 1, "integer"), (-0.5, "real"), (1e300, "real")):
        parent = Element("x")
        _number(parent, number)
        assert (parent[0].tag, float(parent[0].text or "")) == (kind, number)


def test_what_has_no_place_is_listed(tmp_path: Path) -> None:
    dossier = write_varied(tmp_path, 1)
    said = omissions(dossier, "points", "3")
    assert "the value functions of curve-up, curve-down, near-straight: a reader takes them as straight" in said
    assert "that the scales of local-line, local-down are local: their present ends are written" in said
    assert "the red lines on line-up, steps" in said
    assert "the thresholds of line-up for comparing two options" in said
    ranges = int((dossier.problem.low < dossier.problem.high).sum())
    assert f"the low and high ends of {ranges} scores: a cell has one value, which is the likely one" in said
    assert any(line.startswith("the other weight sets: ") and "points" not in line.split() for line in said)
    older = omissions(dossier, "points", "2")
    assert "the groups first, second" in older
    assert "the values of the levels of steps: a reader takes equal steps" in older


def test_scenarios_and_packages_have_no_place(shipped_dossier: Dossier) -> None:
    said = omissions(shipped_dossier, "balanced", "3")
    assert any(line.startswith("the scenarios reference, ") and line.endswith("with their signposts") for line in said)
    assert "resources, rules and effects of doing options together" in said
