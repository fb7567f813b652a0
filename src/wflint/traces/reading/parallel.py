"""Large files of OTLP/JSON in several processes: each reads a stretch into a table of its own, one puts them together.

A stretch of lines begins at a line. A stretch of one long line begins at a span, which can be found without reading
what is before it (`splitting`); whose scope that span stands in, the stretch before it knows.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from wflint.traces.reading.files import BLOCK, Progress
from wflint.traces.reading.reading import FileReader, TraceNotice, TraceReading
from wflint.traces.reading.splitting import Splitter
from wflint.traces.table import TableParts
from wflint.workers.pool import Pool, Raised
from wflint.workers.worker import processors

STRETCH = 1 << 24
"""Bytes that a process reads at a time."""
LARGE = 1 << 26
"""Files from here on are read by several processes."""
MOST_PROCESSES = 4
_HEAD = 1 << 20
_OTLP = re.compile(rb'\s*\{\s*("resourceSpans"\s*:|"traceId"\s*:)')
_SPAN = b'{"traceId":'
_REACH = 1 << 16


class Stretch(Struct, frozen=True):
    """A part of a file; `in_lines` says that it is made of whole lines."""

    path: Path
    start: int
    end: int
    in_lines: bool


class StretchRead(Struct, frozen=True):
    """What came of a stretch: `source` wrote its last spans, empty where it holds no scope; `lines` are in it."""

    parts: TableParts
    versions: dict[str, str]
    notices: list[TraceNotice]
    source: str
    lines: int


def stretches_of(path: Path) -> list[Stretch]:
    """The parts that a file can be read in, none where it has to be read by one process."""
    size = path.stat().st_size
    if size < LARGE or processes() < 2:  # noqa: PLR2004 (one process gains nothing)
        return []
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if _OTLP.match(head) is None:
        return []
    newline = head.find(b"\n")
    in_lines = newline >= 0 and head[:newline].rstrip().endswith(b"}")
    if not in_lines and (newline >= 0 or _SPAN not in head):
        return []
    starts = range(0, size, STRETCH)
    return [Stretch(path, start, min(start + STRETCH, size), in_lines) for start in starts]


def processes() -> int:
    """So many processes read at the same time."""
    return min(processors(), MOST_PROCESSES)


def read_stretches(stretches: list[Stretch], into: TraceReading, progress: Progress | None) -> None:
    """Read a file's stretches and add them to the reading in order."""
    line, source, size = 0, "OTLP", stretches[-1].end
    into.table.begin_file(stretches[0].path.as_posix())
    pool = Pool(processes())
    try:
        for place, done in pool.run(read_stretch, stretches, ahead=pool.workers + 1):
            if isinstance(done, Raised):
                raise done.error
            stretch = stretches[place]
            into.table.append(done.parts, line, source)
            into.versions.update({name: version for name, version in done.versions.items() if version})
            for notice in done.notices:
                into.report(notice.file, notice.line + line, notice.message)
            source = done.source or source
            line += done.lines
            if progress is not None:
                progress(stretch.end, size)
    finally:
        pool.close()


def read_stretch(stretch: Stretch) -> StretchRead:
    """Read a part of a file, in a process of its own."""
    import gc

    gc.disable()
    found = TraceReading()
    found.table.begin_file(stretch.path.as_posix())
    reader = FileReader(stretch.path, found)
    lines = _read_lines(stretch, reader) if stretch.in_lines else _read_spans(stretch, reader)
    reader.report_strange()
    return StretchRead(found.table.parts(), reader.versions, found.notices, reader.last_source, lines)


def _read_lines(stretch: Stretch, reader: FileReader) -> int:
    """The lines that begin in the stretch, the last one to its end."""
    number, at = 0, stretch.start
    with stretch.path.open("rb") as file:
        if at:
            file.seek(at - 1)
            at += len(file.readline()) - 1
        while at < stretch.end and (block := file.read(min(BLOCK, stretch.end - at))):
            block += b"" if block.endswith(b"\n") else file.readline()
            at += len(block)
            number = reader.take_lines(block, number)
    return number


def _read_spans(stretch: Stretch, reader: FileReader) -> int:
    """The spans that begin in the stretch, the last one to its end."""
    splitter = Splitter(stretch.end - stretch.start)
    with stretch.path.open("rb") as file:
        file.seek(stretch.start)
        left = stretch.end - stretch.start
        while not splitter.is_done and (more := file.read(min(BLOCK, left) or _REACH)):
            reader.take_pieces(splitter, more, 1)
            left = max(left - len(more), 0)
        if splitter.lost or (splitter.is_open and not splitter.is_done):
            reader.close(splitter, 1)
    return 0
