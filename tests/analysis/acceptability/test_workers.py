"""The digits are the same with any sampler: this process, others, a cluster, and a cluster that loses a worker on the way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from policy_options.analysis.acceptability import sampled
from policy_options.analysis.acceptability.results import Acceptability, SampledBasis
from policy_options.analysis.acceptability.sampled import Precision, sampled_acceptability
from policy_options.analysis.acceptability.workers import Processes, cluster, workers
from policy_options.analysis.distributions import Uncertainty
from policy_options.analysis.problem import Problem
from policy_options.analysis.weight_region import free_region
from policy_options.errors import PolicyOptionsError
from problems import problem

Found = TypeVar("Found")
SAMPLES = 1 << 18


@pytest.fixture(autouse=True)
def every_round_is_worth_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "WORTH_SENDING", 0.0)


def uncertain_problem() -> Problem:
    random = np.random.default_rng(3)
    likely = random.uniform(20, 80, (5, 4))
    reach = random.uniform(2, 20, (5, 4))
    return problem(likely, low=likely - reach, high=likely + reach)


def sample(executor: Executor | None, samples: int = SAMPLES) -> Acceptability:
    of = uncertain_problem()
    return sampled_acceptability(
        of,
        free_region(of.criterion_ids),
        uncertainty=Uncertainty(),
        seed=11,
        precision=Precision(samples=samples),
        executor=executor,
    )


def same_digits(one: Acceptability, other: Acceptability) -> None:
    np.testing.assert_array_equal(one.ranks, other.ranks)
    np.testing.assert_array_equal(one.central, other.central)
    np.testing.assert_array_equal(one.expected_rank, other.expected_rank)
    assert one.pairwise is not None and other.pairwise is not None
    np.testing.assert_array_equal(one.pairwise, other.pairwise)
    assert one.basis == other.basis


@pytest.fixture(scope="module")
def alone() -> Acceptability:
    return sample(None)


def test_threads_change_no_digit(alone: Acceptability) -> None:
    with ThreadPoolExecutor(3) as pool:
        same_digits(sample(pool), alone)


def test_processes_change_no_digit(alone: Acceptability) -> None:
    with workers(2) as pool:
        assert isinstance(pool, Processes)
        same_digits(sample(pool), alone)


def test_one_worker_is_this_process() -> None:
    with workers(1) as pool:
        assert pool is None


def test_a_pool_that_is_not_needed_is_not_started() -> None:
    with workers(2) as pool:
        assert isinstance(pool, Processes)
        assert pool._pool is None


class LateFirst(Executor):
    """Finishes tasks in the reverse order of their arrival."""

    def __init__(self) -> None:
        self.given: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.most = 0
        self.lock = threading.Lock()

    def submit(self, fn: Callable[..., Found], /, *args: Any, **kwargs: Any) -> Future[Found]:
        future: Future[Found] = Future()
        self.given.append((future, lambda: fn(*args, **kwargs)))
        self.most = max(self.most, len(self.given))
        threading.Timer(0.01, self.finish).start()
        return future

    def finish(self) -> None:
        with self.lock:
            while self.given:
                future, work = self.given.pop()
                if future.set_running_or_notify_cancel():
                    future.set_result(work())


def test_the_order_in_which_tasks_end_changes_no_digit(alone: Acceptability) -> None:
    same_digits(sample(LateFirst()), alone)


def test_few_tasks_are_under_way_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "TASK_SECONDS", 1e-9)
    monkeypatch.setattr(sampled, "_UNDER_WAY", 8)
    late = LateFirst()
    sample(late, 1 << 20)
    assert late.most <= 8


class Broken(Executor):
    """Loses every task."""

    def submit(self, fn: Callable[..., Found], /, *args: Any, **kwargs: Any) -> Future[Found]:
        from concurrent.futures import BrokenExecutor

        future: Future[Found] = Future()
        future.set_exception(BrokenExecutor("the worker is gone"))
        return future


def test_workers_that_are_gone_for_good_are_told() -> None:
    with pytest.raises(PolicyOptionsError) as caught:
        sample(Broken())
    (fault,) = caught.value.faults
    assert fault.code == "workers-lost"
    assert "the worker is gone" in fault.message
    assert "--workers 1" in fault.remedy


def test_a_scheduler_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens on it
        port = taken.getsockname()[1]
        with pytest.raises(PolicyOptionsError) as caught, cluster(f"tcp://127.0.0.1:{port}"):
            pass
    assert caught.value.faults[0].code == "scheduler-missing"
    assert f"tcp://127.0.0.1:{port}" in caught.value.faults[0].message


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(PolicyOptionsError) as caught, cluster("nonsense://127.0.0.1:1"):
        pass
    assert caught.value.faults[0].code == "scheduler-missing"


# A real cluster ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cluster:
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def started(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"}
    module = "distributed.cli.dask_scheduler" if kind == "scheduler" else "distributed.cli.dask_worker"
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers on this machine, ended with the test."""
    file = tmp_path / "scheduler.json"
    scheduler = started(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )
    processes = [scheduler]
    try:
        deadline = time.monotonic() + 60
        while not (file.exists() and file.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.1)
        import json

        address = json.loads(file.read_text())["address"]
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
        of_workers = [started("worker", address, *options) for _ in range(2)]
        processes += of_workers
        from distributed import Client

        with Client(address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, scheduler, of_workers)
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def test_a_cluster_changes_no_digit_even_when_a_worker_is_killed(
    running: Cluster, alone: Acceptability, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster(running.address) as executor:
        same_digits(sample(executor), alone)
        monkeypatch.setattr(sampled, "TASK_SECONDS", 0.02)
        finished = threading.Event()
        on_the_way: list[bool] = []

        def kill() -> None:
            on_the_way.append(not finished.is_set())
            running.workers[0].send_signal(signal.SIGKILL)

        killed = threading.Timer(0.2, kill)
        killed.start()
        found = sample(executor, 1 << 23)
        finished.set()
        killed.join()
    assert on_the_way == [True]
    assert running.workers[0].wait(10) == -signal.SIGKILL
    same_digits(found, sample(None, 1 << 23))
    assert isinstance(found.basis, SampledBasis)


def test_a_scheduler_that_dies_for_good_is_told(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampled, "TASK_SECONDS", 0.02)
    with pytest.raises(PolicyOptionsError) as caught, cluster(running.address) as executor:
        threading.Timer(0.3, running.scheduler.kill).start()
        sample(executor, 1 << 24)
    assert caught.value.faults[0].code == "workers-lost"
