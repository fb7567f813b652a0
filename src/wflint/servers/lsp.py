"""The language server, over standard input and output: diagnostics as you type, hovers, quick fixes, other ends."""

from __future__ import annotations

import asyncio
import gc
from collections import defaultdict
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from wflint import __version__
from wflint.config import relative
from wflint.errors import WflintError
from wflint.request import CacheChoice
from wflint.servers.actions import actions_of
from wflint.servers.diagnostics import Places, diagnostics_of
from wflint.servers.root import ServedFolder
from wflint.servers.session import Found, Session
from wflint.writers.escape import printable

PAUSE: Final = 0.15
"""Seconds without a change after which the text is judged: typing goes on in shorter steps."""


class Editor:
    """One editor's session; it begins when the editor has said where the repository is."""

    def __init__(self, server: LanguageServer, folder: Path | None, cache: CacheChoice) -> None:
        self._server = server
        self._folder = folder
        self._cache = cache
        self._session: Session | None = None
        self._published: set[str] = set()
        self._changes = 0

    @property
    def session(self) -> Session:
        """The session, at the folder that was named, or else the editor's workspace."""
        if self._session is None:
            workspace = self._server.workspace.root_path
            self._session = Session(ServedFolder.at(self._folder or Path(workspace or "."), self._cache))
        return self._session

    def place(self, uri: str) -> Path | None:
        """The place of a document that counts."""
        path = to_fs_path(uri)
        return self.session.holds(path) if path else None

    async def changed(self, uri: str) -> None:
        """A document has another text; it is judged once the editor pauses."""
        place = self.place(uri)
        if place is None:
            return
        self.session.put(place, self._server.workspace.get_text_document(uri).source)
        await self.judged_soon()

    async def judged_soon(self) -> None:
        """Judge what there is, unless something else changes before."""
        self._changes += 1
        seen = self._changes
        await asyncio.sleep(PAUSE)
        if seen == self._changes:
            self.publish()

    def publish(self) -> None:
        """Send the findings of all files; a file that has none any more is told so."""
        try:
            found = self.session.current
        except WflintError as error:
            message = types.LogMessageParams(types.MessageType.Error, f"wflint: {printable(str(error))}")
            self._server.window_log_message(message)
            return
        places = self._places()
        by_file: dict[str, list[types.Diagnostic]] = defaultdict(list)
        for path, diagnostic in diagnostics_of(found, places):
            by_file[path].append(diagnostic)
        for path in sorted(self._published | by_file.keys()):
            told = types.PublishDiagnosticsParams(places.uri(path), by_file.get(path, []))
            self._server.text_document_publish_diagnostics(told)
        self._published = set(by_file)

    def found(self, params: types.HoverParams | types.DefinitionParams) -> tuple[Found, ...]:
        """The steps and edges at a position."""
        place = self.place(params.text_document.uri)
        if place is None:
            return ()
        document = self._server.workspace.get_text_document(params.text_document.uri)
        codec = document.position_codec
        position = codec.position_from_client_units(document.lines, params.position)
        try:
            return self.session.at(place, position.line + 1, position.character + 1)
        except WflintError:
            return ()

    def hover(self, params: types.HoverParams) -> types.Hover | None:
        """What is known of a step or an edge, in plain text: names of the source are no markup."""
        texts = [self.session.described(one) for one in self.found(params)]
        if not texts:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, "\n".join(dict.fromkeys(texts))))

    def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """The other ends of the edges at a position."""
        spans = [span for one in self.found(params) for span in self.session.ends(one)]
        places = self._places()
        return [places.location(span) for span in dict.fromkeys(spans)]

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a stretch of a document."""
        place = self.place(params.text_document.uri)
        if place is None:
            return []
        try:
            found, path = self.session.current, relative(place, self.session.root.folder)
            return list(actions_of(found, path, params.range, self._places()))
        except WflintError:
            return []

    def _places(self) -> Places:
        texts = self.session.current.survey.recovered.texts
        return Places(self.session.root.folder, texts, self._server.workspace.position_codec)


def serve(folder: Path | None, cache: CacheChoice) -> None:
    """Answer until the editor leaves."""
    gc.enable()  # this process lives on
    server = made(folder, cache)
    server.start_io()


def made(folder: Path | None, cache: CacheChoice) -> LanguageServer:
    """The server with all that it answers."""
    server = LanguageServer("wflint", __version__)
    editor = Editor(server, folder, cache)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        await editor.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        await editor.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        if editor.place(params.text_document.uri) is not None:
            editor.session.forget()
            await editor.judged_soon()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        place = editor.place(params.text_document.uri)
        if place is not None:
            editor.session.drop(place)
            await editor.judged_soon()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        return editor.hover(params)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return editor.actions(params)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> list[types.Location]:
        return editor.definition(params)

    return server
