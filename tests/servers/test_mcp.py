"""The server for assistants, asked by the SDKs' own clients over standard input and output."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent, Tool

from tests import consumers
from tests.history.programs import DESK
from tests.meta.refresh import ROOT
from wflint import cli

README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository within a larger one, with links that lead out of it."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / ".git").mkdir()
    (outside / "secret.py").write_text(DESK, encoding="utf-8")
    (outside / "wflint.toml").write_text('ignore = ["WF101"]\n', encoding="utf-8")
    inner = outside / "root"
    (inner / "app").mkdir(parents=True)
    (inner / "app/desk.py").write_text(DESK, encoding="utf-8")
    (inner / "linked.py").symlink_to(outside / "secret.py")
    (inner / "out").symlink_to(outside, target_is_directory=True)
    (inner / "odd").mkdir()
    (inner / "odd/wflint.toml").symlink_to(outside / "wflint.toml")
    (inner / "wide").mkdir()
    (inner / "wide/wflint.toml").write_text('decisions = "../../wflint.toml"\n', encoding="utf-8")
    return inner


def asked(
    root: Path, *calls: tuple[str, Mapping[str, object]], options: tuple[str, ...] = ()
) -> list[tuple[bool, str]]:
    """The answers of one server to some calls: whether it is an error, and the text."""

    async def ask() -> list[tuple[bool, str]]:
        async with Client(_server(root, *options)) as client:
            return [_text(await client.call_tool(name, dict(arguments))) for name, arguments in calls]

    return asyncio.run(ask())


def _server(root: Path, *options: str) -> StdioServerParameters:
    environment = {"PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(root.parent / "cache")}
    command = ["-m", "wflint", "mcp", "--root", str(root), *options]
    return StdioServerParameters(command=sys.executable, args=command, env=environment, cwd=root.parent)


def _text(result: CallToolResult) -> tuple[bool, str]:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return result.is_error, content.text


def test_the_tools_answer(root: Path) -> None:
    audited, worst, graph, words, page, plan = asked(
        root,
        ("audit", {}),
        ("audit", {"paths": ["app"], "least": "warning", "most": 1}),
        ("graph", {"shape": "text"}),
        ("explain_workflow", {"workflow": "builder"}),
        ("explain_finding", {"rule": "WF101", "path": "app/desk.py"}),
        ("plan", {"edge": "research->draft"}),
    )
    assert [error for error, _ in (audited, worst, graph, words, page, plan)] == [False] * 6
    assert 'app/desk.py:17:38: WF101 [read-never-written] error: step "draft" reads "tone"' in audited[1]
    assert "linked.py" not in audited[1]
    assert "out/" not in audited[1]
    assert worst[1].splitlines()[1].startswith("... and 2 more findings")
    assert graph[1].startswith("app/desk.py::builder  (langgraph, app/desk.py:")
    assert '  2. "draft" runs code' in words[1]
    assert page[1].startswith("# read-never-written (WF101)\n")
    assert "--> app/desk.py:17:38" in page[1]
    assert "`research` → `draft`" in plan[1]
    assert "`__start__`" not in plan[1]


REFUSED = {
    "..": "..: outside the root",
    "/etc/passwd": "/etc/passwd: outside the root",
    "app/../../secret.py": "app/../../secret.py: outside the root",
    "linked.py": "linked.py: outside the root",
    "out/secret.py": "out/secret.py: outside the root",
    "../no/such/place": "../no/such/place: outside the root",
    "odd": "wflint.toml: outside the root",
    "wide": "leads out of",
    "gone.py": "no such file or folder",
    "a\0b": "cannot be followed",
}
"""What is asked for, and the reason why it is not given."""


def test_nothing_outside_the_root_is_read(root: Path) -> None:
    answers = asked(root, *(("audit", {"paths": [path]}) for path in REFUSED))
    for (is_error, text), reason in zip(answers, REFUSED.values(), strict=True):
        assert is_error
        assert reason in text
        assert "WF" not in text


def test_mistakes_are_told(root: Path) -> None:
    rule, workflow, edge, least, argument, other = asked(
        root,
        ("explain_finding", {"rule": "unreachable-stp"}),
        ("explain_workflow", {"workflow": "bilder"}),
        ("plan", {"edge": "research->draf"}),
        ("audit", {"least": "wrong"}),
        ("audit", {"path": ["app"]}),
        ("plan", {"format": "json"}),
    )
    assert "did you mean 'unreachable-step'?" in rule[1]
    assert "did you mean 'builder'?" in workflow[1]
    assert "did you mean 'research->draft'?" in edge[1]
    assert "'note', 'warning' or 'error'" in least[1]
    assert "there is no argument 'path'; did you mean 'paths'?" in argument[1]
    assert "there is no argument 'format'; there is 'edge', 'paths', 'workflow'" in other[1]
    assert all(error for error, _ in (rule, workflow, edge, least, argument, other))


def test_nothing_is_written_below_the_root(root: Path) -> None:
    before = sorted(root.rglob("*"))
    asked(root, ("audit", {}), ("plan", {}))
    assert sorted(root.rglob("*")) == before


def test_what_the_tools_take_is_said(root: Path) -> None:
    tools = {tool.name: tool for tool in asyncio.run(_listed(root))}
    assert set(tools) == {"audit", "graph", "explain_workflow", "explain_finding", "plan"}
    assert {tool.input_schema["additionalProperties"] for tool in tools.values()} == {False}
    assert (tools["audit"].description or "").splitlines() == [
        "Find what is wrong with the agent workflows in the repository: one finding a line, the worst first.",
        "",
        "Each line has place, code, rule, level and message. Nothing that is audited is run.",
    ]


async def _listed(root: Path) -> list[Tool]:
    async with Client(_server(root)) as client:
        return (await client.list_tools()).tools


def test_the_inspector_reads_the_tools_and_calls_one(root: Path) -> None:
    """The official client in TypeScript, started by the configuration that the README shows."""
    inspector = consumers.program("mcp-inspector")
    [shown] = [each for each in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if "mcpServers" in each]
    settings = json.loads(shown)
    (server,) = settings["mcpServers"].values()
    assert server == {"command": "wflint", "args": ["mcp", "--root", "."]}
    (server["command"], server["args"][:0]) = (sys.executable, ["-m", "wflint"])
    server["env"] = {"PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(root.parent / "cache")}
    file = root.parent / "mcp.json"
    file.write_text(json.dumps(settings), encoding="utf-8")

    def answer(*arguments: str) -> dict[str, object]:
        command = [inspector, "--cli", "--config", str(file), "--server", "wflint", "--method", *arguments]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603
        answered = json.loads(done.stdout)
        assert isinstance(answered, dict)
        return answered

    listed = answer("tools/list")["tools"]
    assert isinstance(listed, list)
    assert [tool["name"] for tool in listed] == ["audit", "graph", "explain_workflow", "explain_finding", "plan"]
    told = answer("tools/call", "--tool-name", "audit", "--tool-arg", "least=error")
    assert told["isError"] is False
    assert 'app/desk.py:17:38: WF101 [read-never-written] error: step "draft" reads "tone"' in str(told["content"])


def test_the_cache_is_where_it_should_be(root: Path, tmp_path: Path) -> None:
    asked(root, ("audit", {}), options=("--cache-dir", str(tmp_path / "kept")))
    asked(root, ("audit", {}), options=("--no-cache", "--cache-dir", str(tmp_path / "none")))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    assert cli.run(["mcp", "--root", str(ROOT / "fixtures/tour")]) == 2
    said = "wflint: error: the server for assistants needs the extra: pip install 'wflint[mcp]'\n"
    assert capsys.readouterr().err == said


def test_a_root_that_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["mcp", "--root", str(tmp_path / "gone")]) == 2
    assert "no such folder" in capsys.readouterr().err
