"""Who is admitted: names, origins, links, sessions, sizes and rates, and what every answer forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_options.web import guard
from policy_options.web.guard import HEADERS, Allowed, Bucket, Refusal, Sessions
from webs import ORIGIN, Web, copied, opened, text_of


@pytest.fixture(scope="module")
def web(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Web:
    return opened(copied(root, tmp_path_factory.mktemp("guarded")))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8472", 200),
        ("127.0.0.1", 200),
        ("localhost:8472", 200),
        ("LOCALHOST:8472", 200),
        ("[::1]:8472", 200),
        ("[::1]", 200),
        ("127.0.0.1:8473", 421),
        ("attacker.example:8472", 421),
        ("127.0.0.1.attacker.example", 421),
        ("127.0.0.1@attacker.example", 421),
        ("::1", 421),
        ("", 421),
    ],
)
def test_only_its_own_names_are_answered_with_and_without_the_port(web: Web, host: str, status: int) -> None:
    assert web.answer("version", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (ORIGIN, 405),  # admitted, and the page takes no forms
        ("http://localhost:8472", 405),
        ("http://[::1]:8472", 405),
        ("http://127.0.0.1:9999", 403),
        ("http://127.0.0.1", 403),
        ("https://127.0.0.1:8472", 403),
        ("http://attacker.example:8472", 403),
        ("null", 403),
    ],
)
def test_a_change_must_come_from_its_own_pages(web: Web, origin: str, status: int) -> None:
    assert web.answer("version", "POST", headers={"origin": origin}).status_code == status


def test_a_change_without_an_origin_is_refused_and_a_view_with_a_foreign_one_too(web: Web) -> None:
    assert web.client.post(web.explorer.home + "version").status_code == 403
    assert web.answer("version", headers={"origin": "http://attacker.example"}).status_code == 403


def test_without_the_session_nothing_is_shown_and_nothing_is_said_of_the_dossier(web: Web) -> None:
    from starlette.testclient import TestClient

    stranger = TestClient(web.explorer.app, base_url=ORIGIN)
    title = web.explorer.live.dossier.contents.decision.model.title
    for path in (
        "/",
        web.explorer.home,
        web.explorer.home + "change",
        "/open/" + "a" * 32,
        "/open/",
        "/..%2f..%2fetc/passwd",
    ):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert title not in answer.text and web.explorer.home not in answer.text
        assert "Open the link" in text_of(answer.text)
    # Style and script are for whoever asks, and so is the answer where there is no such file.
    (web.folder / "options/carry-on.yaml").write_text("secret: x\n", encoding="utf-8")
    answer = stranger.get(web.explorer.home + "static/nothing")
    assert answer.status_code == 404
    assert title not in answer.text and "secret" not in answer.text


def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_other_paths(web: Web) -> None:
    answer = web.client.get(f"/open/{web.explorer.token}?set=balanced", follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and f"path={web.explorer.home}".lower() in cookie
    assert web.explorer.token not in cookie
    assert answer.headers["location"] == web.explorer.home + "?set=balanced"


def test_every_answer_forbids_scripts_frames_and_sources_from_elsewhere(web: Web) -> None:
    for path in ("", "static/explore.js", "change", "option/none"):
        answer = web.answer(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value or name == "Cache-Control"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    refused = web.client.get("/", headers={"host": "attacker.example"})
    assert refused.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_pages_have_no_inline_script_and_no_inline_style(web: Web) -> None:
    page = web.get()
    assert "<style" not in page and " style=" not in page and " onclick" not in page
    assert page.count("<script") == 1 and 'src="' + web.explorer.home + "static/explore.js" in page


def test_sizes_are_bounded(web: Web) -> None:
    assert web.answer("version", "POST", content=b"x" * (guard.MOST_BODY + 1)).status_code == 413
    assert web.answer("version?" + "x" * (guard.MOST_QUERY + 1)).status_code == 414


def test_a_session_that_asks_too_much_waits_and_others_do_not(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "AT_ONCE", 3.0)
    monkeypatch.setattr(guard, "PER_SECOND", 0.0)
    sessions = Sessions()
    token = sessions.link()
    names = [found[0] for _ in range(2) if (found := sessions.begin(token))]
    for bucket in [Bucket(3.0), Bucket(3.0)]:
        assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    sessions._sessions = {name: ("", Bucket(3.0)) for name in names}  # type: ignore[assignment]
    for _ in range(3):
        sessions.admit([names[0]], "")
    with pytest.raises(Refusal) as raised:
        sessions.admit([names[0]], "")
    assert raised.value.status == 429
    sessions.admit([names[1]], "")


def test_a_link_for_one_form_opens_that_form_and_nothing_else() -> None:
    sessions = Sessions()
    begun = sessions.begin(sessions.link("answer/ann"))
    assert begun is not None and begun[1] == "answer/ann"
    sessions.admit([begun[0]], "answer/ann")
    sessions.admit([begun[0]], "answer/ann/back")
    for path in ("", "answer/anna", "answer/bob", "save", "answer"):
        with pytest.raises(Refusal):
            sessions.admit([begun[0]], path)
    sessions.forget("answer/ann")
    with pytest.raises(Refusal):
        sessions.admit([begun[0]], "answer/ann")


def test_the_oldest_session_ends_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_SESSIONS", 2)
    sessions = Sessions()
    token = sessions.link()
    first, *others = [found[0] for _ in range(3) if (found := sessions.begin(token))]
    with pytest.raises(Refusal):
        sessions.admit([first], "")
    for name in others:
        sessions.admit([name], "")
    assert sessions.begin("no-token") is None


def test_a_participants_link_ends_no_session_but_its_own() -> None:
    sessions = Sessions()
    planner = sessions.begin(sessions.link())
    link = sessions.link("answer/ann")
    first, *_, last = [found[0] for _ in range(120) if (found := sessions.begin(link))]
    assert planner is not None
    sessions.admit([planner[0]], "")
    sessions.admit([last], "answer/ann")
    with pytest.raises(Refusal):
        sessions.admit([first], "answer/ann")


def test_a_token_that_is_not_ascii_opens_nothing() -> None:
    assert Sessions().begin("\u00e9") is None


def test_names_are_compared_whole() -> None:
    allowed = Allowed.of(["planning.example.org", "fe80::1"], 443)
    assert allowed.host("planning.example.org") and allowed.host("[fe80::1]:443")
    assert allowed.origin("https://planning.example.org", "https")
    assert not allowed.host("planning.example.org.attacker.example")
    assert not allowed.origin("https://planning.example.org:444", "https")
