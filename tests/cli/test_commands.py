from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import asdict

from tests.cli.conftest import Result, Wflint
from tests.meta.refresh import ROOT
from tests.samples import BOOK, NOTHING_COVERED, PROGRAM, labels, plans, texts
from tests.waiting import PATIENCE
from wflint import __version__
from wflint.writers import dot, graph_json, graph_text, mermaid

HEAVY = {"libcst", "msgspec", "numpy", "pydantic", "rich", "rustworkx", "sarif_om"}


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def test_the_version(wflint: Wflint) -> None:
    assert wflint("--version") == Result(0, f"wflint {__version__}\n", "")


def test_the_version_imports_nothing_heavy() -> None:
    program = "import sys, wflint.cli; wflint.cli.run(['--version']); print(sorted(sys.modules))"
    result = python("-c", program)
    version, modules = result.stdout.splitlines()
    assert version == f"wflint {__version__}"
    assert HEAVY & set(modules.replace("'", "").strip("[]").split(", ")) == set()


def test_the_module_is_the_command() -> None:
    assert python("-m", "wflint", "--version").stdout == f"wflint {__version__}\n"


def test_a_reader_that_hangs_up_hears_nothing_more() -> None:
    program = (
        "import os, sys\n"
        "from wflint.cli import main, options\n"
        "reader, writer = os.pipe(); os.close(reader); os.dup2(writer, 1)\n"
        "main(['rule', '--all'])\n"
    )
    result = python("-c", program)
    assert (result.returncode, result.stderr) == (0, "")


def test_every_command_has_help(wflint: Wflint) -> None:
    listed = wflint("--help")
    assert listed.code == 0
    for command in ("check", "graph", "rule"):
        assert f"\n  {command} " in listed.out
        assert wflint(command, "--help").code == 0


def test_a_command_that_there_is_not(wflint: Wflint) -> None:
    result = wflint("chekc")
    assert (result.code, result.out) == (2, "")
    assert "No such command 'chekc'" in result.err


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), graph_text.write(PROGRAM, labels, texts, plans)),
        (("--format", "json"), graph_json.write(PROGRAM, labels, texts, plans)),
        (("--format", "mermaid"), mermaid.write(PROGRAM, labels)),
        (("--format", "dot"), dot.write(PROGRAM, labels)),
    ],
)
def test_graph(wflint: Wflint, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], expected: str) -> None:
    monkeypatch.setattr("wflint.survey.Survey.labels", lambda _self, workflow: labels(workflow))
    notice = "app/broken.py:2:3: notice: cannot be parsed: unexpected indent\n"
    assert wflint("graph", *arguments) == Result(0, expected, notice)


@pytest.mark.usefixtures("repository")
def test_graph_of_some_paths_into_a_file(wflint: Wflint, repository: Path) -> None:
    (repository / "other").mkdir()
    assert wflint("graph", "other", "--format", "json", "-o", "graph.json") == Result(0, "", "")
    assert json.loads((repository / "graph.json").read_text(encoding="utf-8")) == {
        "version": 1,
        "workflows": [],
        "unresolved": [],
        "coverage": NOTHING_COVERED,
    }


@pytest.mark.usefixtures("repository")
class TestRule:
    @pytest.mark.parametrize("name", ["WF301", "wf301", "unreachable-step"])
    def test_a_rule_explains_itself(self, wflint: Wflint, name: str) -> None:
        assert wflint("rule", name) == Result(
            0,
            "# unreachable-step (WF301)\n\n"
            "Summary of unreachable-step.\n\n"
            "level warning, confidence high, persona regular, since 0.1.0\n\n"
            "## What it finds\n\nWhat unreachable-step\nfinds.\n",
            "",
        )

    def test_all_rules(self, wflint: Wflint) -> None:
        assert wflint("rule", "--all").out == (
            "WF301  warning  unreachable-step: Summary of unreachable-step.\n"
            "WF501  warning  concurrent-write: Summary of concurrent-write.\n"
            "WF502  warning  join-runs-twice: Summary of join-runs-twice.\n"
            "WF951  note     needs-dynamic: Summary of needs-dynamic.\n"
            "WF952  note     likely-static: Summary of likely-static.\n"
            "WF990  warning  unused-ignore: Summary of unused-ignore.\n"
        )

    def test_json(self, wflint: Wflint) -> None:
        written = json.loads(wflint("rule", "WF502", "--output-format", "json").out)
        assert written == json.loads(json.dumps(asdict(BOOK.page("join-runs-twice"))))
        everything = json.loads(wflint("rule", "--all", "--output-format", "json").out)
        assert [page["code"] for page in everything] == [page.code for page in BOOK.pages]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("WF303",), "unknown rule 'WF303'; did you mean 'WF301'?"),
            ((), "name one rule, or give --all"),
            (("WF301", "--all"), "name one rule, or give --all"),
        ],
    )
    def test_usage(self, wflint: Wflint, arguments: tuple[str, ...], message: str) -> None:
        assert wflint("rule", *arguments) == Result(2, "", f"wflint: error: {message}\n")


def test_the_list_of_commands_cuts_no_sentence(wflint: Wflint) -> None:
    assert "..." not in wflint("--help").out.partition("Commands:")[2]


def test_labels_that_are_not_there(wflint: Wflint) -> None:
    assert wflint("calibrate", "--labels", "gone.jsonl").err == (
        "wflint: error: gone.jsonl: cannot be read: No such file or directory\n"
    )


def test_an_editor_is_served_no_folder_that_is_not_there(wflint: Wflint) -> None:
    pytest.importorskip("pygls")
    assert wflint("lsp", "--root", "gone") == Result(2, "", "wflint: error: gone: no such folder\n")
