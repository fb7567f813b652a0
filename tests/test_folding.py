"""Findings of one cause are one finding; what two workflows of one helper have in common is said once."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from msgspec.structs import replace

from wflint.audit import audit
from wflint.model.finding import Finding, Level
from wflint.request import CacheChoice, Request

HEAD = """
    from typing import TypedDict
    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        text: str
        verdict: str
        seen: str

    def grade(state: State):
        return {"verdict": state["text"]}

    def accept(state: State):
        return {"seen": "yes"<0>}

    def refuse(state: State):
        return {"seen": "no"<0>}

    def pick(state: State):
        return "accept" if state["verdict"] == "good" else "refuse"

    builder = StateGraph(State)
    builder.add_node("grade", grade)
    builder.add_node("accept", accept)
    builder.add_node("refuse", refuse)
    builder.add_edge(START, "grade")
    builder.add_conditional_edges("grade", pick, ["accept", "refuse"])
"""


def findings(folder: Path, tail: str, extra: str = "") -> list[Finding]:
    program = dedent(HEAD + tail).replace("<0>", extra)
    (folder / "program.py").write_text(program, encoding="utf-8")
    found = audit(replace(Request.of(folder), cache=CacheChoice(is_off=True))).findings
    return [one for one in found if one.level is not Level.NOTE]


def test_an_edge_beside_a_choice_speaks_for_what_runs_at_the_same_time(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, '    builder.add_edge("grade", "accept")\n    graph = builder.compile()\n')
    assert (one.name, one.level) == ("edge-beside-choice", Level.WARNING)
    places = [place.phrase for place in one.observation.related]
    assert any('"accept" and "refuse" write "seen" concurrently' in phrase for phrase in places)


def test_two_edges_of_one_unknown_name_are_one_mistake(tmp_path: Path) -> None:
    ways = '    builder.add_edge("accept", "archiv")\n    builder.add_edge("archiv", END)\n'
    (one,) = findings(tmp_path, ways + "    graph = builder.compile()\n")
    assert (one.name, one.level) == ("unknown-step", Level.ERROR)
    assert [place.span.line - one.span.line for place in one.observation.related][-1] == 1


def test_one_undeclared_field_of_two_steps_is_one_mistake(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, "    graph = builder.compile()\n", ', "stamp": 1')
    assert one.name == "undeclared-output"
    assert any('"refuse" writes "stamp"' in place.phrase for place in one.observation.related)


def test_two_mistakes_are_two_findings(tmp_path: Path) -> None:
    ways = '    builder.add_edge("accept", "archiv")\n    builder.add_edge("refuse", "basket")\n'
    found = findings(tmp_path, ways + "    graph = builder.compile()\n")
    assert [one.name for one in found] == ["unknown-step", "unknown-step"]


def test_code_that_two_workflows_share_is_wrong_once(tmp_path: Path) -> None:
    more = """
    graph = builder.compile()

    def file(state: State):
        return {"verdict": state["seen"]}

    short = StateGraph(State)
    short.add_node("grade", grade)
    short.add_node("accept", accept)
    short.add_node("file", file)
    short.add_edge(START, "grade")
    short.add_edge("grade", "accept")
    short.add_edge("accept", "file")
    short.add_edge("file", END)
    brief = short.compile()
    """
    found = findings(tmp_path, more, ' + state["note"]')
    assert [(one.name, one.span.line) for one in found] == [("read-never-written", 14), ("read-never-written", 17)]
