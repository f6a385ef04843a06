"""Options and criteria open with everything they rest on, pairs with what turns them round, and results as reports say."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from policy_options.api import Dossier
from policy_options.reports.packages import PackagesReport
from policy_options.reports.report import View
from policy_options.reports.scenarios import ScenariosReport
from policy_options.wording.citing import place_of
from policy_options.wording.phrases import load_phrases
from webs import Web, copied, opened, text_of

CHANGED = "set=balanced&try=consolidate-advantages:assured-supply:50"


@pytest.fixture(scope="module")
def web(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Web:
    return opened(copied(root, tmp_path_factory.mktemp("detailed")))


def test_an_option_opens_with_its_case_its_scores_and_cited_places(web: Web) -> None:
    contents = Dossier.load(web.folder).contents
    model = contents.options["regulatory-alignment"].model
    page = text_of(web.get("option/regulatory-alignment"))
    for point in (*model.for_, *model.against):
        assert " ".join(point.text.split()) in page
    for score in model.scores.values():
        assert score.rationale is None or " ".join(score.rationale.split()) in page
        for name in score.evidence or ():
            claim, source = contents.claims[name], contents.sources[name.partition("/")[0]].model
            place = place_of(claim, source.kind, load_phrases("en"))
            assert f"{' '.join(claim.text.split())}" in page and f"{source.title}, {place}" in page


def test_a_criterion_opens_with_its_ends_and_who_set_its_weight(web: Web) -> None:
    dossier = Dossier.load(web.folder)
    page = text_of(web.get("criterion/assured-supply"))
    scale = dossier.contents.leaves["assured-supply"][0].scale
    assert scale.low is not None and scale.high is not None
    for end in (scale.low, scale.high):
        assert " ".join(end.means.split()) in page
    for name in dossier.weight_sets:
        held = dossier.weighting(name)
        assert held.model.holder in page and " ".join(held.model.rationale.split()) in page


def test_a_what_if_is_marked_on_every_page_until_it_is_taken_back(web: Web) -> None:
    for path in (
        "",
        "option/carry-on",
        "criterion/assured-supply",
        "pair",
        "compare",
        "packages",
        "scenarios",
        "checks",
        "save",
    ):
        assert "Assured supply: 50 instead of 55." in text_of(web.get(f"{path}?{CHANGED}")), path
        assert "Assured supply: 50 instead" not in text_of(web.get(path)), path
    form = web.answer(
        "option/consolidate-advantages",
        params={"set": "balanced", "on": "assured-supply", "value": "50"},
        follow_redirects=False,
    )
    assert form.headers["location"].endswith("?try=consolidate-advantages:assured-supply:50")
    back = web.answer(f"option/consolidate-advantages?{CHANGED}", params=None, follow_redirects=False)
    assert back.status_code == 200
    for value in ("", "55"):  # empty, and the score itself
        answer = web.answer(
            f"option/consolidate-advantages?{CHANGED}&on=assured-supply&value={value}", follow_redirects=False
        )
        assert "try=" not in answer.headers["location"]


def test_a_what_if_that_the_scenario_would_hide_is_refused(web: Web) -> None:
    contents = Dossier.load(web.folder).contents
    scenario = next(name for name, entry in contents.scenarios.items() if entry.model.scores)
    option, scores = next(iter(contents.scenarios[scenario].model.scores.items()))
    criterion = next(iter(scores))
    likely = contents.options[option].model.scores[criterion].likely
    answer = web.answer(f"?scenario={scenario}&try={option}:{criterion}:{likely}")
    assert answer.status_code == 422 and "would change nothing" in text_of(answer.text)


def test_what_turns_a_pair_round_turns_it_round_when_tried(web: Web) -> None:
    page = text_of(web.get("pair?pair=regulatory-alignment,consolidate-advantages"))
    found = re.search(r"with Say in rules of Align rules and .*? at ([0-9.]+) instead of", page)
    assert found is not None, page
    tried = f"try=regulatory-alignment:say-in-rules:{found[1]}"
    before, after = (
        text_of(web.get(f"pair?pair=regulatory-alignment,consolidate-advantages&{more}")) for more in ("", tried)
    )
    lead = re.compile(r"“([^”]+)” is [0-9.]+ points ahead")
    first, second = lead.search(before), lead.search(after)
    assert first and second and first[1] != second[1]


def test_the_parts_of_a_lead_sum_to_it(web: Web) -> None:
    page = unescape(web.get("pair?pair=regulatory-alignment,carry-on"))
    rows = re.findall(r'<td class="number">([+−]?[0-9.]+)</td></tr>', page)
    total = sum(float(part.replace("−", "-")) for part in rows)
    lead = re.search(r"is ([0-9.]+) points ahead", text_of(page))
    assert lead is not None and total == pytest.approx(float(lead[1]), abs=0.6)
    same = web.answer("pair?one=carry-on&two=carry-on")
    assert same.status_code == 422 and "compared with itself" in text_of(same.text)


def test_a_comparison_says_what_diff_says(web: Web) -> None:
    page = text_of(web.get("compare?set=supply-security&against=balanced"))
    dossier = Dossier.load(web.folder)
    found = dossier.compare("balanced", "supply-security")
    assert f"{len(found.orders)} of the 15 pairs of options changed their order" in page
    same = text_of(web.get("compare?set=balanced&against=balanced"))
    assert "nothing differs" in same


@pytest.mark.parametrize(
    "query", ["", "?with=supply-chain-resilience", "?cap=agenda-items:3", "?package=carry-on,regulatory-alignment"]
)
def test_packages_are_those_that_the_command_prints(web: Web, query: str) -> None:
    dossier = Dossier.load(web.folder)
    asked: dict[str, object] = {}
    if "with=" in query:
        asked["inside"] = ["supply-chain-resilience"]
    if "cap=" in query:
        asked["capacities"] = {"agenda-items": 3.0}
    if "package=" in query:
        asked["package"] = ["carry-on", "regulatory-alignment"]
    found = dossier.packages(**asked)  # type: ignore[arg-type]
    report = PackagesReport(dossier=dossier, found=found)
    page = text_of(web.get("packages" + query))
    for note in report.sections(View())[0].notes:
        assert " ".join(note.split()) in page
    if "package=" in query:
        assert "points behind the best one" in page


def test_the_form_of_packages_gives_a_state(web: Web) -> None:
    asked = {"choose": "1", "o.carry-on": "", "o.regulatory-alignment": "in", "o.supply-chain-resilience": "out"}
    asked |= {"c.agenda-items": "3", "c.lead-teams": "3", "look": "1", "p.regulatory-alignment": "1"}
    answer = web.answer("packages", params=asked, follow_redirects=False)
    location = answer.headers["location"]
    assert location.endswith(
        "packages?with=regulatory-alignment&without=supply-chain-resilience&cap=agenda-items:3.0&package=regulatory-alignment"
    )
    refused = web.answer("packages", params=asked | {"c.agenda-items": "many"})
    assert refused.status_code == 422 and "is no capacity" in text_of(refused.text)
    impossible = text_of(web.get("packages?with=regulatory-alignment&without=regulatory-alignment"))
    assert "regulatory-alignment" in impossible


def test_scenarios_are_those_that_the_command_prints(web: Web) -> None:
    dossier = Dossier.load(web.folder)
    report = ScenariosReport(dossier=dossier, scenarios=dossier.scenarios())
    page = text_of(web.get("scenarios"))
    for note in report.sections(View())[0].notes:
        assert " ".join(note.split()) in page
    assert "In the scenario “Blocs harden”." in text_of(web.get("?scenario=blocs-harden"))


def test_the_panel_of_other_methods_says_who_keeps_the_first(web: Web) -> None:
    page = text_of(web.get("checks"))
    assert "TOPSIS" in page and "the advice rests on the additive model" in page


def test_pages_of_nothing_are_not_there(web: Web) -> None:
    for path in ("option/nothing", "criterion/nothing", "option/..%2f..%2fpyproject"):
        assert web.answer(path).status_code == 404
