from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import ways, workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import EdgeKind, Exchange, FaultKind, FieldMapping, Step, StepKind, Workflow
from wflint.request import CacheChoice, Request

HEAD = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph, GraphBuilder, GraphRunContext, StepContext

@dataclass
class State:
    n: int = 0
"""


def flow(name: str) -> Workflow:
    (found,) = (w for w in recovered(FOLDER / "pydantic-graph").workflows if w.name == name)
    return found


def one(folder: Path, source: str) -> Workflow:
    (found,) = workflows(folder, HEAD + source)
    return found


def step(workflow: Workflow, name: str) -> Step:
    found = workflow.step(name)
    assert found is not None
    return found


def test_fixtures_are_free_of_findings() -> None:
    folder = FOLDER / "pydantic-graph"
    assert [finding.message for finding in audited(folder).findings if finding.level is not Level.NOTE] == []


def test_the_state_is_read_and_set_through_the_context() -> None:
    inserted = step(flow("machine"), "CoinsInserted")
    assert [(need.name, need.type) for need in inserted.needs] == [("coins", "int"), ("drink", "str | None")]
    assert [offer.name for offer in inserted.offers] == ["coins"]


def test_the_state_is_whole_when_a_run_begins() -> None:
    workflow = flow("machine")
    assert workflow.exchange is Exchange.STATE
    assert workflow.state is not None
    assert [(field.name, field.preset) for field in workflow.state.fields] == [("coins", True), ("drink", True)]
    assert workflow.entries == ("InsertCoin",)
    assert not workflow.externally_callable


def test_a_graph_that_nobody_runs_may_begin_anywhere() -> None:
    assert set(flow("route").entries) == {"pick-up", "Sort", "Deliver"}


def test_agents_are_what_nodes_ask() -> None:
    judge = step(flow("letters"), "Judge")
    assert (judge.kind, judge.model) == (StepKind.AGENT, "openai:gpt-5")


def test_a_choice_of_nodes_tells_what_it_returns() -> None:
    (choice,) = (choice for choice in flow("machine").choices if choice.source == "Pour")
    assert {route.label for route in choice.routes} == {"InsertCoin", "__end__"}
    assert choice.closed
    assert {edge.label for edge in flow("machine").edges if edge.source == "Pour"} == {"paid", "too little"}


def test_joins_wait_for_all_that_was_forked() -> None:
    workflow = flow("make_survey")
    assert step(workflow, "reduce_sum").deferred
    assert not step(workflow, "ask").deferred


def test_without_a_state_outputs_are_the_inputs_of_the_next() -> None:
    workflow = flow("converter")
    assert workflow.exchange is Exchange.MESSAGES
    assert [(offer.name, offer.type) for offer in step(workflow, "parse").offers] == [("output", "float")]
    assert [(need.name, need.type) for need in step(workflow, "convert").needs] == [("inputs", "float")]
    (edge,) = (edge for edge in workflow.edges if edge.source == "parse")
    assert edge.field_map == (FieldMapping("output", "inputs"),)


def test_a_node_that_is_not_in_the_graph(tmp_path: Path) -> None:
    source = """
@dataclass
class One(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Two:
        return Two()

@dataclass
class Two(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> End[int]:
        return End(ctx.state.n)

graph = Graph(nodes=[One])
"""
    assert [(item.name, item.role, item.source) for item in one(tmp_path, source).unresolved_names] == [
        ("Two", "returned node", "One")
    ]


def test_a_return_that_the_annotation_lacks_is_a_way_all_the_same(tmp_path: Path) -> None:
    source = """
@dataclass
class One(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Two:
        if ctx.state.n > 3:
            return Three()
        return Two()

@dataclass
class Two(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> One:
        return One()

@dataclass
class Three(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> One:
        return End(ctx.state.n)

graph = Graph(nodes=[One, Two, Three])
"""
    graph = one(tmp_path, source)
    assert {(edge.source, edge.target, edge.kind.value) for edge in graph.edges if edge.source != "Two"} == {
        ("One", "Two", "conditional"),
        ("One", "Three", "conditional"),
        ("Three", "One", "conditional"),
        ("Three", "__end__", "conditional"),
    }
    assert graph.open_sources == set()


def test_a_return_that_cannot_be_told_is_open(tmp_path: Path) -> None:
    source = """
@dataclass
class One(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> BaseNode[State]:
        return following(ctx)

graph = Graph(nodes=[One])
"""
    assert one(tmp_path, source).open_sources == {"One"}


def test_a_state_attribute_that_is_not_declared(tmp_path: Path) -> None:
    source = """
@dataclass
class One(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> End[int]:
        return End(ctx.state.m)

graph = Graph(nodes=[One])
"""
    (tmp_path / "flow.py").write_text(HEAD + source, encoding="utf-8")
    findings = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [finding.code for finding in findings if finding.level is Level.ERROR] == ["WF101"]


def test_two_steps_of_one_id(tmp_path: Path) -> None:
    source = """
g = GraphBuilder()

@g.step(node_id="same")
async def first(ctx: StepContext[None, None, None]) -> int:
    return 1

@g.step(node_id="same")
async def second(ctx: StepContext[None, None, int]) -> int:
    return 2

g.add(g.edge_from(g.start_node).to(first), g.edge_from(first).to(second), g.edge_from(second).to(g.end_node))
graph = g.build()
"""
    assert [(fault.kind, fault.subject) for fault in one(tmp_path, source).faults] == [
        (FaultKind.DUPLICATE_STEP, "same")
    ]


def test_nested_decisions_and_forks(tmp_path: Path) -> None:
    source = """
g = GraphBuilder(state_type=State)

@g.step
async def a(ctx: StepContext[State, None, None]) -> int:
    return 1

@g.step
async def b(ctx: StepContext[State, None, int]) -> int:
    return 1

@g.step
async def c(ctx: StepContext[State, None, int]) -> int:
    return 1

inner = g.decision().branch(g.match(str).to(c)).branch(g.match(bytes).to(g.end_node))
g.add(
    g.edge_from(g.start_node).to(a),
    g.edge_from(a).to(g.decision(note="which").branch(g.match(int).to(b)).branch(g.match(object).to(inner))),
    g.edge_from(b).transform(lambda ctx: ctx.inputs).label("on").to(c, g.end_node),
    g.edge_from(c).to(g.end_node),
)
graph = g.build()
"""
    workflow = one(tmp_path, source)
    assert ways(workflow) == {
        ("__start__", "a", "direct"),
        ("a", "b", "conditional"),
        ("a", "c", "conditional"),
        ("a", "__end__", "conditional"),
        ("b", "c", "fan-out"),
        ("b", "__end__", "fan-out"),
        ("c", "__end__", "direct"),
    }
    assert {edge.label for edge in workflow.edges if edge.kind is EdgeKind.FAN_OUT} == {"on"}


def test_a_state_object_takes_any_attribute(tmp_path: Path) -> None:
    source = """
@dataclass
class Count(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> Tell:
        ctx.state.seen = True
        return Tell()

@dataclass
class Tell(BaseNode[State, None, bool]):
    async def run(self, ctx: GraphRunContext[State]) -> End[bool]:
        return End(ctx.state.seen)

counting = Graph(nodes=[Count, Tell])
counting.run_sync(Count(), state=State())
"""
    (tmp_path / "flow.py").write_text(HEAD + source, encoding="utf-8")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [finding.message for finding in found if finding.level is not Level.NOTE] == []


def test_what_every_object_has_is_no_field(tmp_path: Path) -> None:
    source = """
@dataclass
class Only(BaseNode[State]):
    async def run(self, ctx: GraphRunContext[State]) -> End[int]:
        print(ctx.state.__dict__, ctx.state.__class__.__name__)
        return End(ctx.state.__dict__["n"])

graph = Graph(nodes=[Only])
"""
    only = step(one(tmp_path, source), "Only")
    assert [need.name for need in only.needs] == ["n"]
    assert only.needs_open


def test_a_node_class_says_what_the_state_is_where_its_context_does_not(tmp_path: Path) -> None:
    source = """
from __future__ import annotations
from dataclasses import dataclass
from pydantic_graph import BaseNode, End, Graph, GraphRunContext

@dataclass
class Count:
    number: int = 0

@dataclass
class Add(BaseNode[Count]):
    async def run(self, ctx: GraphRunContext) -> Show:
        ctx.state.number += 1
        return Show()

@dataclass
class Show(BaseNode[Count, None, str]):
    async def run(self, ctx: GraphRunContext) -> End[str]:
        return End(str(ctx.state.number))

graph = Graph(nodes=(Add, Show))
"""
    (tmp_path / "flow.py").write_text(source, encoding="utf-8")
    (workflow,) = audited(tmp_path).survey.program.workflows
    assert workflow.state is not None
    assert [(field.name, field.type) for field in workflow.state.fields] == [("number", "int")]


GIVEN = """
from dataclasses import dataclass

from pydantic_graph import BaseNode, End, Graph, GraphRunContext

@dataclass
class Deps:
    socket: object

@dataclass
class Ask(BaseNode[None, Deps, str]):
    async def run(self, ctx: GraphRunContext[None, Deps]) -> End[str]:
        return End(await ctx.deps%s.receive())

graph = Graph(nodes=(Ask,))

async def main(socket):
    return await graph.run(Ask(), deps=%s)
"""


@pytest.mark.parametrize(
    ("read", "deps", "told"),
    [
        (".socket", "Deps(socket)", []),
        ("['socket']", "{'socket': socket}", [(Level.NOTE, '"socket" is an attribute of Deps, not a key')]),
        ("['wire']", "{'wire': socket}", [(Level.ERROR, 'Deps has no key "wire" (it has "socket")')]),
    ],
)
def test_dependencies_that_are_read_as_keys(
    tmp_path: Path, read: str, deps: str, told: list[tuple[Level, str]]
) -> None:
    """A declared class is no dict, but what the caller gives may be one."""
    (tmp_path / "main.py").write_text(GIVEN % (read, deps), encoding="utf-8")
    found = [(f.level, f.message.partition(", but ")[2]) for f in audited(tmp_path).findings if f.code == "WF109"]
    assert found == told


DRIVEN = """
from pydantic_graph import GraphBuilder, StepContext

g = GraphBuilder(output_type=int)

@g.step
async def one(ctx: StepContext[None, None, None]) -> int:
    return 1

@g.step
async def two(ctx: StepContext[None, None, int]) -> int:
    return 2

g.add(g.edge_from(g.start_node).to(one), g.edge_from(one).to(g.end_node), g.edge_from(two).to(g.end_node))
graph = g.build(%s)
"""


@pytest.mark.parametrize(("built", "codes"), [("", ["WF301"]), ("validate_graph_structure=False", [])])
def test_code_leads_to_the_other_steps_of_a_graph_that_is_not_checked(
    tmp_path: Path, built: str, codes: list[str]
) -> None:
    (tmp_path / "main.py").write_text(DRIVEN % built, encoding="utf-8")
    assert [finding.code for finding in audited(tmp_path).findings if finding.code == "WF301"] == codes


ANSWERED = """
from pydantic import BaseModel
from pydantic_ai import Agent, ToolOutput

class City(BaseModel):
    name: str

agent = Agent("openai:gpt-5.2", output_type=%s, instructions="Call `where` first, then call `%s` with the result.")

@agent.tool_plain
def where() -> str:
    return "Mexico"

def main():
    return agent.run_sync("Which city?").output
"""


@pytest.mark.parametrize(
    ("form", "told", "codes"),
    [
        ("ToolOutput(City)", "final_result", []),
        ("ToolOutput(City, name='say_city')", "say_city", []),
        ("[ToolOutput(City, name='say_city'), ToolOutput(str, name='say_no')]", "say_no", []),
        ("ToolOutput(City)", "say_city", ["WF003"]),
    ],
)
def test_the_tools_that_an_agent_answers_by_are_its_tools(
    tmp_path: Path, form: str, told: str, codes: list[str]
) -> None:
    (tmp_path / "main.py").write_text(ANSWERED % (form, told), encoding="utf-8")
    assert [finding.code for finding in audited(tmp_path).findings if finding.code == "WF003"] == codes
