from __future__ import annotations

import json

from policy_options import Dossier
from policy_options.dossier.carried import carried_files
from policy_options.dossier.without_names import contents_without_names, weights_without_names, without_names
from support import PANEL, SmallDossier

WORDS = {"participant": "Participant", "scorer": "Scorer"}


def with_people(small: SmallDossier) -> SmallDossier:
    small.put("criteria/weights/panel.yaml", PANEL)
    small.edit(
        "options/as-is.yaml",
        "crossings: 4",
        "crossings: {likely: 4, scorer: Cleo Scribe, reviewer: Ann Onym, "
        "scorers: [{scorer: Cleo Scribe, likely: 3}, {scorer: Dan, likely: 6}]}",
    )
    small.edit("options/new-mole.yaml", "waiting: 12", "waiting: {likely: 12, scorer: Dan}")
    with (small.root / "criteria/decision.yaml").open("a", encoding="utf-8") as file:
        file.write("acknowledged:\n  - {finding: weights-inconsistent, about: [panel/ann-onym], because: A test.}\n")
    return small


def test_a_second_time_changes_nothing_whatever_the_order_of_the_keys(small: SmallDossier) -> None:
    small.edit("options/as-is.yaml", "crossings: 4", "crossings: {likely: 4, scorer: Zoe, reviewer: Adam}")
    small.edit("options/as-is.yaml", "waiting: {low: 30,", "waiting: {scorer: Eve, low: 30,")
    once = carried_files(contents_without_names(small.load().contents, **WORDS))
    carried = json.loads(json.dumps(once, sort_keys=True))
    assert without_names(carried, **{key: WORDS[key] for key in ("participant", "scorer")}) == once


def test_no_name_is_left_and_everything_else_is(small: SmallDossier) -> None:
    contents = with_people(small).load().contents
    found = contents_without_names(contents, **WORDS)
    text = json.dumps(carried_files(found))
    for name in ("Ann", "ann-onym", "Bob", "bob", "Cleo", "Dan"):
        assert name not in text
    score = found.options["as-is"].model.scores["crossings"]
    assert (score.scorer, score.reviewer) == ("Scorer 2", "Scorer 1")
    assert [view.scorer for view in score.scorers] == ["Scorer 2", "Scorer 3"]
    assert found.options["new-mole"].model.scores["waiting"].scorer == "Scorer 3"
    assert [person.name for person in found.weight_sets["panel"].model.participants] == [
        "Participant 1",
        "Participant 2",
    ]
    assert found.decision.model.acknowledged[0].about == ("panel/participant-1",)
    before, after = Dossier(contents), Dossier(found)
    assert after.rank("panel/participant-2").lower.tolist() == before.rank("panel/bob").lower.tolist()


def test_a_second_time_changes_nothing(small: SmallDossier) -> None:
    once = contents_without_names(with_people(small).load().contents, **WORDS)
    assert carried_files(contents_without_names(once, **WORDS)) == carried_files(once)


def test_weights_of_a_participant_are_found_again(small: SmallDossier) -> None:
    contents = with_people(small).load().contents
    assert weights_without_names(contents, "panel/bob") == "panel/participant-2"
    assert weights_without_names(contents, "panel/nobody") == "panel/nobody"
    assert weights_without_names(contents, "even") == "even"


def test_a_dossier_without_people_stays_as_it_is(small: SmallDossier) -> None:
    contents = small.load().contents
    assert carried_files(contents_without_names(contents, **WORDS)) == carried_files(contents)


def test_a_parent_that_is_a_participant_is_renamed(small: SmallDossier) -> None:
    with_people(small)
    small.put(
        "criteria/weights/child.yaml",
        "format: 1\ntitle: Child\nholder: The council\nstatus: illustrative\nrationale: A test.\nparent: panel/ann-onym\n"
        "method: points\njudgements: {crossings: 1, waiting: 1, outlay: 1}\n",
    )
    found = contents_without_names(small.load().contents, **WORDS)
    assert found.weight_sets["child"].model.parent == "panel/participant-1"
