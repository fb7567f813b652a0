"""Pieces of work on Dask: a cluster of processes on this machine, or one that is there.

The workers of a cluster that is there need wflint and see the same files. Dask does again what was lost with a worker;
what several workers died at is done once more, alone: only what kills that one, too, has failed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from wflint.errors import UsageError
from wflint.link.engines.children import safely_started
from wflint.link.engines.engine import A, Answer, B, Failed, attempt, reason_of

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

_AHEAD: Final = 16
"""So many pieces of work for each worker are handed to the cluster at a time, which bounds what waits for us there."""
_PATIENCE: Final = "30s"
_BEAT: Final = 2.0
"""Seconds between looks at who is there."""
_ALONE: Final = 15.0
"""Seconds without any worker after which nobody is waited for: a worker that was killed is back by then."""
_STARTS: Final = 3
"""So often a cluster of our own is started before that is given up."""
_NOBODY: Final = "the cluster has no workers"
_DIED: Final = "every worker that did it was killed"
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
        """All of them; what several workers died at, or the last one, is done again, each alone in a cluster."""
        left = list(range(len(arguments)))
        while left:
            done: set[int] = set()
            for answer in self._round(job, arguments, left, self._workers * _AHEAD):
                if not isinstance(answer.value, _Killed):
                    done.add(answer.place)
                    yield answer
            suspects = left[: len(done) + self._workers * _AHEAD]
            for place in (place for place in suspects if place not in done):
                done.add(place)
                yield self._alone(job, arguments, place)
            left = [place for place in left if place not in done]

    def _alone(self, job: Callable[[A], B], arguments: Sequence[A], place: int) -> Answer[B]:
        """One piece of work, for which a cluster of our own is made anew where none is left."""
        if not self._has_workers():
            if self._own is None:
                return Answer(place, Failed(_NOBODY))
            self.close()
            self._connect()
        found = list(self._round(job, arguments, [place], 1))
        return found[0] if found else Answer(place, Failed(_DIED))

    def _round(
        self, job: Callable[[A], B], arguments: Sequence[A], places: Sequence[int], ahead: int
    ) -> Iterator[Answer[B]]:
        """What gets done of it before there is nobody left, in order of place as far as it is handed out."""
        waiting = iter(places)
        running: dict[Future[B | Failed], int] = {}
        while True:
            for place in islice(waiting, ahead - len(running)):
                running[self._client.submit(attempt, job, arguments[place], pure=False)] = place
            done = self._done(running)
            if not done:
                return
            for future, value in done:
                yield Answer(running.pop(future), value)

    def _done(self, running: Mapping[Future[B | Failed], int]) -> list[tuple[Future[B | Failed], B | Failed]]:
        """What is done, with what came of it; nothing where nothing runs, or nobody has been there for a while."""
        from distributed import wait

        alone_since: float | None = None
        while running:
            with suppress(TimeoutError):
                found = wait(list(running), timeout=_BEAT, return_when="FIRST_COMPLETED").done
                first = min(found, key=running.__getitem__)
                return [(first, _value(first))]
            now = time.monotonic()
            alone_since = None if self._has_workers() else alone_since or now
            if alone_since is not None and now - alone_since > _ALONE:
                break
        return []

    def _has_workers(self) -> bool:
        return bool(self._client.scheduler_info()["workers"])

    def close(self) -> None:
        """Leave the cluster; one of our own ends."""
        self._client.close()
        if self._own is not None:
            self._own.close()


class _Killed(Failed, frozen=True):
    """What several workers had when they were killed, perhaps by something else that they had, too."""


def _value(future: Future[B | Failed]) -> B | Failed:
    """What came of it; raises `TimeoutError` where the worker that had it is gone, and it has to be done again."""
    from distributed import KilledWorker

    try:
        return cast("B | Failed", future.result(timeout=_BEAT))
    except TimeoutError:
        raise
    except KilledWorker:
        return _Killed(_DIED)
    except Exception as error:  # noqa: BLE001 (the worker died of it, again and again, or the answer cannot be sent)
        return Failed(reason_of(error))


def _own_cluster(workers: int) -> LocalCluster:
    """A cluster of processes on this machine that nobody else gets at."""
    try:
        from distributed import LocalCluster
    except ImportError as error:
        raise UsageError(_MISSING) from error
    fault: Exception | None = None
    for _ in range(_STARTS):
        try:
            with safely_started():
                return LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=_ANY_PORT,
                    memory_limit=None,
                    silence_logs=logging.CRITICAL,  # what fails is told by us
                )
        except (RuntimeError, OSError) as error:  # a worker was killed before it was there; the rest is closed
            fault = error
    raise UsageError(f"the Dask cluster cannot be started: {fault}")


def _client(cluster: LocalCluster | str | None) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(_MISSING) from error
    try:
        return Client(cluster, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"the Dask cluster cannot be reached: {error}") from error
