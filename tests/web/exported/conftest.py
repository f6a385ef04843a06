"""Exported pages opened from disk in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from policy_options import Dossier
from policy_options.web.exported.page import exported_page
from policy_options.wording.phrases import load_phrases

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def scoring(browser: Browser, root: Path) -> Iterator[Page]:
    """A page that has the scoring script and nothing else."""
    page = browser.new_page()
    page.add_script_tag(path=root / "src/policy_options/web/exported/scoring.js")
    yield page
    page.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page of a dossier from disk. A request, an error or a message of the console fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(dossier: Dossier, *, public: bool = False, **context: object) -> Page:
        decision = dossier.contents.decision.model
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_bytes(exported_page(dossier, decision.weights, load_phrases(decision.language), public=public))
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.set_default_timeout(5_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("request", lambda request: faults.append(request.url) if request.url.startswith("http") else None)
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
