"""TraceReading traces: files into one table, what is wrong with them into notices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from wflint.traces.draft import Draft
from wflint.traces.finishing import finish
from wflint.traces.reading.documents import Shape, Text, texts_of
from wflint.traces.reading.elements import Elements
from wflint.traces.reading.files import BLOCK, CHUNK, Progress, TraceFile, files_of, newlines_in
from wflint.traces.reading.lenient import records_in, requests_in, wrapped_in
from wflint.traces.reading.logs import LOGS, Logs, notes_of
from wflint.traces.reading.otlp import EXPORT, SPAN, Export, Scope, SpanDecoder, SpanObject
from wflint.traces.reading.packed import is_zstd, unpacker
from wflint.traces.reading.repairs import described, documents_in, without_halves
from wflint.traces.reading.splitting import Splitter
from wflint.traces.reading.tables import decoded, from_query, rows_of, separator_of
from wflint.traces.sources.record_base import Document
from wflint.traces.sources.records import readers_of
from wflint.traces.table import SpanTable

_MOST_NOTICES = 200
_MARKS = (
    ("mlflow.", "MLflow"),
    ("langfuse.", "Langfuse"),
    ("langsmith.", "LangSmith OTel"),
    ("openinference.", "OpenInference"),
    ("traceloop.", "OpenLLMetry"),
    ("logfire.", "logfire"),
    ("gen_ai.", "OTel genai"),
)
"""What attributes begin with, where no scope says who wrote a span."""
_SCOPE_TAGS = ("otel.scope.name", "otel.library.name")
"""Where the scope stands that other forms of spans have no place for."""
_OTLP = re.compile(rb'"resourceSpans"\s*:')
_SPAN = re.compile(rb'^\s*\{\s*"traceId"\s*:')
_EXPORT_START, _SPAN_START = (b'{"resourceSpans":', b'{"resourceSpans" :'), (b'{"traceId":', b'{"traceId" :')
_LOGS = re.compile(rb'\s*\{\s*"resourceLogs"\s*:')
_HAS_SPANS = re.compile(rb'"(?:resourceSpans|scopeSpans)"\s*:|\{\s*"traceId"\s*:[^{}]{0,200}"spanId"\s*:')
_PACKED = "packed with zstd: install the extra that unpacks it (pip install 'wflint[zstd]'), or unpack it first"
_DEEPEST = 3
"""So many wrappers may be around a record."""


class TraceNotice(Struct, frozen=True):
    """Something in a file that could not be read as it should."""

    file: str
    line: int
    message: str


class TraceReading(Struct):
    """All spans that were read, the versions of who wrote them, and what could not be read."""

    table: SpanTable = field(default_factory=SpanTable)
    versions: dict[str, str] = field(default_factory=dict)
    notices: list[TraceNotice] = field(default_factory=list)
    left_out: int = 0
    """Further notices that are not listed."""

    def report(self, file: str, line: int, message: str) -> None:
        """Add a notice, up to a bound."""
        if len(self.notices) < _MOST_NOTICES:
            self.notices.append(TraceNotice(file, line, message))
        else:
            self.left_out += 1


def read(paths: tuple[Path, ...], progress: Progress | None = None) -> TraceReading:
    """Read files and folders of traces."""
    from wflint.traces.reading.parallel import read_stretches, stretches_of

    found = TraceReading()
    for path in files_of(paths):
        if path.suffix == ".parquet":
            from wflint.traces.parquet import read_rows

            read_rows(path, found)
            continue
        if is_zstd(path) and unpacker() is None:
            found.report(path.as_posix(), 1, _PACKED)
            continue
        stretches = stretches_of(path)
        if stretches:
            read_stretches(stretches, found, progress)
        else:
            FileReader(path, found).read(progress)
    return found


class FileReader:
    """Reads one file, or a stretch of it: decides for each document what it is, and remembers what it has found.

    `last_source` is who wrote the last spans, empty where that stands before the stretch.
    """

    def __init__(self, path: Path, into: TraceReading) -> None:
        self._path, self._name, self._into = path, path.as_posix(), into
        self._decoder = SpanDecoder()
        self._records = readers_of(self._name, self._read_attributes)
        self._long: Splitter | Elements | None = None
        self._has_logs = False
        self._strange: dict[str, list[int]] = {}
        self.last_source = ""

    @property
    def versions(self) -> dict[str, str]:
        return self._decoder.versions

    def take_lines(self, block: bytes, before: int) -> int:
        """Read whole lines, which come after so many others; gives the number of the last one."""
        last = before + newlines_in(block) + (not block.endswith(b"\n"))
        documents = _decoded_lines(block)
        if len(documents) == last - before:
            for number, document in enumerate(documents, before + 1):
                self._add_document(document, number)
            return last
        for number, line in enumerate(block.split(b"\n"), before + 1):
            if line.strip():
                self._contained(Text(Shape.WHOLE, line, number))
        return last

    def read(self, progress: Progress | None) -> None:
        into = self._into
        into.table.begin_file(self._name)
        before, noted = into.table.rows, len(into.notices)
        try:
            file = TraceFile(self._path, progress)
        except OSError as error:
            into.report(self._name, 1, f"cannot be read: {error.strerror}")
            return
        try:
            if separator := separator_of(self._path):
                self._take_rows(rows_of(decoded(file.lines(CHUNK)), separator))
            else:
                for text in texts_of(file):
                    self._contained(text)
        finally:
            file.close()
        self._end()
        if file.broken:
            into.report(self._name, 1, "the compressed data is damaged: what comes after is not read")
        if into.table.rows == before and len(into.notices) == noted:
            what = "the format is not known here" if file.has_begun else "the file is empty"
            into.report(self._name, 1, f"no spans: {what}")

    def _end(self) -> None:
        for reader in self._records:
            self._add(finish(draft) for draft in reader.finish())
        self.report_strange()
        self._into.versions.update(self._decoder.versions)

    def read_rows(self, rows: Iterable[tuple[int, Document]]) -> None:
        """Read the rows of a table, which are all that there is."""
        self._take_rows(rows)
        self._end()

    def _take_rows(self, rows: Iterable[tuple[int, Document]]) -> None:
        """Rows of a table, each with its line."""
        for line, row in rows:
            try:
                self._documents(row, line)
            except Exception as error:  # noqa: BLE001 (named with its place, and the rest is read)
                self._report_fault(error, line)

    def _contained(self, text: Text) -> None:
        """A fault of ours costs the record that brings it up, and no other."""
        try:
            self._take(text)
        except Exception as error:  # noqa: BLE001 (named with its place, and the rest is read)
            self._report_fault(error, text.line)

    def _report_fault(self, error: Exception, line: int) -> None:
        fault = f"{type(error).__name__}: {error}"[:200]
        self._into.report(self._name, line, f"internal error, the record is left out: {fault}")

    def _add_document(self, document: Export | SpanObject, line: int) -> None:
        if isinstance(document, SpanObject):
            self._add_spans((document,), "OTLP", line)
            return
        for resource in document.resourceSpans:
            older = resource.instrumentationLibrarySpans
            for scoped in (*resource.scopeSpans, *older) if older else resource.scopeSpans:
                self._add_spans(scoped.spans, self._decoder.source(scoped.scope), line)

    def _add_spans(self, spans: Iterable[SpanObject], source: str, line: int) -> None:
        draft, add = self._decoder.draft, self._into.table.add
        for span in spans:
            try:
                add(draft(span, source, line))
            except Exception as error:  # noqa: BLE001 (named with its place, and the rest is read)
                self._report_fault(error, line)

    def _take(self, text: Text) -> None:
        if text.shape is Shape.WHOLE:
            self._whole(text.data, text.line)
            return
        if text.shape is Shape.LINES:
            self.take_lines(text.data, text.line - 1)
            return
        if self._long is None:
            self._long = Splitter() if _HAS_SPANS.search(text.data) else Elements()
        if isinstance(self._long, Splitter):
            self.take_pieces(self._long, text.data, text.line)
        else:
            for record in self._long.feed(text.data):
                self._contained(Text(Shape.WHOLE, record, text.line))
        if text.shape is Shape.LAST:
            self.close(self._long, text.line)
            self._long = None

    def close(self, splitter: Splitter | Elements, line: int) -> None:
        truncated = splitter.close()
        what = "span" if isinstance(splitter, Splitter) else "record"
        if truncated:
            self._into.report(self._name, line, f"the text ends inside of a {what}: {splitter.found} {what}s are read")
        elif splitter.lost:
            self._into.report(self._name, line, f"{splitter.lost} {what}s cannot be read")
        elif not splitter.found:
            self._into.report(self._name, line, "no spans in a text that is too long to be read at once")

    def take_pieces(self, splitter: Splitter, data: bytes, line: int) -> None:
        for at in range(0, len(data), BLOCK):
            for piece in splitter.feed(data[at : at + BLOCK]):
                if piece.scope is not None:
                    self.last_source = self._decoder.source(piece.scope)
                self._add_spans(piece.spans, self.last_source, line)

    def _whole(self, data: bytes, line: int) -> None:
        try:
            if _SPAN.match(data):
                self._span(data, line)
            elif _OTLP.search(data):
                self._exports(data, line)
            elif _LOGS.match(data):
                self._logs(LOGS.decode(data), line)
            else:
                self._documents(msgspec.json.decode(data), line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if not self._loosely(data, line) and not self._repaired(data, line):
                self._salvage(data, line, str(error))

    def _span(self, data: bytes, line: int) -> None:
        """A span, or something that begins like one (Zipkin's)."""
        span = SPAN.decode(data)
        if span.spanId:
            self._add_document(span, line)
        else:
            self._documents(msgspec.json.decode(data), line)

    def _repaired(self, data: bytes, line: int) -> bool:
        """Whether it is JSON with something beside it, and has been read."""
        whole = without_halves(data)
        texts = [whole] if whole != data else documents_in(data)
        for text in texts:
            self._whole(text, line)
        return bool(texts)

    def _exports(self, data: bytes, line: int) -> None:
        head = data.lstrip()[:1]
        documents = msgspec.json.decode(data, type=list[Export]) if head == b"[" else [EXPORT.decode(data)]
        if not any(document.resourceSpans for document in documents):
            self._documents(msgspec.json.decode(data), line)
            return
        for document in documents:
            self._add_document(document, line)
        if _LOGS.match(data):
            self._logs(LOGS.decode(data), line)

    def _loosely(self, data: bytes, line: int) -> bool:
        """Whether it is JSON that only lacks the form that is expected, and has been read."""
        try:
            document = msgspec.json.decode(data)
            if _SPAN.match(data):
                document = {"resourceSpans": [{"scopeSpans": [{"spans": [document]}]}]}
            return self._requests(document, line)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
            return False

    def _requests(self, document: object, line: int) -> bool:
        found = False
        for request in requests_in(document):
            found = True
            data = msgspec.json.encode(request)
            if "resourceSpans" in request:
                self._add_document(EXPORT.decode(data), line)
            if "resourceLogs" in request:
                self._logs(LOGS.decode(data), line)
        return found

    def _logs(self, logs: Logs, line: int) -> None:
        if not self._has_logs:
            self._has_logs = True
            message = "logs are read for what was said; no tokens are taken from them, because spans have the same"
            self._into.report(self._name, line, message)
        self._add(notes_of(logs, line))

    def _salvage(self, data: bytes, line: int, reason: str) -> None:
        """Spans that are whole in a text that is not."""
        splitter = Splitter()
        before = self._into.table.rows
        self.take_pieces(splitter, data, line)
        splitter.close()
        saved = self._into.table.rows - before
        kept = f"; {saved} whole spans of it are read" if saved else ""
        self._into.report(self._name, line, f"not JSON, or cut off ({reason[:120]}){kept}")

    def _documents(self, value: object, line: int) -> None:
        strange = ""
        for item in records_in(value):
            if not isinstance(item, Mapping):
                strange = strange or "a JSON value that is no record"
            elif not any(take(item, line) for take in (self._record, self._requests, self._quoted, self._answer)):
                strange = strange or described(item)
        if strange:
            self._strange.setdefault(strange, []).append(line)

    def report_strange(self) -> None:
        """Name what is no trace: each form once, however many lines have it."""
        for message, lines in self._strange.items():
            more = f"; {len(lines) - 1} further lines are like it" if len(lines) > 1 else ""
            self._into.report(self._name, lines[0], message + more)
        self._strange.clear()

    def _quoted(self, item: Document, line: int) -> bool:
        """Whether it is a line of a log that quotes spans, and they have been read."""
        texts = [text.encode("utf-8", "replace") for text in item.values() if isinstance(text, str)]
        quoted = [text for text in texts if _HAS_SPANS.search(text)]
        for text in quoted:
            self._whole(text, line)
        return bool(quoted)

    def _answer(self, item: Document, line: int) -> bool:
        """Whether it is what a query gave back as columns and rows, and has been read."""
        found = False
        for row in from_query(item):
            found |= self._record(row, line)
        return found

    def _record(self, item: Document, line: int, deepest: int = _DEEPEST) -> bool:
        """Whether it, or something that it wraps, is a record of a trace, and has been read."""
        for reader in self._records:
            if reader.accepts(item):
                self._add(finish(draft) for draft in reader.read(item, line))
                return True
        found = False
        for inside in wrapped_in(item) if deepest else ():
            found |= self._record(inside, line, deepest - 1)
        return found

    def _read_attributes(self, draft: Draft, attributes: Mapping[str, object]) -> None:
        scope = next((name for key in _SCOPE_TAGS if isinstance(name := attributes.get(key), str)), "")
        if scope:
            version = attributes.get("otel.scope.version")
            draft.source = self._decoder.source(Scope(scope, version if isinstance(version, str) else ""))
        self._decoder.read(draft, attributes)
        if not draft.source:
            draft.source = _guessed(attributes)

    def _add(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            self._into.table.add(draft)


def _decoded_lines(block: bytes) -> Sequence[Export | SpanObject]:
    """A document for each line, none where a line is anything else; at once, because a call a line costs more."""
    try:
        if block.startswith(_EXPORT_START):
            exports = EXPORT.decode_lines(block)
            return exports if all(document.resourceSpans for document in exports) else ()
        if block.startswith(_SPAN_START):
            spans = SPAN.decode_lines(block)
            return spans if all(span.traceId and span.spanId for span in spans) else ()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return ()


def _guessed(attributes: Mapping[str, object]) -> str:
    """The source of a span that does not say who wrote it."""
    for start, name in _MARKS:
        if any(key.startswith(start) for key in attributes):
            return name
    return "OTLP"
