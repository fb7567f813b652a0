"""Summaries made in other processes: the same as one's own, and never needed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wflint.source import parallel_lowering
from wflint.source.cache import NoCache, open_cache
from wflint.source.discover import discover
from wflint.source.lowered_files import LoweringJob, digest_of, summary_key, summary_of
from wflint.source.parallel_lowering import lowered_in_parallel
from wflint.source.repository import Repository

SOURCES = [f"def step_{n}(state):\n    return {{'x': {n}}}\n".encode() for n in range(20)]
BROKEN = b"def broken(:\n"


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_lowering, "WORTH_IT", 0)


def wanted(*sources: bytes) -> dict[bytes, LoweringJob]:
    return {summary_key(digest_of(data)): LoweringJob(data) for data in sources}


@pytest.mark.slow
def test_workers_make_what_one_would_make_oneself() -> None:
    with lowered_in_parallel(NoCache(), wanted(*SOURCES, BROKEN), workers=2) as cache:
        last = cache.read(summary_key(digest_of(BROKEN)))  # what is asked for last is begun first
        summaries = [summary_of(data, cache) for data in SOURCES]
    assert last is None or b"expected" in last or b"syntax" in last.lower()
    assert summaries == [summary_of(data, NoCache()) for data in SOURCES]


@pytest.mark.slow
def test_the_folder_wflint_is_run_in_is_not_imported_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libcst", "msgspec", "wflint"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    with lowered_in_parallel(NoCache(), wanted(*SOURCES), workers=1) as cache:
        assert all(summary_of(data, cache) for data in reversed(SOURCES))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("program", ["pass", "import sys; sys.stdin.buffer.read(20); sys.stdout.buffer.write(b'1234')"])
def test_workers_that_die_cost_nothing_but_time(program: str) -> None:
    with lowered_in_parallel(NoCache(), wanted(*SOURCES), (sys.executable, "-c", program), workers=2) as cache:
        assert [summary_of(data, cache) for data in SOURCES] == [summary_of(data, NoCache()) for data in SOURCES]


def test_a_program_that_is_not_there_costs_nothing(tmp_path: Path) -> None:
    with lowered_in_parallel(NoCache(), wanted(*SOURCES), (str(tmp_path / "nothing"),), workers=2) as cache:
        assert summary_of(SOURCES[0], cache) == summary_of(SOURCES[0], NoCache())


def test_nothing_is_started_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_lowering, "WORTH_IT", 10**6)
    behind = NoCache()
    with lowered_in_parallel(behind, wanted(*SOURCES), workers=2) as cache:
        assert cache is behind


@pytest.mark.slow
def test_what_was_made_is_kept_for_the_next_run(tmp_path: Path) -> None:
    source, place = tmp_path / "source", tmp_path / "cache"
    source.mkdir()
    for number, data in enumerate(SOURCES):
        (source / f"m{number}.py").write_bytes(data)
    paths = tuple(f"m{number}.py" for number in range(len(SOURCES)))
    discovery = discover(source, (source,))
    for _ in range(2):
        cache = open_cache(place)
        repository = Repository(discovery, cache)
        with repository.lowered_ahead(paths):
            found = [repository.lowered(path) for path in paths]
        cache.close()
        assert found == [summary_of(data, NoCache()) for data in SOURCES]
    kept = open_cache(place)
    assert all(kept.read(summary_key(digest_of(data))) for data in SOURCES)
    kept.close()


def test_leaving_early_stops_the_workers() -> None:
    many = [b"x = [" + b"1, " * 20_000 + f"{n}]\n".encode() for n in range(50)]
    with pytest.raises(KeyboardInterrupt), lowered_in_parallel(NoCache(), wanted(*many), workers=1):
        raise KeyboardInterrupt
