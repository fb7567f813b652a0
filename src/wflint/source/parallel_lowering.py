"""Summaries that are made in other processes before they are asked for.

Parsing is most of a first run, and each file is parsed by itself. Worker processes begin with the files that will be
asked for last, so that they and whoever asks meet in the middle and nobody waits for long.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import IO, Final

from wflint.source.cache import Cache

WORTH_IT: Final = 2_000_000
"""So many bytes of source make up for starting a process: more than a second of parsing."""
MOST_WORKERS: Final = 7
COMMAND: Final = (sys.executable, "-P", "-m", "wflint.source.worker")
"""`-P` keeps the folder that wflint is run in, which may be the audited one, off the import path."""
_SIZE: Final = struct.Struct("<Q")


@contextmanager
def lowered_in_parallel(
    cache: Cache, wanted: Mapping[bytes, bytes], command: tuple[str, ...] = COMMAND, workers: int | None = None
) -> Iterator[Cache]:
    """A cache in front of `cache` that holds the summaries of the `wanted` files (by key, the jobs) before long.

    It is `cache` itself where there is too little to do, or no processor to do it.
    """
    count = min(processors() - 1, MOST_WORKERS) if workers is None else workers
    if sum(map(len, wanted.values())) < WORTH_IT or count < 1 or not sys.executable:
        yield cache
        return
    ahead = ParallelLowering(cache, wanted)
    with ahead.at_work(command, count):
        yield ahead


def processors() -> int:
    """So many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ParallelLowering:
    """A cache some of whose values are still being made: who asks for one waits, unless nobody has begun it."""

    def __init__(self, cache: Cache, wanted: Mapping[bytes, bytes]) -> None:
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
    def at_work(self, command: tuple[str, ...], count: int) -> Iterator[None]:
        """Workers run inside; whatever they are at when it ends is dropped."""
        workers: list[subprocess.Popen[bytes]] = []
        with suppress(OSError):  # no more processes are to be had
            workers.extend(_started(command) for _ in range(count))
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
                _buried(worker)

    def _keep_busy(self, worker: subprocess.Popen[bytes]) -> None:
        """Hand a worker one file after the other, until there are none or it has died."""
        while (claim := self._claim()) is not None:
            data, future = claim
            made = _asked(worker, data)
            future.set_result(made)
            if made is None:
                return

    def _claim(self) -> tuple[bytes, Future[bytes | None]] | None:
        with self._lock:
            if not self._unclaimed:
                return None
            key, data = self._unclaimed.popitem()
            future = self._claimed[key] = Future()
            return data, future


def _started(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _buried(worker: subprocess.Popen[bytes]) -> None:
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    worker.wait()


def _asked(worker: subprocess.Popen[bytes], data: bytes) -> bytes | None:
    """What the worker makes of a file; None where it has died of it, or before."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        send(worker.stdin, data)
        return receive(worker.stdout)
    except (OSError, ValueError):
        return None


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write a message, its length first."""
    pipe.write(_SIZE.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read a message, None at the end."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = pipe.read(size)
    return data if len(data) == size else None
