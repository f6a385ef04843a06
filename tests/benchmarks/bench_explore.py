"""From input to the new ranking in a browser, a crowd at one change a second each, the first page, and the first answer.

An answer in the page is compared with the call of the engine alone plus the swap of an empty part, in the same browser
and the same run. Percentiles are the 95th.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import SplitResult, urlsplit

import httpx2 as httpx
from measuring import COMMAND, ROOT, interleaved, report, write_dossier
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from browsers import chromium
from policy_options.analysis.marks import marks
from policy_options.api import Dossier
from policy_options.wording.changes import change_sentence
from policy_options.wording.phrases import load_phrases

MOVES = 60
CROWD = 100

_ANSWERED = """([value, empty]) => new Promise((done) => {
  const slider = document.querySelector("input[type=range]:enabled"), ranking = document.getElementById("ranking");
  const begun = performance.now();
  if (empty) {
    const part = document.createElement("div");
    requestAnimationFrame(() => { document.getElementById("announce").replaceChildren(part); done(performance.now() - begun); });
    return;
  }
  const shown = document.body.dataset.shown;
  const wait = () => document.body.dataset.shown !== shown ? done(performance.now() - begun) : requestAnimationFrame(wait);
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(wait);
})"""


def percentile(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


def engine_call(dossier: Dossier) -> Callable[[], object]:
    """What the engine computes for one move: ranking, verdict, what would change it, marks, and every set."""
    phrases = load_phrases("en")
    vector, first = dossier.weights(), dossier.problem.criterion_ids[0]

    def call() -> object:
        changed = dossier.what_if(vector.id, f"{first}=23.4")
        firm = dossier.robustness(changed)
        return change_sentence(firm, phrases), marks(firm.known), firm.stability, dossier.overview()

    return call


def in_browser(page: Page, link: str, folder: Path, name: str) -> None:
    page.goto(link)
    page.wait_for_selector("#robustness[aria-busy=false]", timeout=60_000)
    dossier = Dossier.load(folder)
    call = engine_call(dossier)
    moves, empty, engine = [], [], []
    for turn in range(MOVES):
        moves.append(page.evaluate(_ANSWERED, [str(5 + turn % 40), False]) / 1e3)
        empty.append(page.evaluate(_ANSWERED, ["0", True]) / 1e3)
        begun = time.perf_counter()
        call()
        engine.append(time.perf_counter() - begun)
    report(
        f"input to ranking, {name} / engine and an empty swap",
        percentile(moves),
        percentile(engine) + percentile(empty),
        2.0,
    )


async def _crowd(link: SplitResult, home: str, people: int, seconds: int) -> tuple[list[float], int]:
    """The times of answers to people who make one change a second each, and how many failed."""
    times: list[float] = []
    failed = 0
    criterion = Dossier.load(ROOT).problem.criterion_ids[0]

    async def person(number: int) -> None:
        nonlocal failed
        async with httpx.AsyncClient(base_url=f"http://{link.netloc}", timeout=30.0) as client:
            await client.get(link.path)
            await asyncio.sleep(number / people)
            for turn in range(seconds):
                begun = time.perf_counter()
                answer = await client.get(f"{home}change?move={criterion}&to={5 + (number + turn) % 50}")
                times.append(time.perf_counter() - begun)
                failed += answer.status_code != 200
                await asyncio.sleep(max(0.0, 1.0 - (time.perf_counter() - begun)))

    await asyncio.gather(*(person(number) for number in range(people)))
    return times, failed


@contextmanager
def explore(folder: Path = ROOT) -> Iterator[tuple[SplitResult, str]]:
    """``explore`` as a separate process: its link, and where the answer to the first request leads."""
    process = subprocess.Popen(
        [COMMAND, "explore", "--port", "0", "--no-open"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        link = urlsplit(process.stdout.readline().strip())
        asked = HTTPConnection(link.netloc, timeout=60)
        asked.request("GET", link.path)
        yield link, str(asked.getresponse().getheader("location"))
        asked.close()
    finally:
        process.kill()
        process.wait()


def first_answer() -> None:
    """``explore`` until its first request is answered, as a whole process."""
    with explore():
        pass


if __name__ == "__main__":
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for m, n in ((6, 9), (50, 20)):
            root = Path(folder) / f"{m}x{n}"
            write_dossier(root, options=m, criteria=n, sets=5)
            with explore(root) as (link, _):
                context = browser.new_context()
                in_browser(context.new_page(), link.geturl(), root, f"{m} x {n}")
                context.close()
        browser.close()
    with explore() as (opened, home):
        alone, failures = asyncio.run(_crowd(opened, home, 1, 10))
        crowd, failures = asyncio.run(_crowd(opened, home, CROWD, 10))
        name = f"a change among {CROWD} people / alone ({failures} of {len(crowd)} failed)"
        report(name, percentile(crowd), percentile(alone), 8.0)
        page = httpx.Client(base_url=f"http://{opened.netloc}", follow_redirects=True).get(opened.path)
        report("the first page / 100 kB", len(page.content), 100_000, 1.0, "kB", 1e-3)
    ours, rank = interleaved(
        [first_answer, lambda: subprocess.run([COMMAND, "rank"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)],
        runs=7,
    )
    report("explore to its first answer / rank, whole processes", ours, rank, 1.5)
