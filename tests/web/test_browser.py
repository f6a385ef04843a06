"""The explorer in a real browser: by mouse and keyboard, with and without scripts, wide and narrow, and judged by axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import axe_finds
from policy_options.api import Dossier
from served import Served, served
from webs import copied

CHANGED = "?set=supply-security&lock=public-outlay&try=carry-on:assured-supply:50"
PAGES = (
    "",
    CHANGED,
    "option/carry-on" + CHANGED,
    "criterion/public-outlay",
    "pair" + CHANGED,
    "compare" + CHANGED,
    "packages?package=carry-on",
    "scenarios",
    "checks",
    "save" + CHANGED,
    "people",
    "option/nothing",
    "?set=nothing",
)


@pytest.fixture(scope="module")
def explored(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(copied(root, tmp_path_factory.mktemp("browsed"))) as found:
        yield found


@pytest.fixture
def page(browser: Browser, explored: Served) -> Iterator[Page]:
    """A page that has opened the link; whatever the console says is a failure."""
    yield from opened(browser, explored)


def opened(browser: Browser, explored: Served, **settings: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
    found = context.new_page()
    said: list[str] = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.goto(explored.link)
    yield found
    context.close()
    # A refused address is a status that the console reports, and nothing else may be said there.
    assert [each for each in said if "status of 4" not in each] == []


def first(page: Page) -> str:
    return page.locator("#ranking tr.first th").inner_text().split("\n")[0]


def test_the_token_leaves_the_address_bar(page: Page, explored: Served) -> None:
    assert page.url == explored.home
    assert explored.explorer.token not in page.content()


def test_a_slider_moves_by_keyboard_and_the_order_is_announced_once(page: Page, explored: Served) -> None:
    before = first(page)
    announced = page.locator("#announce")
    expect(announced).to_have_text("")
    interval = Dossier.load(explored.folder).robustness().stability.of("assured-supply").leader
    assert interval is not None
    slider = page.locator("#r-assured-supply")
    slider.focus()
    page.evaluate("window.count = 0; new MutationObserver(() => count++).observe(announce, {childList: true})")
    for _ in range(int(100 * (interval.high - 0.11) / 0.1) + 2):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#ranking tr.first th")).not_to_have_text(before)
    assert slider.evaluate("each => document.activeElement === each")
    expect(announced).to_contain_text("The order has changed: 1 Consolidate advantages")
    assert page.evaluate("window.count") <= 2  # once for each order on the way
    assert float(page.locator("#n-assured-supply").input_value()) > 18.8
    # What other pages show begins with what is on this one.
    shown = page.locator("#permalink").get_attribute("href") or ""
    query = shown.partition("?")[2]
    assert "w=" in query
    for link in page.locator("nav a, .criterion .name a").all():
        assert (link.get_attribute("href") or "").partition("?")[2] == query


def test_a_slider_moves_by_mouse_undo_and_redo_go_back_and_on(page: Page) -> None:
    before = page.locator("#ranking").inner_text()
    expect(page.locator("#undo")).to_be_disabled()
    slider = page.locator("#r-assured-supply")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8 + 0.11 * (box["width"] - 16), box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.locator("#ranking tr.first th")).to_contain_text("Consolidate advantages")
    expect(page.locator("#status")).to_contain_text("changed on this page")
    expect(page.locator("#robustness")).to_have_attribute("aria-busy", "false", timeout=20_000)
    assert "w=" in page.url
    after = page.locator("#ranking").inner_text()
    page.locator("#undo").click()
    expect(page.locator("#ranking tr.first th")).to_contain_text("Align rules")
    assert page.locator("#ranking").inner_text() == before
    page.locator("#redo").click()
    expect(page.locator("#ranking tr.first th")).to_contain_text("Consolidate advantages")
    assert page.locator("#ranking").inner_text() == after
    page.reload()
    assert page.locator("#ranking").inner_text() == after


def test_a_locked_weight_stays_and_its_slider_does_not_move(page: Page) -> None:
    page.locator('input[name=lock][value="public-outlay"]').check()
    expect(page.locator("#r-public-outlay")).to_be_disabled()
    number = page.locator("#n-assured-supply")
    number.fill("40")
    number.press("Tab")
    expect(page.locator("#n-public-outlay")).to_have_value("9.0")
    expect(page.locator("#n-partner-trust")).not_to_have_value("12.0")
    expect(page.locator("#t-public-outlay")).to_have_text("Locked.")
    number.fill("99")  # more than the lock leaves
    expect(number).to_have_js_property("validity.rangeOverflow", True)
    page.locator("button[name=reset]").first.click()
    expect(page.locator("#n-assured-supply")).to_have_value("11.0")
    expect(page.locator("#r-public-outlay")).to_be_enabled()


def test_two_tabs_are_independent_and_a_copied_link_restores(page: Page) -> None:
    page.locator("#n-assured-supply").fill("30")
    page.locator("#n-assured-supply").press("Tab")
    expect(page.locator("#ranking tr.first th")).to_contain_text("Consolidate advantages")
    other = page.context.new_page()
    other.goto(page.url.partition("?")[0])
    expect(other.locator("#n-assured-supply")).to_have_value("11.0")
    other.locator("#set").select_option("supply-security")
    expect(other.locator("#status")).to_contain_text("Supply security first")
    expect(page.locator("#n-assured-supply")).to_have_value("30.0")
    link = page.locator("#permalink").get_attribute("href")
    assert link is not None
    other.goto(link_of(page, link))
    assert other.locator("#ranking").inner_text() == page.locator("#ranking").inner_text()


def link_of(page: Page, path: str) -> str:
    return re.sub(r"(https?://[^/]+)/.*", r"\1", page.url) + path


def test_edits_on_disk_appear_without_a_reload_and_errors_are_shown(page: Page, explored: Served) -> None:
    path = explored.folder / "criteria/weights/balanced.yaml"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(re.sub(r"(?m)^title: .*$", "title: Balanced anew", text), encoding="utf-8")
        expect(page.locator("#status")).to_contain_text("Balanced anew", timeout=10_000)
        path.write_text("title: [", encoding="utf-8")
        expect(page.locator("#disk")).to_contain_text("have errors", timeout=10_000)
    finally:
        path.write_text(text, encoding="utf-8")
    expect(page.locator("#disk")).not_to_contain_text("have errors", timeout=10_000)


def test_the_form_works_without_scripts(browser: Browser, explored: Served) -> None:
    for page in opened(browser, explored, java_script_enabled=False):
        page.locator("#n-assured-supply").fill("30")
        page.locator("button:has-text('Apply')").first.click()
        assert "Consolidate advantages" in first(page)
        assert page.locator("#undo").is_hidden()
        page.locator("text=Show how firm the ranking is").click()
        assert "These are shares of ways of weighting" in page.locator("#robustness").inner_text()


def test_from_a_slider_to_a_saved_set_a_conflict_and_a_file(page: Page, explored: Served) -> None:
    page.locator("#n-assured-supply").fill("30")
    page.locator("#n-assured-supply").press("Tab")
    expect(page.locator("#status")).to_contain_text("changed on this page")
    page.locator("#links >> text=Save the weights as a set").click()
    for name, text in (("id", "tried"), ("holder", "Planning office"), ("because", "Tried in a browser.")):
        page.locator(f"#{name}").fill(text)
    page.locator("button:has-text('Save')").click()
    expect(page.locator("#status")).to_contain_text("Ranked under Planning office (illustrative, nobody was asked).")
    assert Dossier.load(explored.folder).weights("tried").share("assured-supply") == pytest.approx(0.3, abs=1e-6)
    page.goto(explored.home + "save")
    for name, text in (("id", "tried"), ("holder", "Others"), ("because", "Again.")):
        page.locator(f"#{name}").fill(text)
    page.locator("button:has-text('Save')").click()
    expect(page.locator("#conflict")).to_contain_text("is not as it was")
    assert axe_finds(page) == []
    page.goto(explored.home + "?set=tried")
    with page.expect_download() as waiting:
        page.locator("text=Workbook").click()
    assert waiting.value.suggested_filename == "japan-central-asia-tried.xlsx"
    (explored.folder / "criteria/weights/tried.yaml").unlink()


def test_a_participant_answers_by_keyboard(page: Page, browser: Browser, explored: Served) -> None:
    page.goto(explored.home + "people")
    fields = {"id": "panel", "holder": "Panel", "because": "Asked.", "names": "The chair"}
    for name, text in fields.items():
        page.locator(f"#{name}").fill(text)
    page.locator("button:has-text('Make the links')").click()
    link = page.locator("code").inner_text()
    context = browser.new_context()
    own = context.new_page()
    own.goto(link)
    assert axe_finds(own) == []
    own.locator("input[type=radio]").first.focus()
    own.keyboard.press("Space")
    own.keyboard.press("Enter")
    expect(own.locator("main")).to_contain_text("Question 2 of")
    assert axe_finds(own) == []
    context.close()
    expect(page.locator("main")).to_contain_text("1 of about", timeout=10_000)  # the page follows by itself
    assert axe_finds(page) == []
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("button:has-text('End without saving')").click()
    expect(page.locator("main")).not_to_contain_text("1 of about")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off_at_320_pixels(
    browser: Browser, explored: Served, scheme: Any
) -> None:
    narrow = scheme == "dark"
    for page in opened(browser, explored, color_scheme=scheme, reduced_motion="reduce"):
        if narrow:
            page.set_viewport_size({"width": 320, "height": 640})
        for path in PAGES:
            page.goto(explored.home + path)
            if path in ("", CHANGED):
                expect(page.locator("#robustness")).to_have_attribute("aria-busy", "false", timeout=20_000)
            assert axe_finds(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth"), path


def test_everything_can_be_reached_and_seen_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        about = page.evaluate(
            """() => { const it = document.activeElement, style = getComputedStyle(it);
            return [it.id || it.getAttribute('href') || it.name || it.className || it.tagName,
            style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, it === document.body]; }"""
        )
        if about[2]:
            break
        assert about[1], about[0]
        seen.add(about[0])
    controls = page.evaluate(
        """() => [...document.querySelectorAll('main input:not([type=hidden]):enabled, main select, main a')]
        .map(it => it.id || it.getAttribute('href') || it.name)"""
    )
    assert set(controls) <= seen
