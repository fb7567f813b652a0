"""`wflint plan`, over real fixtures and whole outputs."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.conftest import Result, Wflint
from tests.meta.refresh import ROOT
from wflint.analyses.plan.response import Site
from wflint.frontends import FRONT_ENDS
from wflint.writers import plan_json
from wflint.writers.plan_means import Table, means_of, tables

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
        (
            ("--decide", "builder::wite->editor=static"),
            "there is no edge 'builder::wite->editor'; did you mean 'builder::write->editor'?",
        ),
        (("--workflow", "zzz"), "there is no workflow 'zzz'; there is 'builder', 'editor.py::builder'"),
        (("--reason", "it drifts"), "--reason goes with --decide"),
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
    (project / "wflint.toml").write_text("[labels]\nsetup = 0\nprior-bias = 1\n", encoding="utf-8")
    assert coordination(wflint)[0] == "needs-dynamic"
    (project / "wflint.toml").write_text("[labels]\nsteup = 0\n", encoding="utf-8")
    result = plan(wflint)
    assert result.err == (
        f"wflint: error: {project / 'wflint.toml'}: unknown key 'labels.steup'; the nearest one is 'labels.setup'\n"
    )


def every_text(table: Table) -> Iterator[str]:
    for ways in (table.check, table.rerun, table.adapt, table.ask):
        yield from ways.values()


TEXTS = [
    pytest.param(text, id=f"{framework}-{number}")
    for framework, known in tables().items()
    for number, text in enumerate(every_text(known))
]


def test_every_framework_has_means() -> None:
    assert {end.name for end in FRONT_ENDS} <= set(tables())
    assert all(known.checked for known in tables().values())
    assert means_of("something new").own == tables()["default"]


def test_every_place_is_known_everywhere() -> None:
    general = tables()["default"]
    assert set(general.check) == set(Site)
    assert {Site.ANSWER, Site.GUARD, Site.CALLER, Site.ROUTER, Site.PICK} == set(general.rerun)
    assert set(general.adapt) == set(Site)
    assert set(general.ask) == {Site.ANSWER, Site.CALLER, Site.READER, Site.BETWEEN}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_offered_is_filled_in_and_is_python(text: str) -> None:
    for name in ("writer", "target", "times", "attempts"):
        text = text.replace(f"{{{name}}}", "2")
    assert not re.findall(r"\{\w+\}", text)
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


# ------------------------------------------------------------------------------------------------- --write and --diff

COUNTING = """import json
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o")


class State(TypedDict):
    garden: str
    counts: str
    total: int


@PROMPT@

def total(state: State):
    return {"total": sum(json.loads(state["counts"]))}


builder = StateGraph(State)
builder.add_node("count", count)
builder.add_node("total", total)
builder.add_edge(START, "count")
builder.add_edge("count", "total")
builder.add_edge("total", END)
graph = builder.compile()
"""
SENTENCE = "Answer with JSON only, with no text before or after it."


def counting(folder: Path, prompt: str) -> Path:
    (folder / ".git").mkdir(exist_ok=True)
    path = folder / "app.py"
    path.write_text(COUNTING.replace("@PROMPT@", prompt), encoding="utf-8")
    return path


CONSTANT = '''ASK = """
    Count the visitors.   # no comment
    Garden: {garden}
    """  # kept


def count(state: State):
    return {"counts": llm.invoke(ASK.format(garden=state["garden"])).content}
'''


def test_a_sentence_is_put_where_the_text_is(wflint: Wflint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = counting(tmp_path, CONSTANT)
    monkeypatch.chdir(tmp_path)
    before = path.read_text(encoding="utf-8")
    after = before.replace("    Garden: {garden}\n", f"    Garden: {{garden}}\n    {SENTENCE}\n")
    shown = plan(wflint, "--write", "--diff")
    assert (shown.code, shown.err) == (0, "")
    assert [line for line in shown.out.splitlines() if line[:1] in "+-"] == [
        "--- a/app.py",
        "+++ b/app.py",
        f"+    {SENTENCE}",
    ]
    assert path.read_text(encoding="utf-8") == before
    written = f"app.py: added to the prompt of `count` of `app.py::builder`: {SENTENCE}\n"
    assert plan(wflint, "--write") == Result(0, written, "")
    assert path.read_text(encoding="utf-8") == after
    assert plan(wflint, "--write") == Result(0, "no prompt has to be changed\n", "")
    assert path.read_text(encoding="utf-8") == after


PIECED = """def count(state: State):
    ask = "".join(["Count the ", "visitors."])
    return {"counts": llm.invoke(ask).content}
"""


def test_a_text_that_is_not_one_literal_is_left_to_people(
    wflint: Wflint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = counting(tmp_path, PIECED)
    monkeypatch.chdir(tmp_path)
    before = path.read_text(encoding="utf-8")
    assert plan(wflint, "--write") == Result(
        0,
        "no prompt has to be changed\n",
        "wflint: the prompt of `count` of `app.py::builder` is neither one string of a Python file nor a file of its "
        f"own: add by hand: {SENTENCE}\n",
    )
    assert path.read_text(encoding="utf-8") == before


READ = """from pathlib import Path


def count(state: State):
    ask = (Path(__file__).parent / "prompts" / "count.md").read_text()
    return {"counts": llm.invoke(ask.format(garden=state["garden"])).content}
"""


def test_a_sentence_is_put_into_the_file_that_holds_the_text(
    wflint: Wflint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = counting(tmp_path, READ)
    monkeypatch.chdir(tmp_path)
    prompt = tmp_path / "prompts" / "count.md"
    prompt.parent.mkdir()
    prompt.write_text("# Count\n\nCount the visitors of {garden}.\n\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    written = f"prompts/count.md: added to the prompt of `count` of `app.py::builder`: {SENTENCE}\n"
    assert plan(wflint, "--write") == Result(0, written, "")
    assert prompt.read_text(encoding="utf-8") == f"# Count\n\nCount the visitors of {{garden}}.\n{SENTENCE}\n\n"
    assert path.read_text(encoding="utf-8") == before
    assert plan(wflint, "--write") == Result(0, "no prompt has to be changed\n", "")


SHARED = """ASK = "Count the visitors."


def count(state: State):
    return {"counts": llm.invoke(ASK).content}


def again(state: State):
    return {"garden": llm.invoke(ASK).content}


again_builder = StateGraph(State)
again_builder.add_node("again", again)
again_builder.add_edge(START, "again")
again_builder.compile()
"""


def test_a_text_that_others_are_told_too_is_left_alone(
    wflint: Wflint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(tmp_path, SHARED)
    monkeypatch.chdir(tmp_path)
    assert plan(wflint, "--diff") == Result(
        0, "", "wflint: the prompt of `count` of `app.py::builder` is also the prompt of `again`: add by hand\n"
    )
