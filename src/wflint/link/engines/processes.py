"""Pieces of work in several processes of this machine; one that is killed takes down only what it was at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from wflint.link.engines.engine import A, Answer, B, Failed, attempt, reason_of
from wflint.workers.pool import Pool, Raised
from wflint.workers.worker import Died


class Processes:
    """The engine of a machine with several processors."""

    def __init__(self, workers: int) -> None:
        self._pool = Pool(workers)

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """All of them, as fast as workers are free."""
        for place, found in self._pool.run(partial(attempt, job), arguments):
            yield Answer(place, Failed(_why(found.error)) if isinstance(found, Raised) else found)

    def close(self) -> None:
        """Let the processes go."""
        self._pool.close()


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, Died) else reason_of(error)
