"""The census of construction sites: what counts, what does not, and that nothing goes unmentioned."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

from wflint import cli
from wflint.analyses.coverage import coverage_of_workflow
from wflint.audit import audit
from wflint.model.program import Program
from wflint.request import CacheChoice, Request
from wflint.survey import survey

PIPE = """
    from langgraph.graph import END, START, StateGraph

    def look(state: dict):
        return {"found": 1}

    builder = StateGraph(dict)
    builder.add_node("look", look)
    builder.add_edge(START, "look")
    builder.add_edge("look", END)
"""


def counted(folder: Path, **files: str) -> Program:
    """The program of some files."""
    for name, source in files.items():
        (folder / f"{name}.py").write_text(dedent(source), encoding="utf-8")
    return survey(Request(folder, (folder,), cache=CacheChoice(is_off=True))).program


def sites(program: Program) -> list[tuple[str, int, str, str, bool]]:
    """Path, line, framework, constructor and whether it is recovered, in order."""
    return [(s.span.path, s.span.line, s.framework, s.constructor, s.is_recovered) for s in program.sites]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("from langgraph.graph import StateGraph as Net\nnet = Net(dict)\n", 2, id="renamed import"),
        pytest.param("import langgraph.graph as lg\nnet = lg.StateGraph(dict)\n", 2, id="renamed module"),
        pytest.param("import langgraph.graph\nnet = langgraph.graph.StateGraph(dict)\n", 2, id="dotted"),
        pytest.param("from langgraph.graph import *\nnet = StateGraph(dict)\n", 2, id="star"),
        pytest.param("from langgraph.graph import StateGraph\nNet = StateGraph\nnet = Net(dict)\n", 3, id="alias"),
        pytest.param(
            "def make():\n    from langgraph.graph import StateGraph\n\n    return StateGraph(dict)\n",
            4,
            id="in a function",
        ),
        pytest.param(
            "from langgraph.graph import StateGraph\n\n\nclass Net(StateGraph):\n    pass\n\n\nnet = Net(dict)\n",
            8,
            id="own subclass",
        ),
    ],
)
def test_spellings_of_a_constructor(tmp_path: Path, source: str, line: int) -> None:
    assert sites(counted(tmp_path, net=source)) == [("net.py", line, "langgraph", "StateGraph", False)]


def test_a_constructor_through_a_file_that_re_exports_it(tmp_path: Path) -> None:
    program = counted(
        tmp_path,
        common="from langgraph.graph import StateGraph\n",
        net="from common import StateGraph\n\nnet = StateGraph(dict)\n",
    )
    assert sites(program) == [("net.py", 3, "langgraph", "StateGraph", False)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("from langgraph.graph import StateGraph\n\ndef draw(graph: StateGraph): ...\n", id="only named"),
        pytest.param("import langgraph\nfrom maps import StateGraph\n\nStateGraph({})\n", id="another product"),
        pytest.param("import langgraph\n\nclass StateGraph: ...\n\nnet = StateGraph()\n", id="own class"),
        pytest.param(
            "from langgraph.graph import StateGraph\n\ndef make(StateGraph):\n    return StateGraph()\n", id="parameter"
        ),
        pytest.param("import crewai\nfrom google.cloud.adk import Agent\n\nAgent()\n", id="same root"),
        pytest.param("from langchain.agents import create_react_agent\n\ncreate_react_agent()\n", id="same name"),
        pytest.param(
            "from langgraph.graph import StateGraph\nfrom unittest.mock import Mock\n\nnet = Mock(StateGraph)\n",
            id="mock",
        ),
    ],
)
def test_what_constructs_nothing(tmp_path: Path, source: str) -> None:
    program = counted(tmp_path, net=source)
    assert (sites(program), program.unresolved) == ([], ())


def test_a_recovered_site_belongs_to_its_workflow(tmp_path: Path) -> None:
    program = counted(tmp_path, net=PIPE)
    assert sites(program) == [("net.py", 7, "langgraph", "StateGraph", True)]
    (workflow,) = program.workflows
    assert program.sites[0].recovered_in == (workflow.id,)
    coverage = coverage_of_workflow(program, workflow)
    assert (coverage.sites, coverage.recovered, coverage.steps_known, coverage.edges_open) == (1, 1, 1.0, 0)


def test_a_builder_whose_steps_are_unknown_is_reported_with_its_line(tmp_path: Path) -> None:
    source = """
        import os
        from haystack import Pipeline
        from house import parts

        pipeline = Pipeline()
        pipeline.add_component(os.environ["FIRST"], parts())
    """
    (item,) = counted(tmp_path, net=source).unresolved
    assert (item.span.line, item.reason) == (
        6,
        (
            "Pipeline(...) is constructed here, but no workflow was recovered from it: "
            "its steps and edges are missing or not known"
        ),
    )


def test_a_class_without_steps_is_reported(tmp_path: Path) -> None:
    (item,) = counted(tmp_path, net="from crewai.flow.flow import Flow\n\n\nclass Trip(Flow):\n    pass\n").unresolved
    assert (item.span.line, item.reason.partition(",")[0]) == (4, 'class "Trip" derives from Flow')


def test_an_unresolved_entry_of_a_workflow_is_enough(tmp_path: Path) -> None:
    source = """
        from autogen_agentchat.teams import RoundRobinGroupChat
        from house import members

        team = RoundRobinGroupChat(members())
    """
    program = counted(tmp_path, net=source)
    assert program.unresolved == ()
    assert [(site.is_recovered, len(site.reported_in)) for site in program.sites] == [(False, 1)]


def test_a_loss_is_a_finding_and_lowers_the_coverage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "net.py").write_text("from langgraph.graph import StateGraph\n\nnet = StateGraph(dict)\n")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True)))
    assert [(finding.code, finding.span.line, finding.workflow) for finding in found.findings] == [("WF991", 3, None)]
    arguments = ("check", str(tmp_path), "--no-cache", "-q", "--output-format", "json")
    assert cli.run(arguments) == 0
    written = json.loads(capsys.readouterr().out)
    assert written["coverage"] == {"sites": 1, "recovered": 0, "unresolved": 1, "steps_known": 1.0, "edges_open": 0}
    assert cli.run((*arguments, "--min-coverage", "50")) == 1
    capsys.readouterr()
    (tmp_path / "wflint.toml").write_text("min-coverage = 50\n")
    assert cli.run(arguments) == 1
    assert cli.run((*arguments, "--min-coverage", "0")) == 0
    capsys.readouterr()
    assert cli.run(("check", str(tmp_path), "--no-cache", "--ignore", "WF991")) == 1
    told = capsys.readouterr()
    assert "No findings" not in told.out
    assert "Nothing was checked" in told.out
    assert told.err.endswith("wflint: coverage 0.0% is below the minimum of 50%\n")


def test_the_cache_keeps_the_census(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "net.py").write_text("from langgraph.graph import StateGraph\n\nnet = StateGraph(dict)\n")
    request = Request(code, (code,), cache=CacheChoice(tmp_path / "cache"))
    first, second = survey(request).program, survey(request).program
    assert first.sites
    assert (first.sites, first.unresolved) == (second.sites, second.unresolved)


def test_what_a_function_without_callers_builds_is_found_after_its_caller_spent_the_budget(tmp_path: Path) -> None:
    program = counted(
        tmp_path,
        service="""
            from langgraph.graph import StateGraph

            def look(state: dict):
                return {"found": 1}

            def weighed(rows):
                total = 0
                for row in range(200):
                    for column in range(200):
                        total = total + row * column
                return total

            def serve(rows):
                return build(weighed(rows))

            def build(size):
                graph = StateGraph(dict)
                graph.add_node("look", look)
                graph.set_entry_point("look")
                return graph.compile()
        """,
    )
    assert [notice for notice in program.notices if "internal error" in notice.message] == []
    assert sites(program) == [("service.py", 18, "langgraph", "StateGraph", True)]
