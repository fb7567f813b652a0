"""Summaries that are made in other processes before they are asked for.

Parsing is most of a first run, and each file is parsed by itself. Worker processes begin with the files that will be
asked for last, so that they and whoever asks meet in the middle and nobody waits for long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import Final

from wflint.source.cache import Cache
from wflint.source.lowered_files import LoweringJob, done
from wflint.workers.worker import Died, Worker, command, processors

WORTH_IT: Final = 2_000_000
"""So many bytes of source make up for starting a process: more than a second of parsing."""
MOST_WORKERS: Final = 7


@contextmanager
def lowered_in_parallel(
    cache: Cache, wanted: Mapping[bytes, LoweringJob], started_with: tuple[str, ...] = (), workers: int | None = None
) -> Iterator[Cache]:
    """A cache in front of `cache` that holds the summaries of the `wanted` files, by key, before long.

    It is `cache` itself where there is too little to do, or no processor to do it.
    """
    count = min(processors() - 1, MOST_WORKERS) if workers is None else workers
    if sum(len(job.data) for job in wanted.values()) < WORTH_IT or count < 1 or not sys.executable:
        yield cache
        return
    ahead = ParallelLowering(cache, wanted)
    with ahead.at_work(started_with or command(), count):
        yield ahead


class ParallelLowering:
    """A cache some of whose values are still being made: who asks for one waits, unless nobody has begun it."""

    def __init__(self, cache: Cache, wanted: Mapping[bytes, LoweringJob]) -> None:
        self._cache = cache
        self._unclaimed = dict(wanted)
        self._claimed: dict[bytes, Future[bytes | None]] = {}
        self._lock = Lock()

    def read(self, key: bytes) -> bytes | None:
        """The value, once it is made; None where whoever asks had better make it."""
        with self._lock:
            self._unclaimed.pop(key, None)
            claimed = self._claimed.get(key)
        made = claimed.result() if claimed is not None else None
        if made is not None:
            self._cache.write(key, made)
        return made if made is not None else self._cache.read(key)

    def write(self, key: bytes, value: bytes) -> None:
        """Hands the value on."""
        self._cache.write(key, value)

    def commit(self) -> None:
        """Keeps what was made so far."""
        self._cache.commit()

    def close(self) -> None:
        """Lets go of the cache behind."""
        self._cache.close()

    @contextmanager
    def at_work(self, started_with: tuple[str, ...], count: int) -> Iterator[None]:
        """Workers run inside; whatever they are at when it ends is dropped."""
        workers: list[Worker] = []
        with suppress(OSError):  # no more processes are to be had
            workers.extend(Worker(started_with) for _ in range(count))
        threads = [Thread(target=self._keep_busy, args=(worker,), daemon=True) for worker in workers]
        try:
            for thread in threads:
                thread.start()
            yield
        finally:
            with self._lock:
                self._unclaimed.clear()
            for worker in workers:
                worker.kill()
            for thread, worker in zip(threads, workers, strict=True):
                thread.join()
                worker.bury()

    def _keep_busy(self, worker: Worker) -> None:
        """Hand a worker one file after the other, until there are none or it has died."""
        while (claim := self._claim()) is not None:
            job, future = claim
            try:
                future.set_result(worker.ask(done, job))
            except Died:
                future.set_result(None)
                return
            except Exception:  # noqa: BLE001 (whoever waits makes it, and meets the error)
                future.set_result(None)

    def _claim(self) -> tuple[LoweringJob, Future[bytes | None]] | None:
        with self._lock:
            if not self._unclaimed:
                return None
            key, job = self._unclaimed.popitem()
            future = self._claimed[key] = Future()
            return job, future
