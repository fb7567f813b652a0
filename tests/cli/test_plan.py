"""`wflint plan`, over real fixtures and whole outputs."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import Result, Wflint
from tests.meta.refresh import ROOT
from wflint.analyses.plan.planning import Action
from wflint.frontends import FRONT_ENDS
from wflint.model.span import Span
from wflint.model.workflow import Edge, EdgeKind
from wflint.writers import plan_json
from wflint.writers.plan_means import means, means_of

FIXTURES = ROOT / "fixtures" / "langgraph"
SCHEMA = ROOT / "docs" / "schemas" / "plan-v1.json"
EXPECTED = Path(__file__).parent / "plans"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one fixture in it, as the working folder."""
    (tmp_path / ".git").mkdir()
    shutil.copy(FIXTURES / "editor_interrupt.py", tmp_path / "editor.py")
    monkeypatch.chdir(tmp_path)
    for name in ("WFLINT_USER", "USER", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def plan(wflint: Wflint, *arguments: str) -> Result:
    return wflint("plan", "--no-cache", *arguments)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("shape", ["markdown", "json"])
def test_the_whole_plan(wflint: Wflint, shape: str) -> None:
    expected = EXPECTED / f"editor.{'md' if shape == 'markdown' else 'json'}"
    assert plan(wflint, "--format", shape) == Result(0, expected.read_text(encoding="utf-8"), "")


@pytest.mark.usefixtures("project")
def test_json_follows_its_schema(wflint: Wflint) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    plan(wflint, "--decide", "builder::write->editor=dynamic")
    jsonschema.validate(json.loads(plan(wflint, "--format", "json").out), schema)


def test_the_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == plan_json.schema(), "write plan_json.schema() there"


@pytest.mark.usefixtures("project")
def test_every_edge_has_one_plan_of_its_label(wflint: Wflint) -> None:
    for edge in edges(plan(wflint, "--format", "json")):
        ways = {"static": edge["static"] is not None, "dynamic": edge["dynamic"] is not None}
        wanted = edge["coordination"]["label"] == "needs-dynamic"
        assert ways == {"static": not wanted, "dynamic": wanted}


@pytest.mark.usefixtures("project")
def test_filters(wflint: Wflint) -> None:
    found = edges(plan(wflint, "--format", "json", "--edge", "write -> editor", "--workflow", "builder"))
    assert [(edge["source"], edge["target"]) for edge in found] == [("write", "editor")]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--edge", "wirte->editor"), "there is no edge 'wirte->editor'; did you mean 'write->editor'?"),
        (("--workflow", "bilder"), "there is no workflow 'bilder'; did you mean 'builder'?"),
        (
            ("--decide", "builder::write->editor"),
            "'builder::write->editor' is not of the form WORKFLOW::SOURCE->TARGET=static|dynamic",
        ),
        (
            ("--decide", "builder::write->editor=often"),
            "'builder::write->editor=often' is not of the form WORKFLOW::SOURCE->TARGET=static|dynamic",
        ),
        (
            ("--decide", "editor.py::builder::wite->editor=static"),
            "there is no edge 'editor.py::builder::wite->editor'; did you mean 'editor.py::builder::write->editor'?",
        ),
    ],
)
def test_usage(wflint: Wflint, arguments: tuple[str, ...], message: str) -> None:
    assert plan(wflint, *arguments) == Result(2, "", f"wflint: error: {message}\n")


def edges(result: Result) -> list[dict[str, Any]]:
    (workflow,) = json.loads(result.out)["workflows"]
    found: list[dict[str, Any]] = workflow["edges"]
    return found


def coordination(wflint: Wflint) -> tuple[object, object, object]:
    (edge,) = edges(plan(wflint, "--format", "json", "--edge", "write->editor"))
    return edge["coordination"]["label"], edge["coordination"]["confidence"], edge["state"]


def state(*true: str) -> dict[str, bool]:
    return {name: name in true for name in ("reviewed", "outdated", "insufficient", "pending")}


def test_a_decision_is_kept_until_the_contracts_change(wflint: Wflint, project: Path) -> None:
    before = coordination(wflint)
    assert before[0] == "likely-static"
    decided = plan(wflint, "--decide", "builder::write->editor=dynamic", "--reason", "it drifts", "--by", "Ada")
    assert decided == Result(
        0, "editor.py::builder::write->editor is needs-dynamic (kept in wflint.decisions.toml)\n", ""
    )
    assert coordination(wflint) == ("needs-dynamic", 1.0, state("reviewed", "pending"))
    assert "Reviewed by Ada: it drifts." in plan(wflint).out
    code = (project / "editor.py").read_text(encoding="utf-8")
    (project / "editor.py").write_text("# moved\n" + code, encoding="utf-8")
    assert coordination(wflint)[0] == "needs-dynamic"
    (project / "editor.py").write_text(code.replace("    text: str\n", "    text: list[str]\n"), encoding="utf-8")
    label, _, firm = coordination(wflint)
    assert (label, firm) == ("likely-static", state("outdated", "pending"))
    assert (
        "Reviewed as needs-dynamic by Ada: it drifts, but the contracts have changed since: review it again."
        in plan(wflint).out
    )


def test_a_decision_without_its_edge_is_listed(wflint: Wflint, project: Path) -> None:
    plan(wflint, "--decide", "builder::write->editor=dynamic", "--by", "Ada")
    code = (project / "editor.py").read_text(encoding="utf-8").replace('"editor"', '"reader"')
    (project / "editor.py").write_text(code, encoding="utf-8")
    assert plan(wflint).out.endswith(
        "## Decisions about edges that there are not\n\n- `editor.py::builder::write->editor` (needs-dynamic, Ada)\n"
    )


def test_a_broken_decisions_file(wflint: Wflint, project: Path) -> None:
    path = project / "words.toml"
    path.write_text("[[decision]]\n", encoding="utf-8")
    (project / "wflint.toml").write_text('decisions = "words.toml"\n', encoding="utf-8")
    message = f"wflint: error: {path}: key 'decision.1.workflow': Field required\n"
    assert plan(wflint) == Result(2, "", message)
    assert plan(wflint, "--decide", "builder::write->editor=dynamic") == Result(2, "", message)


def test_settings_move_the_threshold(wflint: Wflint, project: Path) -> None:
    (project / "wflint.toml").write_text("[labels]\nsetup = 0\ndiagnosis = 100_000\n", encoding="utf-8")
    assert coordination(wflint)[0] == "needs-dynamic"
    (project / "wflint.toml").write_text("[labels]\nsteup = 0\n", encoding="utf-8")
    result = plan(wflint)
    assert result.err == (
        f"wflint: error: {project / 'wflint.toml'}: unknown key 'labels.steup'; the nearest one is 'labels.setup'\n"
    )


EDGE = Edge("a", "b", EdgeKind.DIRECT, Span("x.py", 1, 1, 1, 2))
TEXTS = [
    pytest.param(text, id=f"{framework}-{number}")
    for framework, known in means().items()
    for number, text in enumerate((known.checking(EDGE), *(known.stepping_in(action, EDGE, 2) for action in Action)))
]


def test_every_framework_has_means() -> None:
    assert {end.name for end in FRONT_ENDS} <= set(means())
    assert all(known.checked for known in means().values())
    assert means_of("something new") == means()["default"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_offered_is_filled_in_and_is_python(text: str) -> None:
    assert not set(re.findall(r"\{(\w+)\}", text)) & {"source", "target", "times", "attempts"}
    assert text.count("`") % 2 == 0
    for snippet in re.findall(r"`([^`]*)`", text):
        assert is_python(snippet), snippet


def is_python(snippet: str) -> bool:
    """Whether this can be written in a program: an expression, an argument, a decorator, a key of a prompt."""
    forms = ("{}", "async def f(): {}", "f({})", "{}\ndef f(): ...")
    return any(parses(form.replace("{}", snippet)) for form in forms) or bool(re.fullmatch(r"\{\w+\?\}", snippet))


def parses(program: str) -> bool:
    try:
        ast.parse(program)
    except SyntaxError:
        return False
    return True
