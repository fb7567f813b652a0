"""Every piece of work has an answer, whatever becomes of the processes that do it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from wflint.workers.pool import Pool, Raised
from wflint.workers.worker import Died, Worker

pytestmark = pytest.mark.slow


@contextmanager
def opened(workers: int = 2, started_with: tuple[str, ...] = ()) -> Iterator[Pool]:
    pool = Pool(workers, started_with)
    try:
        yield pool
    finally:
        pool.close()


def doubled(number: int) -> int:
    return number * 2


def deadly(number: int) -> int:
    if number == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def refused(number: int) -> int:
    raise ValueError(f"{number} is refused")


class Unsendable(Exception):
    """Cannot be read again from what it was written as."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def refused_by_a_library(number: int) -> int:
    raise Unsendable(number, number)


def said(number: int) -> int:
    print("a library says something")  # noqa: T201
    return number


def read(number: int) -> str:
    return sys.stdin.read(number)


class Refusing(Sequence[int]):
    """Arguments, one of which cannot be put together."""

    def __len__(self) -> int:
        return 4

    def __getitem__(self, place: int) -> int:  # type: ignore[override]  # nobody asks for a slice
        if place == 2:
            raise ValueError("cannot be put together")
        return place


class Leaving:
    """Ends whoever reads it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return sys.exit, (3,)


def leaving(number: int) -> object:
    return Leaving() if number == 1 else number


def written(path: Path) -> Path:
    path.write_text("", encoding="utf-8")
    return path


def slow(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def test_a_worker_that_dies_while_work_is_handed_out_takes_nothing_with_it() -> None:
    """The first piece kills warm workers at once, while the others are still being handed out."""
    with opened() as pool:
        for _ in range(10):
            assert dict(pool.run(doubled, range(4))) == {place: place * 2 for place in range(4)}
            found = dict(pool.run(deadly, range(400)))
            first = found.pop(0)
            assert isinstance(first, Raised)
            assert isinstance(first.error, Died)
            assert found == {place: place * 2 for place in range(1, 400)}


@pytest.mark.parametrize("program", ["pass", "import sys; sys.stdin.buffer.read(20); sys.stdout.buffer.write(b'1234')"])
def test_processes_that_only_die_give_no_answer(program: str) -> None:
    with opened(started_with=(sys.executable, "-c", program)) as pool:
        found = [one for _, one in pool.run(doubled, range(3))]
    assert [type(one.error) for one in found if isinstance(one, Raised)] == [Died] * 3


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with opened(started_with=(str(tmp_path / "nothing"),)) as pool:
        ((_, found),) = pool.run(doubled, [1])
    assert isinstance(found, Raised)
    assert isinstance(found.error, FileNotFoundError)


@pytest.mark.parametrize(
    ("job", "kind", "words"),
    [
        (refused, ValueError, "7 is refused"),
        (refused_by_a_library, RuntimeError, "Unsendable: 7 and 7"),
        (lambda number: number, Exception, "lambda"),
    ],
    ids=["raised", "cannot be sent", "the job cannot be sent"],
)
def test_errors_come_back(job: object, kind: type[Exception], words: str) -> None:
    with opened() as pool:
        ((_, found),) = pool.run(job, [7])  # type: ignore[arg-type]
        assert isinstance(found, Raised)
        assert isinstance(found.error, kind)
        assert words in str(found.error)
        assert list(pool.run(doubled, [7])) == [(0, 14)]


def test_what_a_job_prints_is_no_answer() -> None:
    with opened() as pool:
        assert list(pool.run(said, [1])) == [(0, 1)]


def test_what_a_job_reads_is_nothing() -> None:
    with opened() as pool:
        assert list(pool.run(read, [5])) == [(0, "")]


def test_an_argument_that_cannot_be_put_together_is_one_answer() -> None:
    with opened() as pool:
        found = dict(pool.run(doubled, Refusing()))
    lost = found.pop(2)
    assert isinstance(lost, Raised)
    assert str(lost.error) == "cannot be put together"
    assert found == {0: 0, 1: 2, 3: 6}


def test_an_answer_that_ends_whoever_reads_it_is_one_answer() -> None:
    with opened() as pool:
        found = dict(pool.run(leaving, range(3)))
    lost = found.pop(1)
    assert isinstance(lost, Raised)
    assert str(lost.error) == "SystemExit(3)"
    assert found == {0: 0, 2: 2}


class Few(Pool):
    """A pool on a machine that has room for so many processes only."""

    def __init__(self, workers: int, room: int) -> None:
        super().__init__(workers)
        self._room = room

    def taken(self) -> Worker:
        if not self._idle:
            if not self._room:
                raise OSError(24, "Too many open files")
            self._room -= 1
        return super().taken()


@pytest.mark.parametrize("ahead", [None, 3])
def test_pieces_that_find_no_process_are_done_by_those_that_there_are(ahead: int | None) -> None:
    pool = Few(8, 2)
    try:
        assert dict(pool.run(doubled, range(50), ahead)) == {place: place * 2 for place in range(50)}
    finally:
        pool.close()


def test_where_there_is_no_process_at_all_every_piece_says_so() -> None:
    found = [one for _, one in Few(8, 0).run(doubled, range(5))]
    assert [str(one.error) for one in found if isinstance(one, Raised)] == ["[Errno 24] Too many open files"] * 5


def test_answers_in_order_are_not_made_before_there_is_room(tmp_path: Path) -> None:
    paths = [tmp_path / str(place) for place in range(6)]
    with opened() as pool:
        found = pool.run(written, paths, ahead=3)
        assert next(found) == (0, paths[0])
        time.sleep(0.5)
        assert not paths[3].exists()
        assert [place for place, _ in found] == [1, 2, 3, 4, 5]
    assert paths[5].exists()


def test_who_leaves_early_waits_for_nobody() -> None:
    began = time.monotonic()
    with opened() as pool:
        found = pool.run(slow, [0.0, 600.0, 600.0, 600.0])
        assert next(found) == (0, 0.0)
        found.close()  # type: ignore[attr-defined]
        assert list(pool.run(doubled, [1])) == [(0, 2)]
    assert time.monotonic() - began < 300
    assert not [thread for thread in threading.enumerate() if thread.name.endswith("(_work)")]
