"""The words of the page: faults of an organisation's own wording are found when the page is made."""

from __future__ import annotations

import pytest

from policy_options.errors import PolicyOptionsError
from policy_options.web.exported.words import language_data, page_labels
from policy_options.wording.phrases import load_phrases
from support import SmallDossier


def own(small: SmallDossier, language: str, text: str) -> None:
    small.put(f"templates/wording/{language}.yaml", text)


def test_own_words_replace_shipped_ones(small: SmallDossier) -> None:
    own(small, "en", 'exported.undo: "Step back"\nexported.level: "as good as {options}"\n')
    phrases = load_phrases("en", [small.root / "templates"])
    assert page_labels(phrases)["exported.undo"] == "Step back"
    assert language_data(phrases)["phrases"]["exported.level"] == "as good as {options}"


@pytest.mark.parametrize(
    "text",
    [
        'exported.level: "as good as {others}"\n',
        'exported.packages.off: {one: "one {package}", other: "{count}"}\n',
        'exported.packages.off: {one: "one", other: "{package}"}\n',
    ],
)
def test_a_name_that_the_script_does_not_give_is_refused(small: SmallDossier, text: str) -> None:
    own(small, "en", text)
    with pytest.raises(PolicyOptionsError) as caught:
        language_data(load_phrases("en", [small.root / "templates"]))
    (fault,) = caught.value.faults
    assert fault.code == "phrase-name" and fault.place is not None
    assert "which it is not given" in fault.message


def test_a_language_without_the_phrases_is_refused(small: SmallDossier) -> None:
    own(small, "fr", 'locale: fr-FR\nask.these: "ces poids"\n')
    with pytest.raises(PolicyOptionsError) as caught:
        language_data(load_phrases("fr", [small.root / "templates"]))
    (fault,) = caught.value.faults
    assert (fault.code, fault.message) == ("phrase-missing", "the phrase `bottom.act.ranking` is missing")
