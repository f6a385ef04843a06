"""Memos under many weight sets: content is worded here, and pages are rendered by warm child processes, one per core.

A memo of a batch has the same bytes as one made alone. One that fails is named, and the others are still made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from policy_options.api import Dossier
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.memo.attachment import moment
from policy_options.memo.fitting import Length, fitted
from policy_options.memo.making import ANNEX_B, Leading, memo_document
from policy_options.memo.render_process import Renderer
from policy_options.wording.phrases import Phrases

__all__ = ["Made", "memos"]


@dataclass(frozen=True, slots=True)
class Made:
    """A memo of a batch, or the reason for its failure.

    ``title`` is that of its weights, ``name`` the name of its file, and ``leading`` the option that it puts first; the
    annex that the memos share has no weights. ``too_long`` lists what exceeds its template's limits even when fully
    condensed.
    """

    weights: str | None
    title: str
    name: str
    page: bytes | None
    error: PolicyOptionsError | None
    leading: Leading | None = None
    too_long: tuple[Fault, ...] = ()


def memos(
    dossier: Dossier,
    weights: Sequence[str],
    folders: tuple[Path, ...],
    phrases: Phrases,
    *,
    template: str,
    workers: int,
    public: bool = False,
    with_inputs: bool = True,
    length: Length = "fit",
    annex_apart: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Made]:
    """Make the memo under each weight set, in the order given, yielding each as soon as it and all before it are ready.

    With ``annex_apart``, the annex that all share comes first, as a separate file.
    """
    asked: tuple[str | None, ...] = (*([None] if annex_apart else []), *weights)
    idle: SimpleQueue[Renderer] = SimpleQueue()
    started = [Renderer(batch=True) for _ in range(min(workers, len(asked)))]
    for renderer in started:
        idle.put(renderer)
    when = moment(dossier.contents.decision.model.date) if with_inputs else None
    done = 0

    def made(name: str | None) -> Made:
        title = phrases.say("label.annex-dossier") if name is None else name
        try:
            if name is None:
                document = memo_document(dossier, None, phrases, folders=folders, template=ANNEX_B, public=public)
            else:
                title = dossier.weighting(name).title
                document = memo_document(
                    dossier,
                    name,
                    phrases,
                    folders=folders,
                    template=template,
                    public=public,
                    annex_apart=annex_apart,
                )
        except PolicyOptionsError as error:
            return Made(name, title, "", None, error)
        renderer = idle.get()
        try:
            laid_out = ANNEX_B if name is None else template
            memo = fitted(renderer, document, folders, laid_out, length=length, when=when)
            leading = document.leading if name is not None else None
            return Made(name, title, document.name, memo.page, None, leading, memo.faults)
        except PolicyOptionsError as error:
            renderer.end()  # a limit that was reached has already ended it
            renderer = Renderer(batch=True)
            started.append(renderer)
            return Made(name, title, document.name, None, error)
        finally:
            idle.put(renderer)

    try:
        with ThreadPoolExecutor(max_workers=len(started)) as pool:
            for memo in pool.map(made, asked):
                done += 1
                if progress is not None:
                    progress(done, len(asked))
                yield memo
    finally:
        for renderer in started:
            renderer.end()
