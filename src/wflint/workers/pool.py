"""Several workers, which share the pieces of work of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import Final, Generic

from msgspec import Struct

from wflint.workers.worker import A, B, Died, Worker, command

_TRIES: Final = 3
"""What a process died of is done again by a new one: others may have taken the memory that it needed."""


class Raised(Struct, frozen=True):
    """What a piece of work raised."""

    error: Exception


class _Unstaffed(Exception):
    """No process is to be had for a piece of work."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Pool:
    """So many workers at most, started when there is work for them and kept until the pool is closed."""

    def __init__(self, workers: int, started_with: tuple[str, ...] = ()) -> None:
        self.workers = workers
        self._started_with = started_with or command()
        self._idle: list[Worker] = []

    def run(
        self, job: Callable[[A], B], arguments: Sequence[A], ahead: int | None = None
    ) -> Iterator[tuple[int, B | Raised]]:
        """Call `job`, a function of a module, with each argument; what came of it, with the argument's place.

        Answers come as they are ready; with `ahead`, in order, and only so many are made before they are asked for.
        Who does not wait for all of them ends what is under way.
        """
        sharing = Sharing(self, job, arguments, len(arguments) if ahead is None else ahead)
        with sharing:
            yield from sharing.as_ready() if ahead is None else sharing.in_order()

    def taken(self) -> Worker:
        """A worker that nobody else asks until it is given back; raises `OSError` where none is to be had."""
        try:
            return self._idle.pop()
        except IndexError:
            return Worker(self._started_with)

    def give_back(self, worker: Worker) -> None:
        """A worker that is free again."""
        self._idle.append(worker)

    def close(self) -> None:
        """Let the processes go."""
        while self._idle:
            self._idle.pop().bury()


class Sharing(Generic[A, B]):
    """One list of arguments: threads, each of which asks a worker for one piece after the other.

    A thread that gets no worker, because the machine has no room for more, leaves its piece to the others.
    """

    def __init__(self, pool: Pool, job: Callable[[A], B], arguments: Sequence[A], ahead: int) -> None:
        self._pool, self._job, self._arguments = pool, job, arguments
        self._places = iter(range(len(arguments)))
        self._left: list[int] = []
        self._working = 0
        self._answers: SimpleQueue[tuple[int, B | Raised]] = SimpleQueue()
        self._room = Semaphore(ahead)
        self._lock = Lock()
        self._is_over = False
        self._busy: set[Worker] = set()
        self._threads: list[Thread] = []

    def __enter__(self) -> None:
        for _ in range(min(self._pool.workers, len(self._arguments))):
            thread = Thread(target=self._work, daemon=True)
            with self._lock:
                self._working += 1
            try:
                thread.start()
            except RuntimeError:  # there are as many threads as the system has room for
                with self._lock:
                    self._working -= 1
                if not self._threads:
                    raise
                return
            self._threads.append(thread)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
            for worker in self._busy:  # none, unless somebody leaves early
                worker.kill()
        self._room.release(len(self._threads) or 1)
        for thread in self._threads:
            thread.join()

    def as_ready(self) -> Iterator[tuple[int, B | Raised]]:
        """All answers."""
        for _ in range(len(self._arguments)):
            yield self._answers.get()

    def in_order(self) -> Iterator[tuple[int, B | Raised]]:
        """All answers by place; there is room for one more when one has been taken."""
        early: dict[int, B | Raised] = {}
        for due in range(len(self._arguments)):
            while due not in early:
                place, found = self._answers.get()
                early[place] = found
            yield due, early.pop(due)
            self._room.release()

    def _work(self) -> None:
        while self._room.acquire():
            place = self._next()
            if place is None:
                return
            try:
                found = self._done(self._arguments[place])
            except _Unstaffed as error:
                if self._leaves_to_others(place):
                    return
                found = Raised(error.reason)
            except BaseException as error:  # noqa: BLE001 (every piece has an answer, or somebody waits for ever)
                found = Raised(error if isinstance(error, Exception) else RuntimeError(repr(error)))
            self._answers.put((place, found))

    def _next(self) -> int | None:
        """The next place; None, for this thread once, where there are no more."""
        with self._lock:
            place = None if self._is_over else self._left.pop() if self._left else next(self._places, None)
            if place is None:
                self._working -= 1
            return place

    def _leaves_to_others(self, place: int) -> bool:
        """Whether somebody else is there who will look for more work; then a piece is left to them."""
        with self._lock:
            if self._working == 1:
                return False
            self._working -= 1
            self._left.append(place)
        self._room.release()
        return True

    def _done(self, argument: A) -> B | Raised:
        """What came of one piece of work; raises `_Unstaffed` where nobody can do it."""
        for _ in range(_TRIES):
            worker = self._hired()
            if worker is None:
                break
            try:
                found: B | Raised = worker.ask(self._job, argument)
            except Died:
                self._let_go(worker)
                worker.bury()
                continue
            except Exception as error:  # noqa: BLE001 (of the job, or it cannot be sent)
                found = Raised(error)
            except BaseException:
                self._let_go(worker)
                worker.bury()
                raise
            self._let_go(worker)
            self._pool.give_back(worker)
            return found
        return Raised(Died())

    def _hired(self) -> Worker | None:
        """A worker; none any more where nobody waits for answers."""
        with self._lock:
            if self._is_over:
                return None
            try:
                worker = self._pool.taken()
            except OSError as error:
                raise _Unstaffed(error) from error
            self._busy.add(worker)
            return worker

    def _let_go(self, worker: Worker) -> None:
        with self._lock:
            self._busy.discard(worker)
