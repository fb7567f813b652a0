"""The language server, asked by pygls' own client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.history.programs import DESK
from tests.meta.refresh import ROOT
from wflint import cli

pytestmark = pytest.mark.slow

SMILING = DESK.replace('state["topic"]', '"\N{SLIGHTLY SMILING FACE}"')
"""In the last line but some, a character that clients count as two."""


class Client:
    """An editor: what it was told, by file, and the questions it can ask."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("test", "1")
        self.told: asyncio.Queue[tuple[str, list[types.Diagnostic]]] = asyncio.Queue()
        self.logged: asyncio.Queue[str] = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.told.put_nowait((params.uri.rpartition("/")[2], list(params.diagnostics)))

        @self.client.feature(types.WINDOW_LOG_MESSAGE)  # type: ignore[untyped-decorator]
        def logged(params: types.LogMessageParams) -> None:
            self.logged.put_nowait(params.message)

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def open(self, name: str, text: str) -> None:
        item = types.TextDocumentItem(self.uri(name), types.LanguageKind.Python, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str, version: int) -> None:
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def heard(self) -> tuple[str, list[types.Diagnostic]]:
        return await asyncio.wait_for(self.told.get(), 60)

    async def hover(self, name: str, line: int, character: int) -> str:
        document, position = types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character)
        found = await self.client.text_document_hover_async(types.HoverParams(document, position))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def actions(self, name: str, line: int) -> list[types.CodeAction]:
        document = types.TextDocumentIdentifier(self.uri(name))
        stretch = types.Range(types.Position(line, 0), types.Position(line, 200))
        params = types.CodeActionParams(document, stretch, types.CodeActionContext([]))
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]

    async def definition(self, name: str, line: int, character: int) -> list[int]:
        document, position = types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character)
        found = await self.client.text_document_definition_async(types.DefinitionParams(document, position))
        assert isinstance(found, list)
        return [place.range.start.line for place in found if isinstance(place, types.Location)]


def edited(root: Path, asking: Callable[[Client], Awaitable[None]], *options: str) -> None:
    """Run a session with a server of its own."""

    async def session() -> None:
        editor = Client(root)
        cache = {"XDG_CACHE_HOME": str(root.parent / "cache"), "PYTHONPATH": str(ROOT / "src")}
        await editor.client.start_io(
            sys.executable, "-m", "wflint", "lsp", *options, cwd=root, env={**os.environ, **cache}
        )
        capabilities = types.ClientCapabilities()
        await editor.client.initialize_async(types.InitializeParams(capabilities, root_uri=root.as_uri()))
        editor.client.initialized(types.InitializedParams())
        await asking(editor)
        await editor.client.shutdown_async(None)
        editor.client.exit(None)
        await editor.client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(session())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    inner = tmp_path / "root"
    inner.mkdir()
    (inner / "desk.py").write_text("", encoding="utf-8")
    return inner


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n")


def test_the_cache_is_where_it_should_be(root: Path, tmp_path: Path) -> None:
    async def asking(editor: Client) -> None:
        editor.open("desk.py", DESK)
        await editor.heard()

    edited(root, asking, "--cache-dir", str(tmp_path / "kept"))
    edited(root, asking, "--no-cache", "--cache-dir", str(tmp_path / "none"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "root"]


def test_diagnostics_follow_the_unsaved_text(root: Path) -> None:
    async def asking(editor: Client) -> None:
        editor.open("desk.py", DESK)
        name, first = await editor.heard()
        assert name == "desk.py"
        assert [one.code for one in first] == ["WF102", "WF101", "WF301"]
        read = first[1]
        at = line_of(DESK, 'state["tone"]')
        assert (read.range.start.line, read.range.start.character) == (at, 37)
        assert read.severity is types.DiagnosticSeverity.Error
        assert read.source == "wflint"
        assert read.code_description is not None
        assert read.code_description.href.endswith("rules/read-never-written.md")
        for version, text in enumerate((DESK + "#", DESK.replace('state["tone"]', '"dry"')), start=2):
            editor.type("desk.py", text, version)
        _, second = await editor.heard()
        assert [one.code for one in second] == ["WF102", "WF301"]
        closing = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("desk.py")))
        editor.client.text_document_did_close(closing)
        assert await editor.heard() == ("desk.py", [])
        assert editor.told.empty()

    edited(root, asking)
    assert (root / "desk.py").read_text(encoding="utf-8") == ""


def test_columns_count_as_the_client_does(root: Path) -> None:
    async def asking(editor: Client) -> None:
        editor.open("desk.py", SMILING)
        _, found = await editor.heard()
        line = SMILING.splitlines()[line_of(SMILING, '"sources": 3')]
        (second,) = [one for one in found if one.range.start.line == line_of(SMILING, '"sources": 3')]
        assert second.range.start.character >= line.index('"sources"') + 1

    edited(root, asking)


def test_hovers_and_the_other_end(root: Path) -> None:
    async def asking(editor: Client) -> None:
        editor.open("desk.py", DESK)
        await editor.heard()
        added, linked, defined = (
            line_of(DESK, part) for part in ('add_node("draft"', 'add_edge("research", "draft"', "def draft")
        )
        for line, column in ((added, 12), (defined, 5)):
            step = await editor.hover("desk.py", line, column)
            assert step.startswith('"draft" runs code  (desk.py:')
            assert 'needs "notes" (str), "tone"\n' in step
        edge = await editor.hover("desk.py", linked, 12)
        assert edge.startswith('"research" -> "draft"  [')
        assert "watching pays from" in edge
        assert await editor.hover("desk.py", 0, 0) == ""
        assert await editor.hover("desk.py", defined + 1, 6) == ""
        assert await editor.definition("desk.py", linked, 12) == [defined, line_of(DESK, "def research")]
        assert await editor.definition("desk.py", line_of(DESK, "def research"), 5) == [defined]
        assert await editor.definition("desk.py", 0, 0) == []

    edited(root, asking)


def test_a_finding_is_fixed_or_silenced(root: Path) -> None:
    text = DESK.replace('"notes": state["topic"], "sources": 3', '"notess": state["topic"]')
    line = line_of(text, '"notess"')

    async def asking(editor: Client) -> None:
        editor.open("desk.py", text)
        _, first = await editor.heard()
        assert "WF102" in {one.code for one in first}
        offered = await editor.actions("desk.py", line)
        titles = [(one.title, one.is_preferred) for one in offered]
        assert titles == [('Write "notes"', False), ("Ignore WF102 on this line", None)]
        after = [edited_text(text, one, editor.uri("desk.py")) for one in offered]
        assert after[0] == text.replace('"notess"', '"notes"')
        assert '{"notess": state["topic"]}  # wflint: ignore[WF102]\n' in after[1]
        for version, changed in enumerate(after, start=2):
            editor.type("desk.py", changed, version)
            _, found = await editor.heard()
            assert "WF102" not in {one.code for one in found}
        assert await editor.actions("desk.py", 0) == []
        assert await editor.actions("../other.py", 0) == []

    edited(root, asking)


def edited_text(text: str, action: types.CodeAction, uri: str) -> str:
    """The text after an action, whose edits are on one line each."""
    assert action.edit is not None
    assert action.edit.changes is not None
    lines = text.splitlines(keepends=True)
    for edit in sorted(action.edit.changes[uri], key=lambda edit: edit.range.start.character, reverse=True):
        place, start, end = edit.range.start.line, edit.range.start.character, edit.range.end.character
        lines[place] = lines[place][:start] + edit.new_text + lines[place][end:]
    return "".join(lines)


def test_what_is_outside_the_workspace_is_left_alone(root: Path) -> None:
    (root.parent / "other.py").write_text("", encoding="utf-8")

    async def asking(editor: Client) -> None:
        editor.open("../other.py", DESK)
        assert await editor.hover("../other.py", line_of(DESK, "def draft"), 5) == ""
        editor.open("desk.py", DESK)
        name, _ = await editor.heard()
        assert name == "desk.py"

    edited(root, asking)


def test_a_wrong_configuration_is_told_and_the_server_lives_on(root: Path) -> None:
    (root / "wflint.toml").write_text('ignroe = ["WF101"]\n', encoding="utf-8")

    async def asking(editor: Client) -> None:
        editor.open("desk.py", DESK)
        assert "ignroe" in await asyncio.wait_for(editor.logged.get(), 60)
        (root / "wflint.toml").unlink()
        saving = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri("desk.py")))
        editor.client.text_document_did_save(saving)
        _, found = await editor.heard()
        assert len(found) == 3

    edited(root, asking)


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    assert cli.run(["lsp"]) == 2
    assert (
        capsys.readouterr().err == "wflint: error: the server for editors needs the extra: pip install 'wflint[lsp]'\n"
    )
