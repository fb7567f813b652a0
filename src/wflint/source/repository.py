"""The files of a repository, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from wflint.errors import UnreadableSource
from wflint.model.program import Notice
from wflint.model.span import Span
from wflint.model.text import PlainText, SourceText
from wflint.source.cache import Cache
from wflint.source.code import ModuleIR
from wflint.source.decode import load
from wflint.source.discover import Discovery, SourceFile, read
from wflint.source.forms import Form, form_of
from wflint.source.import_prefilter import ImportPrefilter
from wflint.source.lowered_files import LoweringJob, digest_of, kept_summary, summary_key, summary_of
from wflint.source.notebook.reading import NotebookText
from wflint.source.read_files import text_in


class Repository:
    """Paths, and for each its bytes, its text and its summary; `documents` are no sources but may be read by some.

    `overlays` are bytes that stand for a file's, as an editor or standard input has them. What cannot be read is
    said once, in `notices`, and then is None.
    """

    def __init__(self, discovery: Discovery, cache: Cache, overlays: Mapping[str, bytes] | None = None) -> None:
        self._files = {file.path: file for file in discovery.files}
        self._documents = {file.path: file for file in discovery.documents}
        self._others = discovery.others
        self.documents = tuple(sorted(self._documents))
        self._cache = cache
        self._overlays = dict(overlays or {})
        self._summaries: dict[str, ModuleIR | None] = {}
        self._notices: dict[str, tuple[Notice, ...]] = {}
        self._unopened: dict[str, tuple[Notice, ...]] = {}
        self._written: dict[str, SourceText] = {}
        self._digests: dict[str, str] = {}
        self._found = discovery.notices

    @property
    def paths(self) -> tuple[str, ...]:
        """Every source, by the name that the output uses, sorted."""
        unsaved = (path for path in self._overlays if path not in self._documents and self._others.place(path) is None)
        return tuple(sorted({*self._files, *unsaved}))

    def document(self, path: str) -> str | None:
        """The text of a document, or None where there is none of that name."""
        if path not in self._documents:
            return None
        return self.text(path)

    def read_as_text(self, path: str, encoding: str = "utf-8") -> str | None:
        """The text of a file that code reads as it runs, with plain line ends; None where there is none, or no text."""
        data = self._found_in(path) if path not in self._files else None
        if not isinstance(data, bytes):
            return None
        try:
            return text_in(data, encoding)
        except UnreadableSource as error:
            self._notices[path] = (_notice(path, error.reason, error.line, 1),)
            return None

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder that code may read, sorted; `""` is the root."""
        before = f"{folder}/" if folder else ""
        documents = (path.removeprefix(before) for path in self.documents if path.startswith(before))
        return tuple(sorted({*self._others.names(folder), *(name for name in documents if "/" not in name)}))

    @property
    def unwalked(self) -> tuple[Notice, ...]:
        """What could not be looked into when the files were found."""
        return self._found

    @property
    def unopened(self) -> Mapping[str, tuple[Notice, ...]]:
        """The files that could not be opened so far, with what is said of each."""
        return self._unopened

    def unread_in(self, path: str) -> tuple[Notice, ...]:
        """What could not be read so far of one file."""
        return self._notices.get(path, ())

    def data(self, path: str) -> bytes | None:
        """The bytes of a file, read anew each time: most are looked at once and would only take memory."""
        found = self._found_in(path)
        if isinstance(found, Notice):
            self._notices[path] = self._unopened[path] = (found,)
            return None
        return found

    def _found_in(self, path: str) -> bytes | Notice | None:
        if path in self._overlays:
            return self._overlays[path]
        file = self._files.get(path) or self._documents.get(path)
        if file is None and (place := self._others.place(path)) is not None:
            file = SourceFile(path, place)
        return read(file) if file is not None else None

    def glimpse(self, path: str) -> bytes:
        """The bytes of a file that nobody may ask for, so that nobody misses them either."""
        found = self._found_in(path)
        return found if isinstance(found, bytes) else b""

    def digest(self, path: str) -> str:
        """A digest of the bytes of a file, or of the names in a folder (`folder/`); empty where there are none."""
        if path not in self._digests:
            found: bytes | Notice | None = self._found_in(path)
            if path.endswith("/"):
                found = "\n".join(self.files_in(path.strip("/"))).encode("utf-8", "surrogateescape")
            self._digests[path] = digest_of(found) if isinstance(found, bytes) else ""
        return self._digests[path]

    def text(self, path: str) -> str:
        """The text of a file, empty where it cannot be read."""
        data = self.data(path)
        if data is None:
            return ""
        try:
            return load(data)
        except UnreadableSource:
            return data.decode("utf-8", "replace")

    def written(self, path: str) -> SourceText:
        """What is written in a source; a notebook that is none is text like any other."""
        if path not in self._written:
            self._written[path] = self._read(path)
        return self._written[path]

    def lowered(self, path: str) -> ModuleIR | None:
        """The summary of a file, or None where there is no such file or it cannot be read."""
        if path not in self._summaries:
            self._summaries[path] = self._summary(path)
        return self._summaries[path]

    def lowered_before(self, path: str, digest: str) -> ModuleIR | None:
        """The summary of a file as it was when it had another digest, None where it is not kept."""
        return kept_summary(digest, self._cache, form_of(path))

    @contextmanager
    def lowered_ahead(self, paths: Sequence[str]) -> Iterator[None]:
        """Inside, the summaries of these files, which will be asked for in this order, are made by other processes."""
        from wflint.source.parallel_lowering import lowered_in_parallel

        behind = self._cache
        wanted: dict[bytes, LoweringJob] = {}
        for path in paths:
            form, data = form_of(path), self.data(path)
            if data is not None and behind.read(key := summary_key(digest_of(data), form)) is None:
                wanted[key] = LoweringJob(data, form)
        with lowered_in_parallel(behind, wanted) as ahead:
            self._cache = ahead
            try:
                yield
            finally:
                self._cache = behind

    def holds(self, path: str, names: ImportPrefilter) -> bool:
        """Whether an import of the file names one of these."""
        return names.mentioned(self.data(path) or b"", form_of(path))

    def _summary(self, path: str) -> ModuleIR | None:
        data = self.data(path)
        if data is None:
            return None
        try:
            lowered = summary_of(data, self._cache, form_of(path))
        except UnreadableSource as error:
            self._notices[path] = (_notice(path, error.reason, error.line, error.column),)
            return None
        if lowered.unread:
            self._notices[path] = tuple(_notice(path, each.reason, each.line, each.column) for each in lowered.unread)
        return lowered

    def _read(self, path: str) -> SourceText:
        match form_of(path):
            case Form.MODULE:
                return PlainText(partial(self.text, path))
            case Form.NOTEBOOK:
                text = self.text(path)
                try:
                    return NotebookText(text)
                except UnreadableSource:
                    return PlainText(lambda: text)


def _notice(path: str, reason: str, line: int, column: int) -> Notice:
    return Notice(reason, Span(path, line, column, line, column))
