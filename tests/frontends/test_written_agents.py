"""ADK agents that YAML documents describe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, recovered
from wflint.audit import Audit, audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, Step, Workflow
from wflint.request import CacheChoice, Request

TEAM = """\
agent_class: SequentialAgent
name: team
sub_agents:
  - config_path: writer.yaml
  - config_path: parts/critic.yaml
"""
WRITER = "name: writer\nmodel: gemini-2.5-flash\ninstruction: Write about {topic?}.\noutput_key: text\n"
CRITIC = "name: critic\ninstruction: |\n  Say what is wrong with {text}.\n"
RUNNER = """\
import os
from pathlib import Path
from google.adk.agents import config_agent_utils
from google.adk.runners import InMemoryRunner

agent = {loading}
runner = InMemoryRunner(agent=agent)
runner.session_service.create_session(app_name="a", user_id="u", state={{"topic": "birds"}})
"""
SOUND = {"app/root_agent.yaml": TEAM, "app/writer.yaml": WRITER, "app/parts/critic.yaml": CRITIC}


def done(folder: Path, files: dict[str, str]) -> Audit:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))


def only(made: Audit) -> Workflow:
    (found,) = made.survey.program.workflows
    return found


def step(workflow: Workflow, name: str) -> Step:
    found = workflow.step(name)
    assert found is not None
    return found


def pairs(workflow: Workflow) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in workflow.edges}


def loud(made: Audit) -> list[tuple[str, int, str]]:
    """What is found beyond notes: file, line, rule; notices too."""
    notices = [(notice.span.path, notice.span.line, "notice") for notice in made.survey.program.notices]
    findings = [finding for finding in made.findings if finding.level is not Level.NOTE]
    return sorted(notices + [(finding.span.path, finding.span.line, finding.code) for finding in findings])


CHAIN = {("__start__", "writer"), ("writer", "critic")}


def test_a_root_agent_and_those_that_it_refers_to(tmp_path: Path) -> None:
    made = done(tmp_path, SOUND)
    workflow = only(made)
    assert (workflow.name, workflow.span.path, pairs(workflow)) == ("team", "app/root_agent.yaml", CHAIN)
    writer, critic = step(workflow, "writer"), step(workflow, "critic")
    assert [(offer.name, offer.span.path, offer.span.line) for offer in writer.offers] == [
        ("text", "app/writer.yaml", 4)
    ]
    assert writer.model == "gemini-2.5-flash"
    assert [(need.name, need.span.path, need.span.line) for need in critic.needs] == [
        ("text", "app/parts/critic.yaml", 2)
    ]
    assert loud(made) == []


def test_the_fixture_is_free_of_findings() -> None:
    folder = FOLDER / "projects" / "tutor_configured"
    findings = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    assert [finding.message for finding in findings if finding.level is not Level.NOTE] == []


def test_what_a_document_names_in_code_is_read_there() -> None:
    graph, tree = recovered(FOLDER / "projects" / "tutor_configured").workflows
    assert (graph.name, tree.name) == ("newsroom", "tutor")
    tutor, linguist, solver = (step(tree, name) for name in ("tutor", "linguist", "solver"))
    assert tutor.tools == ("google_search", "note_progress", "librarian")
    assert [(offer.name, offer.span.path) for offer in tutor.offers] == [("progress", "tutor/tools.py")]
    assert {offer.name for offer in linguist.offers} == {"explanation", "topic"}
    assert [offer.type for offer in solver.offers] == ["Solution"]
    assert step(tree, "historian").span.path == "tutor/custom.py"


@pytest.mark.parametrize(
    "loading",
    [
        "config_agent_utils.from_config('app/root_agent.yaml')",
        "config_agent_utils.from_config(os.path.join(os.path.dirname(__file__), 'app', 'root_agent.yaml'))",
        "config_agent_utils.from_config(config_path=str(Path(__file__).parent / 'app/root_agent.yaml'))",
    ],
)
def test_code_that_loads_a_document_runs_the_agents_in_it(tmp_path: Path, loading: str) -> None:
    workflow = only(done(tmp_path, SOUND | {"main.py": RUNNER.format(loading=loading)}))
    assert (workflow.name, pairs(workflow)) == ("team", CHAIN)
    assert [(run.span.path, run.keys) for run in workflow.invocations] == [("main.py", ("topic",))]


def test_a_document_under_another_name_is_read_where_code_loads_it(tmp_path: Path) -> None:
    files = {name.replace("root_agent", "team"): text for name, text in SOUND.items()}
    assert done(tmp_path, files).survey.program.workflows == ()
    code = "from google.adk.agents.config_agent_utils import from_config\n\nroot_agent = from_config('app/team.yaml')\n"
    assert pairs(only(done(tmp_path, files | {"main.py": code}))) == CHAIN


def test_agents_in_code_can_hold_those_of_documents(tmp_path: Path) -> None:
    code = """\
from google.adk.agents import LoopAgent, config_agent_utils

loop = LoopAgent(name="loop", sub_agents=[config_agent_utils.from_config("app/root_agent.yaml")], max_iterations=2)
"""
    flows = done(tmp_path, SOUND | {"main.py": code}).survey.program.workflows
    (loop,) = (flow for flow in flows if flow.name == "loop")
    assert pairs(loop) == {*CHAIN, ("critic", "writer")}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(
            {"app/writer.yaml": f"{WRITER}tools: ["}, [("app/writer.yaml", 5, "notice")], id="an open bracket"
        ),
        pytest.param({"app/writer.yaml": WRITER + WRITER[:13]}, [("app/writer.yaml", 5, "notice")], id="named twice"),
        pytest.param(
            {"app/root_agent.yaml": TEAM.replace("writer", "author")},
            [("app/root_agent.yaml", 4, "notice")],
            id="no file",
        ),
        pytest.param(
            {"app/parts/critic.yaml": CRITIC + "sub_agents: [{config_path: ../root_agent.yaml}]\n"}, [], id="a circle"
        ),
        pytest.param({"app/writer.yaml": ""}, [], id="an empty file"),
        pytest.param({"app/writer.yaml": "- a\n"}, [], id="a list"),
        pytest.param({"app/root_agent.yaml": "a: 1\nname: x\n"}, [], id="no agent"),
    ],
)
def test_what_is_wrong_is_told_and_leaves_the_rest_open(
    tmp_path: Path, changed: dict[str, str], expected: list[tuple[str, int, str]]
) -> None:
    made = done(tmp_path, SOUND | changed)
    assert loud(made) == expected


def test_an_agent_that_is_not_there_leaves_the_steps_open(tmp_path: Path) -> None:
    workflow = only(done(tmp_path, {name: text for name, text in SOUND.items() if "writer" not in name}))
    assert pairs(workflow) == {("__start__", "critic")}
    assert [(item.aspect, item.span.line) for item in workflow.unresolved] == [(Aspect.STEPS, 4)]


def test_a_field_that_nobody_writes_is_told_where_it_is_read(tmp_path: Path) -> None:
    critic = CRITIC.replace("{text}", "{txet}")
    code = RUNNER.format(loading="config_agent_utils.from_config('app/root_agent.yaml')")
    assert loud(done(tmp_path, SOUND | {"app/parts/critic.yaml": critic, "main.py": code})) == [
        ("app/parts/critic.yaml", 2, "WF101")
    ]


def test_edges_of_a_graph_name_nodes_in_every_way(tmp_path: Path) -> None:
    graph = """\
agent_class: Workflow
name: desk
edges:
  - [START, desk.nodes.collect, [left.yaml, {name: right, instruction: Go right.}], {agent_class: JoinNode, name: both}]
  - {from_node: both, to_node: {code: desk.nodes.last}, route: done}
  - [both, {again: desk.nodes.collect}]
"""
    nodes = """\
from google.adk.agents import LlmAgent

def collect(node_input):
    return node_input

last = LlmAgent(name="last", instruction="End it.")
"""
    files = {"desk/root_agent.yaml": graph, "desk/nodes.py": nodes, "desk/left.yaml": "name: left\ninstruction: Go.\n"}
    workflow = only(done(tmp_path, files))
    assert pairs(workflow) == {
        ("__start__", "collect"),
        ("collect", "left"),
        ("collect", "right"),
        ("left", "both"),
        ("right", "both"),
        ("both", "last"),
        ("both", "collect"),
    }
    assert [join.sources for join in workflow.joins] == [("left", "right")]
