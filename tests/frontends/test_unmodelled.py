"""Methods of builders that no front end has heard of: what they add is open, and said once."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.sources import workflows
from wflint.audit import audit
from wflint.model.finding import Level, Persona
from wflint.model.workflow import Aspect
from wflint.request import CacheChoice, Request

LANGGRAPH = """
    from typing import TypedDict
    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        topic: str

    def work(state: State):
        return {"topic": state["topic"] + "!"}

    builder = StateGraph(State)
    builder.add_node("work", work)
    builder.NEW("check", work)
    builder.add_edge(START, "work")
    builder.add_edge("work", "check")
    builder.add_edge("check", END)
    graph = builder.compile()
"""
AUTOGEN = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.teams import DiGraphBuilder, GraphFlow

    work = AssistantAgent("work", model_client=None)
    check = AssistantAgent("check", model_client=None)
    builder = DiGraphBuilder()
    builder.add_node(work)
    builder.NEW(check)
    builder.add_edge(work, check)
    team = GraphFlow(participants=[work], graph=builder.build())
"""
PYDANTIC_GRAPH = """
    from pydantic_graph.beta import GraphBuilder, StepContext

    builder = GraphBuilder(input_type=str, output_type=str)

    @builder.step
    async def work(ctx: StepContext[None, None, str]) -> str:
        return ctx.inputs

    @builder.step
    async def check(ctx: StepContext[None, None, str]) -> str:
        return ctx.inputs

    builder.add(builder.edge_from(builder.start_node).to(work))
    builder.NEW(work, check)
    builder.add(builder.edge_from(check).to(builder.end_node))
    graph = builder.build()
"""
HAYSTACK = """
    from haystack import Pipeline, component

    @component
    class Part:
        @component.output_types(text=str)
        def run(self, text: str):
            return {"text": text}

    pipeline = Pipeline()
    pipeline.add_component("work", Part())
    pipeline.NEW("check", Part())
    pipeline.connect("work.text", "check.text")
"""
AGENT_FRAMEWORK = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    class Part(Executor):
        @handler
        async def run(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)

    builder = WorkflowBuilder(start_executor=Part(id="work"))
    builder.NEW(Part(id="check"))
    builder.add_edge("work", "check")
    workflow = builder.build()
"""
CHAINED = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    class Part(Executor):
        @handler
        async def run(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)

    workflow = WorkflowBuilder(start_executor=Part(id="work")).NEW(Part(id="check")).add_edge("work", "check").build()
"""
SEQUENCE = """
    from agent_framework import Agent
    from agent_framework.orchestrations import GroupChatBuilder

    work, check = Agent(client=None, name="work"), Agent(client=None, name="check")
    workflow = GroupChatBuilder(participants=[work, check]).NEW(check).build()
"""
BUILDERS = [
    pytest.param(LANGGRAPH, id="langgraph"),
    pytest.param(AUTOGEN, id="autogen"),
    pytest.param(PYDANTIC_GRAPH, id="pydantic-graph"),
    pytest.param(HAYSTACK, id="haystack"),
    pytest.param(AGENT_FRAMEWORK, id="agent-framework"),
    pytest.param(CHAINED, id="agent-framework, chained"),
    pytest.param(SEQUENCE, id="agent-framework, ready-made"),
]


@pytest.mark.parametrize("source", BUILDERS)
def test_what_an_unfamiliar_method_adds_is_open_and_said_once(tmp_path: Path, source: str) -> None:
    text = dedent(source.replace("NEW", "weave_in"))
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True)))
    (flow,) = found.survey.program.workflows
    (item,) = flow.unresolved
    assert item.reason == 'the effect of "weave_in" on the workflow is not known statically'
    assert item.aspect is Aspect.STEPS
    assert "weave_in" in text.splitlines()[item.span.line - 1]
    shown = [finding for finding in found.findings if finding.persona is Persona.REGULAR]
    assert [finding.code for finding in shown if finding.code not in ("WF951", "WF952")] == ["WF991"]
    assert all(finding.level is Level.NOTE for finding in shown)


def test_a_method_that_is_called_several_times_is_said_once(tmp_path: Path) -> None:
    source = HAYSTACK.replace("NEW", "weave_in") + '    pipeline.weave_in("more", Part())\n'
    (flow,) = workflows(tmp_path, source)
    assert len(flow.unresolved) == 1


@pytest.mark.parametrize(
    ("source", "method"),
    [
        pytest.param(LANGGRAPH, "validate", id="langgraph"),
        pytest.param(AUTOGEN, "get_participants", id="autogen"),
        pytest.param(PYDANTIC_GRAPH, "edge_from", id="pydantic-graph"),
        pytest.param(HAYSTACK, "draw", id="haystack"),
        pytest.param(AGENT_FRAMEWORK, "with_checkpointing", id="agent-framework"),
    ],
)
def test_a_method_that_adds_nothing_leaves_nothing_open(tmp_path: Path, source: str, method: str) -> None:
    (flow,) = workflows(tmp_path, source.replace("NEW", method))
    assert flow.unresolved == ()


def test_a_class_of_the_source_may_have_methods_of_its_own(tmp_path: Path) -> None:
    source = """
    from haystack import Pipeline, component

    @component
    class Part:
        @component.output_types(text=str)
        def run(self, text: str):
            return {"text": text}

    class Line(Pipeline):
        def put(self, name: str) -> None:
            self.add_component(name, Part())

    pipeline = Line()
    pipeline.put("work")
    pipeline.put("check")
    pipeline.connect("work.text", "check.text")
    """
    (flow,) = workflows(tmp_path, source)
    assert [step.id for step in flow.steps] == ["work", "check"]
    assert flow.unresolved == ()
