"""Saving a weight set without overwriting anybody, and files of exactly what the page shows."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

import pytest
from pypdf import PdfReader

from policy_options.api import Dossier
from policy_options.errors import PolicyOptionsError
from policy_options.memo.verifying import verify
from policy_options.web.desk import Desk
from sized import Size, write_sized
from webs import Web, copied, opened, text_of

FIELDS = {"id": "ours", "into": "", "title": "", "holder": "Planning office", "because": "We tried it."}


@pytest.fixture
def web(root: Path, tmp_path: Path) -> Web:
    return opened(copied(root, tmp_path))


def moved_to(web: Web, share: str) -> dict[str, str]:
    """The fields of the state after a move."""
    part = web.get(f"change?move=assured-supply&to={share}&lock=public-outlay")
    return dict(re.findall(r'<input type="hidden" name="(w|try)" value="([^"]*)">', part)) | {"lock": "public-outlay"}


def seen(web: Web, name: str) -> dict[str, str]:
    found = re.search(rf'name="seen\.{name}" value="([^"]+)"', web.get("save"))
    assert found is not None
    return {f"seen.{name}": found[1]}


def test_a_saved_set_ranks_as_the_page_did_and_says_how_it_was_made(web: Web) -> None:
    answer = web.answer("save", "POST", data=FIELDS | moved_to(web, "30"))
    assert answer.status_code == 200 and "set=ours" in str(answer.url) and "w=" not in str(answer.url)
    dossier = Dossier.load(web.folder)
    held = dossier.weighting("ours")
    assert (held.title, held.status, held.model.holder) == ("Planning office", "illustrative", "Planning office")
    assert held.weights.share("assured-supply") == pytest.approx(0.3, abs=1e-9)
    assert "from Balanced" in held.model.rationale and "Outlay" in held.model.rationale
    assert held.model.rationale.startswith(f"{FIELDS['because']} Made in the explorer")
    assert held.model.parent == "balanced"
    assert "Ranked under Planning office" in text_of(answer.text)


def test_an_existing_set_keeps_its_comments_and_gets_holder_and_rationale(web: Web) -> None:
    path = web.folder / "criteria/weights/balanced.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "# A comment at the end.\n", encoding="utf-8")
    answer = web.answer(
        "save", "POST", data=FIELDS | moved_to(web, "30") | {"into": "balanced"} | seen(web, "balanced")
    )
    assert answer.status_code == 200, text_of(answer.text)
    assert path.read_text(encoding="utf-8").endswith("# A comment at the end.\n")
    held = Dossier.load(web.folder).weighting("balanced")
    assert held.model.holder == "Planning office" and held.model.rationale.startswith("We tried it.")
    assert held.weights.share("assured-supply") == pytest.approx(0.3, abs=1e-4)


def test_a_file_changed_meanwhile_is_not_overwritten_and_both_are_shown(web: Web) -> None:
    path = web.folder / "criteria/weights/balanced.yaml"
    fields = FIELDS | moved_to(web, "30") | {"into": "balanced"} | seen(web, "balanced")
    other = path.read_text(encoding="utf-8") + "# Changed by somebody else.\n"
    path.write_text(other, encoding="utf-8")
    answer = web.answer("save", "POST", data=fields)
    assert answer.status_code == 409
    page = text_of(answer.text)
    assert "Changed by somebody else." in page and "We tried it." in page and "Nothing was written" in page
    assert path.read_text(encoding="utf-8") == other


def test_a_new_set_never_takes_the_place_of_another(web: Web) -> None:
    path = web.folder / "criteria/weights/balanced.yaml"
    before = path.read_bytes()
    answer = web.answer("save", "POST", data=FIELDS | {"id": "balanced"})
    assert answer.status_code == 409 and path.read_bytes() == before
    assert "What would be saved" in text_of(answer.text)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "../../etc/x"}, "the set's name is an id"),
        ({"id": "Our Set"}, "the set's name is an id"),
        ({"id": ""}, "the set's name is an id"),
        ({"holder": ""}, "the holder"),
        ({"because": " "}, "because"),
        ({"because": "a\u202eb"}, "cannot be seen"),
        ({"into": "nothing"}, "is no weight set"),
        ({"into": "../balanced"}, "is no weight set"),
    ],
)
def test_fields_that_cannot_be_accepted_are_shown_again_with_the_reason(
    web: Web, fields: dict[str, str], said: str
) -> None:
    files = sorted(path.name for path in (web.folder / "criteria/weights").iterdir())
    answer = web.answer("save", "POST", data=FIELDS | fields)
    assert answer.status_code == 422
    assert (said in text_of(answer.text) and "We tried it." in answer.text) or fields.get("because") is not None
    assert sorted(path.name for path in (web.folder / "criteria/weights").iterdir()) == files


def test_the_memo_is_of_what_the_page_shows_and_can_be_verified(tmp_path: Path) -> None:
    web = opened(write_sized(tmp_path, Size(options=2, criteria=2, sets=1)))
    part = web.get("change?move=c1&to=61")
    state = dict(re.findall(r'<input type="hidden" name="(w)" value="([^"]*)">', part))
    likely = web.explorer.live.dossier.contents.options["o1"].model.scores["c1"].likely
    assert isinstance(likely, float)
    answer = web.answer("memo.pdf", params=state | {"lock": "c2", "try": f"o1:c1:{likely + 1}"})
    web.explorer.end()
    assert answer.status_code == 200, text_of(answer.text)
    assert (
        answer.headers["content-type"] == "application/pdf" and "on-screen.pdf" in answer.headers["content-disposition"]
    )
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "What if: 1 score is not that of the dossier" in text
    assert "changed in the explorer" in text and "Locked while others were moved" in text
    assert verify(answer.content).verdict == "consistent"
    assert not (web.folder / "criteria/weights/on-screen.yaml").exists()


def test_the_workbook_is_of_what_the_page_shows(web: Web) -> None:
    from openpyxl import load_workbook

    answer = web.answer("book.xlsx", params=moved_to(web, "30"))
    assert answer.status_code == 200 and "on-screen.xlsx" in answer.headers["content-disposition"]
    warnings.simplefilter("ignore", UserWarning)  # of parts that openpyxl does not read
    book = load_workbook(io.BytesIO(answer.content), data_only=True)
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert any("Balanced, changed in the explorer" in text for text in words)


def test_without_names_no_page_and_no_file_has_them(root: Path, tmp_path: Path) -> None:
    folder = copied(root, tmp_path)
    path = folder / "options/carry-on.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(    likely: .*)$", r"\1\n    scorer: Ms Hidden", text, count=1), encoding="utf-8")
    assert "Ms Hidden" in text_of(opened(folder).get("option/carry-on"))
    public = opened(folder, public=True)
    for address in ("", "option/carry-on", "criterion/assured-supply", "compare?try=carry-on:public-outlay:far-above"):
        assert "Hidden" not in public.answer(address).text


def test_a_desk_that_has_ended_makes_no_memo(web: Web) -> None:
    desk = Desk()
    desk.end()
    dossier = web.explorer.live.dossier
    with pytest.raises(PolicyOptionsError, match="has ended"):
        desk.memo(dossier, "balanced", web.folder, word=False, public=False)
