"""Where sampling runs: processes on this machine, or a Dask cluster. The sampler takes any ``concurrent.futures``
executor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from policy_options.errors import PolicyOptionsError

__all__ = ["OnCluster", "Processes", "cluster", "workers"]

Found = TypeVar("Found")

CONNECTING = 5.0
"""Seconds to wait for a scheduler before it is assumed to be absent."""


class Processes(Executor):
    """A pool of processes started when the first task arrives, as most problems are done before one is worth starting.

    Workers are spawned rather than forked, since a fork copies locks that libraries hold in other threads. They leave
    an interrupt to the process that started them, which stops handing out tasks.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: Executor | None = None

    def submit(self, fn: Callable[..., Found], /, *args: Any, **kwargs: Any) -> Future[Found]:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(self._count, get_context("spawn"), initializer=_leave_interrupts)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _leave_interrupts() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


class OnCluster(Executor):
    """A Dask client as an executor that knows whether its scheduler is still there: futures of a dead one may never end."""

    def __init__(self, client: Any) -> None:
        self._client = client
        # A task is a function of its plan and numbers, and may be run again if a worker is lost; results are not kept.
        self._executor: Executor = client.get_executor(pure=False, retries=3)

    def submit(self, fn: Callable[..., Found], /, *args: Any, **kwargs: Any) -> Future[Found]:
        return self._executor.submit(fn, *args, **kwargs)

    @property
    def lost(self) -> bool:
        """Whether the scheduler has gone: the client is trying to reconnect, or has given up."""
        return bool(self._client.status != "running")


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """An executor on a scheduler's Dask cluster; its workers need this package installed.

    Raises:
        PolicyOptionsError: the extra is not installed; nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise PolicyOptionsError.of(
            "extra-missing", "a scheduler needs Dask, which is an extra", "pip install 'policy-options[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise PolicyOptionsError.of(
            "scheduler-missing",
            f"no scheduler answers at {address}" if isinstance(error, OSError) else f"{address} is no address: {error}",
            "start one with `dask scheduler`, and name what it prints, such as tcp://127.0.0.1:8786",
        ) from None
    try:
        yield OnCluster(client)
    finally:
        client.close(timeout=1.0)


@contextmanager
def workers(count: int, scheduler: str | None = None) -> Iterator[Executor | None]:
    """An executor with that many processes, or on a scheduler's cluster; ``None`` where this process is enough.

    Raises:
        PolicyOptionsError: as for ``cluster``.
    """
    if scheduler is not None:
        with cluster(scheduler) as executor:
            yield executor
        return
    if count < 2:
        yield None
        return
    pool = Processes(count)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
