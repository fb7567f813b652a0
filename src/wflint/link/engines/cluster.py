"""Pieces of work on Dask: a cluster of processes on this machine, or one that is there.

The workers of a cluster that is there need wflint and see the same files. Dask does again what was lost with a worker;
what several workers died of has failed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from wflint.errors import UsageError
from wflint.link.engines.engine import A, Answer, B, Failed, attempt, reason_of

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

_AHEAD: Final = 16
"""So many pieces of work for each worker are handed to the cluster at a time, which bounds what waits for us there."""
_PATIENCE: Final = "30s"
_ANY_PORT: Final = "127.0.0.1:0"
_MISSING: Final = "--engine dask needs the extra: pip install 'wflint[dask]'"


class DaskCluster:
    """The engine that is a Dask cluster."""

    def __init__(self, workers: int, scheduler: str | None = None) -> None:
        self._workers = workers
        self._own = _own_cluster(workers) if scheduler is None else None
        self._client = _client(scheduler if self._own is None else self._own)

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """All of them, so many at a time."""
        from distributed import as_completed

        waiting = iter(enumerate(arguments))
        running: dict[str, int] = {}
        answers = as_completed()

        def hand_out() -> None:
            for place, argument in islice(waiting, 1):
                future: Future[B | Failed] = self._client.submit(attempt, job, argument, pure=False)
                running[future.key] = place
                answers.add(future)

        for _ in range(self._workers * _AHEAD):
            hand_out()
        for future in answers:
            place = running.pop(future.key)
            yield Answer(place, _value(future))
            future.release()
            hand_out()

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
