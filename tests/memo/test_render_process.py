"""A template or a dossier's text cannot read an outside file, reach the network, run code, or exhaust time or memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from memos import document_of, page_of
from policy_options import PolicyOptionsError
from policy_options.limited import Limits, memory_can_be_limited
from policy_options.memo import render_process
from policy_options.memo.render_process import Renderer
from policy_options.memo.templates import template_folders
from support import SmallDossier


def rendered(small: SmallDossier, limits: Limits | None = None, *, pdf: bool = True) -> bytes:
    content = document_of(small.load()).content
    with Renderer(limits or render_process.RENDER_LIMITS) as renderer:
        return renderer.page(content, template_folders(small.root, None), "decision", pdf=pdf)


def with_template(small: SmallDossier, body: str) -> SmallDossier:
    small.put(
        "templates/memo/decision.html.j2", f'<!DOCTYPE html><html lang="en"><title>t</title><body>{body}</body></html>'
    )
    return small


def code_of(small: SmallDossier, limits: Limits | None = None) -> str:
    with pytest.raises(PolicyOptionsError) as raised:
        rendered(small, limits)
    return raised.value.faults[0].code


def test_the_child_renders_what_the_parent_would(small: SmallDossier) -> None:
    assert rendered(small, pdf=False).decode() == page_of(small.load())
    assert rendered(small).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://localhost:1/x.png">',
        '<img alt="x" src="../../../../../../etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import url("http://example.org/x.css");</style>',
        '<style>@font-face { font-family: x; src: url("file:///etc/passwd") } body { font-family: x }</style>x',
    ],
)
def test_nothing_outside_of_the_template_folder_is_read(small: SmallDossier, body: str) -> None:
    assert code_of(with_template(small, body)) == "template-forbidden"


def test_a_picture_in_a_picture_reads_nothing(small: SmallDossier) -> None:
    """The renderer leaves out anything not allowed there, without a message."""
    (small.root / "secret.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>', encoding="utf-8"
    )
    image = f'<image href="{(small.root / "secret.svg").as_uri()}" width="9" height="9"/>'
    with_template(small, f'<svg xmlns="http://www.w3.org/2000/svg"><title>t</title>{image}</svg>')
    import io

    import pypdf

    page = pypdf.PdfReader(io.BytesIO(rendered(small))).pages[0]
    assert "SECRET" not in page.extract_text()
    assert not page.images


@pytest.mark.parametrize("link", ["file:///etc/passwd", "http://localhost:1/x", "data:text/plain,hello"])
def test_a_template_attaches_nothing(small: SmallDossier, link: str) -> None:
    for body in (f'<link rel="attachment" href="{link}">', f'<a rel="noopener  Attachment" href="{link}">x</a>'):
        assert code_of(with_template(small, body)) == "template-forbidden"


def test_a_template_does_not_even_attach_a_file_of_its_own(small: SmallDossier) -> None:
    small.put("templates/memo/own.txt", "own")
    with_template(small, '<a rel="attachment" href="own.txt">x</a>')
    with pytest.raises(PolicyOptionsError, match="attaches a file, and a memo has one attachment: its inputs"):
        rendered(small)


@pytest.mark.parametrize(
    "body",
    [
        "{{ memo.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ memo.title.__init__.__globals__ }}",
        "{{ labels.pop('rank') }}",
        "{{ '%s'|format(memo.__dict__) }}{{ '{0.__class__.__init__.__globals__}'.format(memo) }}",
        "{% set x = memo.__class__ %}{{ x }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)
def test_no_code_is_run(small: SmallDossier, body: str) -> None:
    assert code_of(with_template(small, body)) in ("template-forbidden", "template-faulty")


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
        "<table><tr>" + '<td colspan="60000">x</td><td rowspan="60000">y</td>' * 20 + "</tr></table>" * 3,
        "{% set ns = namespace(x='aaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x|length }}",
    ],
)
def test_a_limit_ends_what_has_no_end(small: SmallDossier, body: str) -> None:
    code = code_of(with_template(small, body), Limits(seconds=6.0, megabytes=1_024 if memory_can_be_limited() else 0))
    assert code in ("limit-time", "limit-memory", "template-faulty")


def test_a_title_of_a_megabyte_is_refused_with_its_limit(small: SmallDossier) -> None:
    small.edit("options/new-mole.yaml", "Build a mole", "x" * 1_000_000)
    assert small.fault().code == "string-too-long"


def test_a_text_of_a_megabyte_is_laid_out_or_meets_a_limit(small: SmallDossier) -> None:
    small.put("templates/wording/en.yaml", f'numbers: {{}}\nbottom.rule: "{"x" * 1_000_000}"\n')
    content = document_of(small.load()).content
    with Renderer(Limits(6.0, 4_096)) as renderer:
        try:
            assert renderer.page(content, template_folders(small.root, None), "decision", allow_overflow=True)
        except PolicyOptionsError as error:
            assert error.faults[0].code in ("limit-time", "limit-memory")


@pytest.mark.parametrize("character", ["\\x07", "\\u202e", "\\u2066"])
def test_characters_that_hide_or_steer_never_reach_a_page(small: SmallDossier, character: str) -> None:
    small.edit("options/new-mole.yaml", "title: Build a mole", f'title: "Build{character}a mole"')
    assert small.faults()


def test_the_cause_of_a_refusal_is_named_with_its_place(small: SmallDossier, tmp_path: Path) -> None:
    small.put("templates/memo/decision.html.j2", "<html>\n{% for x in %}\n</html>")
    with pytest.raises(PolicyOptionsError, match="cannot be read") as raised:
        rendered(small)
    place = raised.value.faults[0].place
    assert place is not None and place.line == 2
