"""Pieces of work in several processes of this machine.

A process that is killed takes down what it was at, and the pool with it: what is left is done by a new pool. What was
under way in several pools that died is done alone, where it harms nothing else; if that dies, it has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from wflint.link.engines.children import safely_started
from wflint.link.engines.engine import A, Answer, B, Failed, attempt

_POOLS: Final = 3
"""So many pools may die before what is left is done one by one."""
_DIED: Final = "the process that did it was killed"


class Processes:
    """The engine of a machine with several processors."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """All of them, as fast as workers are free."""
        left = list(range(len(arguments)))
        for _ in range(_POOLS):
            done: set[int] = set()
            for answer in self._round(job, arguments, left):
                done.add(answer.place)
                yield answer
            left = [place for place in left if place not in done]
            if not left:
                return
        for place in left:
            alone = Processes(1)
            answers = list(alone._round(job, arguments, [place]))
            alone.close()
            yield answers[0] if answers else Answer(place, Failed(_DIED))

    def _round(self, job: Callable[[A], B], arguments: Sequence[A], places: Sequence[int]) -> Iterator[Answer[B]]:
        """What one pool gets done of it; nothing is said of the rest where the pool dies."""
        futures: dict[Future[B | Failed], int] = {}
        died = False
        with safely_started():  # the pool and the first piece of work start processes
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
            for place in places:
                try:
                    futures[self._pool.submit(attempt, job, arguments[place])] = place
                except BrokenProcessPool:
                    died = True
                    break
        for future in as_completed(futures):
            try:
                value = future.result()
            except BrokenProcessPool:
                died = True
                continue
            except Exception as error:  # noqa: BLE001 (an answer that cannot be sent)
                value = Failed(f"{type(error).__name__}: {error}")
            yield Answer(futures.pop(future), value)
        if died:
            self.close()

    def close(self) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
