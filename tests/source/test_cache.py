"""The cache keeps what it is given, and is never in the way."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from wflint.source import cache as module
from wflint.source.cache import Cache, DatabaseCache, NoCache, key_of, open_cache
from wflint.source.cache_folder import user_cache_folder

KEY = key_of("test", b"content")


def opened(folder: Path) -> DatabaseCache:
    cache = open_cache(folder)
    assert isinstance(cache, DatabaseCache)
    return cache


def kept(folder: Path, key: bytes = KEY) -> bytes | None:
    """What another run finds."""
    cache = opened(folder)
    value = cache.read(key)
    cache.close()
    return value


def keep(folder: Path, value: bytes, key: bytes = KEY) -> None:
    cache = opened(folder)
    cache.write(key, value)
    cache.close()


def database(folder: Path) -> Path:
    return next(folder.glob("*.sqlite"))


def test_what_is_committed_is_there_for_the_next_run(tmp_path: Path) -> None:
    cache = opened(tmp_path)
    cache.write(KEY, b"value")
    assert cache.read(KEY) == b"value"
    assert kept(tmp_path) is None
    cache.commit()
    assert kept(tmp_path) == b"value"
    cache.close()
    assert kept(tmp_path, key_of("test", b"other")) is None


def test_a_key_depends_on_everything() -> None:
    assert len({key_of("a", b"x"), key_of("b", b"x"), key_of("a", b"y"), key_of("a", b"x")}) == 3


def test_the_folder_says_what_it_is(tmp_path: Path) -> None:
    keep(tmp_path / "deep" / "down", b"value")
    folder = tmp_path / "deep" / "down"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (folder / ".gitignore").read_text() == "*\n"


def test_no_folder_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache: Cache = open_cache(tmp_path / "file" / "below")
    assert isinstance(cache, NoCache)
    cache.write(KEY, b"value")
    cache.commit()
    assert cache.read(KEY) is None


@pytest.mark.parametrize("damage", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_database_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    keep(tmp_path, b"value")
    database(tmp_path).write_bytes(damage)
    assert kept(tmp_path) is None
    keep(tmp_path, b"again")
    assert kept(tmp_path) == b"again"


def test_a_database_that_breaks_while_it_is_used(tmp_path: Path) -> None:
    cache = opened(tmp_path)
    for number in range(500):
        cache.write(key_of("test", bytes([number % 256, number // 256])), bytes(1000))
    cache.close()
    cache = opened(tmp_path)
    size = database(tmp_path).stat().st_size
    with database(tmp_path).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    assert [cache.read(key_of("test", bytes([number, 0]))) for number in range(20)] == [None] * 20
    cache.close()
    keep(tmp_path, b"again")
    assert kept(tmp_path) == b"again"


def test_a_value_of_another_type_is_a_miss(tmp_path: Path) -> None:
    keep(tmp_path, b"value")
    connection = sqlite3.connect(database(tmp_path))
    connection.execute("UPDATE entries SET value = 'text'")
    connection.commit()
    connection.close()
    assert kept(tmp_path) is None


def test_another_run_that_holds_the_database_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    cache = opened(tmp_path)
    other = sqlite3.connect(database(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.write(KEY, b"value")
    cache.commit()
    assert cache.read(KEY) is None
    other.execute("ROLLBACK")
    other.close()
    cache.close()
    keep(tmp_path, b"later")
    assert kept(tmp_path) == b"later"


def test_two_runs_may_write(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    one.write(KEY, b"one")
    two.write(KEY, b"two")
    one.commit()
    two.commit()
    one.close()
    two.close()
    assert kept(tmp_path) == b"two"


def test_the_oldest_goes_when_it_grows_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 100_000)
    for number in range(20):
        keep(tmp_path, bytes(10_000), key_of("test", bytes([number])))
    held = [number for number in range(20) if kept(tmp_path, key_of("test", bytes([number]))) is not None]
    assert held
    assert held == list(range(held[0], 20))
    assert len(held) < 12


def test_much_is_written_without_being_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BATCH", 10)
    cache = opened(tmp_path)
    cache.write(KEY, b"a long value")
    assert kept(tmp_path) == b"a long value"
    cache.close()


@pytest.mark.skipif(sys.platform != "linux", reason="each platform has its own place")
@pytest.mark.parametrize(
    ("variable", "expected"),
    [("/there", "/there/wflint"), ("", "/home/me/.cache/wflint"), ("relative", "/home/me/.cache/wflint")],
)
def test_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, variable: str, expected: str) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", variable)
    assert user_cache_folder() == Path(expected)


def test_a_bit_that_has_flipped_makes_a_miss(tmp_path: Path) -> None:
    keep(tmp_path, b"value")
    stored = contents(tmp_path)
    for bit in range(8 * len(stored)):
        flipped = bytearray(stored)
        flipped[bit // 8] ^= 1 << bit % 8
        put(tmp_path, bytes(flipped))
        assert kept(tmp_path) is None
    put(tmp_path, stored)
    assert kept(tmp_path) == b"value"


def test_a_value_that_was_cut_off_is_a_miss(tmp_path: Path) -> None:
    keep(tmp_path, b"value")
    stored = contents(tmp_path)
    for size in range(len(stored)):
        put(tmp_path, stored[:size])
        assert kept(tmp_path) is None


def test_a_value_under_another_key_is_a_miss(tmp_path: Path) -> None:
    keep(tmp_path, b"value")
    connection = sqlite3.connect(database(tmp_path))
    connection.execute("UPDATE entries SET key = ?", (key_of("test", b"other"),))
    connection.commit()
    connection.close()
    assert kept(tmp_path, key_of("test", b"other")) is None


def contents(folder: Path) -> bytes:
    """What the database holds for the only key."""
    connection = sqlite3.connect(database(folder))
    (value,) = connection.execute("SELECT value FROM entries").fetchone()
    connection.close()
    assert isinstance(value, bytes)
    return value


def put(folder: Path, value: bytes) -> None:
    connection = sqlite3.connect(database(folder))
    connection.execute("UPDATE entries SET value = ?", (value,))
    connection.commit()
    connection.close()
