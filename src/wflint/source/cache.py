"""What was worked out once: bytes by key, in a database of the user's.

It is never needed: whatever is wrong with it, the answer is a miss.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, Protocol, TypeVar

import msgspec

from wflint import __version__
from wflint.source.cache_folder import prepare, user_cache_folder

_FILE: Final = "results-2.sqlite"
_LARGEST: Final = 200_000_000
"""Bytes in the database before the older half goes."""
_BATCH: Final = 8_000_000
"""Bytes that wait to be written before they are written without being asked."""
_DIGEST: Final = 16
"""Bytes of the digest that stands before each value."""
_PATIENCE: Final = 2.0
"""Seconds to wait for another run that is writing."""
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL)"


T = TypeVar("T")


class Cache(Protocol):
    """Bytes by key; what is written is there for the next run after `commit` or `close`."""

    def read(self, key: bytes) -> bytes | None: ...

    def write(self, key: bytes, value: bytes) -> None: ...

    def commit(self) -> None: ...

    def close(self) -> None: ...


def key_of(kind: str, content: bytes) -> bytes:
    """The key of what this version of wflint makes of `content`; `kind` says what, with the version of its format."""
    digest = blake2b(digest_size=20)
    digest.update(f"{kind}\0{__version__}\0".encode())
    digest.update(content)
    return digest.digest()


def decoded(data: bytes | None, decoder: msgspec.json.Decoder[T]) -> T | None:
    """What is stored as JSON in `data`; None where there is nothing, or something else."""
    if data is None:
        return None
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def open_cache(folder: Path | None = None) -> Cache:
    """The cache in `folder`, by default the user's own; one that keeps nothing where there can be none."""
    place = user_cache_folder() if folder is None else folder
    try:
        prepare(place)
        return DatabaseCache(place / _FILE)
    except (OSError, sqlite3.Error, RuntimeError):  # RuntimeError: a user without a home
        return NoCache()


class NoCache:
    """A cache that keeps nothing."""

    def read(self, key: bytes) -> bytes | None:  # noqa: ARG002  # nothing is there under any key
        return None

    def write(self, key: bytes, value: bytes) -> None:
        """Forgets the value."""

    def commit(self) -> None:
        """Has nothing to keep."""

    def close(self) -> None:
        """Has nothing to let go of."""


class DatabaseCache:
    """A cache in an SQLite database; several runs may share it, and one that is broken is made anew."""

    __slots__ = ("_connection", "_path", "_waiting", "_waiting_size")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: dict[bytes, bytes] = {}
        self._waiting_size = 0
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _connected(path)
        except sqlite3.OperationalError:
            raise  # a folder that cannot be written to, or a database that another run holds
        except sqlite3.DatabaseError:
            self._replace()

    def read(self, key: bytes) -> bytes | None:
        """The value, or None where there is none that can be read."""
        if key in self._waiting:
            return self._waiting[key]
        if self._connection is None:
            return None
        try:
            found = self._connection.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._replace()
            return None
        return _opened(key, found[0]) if found is not None else None

    def write(self, key: bytes, value: bytes) -> None:
        """Keeps the value for the next `commit`."""
        self._waiting[key] = value
        self._waiting_size += len(value)
        if self._waiting_size > _BATCH:
            self.commit()

    def commit(self) -> None:
        """Writes what waits, in one transaction; another run that writes all the time makes it give up quietly."""
        waiting = [(key, _sealed(key, value)) for key, value in self._waiting.items()]
        self._waiting, self._waiting_size = {}, 0
        if self._connection is None or not waiting:
            return
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", waiting)
                _prune(self._connection)
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            self._replace()

    def close(self) -> None:
        """Writes what waits and lets go of the file."""
        self.commit()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _replace(self) -> None:
        """Makes a broken database anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()
        with suppress(sqlite3.Error):
            self._connection = _connected(self._path)


def _sealed(key: bytes, value: bytes) -> bytes:
    """A value as it is stored, its digest first; one that comes to stand under another key is none."""
    return blake2b(value, digest_size=_DIGEST, key=key).digest() + value


def _opened(key: bytes, stored: object) -> bytes | None:
    """The value, None where a bit of what is stored is not as it was written."""
    if not isinstance(stored, bytes):
        return None
    value = stored[_DIGEST:]
    return value if _sealed(key, value) == stored else None


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_SCHEMA)
        connection.commit()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prune(connection: sqlite3.Connection) -> None:
    """Takes the older half out of a database that has grown too large; the space is used again."""
    if _size(connection) > _LARGEST:
        connection.execute("DELETE FROM entries WHERE rowid <= (SELECT (min(rowid) + max(rowid)) / 2 FROM entries)")


def _size(connection: sqlite3.Connection) -> int:
    numbers = []
    for pragma in ("page_count", "freelist_count", "page_size"):
        with closing(connection.execute(f"PRAGMA {pragma}")) as cursor:
            numbers.append(int(cursor.fetchone()[0]))
    pages, free, page_size = numbers
    return (pages - free) * page_size
