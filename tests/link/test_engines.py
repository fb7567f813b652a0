"""Every engine gives the same, whatever happens to its workers; what cannot be done is named and costs nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Generic

import pytest

from tests import consumers
from tests.link.programs import CONDENSE, CONDENSE_AGAIN, PRICE, REPLY, agents, linked, summary, written
from wflint.errors import UsageError
from wflint.link.corpus import ToldTexts
from wflint.link.engines import EngineName, engine_of
from wflint.link.engines.engine import A, Answer, B, Engine, Failed
from wflint.link.engines.here import Here
from wflint.link.report import write
from wflint.link.tables import TABLES, Pairs

ALL = tuple(EngineName)

pytestmark = pytest.mark.filterwarnings("default")  # Dask warns of sockets of its own, where it must not stop


@contextmanager
def opened(name: EngineName, jobs: int = 2) -> Iterator[Engine]:
    if name is EngineName.DASK:
        consumers.package("distributed")
    engine = engine_of(name, jobs)
    try:
        yield engine
    finally:
        engine.close()


def doubled(number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is less than nothing")
    return number * 2


class Once:
    """Ends the process that does it, the first time."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self, number: int) -> int:
        if number == 3 and not self.mark.exists():
            self.mark.write_text("", encoding="utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        return number * 2


def deadly(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def answers(engine: Engine, job: Callable[[int], int], numbers: list[int]) -> dict[int, int | Failed]:
    found = list(engine.run(job, numbers))
    assert len({answer.place for answer in found}) == len(found)
    return {answer.place: answer.value for answer in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_answers_go_by_place_and_a_failure_is_one_answer(name: EngineName) -> None:
    with opened(name) as engine:
        found = answers(engine, doubled, [1, -2, 3])
        assert answers(engine, doubled, []) == {}
    assert found == {0: 2, 1: Failed("ValueError: -2 is less than nothing"), 2: 6}


@pytest.mark.slow
@pytest.mark.parametrize("name", [EngineName.PROCESSES, EngineName.DASK])
def test_what_a_killed_worker_was_at_is_done_again(name: EngineName, tmp_path: Path) -> None:
    with opened(name) as engine:
        found = answers(engine, Once(tmp_path / "died"), list(range(8)))
    assert (tmp_path / "died").exists()
    assert found == {place: place * 2 for place in range(8)}


@pytest.mark.slow
@pytest.mark.parametrize("name", [EngineName.PROCESSES, EngineName.DASK])
def test_what_every_worker_dies_of_has_failed_and_the_others_are_done(name: EngineName) -> None:
    with opened(name) as engine:
        found = answers(engine, deadly, list(range(6)))
    failed = found.pop(3)
    assert isinstance(failed, Failed)
    assert failed.reason
    assert found == {place: place * 2 for place in range(6) if place != 3}


def test_a_cluster_that_is_not_there_is_told() -> None:
    consumers.package("distributed")
    with pytest.raises(UsageError, match="cannot be reached"):
        engine_of(EngineName.DASK, 1, "nowhere://x")


@pytest.mark.slow
def test_a_cluster_one_of_whose_workers_dies_while_it_starts_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = consumers.package("distributed")
    started: list[object] = []
    real = distributed.LocalCluster

    def unlucky(**options: object) -> object:
        started.append(options)
        if len(started) == 1:
            raise RuntimeError("Nanny failed to start.")
        return real(**options)

    monkeypatch.setattr(distributed, "LocalCluster", unlucky)
    with opened(EngineName.DASK, 1) as engine:
        assert answers(engine, doubled, [4]) == {0: 8}
    assert len(started) == 2


def test_a_cluster_that_never_starts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = consumers.package("distributed")

    def dead(**_: object) -> object:
        raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr(distributed, "LocalCluster", dead)
    with pytest.raises(UsageError, match=r"the Dask cluster cannot be started: Nanny failed to start\."):
        engine_of(EngineName.DASK, 1)


def test_a_scheduler_goes_with_dask_only() -> None:
    with pytest.raises(UsageError, match="--scheduler goes with"):
        engine_of(EngineName.PROCESSES, 2, "tcp://127.0.0.1:8786")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("company")
    told = (CONDENSE, CONDENSE_AGAIN, CONDENSE.replace("three", "four"))
    others = {
        "apologies": REPLY,
        "pricing": PRICE,
        "parking": "Say where cars can be left, and what that costs a night.",
    }
    made = [
        summary(root, f"house{number}", {"a.py": agents("complaints", text, *other)})
        for number, (text, other) in enumerate(zip(told, others.items(), strict=True))
    ]
    return written(root / "summaries", *made)


@pytest.mark.slow
@pytest.mark.parametrize("name", [EngineName.PROCESSES, EngineName.DASK])
def test_the_report_is_the_same_byte_for_byte_with_workers_killed_on_the_way(
    name: EngineName, files: list[Path], tmp_path: Path
) -> None:
    expected = write(linked(files))
    assert '"clusters": [\n' in expected
    with opened(name) as engine:
        assert write(linked(files, engine)) == expected
    with opened(name) as engine:
        (tmp_path / "marks").mkdir()
        killed = Killed(engine, tmp_path / "marks")
        assert write(linked(files, killed)) == expected
        assert list((tmp_path / "marks").iterdir())


class Killed:
    """An engine one of whose workers is killed in each thing that it is asked to do."""

    def __init__(self, engine: Engine, marks: Path) -> None:
        self._engine, self._marks, self._asked = engine, marks, 0

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        self._asked += 1
        return self._engine.run(KilledOnce(job, self._marks / str(self._asked)), arguments)

    def close(self) -> None:
        self._engine.close()


class KilledOnce(Generic[A, B]):
    """A job whose process dies of it the first time that it is done."""

    def __init__(self, job: Callable[[A], B], mark: Path) -> None:
        self._job, self._mark = job, mark

    def __call__(self, argument: A) -> B:
        try:
            self._mark.touch(exist_ok=False)
        except FileExistsError:
            return self._job(argument)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def test_a_run_goes_on_from_what_was_kept(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = write(linked(files, keep=tmp_path))
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert {name.partition("-")[0] for name in kept} == {"pairs", "verdicts"}
    (tmp_path / kept[0]).write_bytes(b"half of it")
    monkeypatch.setattr("wflint.link.linking.judge", deadly)
    asked: list[int] = []

    class Counting(Here):
        def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
            asked.append(len(arguments))
            return super().run(job, arguments)

    assert write(linked(files, Counting(), tmp_path)) == expected
    assert asked == [3, 1, 0]


def test_what_workers_elsewhere_cannot_read_is_done_here(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers that see another disk than ours."""
    expected = write(linked(files))
    warnings: list[str] = []

    class Elsewhere(Here):
        """An engine that is not this process."""

        def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
            for answer in super().run(job, arguments):
                lost = isinstance(answer.value, Pairs)
                yield Answer(answer.place, Failed("FileNotFoundError: owners.npy")) if lost else answer

    monkeypatch.setattr("wflint.link.linking.Here", type(None))
    assert write(linked(files, Elsewhere(), tmp_path, warnings)) == expected
    assert len(warnings) == TABLES
    assert warnings[0] == f"table 0 of {TABLES} is made here: FileNotFoundError: owners.npy"


def test_a_full_disk_costs_time_and_nothing_else(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = write(linked(files))
    full = OSError(28, "No space left on device")

    def fail(*_: object, **__: object) -> None:
        raise full

    monkeypatch.setattr("wflint.atomic.write", fail)
    monkeypatch.setattr(ToldTexts, "save", fail)
    warnings: list[str] = []
    with opened(EngineName.PROCESSES) as engine:
        assert write(linked(files, engine, tmp_path, warnings)) == expected
    assert [warning.split(": ", 1)[1] for warning in warnings] == [
        "No space left on device; one process compares all that there is",
        "intermediate results are not kept: No space left on device",
    ]
