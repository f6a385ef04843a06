"""MkDocs hook: publishes pages and schemas from the top level, so that no text is duplicated."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:)([^)#\s]+)")


def relinked(text: str) -> str:
    """Adapt links to the site, where everything is in one folder."""

    def target(found: re.Match[str]) -> str:
        path = found[1].removeprefix("../").removeprefix("docs/")
        return "license.txt" if path == "LICENSE" else PAGES.get(path, path)

    return _LINK.sub(target, text)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and schemas from the top level."""
    for name, page in PAGES.items():
        files.append(File.generated(config, page, content=relinked((ROOT / name).read_text(encoding="utf-8"))))
    files.append(File.generated(config, "license.txt", abs_src_path=str(ROOT / "LICENSE")))
    for schema in sorted((ROOT / "schemas").glob("*.json")):
        files.append(File.generated(config, f"schemas/{schema.name}", abs_src_path=str(schema)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Point the links of a page of docs/ at the copies in the site; keep the words listed by the style page out of search."""
    if page.file.src_uri == "style.md":
        page.meta["search"] = {"exclude": True}
    return relinked(markdown)
