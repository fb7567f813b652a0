"""Pieces of work on Dask: a cluster of processes on this machine, or one that is there.

The workers of a cluster that is there need wflint and see the same files. Dask does again what was lost with a worker;
what several workers died of has failed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from wflint.errors import UsageError
from wflint.link.engines.engine import A, Answer, B, Failed, attempt, reason_of

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

_AHEAD: Final = 16
"""So many pieces of work for each worker are handed to the cluster at a time, which bounds what waits for us there."""
_PATIENCE: Final = "30s"
_BEAT: Final = 2.0
"""Seconds between looks at who is there."""
_ALONE: Final = 30.0
"""Seconds without any worker after which nobody is waited for: a worker that was killed is back by then."""
_CLUSTERS: Final = 3
"""So many clusters of its own a run has, one after the other."""
_NOBODY: Final = "the cluster has no workers"
_ANY_PORT: Final = "127.0.0.1:0"
_MISSING: Final = "--engine dask needs the extra: pip install 'wflint[dask]'"


class DaskCluster:
    """The engine that is a Dask cluster."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        self._workers = workers
        self._scheduler = scheduler
        self._connect()

    def _connect(self) -> None:
        self._own = _own_cluster(self._workers) if self._scheduler is None else None
        self._client = _client(self._scheduler if self._own is None else self._own)

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """All of them, so many at a time; where no worker is left for long, with a new cluster, or not at all."""
        places = iter(range(len(arguments)))
        running: dict[Future[B | Failed], int] = {}
        clusters = 1
        while True:
            for place in islice(places, self._workers * _AHEAD - len(running)):
                running[self._client.submit(attempt, job, arguments[place], pure=False)] = place
            if not running:
                return
            done = self._done(running)
            for future in done:
                yield Answer(running.pop(future), _value(future))
            if done:
                continue
            left = sorted(running.values())
            running = {}
            if self._own is None or clusters == _CLUSTERS:
                yield from (Answer(place, Failed(_NOBODY)) for place in left)
            else:
                clusters += 1
                self.close()
                self._connect()
                places = iter([*left, *places])

    def _done(self, running: Mapping[Future[B | Failed], int]) -> list[Future[B | Failed]]:
        """What is done, in order of place; nothing where there has been nobody to do it for a while."""
        from distributed import wait

        alone_since: float | None = None
        while True:
            with suppress(TimeoutError):
                found = wait(list(running), timeout=_BEAT, return_when="FIRST_COMPLETED").done
                return sorted(found, key=running.__getitem__)
            now = time.monotonic()
            alone_since = None if self._client.scheduler_info()["workers"] else alone_since or now
            if alone_since is not None and now - alone_since > _ALONE:
                return []

    def close(self) -> None:
        """Leave the cluster; one of our own ends."""
        self._client.close()
        if self._own is not None:
            self._own.close()


def _value(future: Future[B | Failed]) -> B | Failed:
    try:
        return cast("B | Failed", future.result())
    except Exception as error:  # noqa: BLE001 (the worker died of it, again and again, or the answer cannot be sent)
        return Failed(reason_of(error))


def _own_cluster(workers: int) -> LocalCluster:
    """A cluster of processes on this machine that nobody else gets at."""
    try:
        from distributed import LocalCluster
    except ImportError as error:
        raise UsageError(_MISSING) from error
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address=_ANY_PORT,
        memory_limit=None,
        silence_logs=logging.CRITICAL,  # what fails is told by us
    )


def _client(cluster: LocalCluster | str | None) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(_MISSING) from error
    try:
        return Client(cluster, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"the Dask cluster cannot be reached: {error}") from error
