"""Memos under many weight sets: content is worded here, and pages are rendered by warm children, one a core.

A memo of a batch is the same bytes as one that is made alone. One that fails is named, and the others are made all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from policy_options.api import Dossier
from policy_options.errors import Fault, PolicyOptionsError
from policy_options.memo.fitting import Length, fitted
from policy_options.memo.locked import Renderer
from policy_options.memo.making import memo_document
from policy_options.wording.phrases import Phrases

__all__ = ["Made", "memos"]


@dataclass(frozen=True, slots=True)
class Made:
    """A memo of a batch, or why there is none. ``title`` is that of its weights, ``name`` what its file is called, and
    ``too_long`` what of it is longer than its template allows, however far it is condensed.
    """

    weights: str
    title: str
    name: str
    page: bytes | None
    error: PolicyOptionsError | None
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
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Made]:
    """The memo under each weight set, in the order given, each as soon as it and all before it are there."""
    idle: SimpleQueue[Renderer] = SimpleQueue()
    started = [Renderer(batch=True) for _ in range(min(workers, len(weights)))]
    for renderer in started:
        idle.put(renderer)
    day = dossier.contents.decision.model.date if with_inputs else None
    done = 0

    def made(name: str) -> Made:
        title = name
        try:
            title = dossier.weighting(name).title
            document = memo_document(dossier, name, phrases, template=template, public=public)
        except PolicyOptionsError as error:
            return Made(name, title, "", None, error)
        renderer = idle.get()
        try:
            found = fitted(renderer, document, folders, template, length=length, day=day)
            return Made(name, title, document.name, found.page, None, found.faults)
        except PolicyOptionsError as error:
            renderer.end()  # a limit that was met has ended it already
            renderer = Renderer(batch=True)
            started.append(renderer)
            return Made(name, title, document.name, None, error)
        finally:
            idle.put(renderer)

    try:
        with ThreadPoolExecutor(max_workers=len(started)) as pool:
            for found in pool.map(made, weights):
                done += 1
                if progress is not None:
                    progress(done, len(weights))
                yield found
    finally:
        for renderer in started:
            renderer.end()
