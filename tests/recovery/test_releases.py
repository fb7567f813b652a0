"""What is refused and how runs are limited follows the releases that a repository says it runs with."""

from __future__ import annotations

from pathlib import Path

import pytest

from wflint.audit import Audit, audit
from wflint.config import Config, Located, parse
from wflint.errors import ConfigError
from wflint.frontends import FRONT_ENDS
from wflint.model.finding import Level, Persona
from wflint.recovery.evaluation import Evaluator
from wflint.recovery.packages import pins
from wflint.recovery.records import Record
from wflint.recovery.units import Unit
from wflint.request import CacheChoice, Request

LISTED = """
from pydantic_graph import BaseNode, End, Graph


class Write(BaseNode):
    async def run(self, ctx) -> End[int]:
        return End(1)


graph = Graph(nodes=[Write])
"""

TIMED = """
from typing import TypedDict
from langgraph.graph import START, StateGraph


class Order(TypedDict):
    text: str


def read(order: Order):
    return {"text": order["text"].strip()}


builder = StateGraph(Order)
builder.add_node("read", read, timeout=5)
builder.add_edge(START, "read")
builder.add_edge("read", "read")
graph = builder.compile()
"""

ASKED = """
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

model = ChatOpenAI(model="small")


class Poem(TypedDict):
    lines: str
    praise: str


def compose(poem: Poem):
    return {"lines": model.invoke("A poem").content}


def praise(poem: Poem):
    return {"praise": model.invoke(f"Fine or poor: {poem['lines']}").content}


def after(poem: Poem):
    return END if poem["praise"] == "fine" else "compose"


builder = StateGraph(Poem)
builder.add_node(compose)
builder.add_node(praise)
builder.add_edge(START, "compose")
builder.add_edge("compose", "praise")
builder.add_conditional_edges("praise", after, ["compose", END])
graph = builder.compile()
"""


def found(root: Path, files: dict[str, str], cache: Path | None = None, settings: str = "") -> Audit:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    config = parse({"versions": {"langgraph": settings}}, "wflint.toml") if settings else Config()
    kept = CacheChoice(cache) if cache is not None else CacheChoice(is_off=True)
    return audit(Request(root, (root,), Located(config), Config(persona=Persona.AUDITOR), kept))


def refused(said: Audit) -> list[tuple[str, Level, str]]:
    findings = [finding for finding in said.findings if finding.code == "WF304"]
    return [(each.span.path, each.level, each.message.partition(",")[0]) for each in findings]


@pytest.mark.parametrize(
    ("requirements", "level"),
    [
        ({}, Level.NOTE),
        ({"requirements.txt": "pydantic-graph>=1\n"}, Level.NOTE),
        ({"requirements.txt": "pydantic-ai==2.4\n"}, Level.ERROR),
        ({"requirements.txt": "pydantic-ai-slim[openai]~=1.3\n"}, None),
        ({"uv.lock": '[[package]]\nname = "pydantic-graph"\nversion = "1.107.10"\n'}, None),
        ({"requirements.txt": "pydantic-graph==1.1\n", "src/pyproject.toml": "[project\n"}, None),
    ],
)
def test_a_refusal_of_some_releases_follows_what_is_installed(
    tmp_path: Path, requirements: dict[str, str], level: Level | None
) -> None:
    said = refused(found(tmp_path, {"src/app.py": LISTED, **requirements}))
    assert said == ([("src/app.py", level, "with pydantic-graph 2 and later")] if level is not None else [])


def test_each_nested_project_has_its_own_releases(tmp_path: Path) -> None:
    files = {"old/app.py": LISTED, "old/requirements.txt": "pydantic-graph<2\n", "new/app.py": LISTED}
    assert refused(found(tmp_path, {**files, "requirements.txt": "pydantic-graph==2.1\n"})) == [
        ("new/app.py", Level.ERROR, "with pydantic-graph 2 and later")
    ]


def test_the_newest_release_is_taken_where_nothing_is_said(tmp_path: Path) -> None:
    said = found(tmp_path, {"app.py": TIMED})
    assert refused(said) == [("app.py", Level.ERROR, "with langgraph 1.1.10 and later")]
    limit = said.survey.program.workflows[0].limit
    assert limit is not None
    assert limit.most == 10_007


@pytest.mark.parametrize(("pinned", "most"), [("0.6.11", 25), ("1.0.6", 10_000), (">=0.6,<1", 25), ("1.2", 10_007)])
def test_pins_go_before_requirement_files(tmp_path: Path, pinned: str, most: int) -> None:
    said = found(tmp_path, {"app.py": TIMED, "requirements.txt": "langgraph==1.0.9\n"}, settings=pinned)
    limit = said.survey.program.workflows[0].limit
    assert limit is not None
    assert limit.most == most
    assert bool(refused(said)) is (pinned == "1.2")


def test_another_release_has_units_evaluated_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, cache, evaluated = tmp_path / "repository", tmp_path / "cache", []
    record = Evaluator.record

    def counting(self: Evaluator, unit: Unit) -> Record:
        evaluated.append(unit.members)
        return record(self, unit)

    monkeypatch.setattr(Evaluator, "record", counting)
    both = {"one.py": LISTED, "two.py": TIMED, "requirements.txt": "langgraph==1.2\nrequests==1\n"}
    first = refused(found(root, both, cache))
    assert (len(first), evaluated) == (2, [("one.py",), ("two.py",)])
    assert refused(found(root, {"requirements.txt": "langgraph==1.2\nrequests==2\n"}, cache)) == first
    assert len(evaluated) == 2
    assert [each[0] for each in refused(found(root, {"requirements.txt": "langgraph==0.6\n"}, cache))] == ["one.py"]
    assert evaluated[2:] == [("two.py",)]


def test_a_bad_file_is_told_from_the_cache_as_well(tmp_path: Path) -> None:
    root, cache = tmp_path / "repository", tmp_path / "cache"
    files = {"app.py": LISTED, "pyproject.toml": "[project\n"}
    told = [found(root, files, cache).survey.program.notices for _ in range(2)]
    assert told[0] == told[1]
    assert [notice.span.path for notice in told[0]] == ["pyproject.toml"]


def test_a_framework_that_is_pinned_by_its_own_name_is_its_package() -> None:
    settings = parse({"versions": {"haystack": "2.31", "pydantic-ai": ">=1"}}, "wflint.toml").versions
    assert list(pins(settings, FRONT_ENDS, None)) == ["haystack-ai", "pydantic-ai"]


def test_a_wrong_name_or_release_is_an_error_that_says_what_is_right() -> None:
    with pytest.raises(
        ConfigError, match=r"unknown key 'versions\.langraph'; the nearest one is 'versions\.langgraph'"
    ):
        pins(parse({"versions": {"langraph": "1"}}, "wflint.toml").versions, FRONT_ENDS, "wflint.toml")
    with pytest.raises(ConfigError, match=r"wflint\.toml: key 'versions\.langgraph': 'newest' is no release"):
        parse({"versions": {"langgraph": "newest"}}, "wflint.toml")


def test_a_loop_that_a_model_ends_names_the_limit_of_the_release(tmp_path: Path) -> None:
    said = [
        each.message for each in found(tmp_path, {"app.py": ASKED}, settings="0.6.11").findings if each.code == "WF702"
    ]
    assert len(said) == 1
    assert "no round is counted, and the run fails only at the framework's `recursion_limit`, 25;" in said[0]
