"""Which files a path means, and their bytes: plain or packed, in chunks."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from wflint.errors import UsageError
from wflint.traces.reading.packed import Unpacked, begins_frame, unpacker

_ENDINGS = (".json", ".jsonl", ".ndjson", ".otlp", ".log", ".txt", ".gz", ".zst", ".parquet", ".csv", ".tsv")
_GZIP = b"\x1f\x8b"
_HEAD = 8
_MOST_RECODED = 1 << 28
"""A file of so many bytes is taken for UTF-16, which some shells write."""
_NEWLINE = ord("\n")
CHUNK = 1 << 22
"""So many bytes are held at once."""
BLOCK = 1 << 17
"""So many bytes are decoded at once: what comes of more does not fit into the caches of a processor."""

Progress = Callable[[int, int], None]
"""Told how many bytes of how many have been read."""


def files_of(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files that the paths mean, each once; a folder means the files in it that may hold traces."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and item.name.endswith(_ENDINGS))
            found.update(dict.fromkeys(item.resolve() for item in inside))
        elif path.exists():
            found[path.resolve()] = None
        else:
            raise UsageError(f"{path}: no such file or folder")
    return tuple(found)


def newlines_in(data: bytes) -> int:
    """The number of newlines; `bytes.count` takes twenty times as long, a tenth of all the time that is spent."""
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == _NEWLINE))


class TraceFile:
    """A file that is read in lines or chunks; what has been read of it, packed, is counted."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._raw = path.open("rb")
        start = self._raw.read(_HEAD)
        head = start[:2]
        self._raw.seek(0)
        self._size = path.stat().st_size
        self._progress = progress
        self._is_packed = head == _GZIP
        self._file = cast("BinaryIO", gzip.GzipFile(fileobj=self._raw) if self._is_packed else self._raw)
        if begins_frame(start) and (module := unpacker()) is not None:
            self._is_packed = True
            self._file = cast("BinaryIO", io.BufferedReader(Unpacked(self._raw, module)))
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and self._size <= _MOST_RECODED:
            self._file = io.BytesIO(self._raw.read().decode("utf-16", "replace").encode())
        self.broken = False
        self.has_begun = False
        """Whether anything but blanks has been read."""

    def block(self) -> bytes:
        """Whole lines of about `BLOCK` bytes, of one that is very long a piece; nothing of a packed file."""
        if self._is_packed:
            return b""
        data = self._file.read(BLOCK)
        if data and not data.endswith(b"\n"):
            data += self._file.readline(CHUNK)
        self.has_begun = self.has_begun or bool(data.strip())
        self.tell()
        return data

    def lines(self, longest: int) -> Iterator[bytes]:
        """Lines, in pieces of at most `longest` bytes: a piece without a newline goes on in the next one."""
        read, readline = 0, self._file.readline
        try:
            while line := readline(longest):
                read += len(line)
                self.has_begun = self.has_begun or not line.isspace()
                if read > CHUNK:
                    read = 0
                    self.tell()
                yield line
        except (EOFError, OSError, zlib.error):
            self.broken = True
        self.tell()

    def tell(self) -> None:
        """Say how far it is."""
        if self._progress is not None:
            self._progress(min(self._raw.tell(), self._size), self._size)

    def close(self) -> None:
        self._file.close()
        self._raw.close()
