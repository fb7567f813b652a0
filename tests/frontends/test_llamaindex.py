from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import ways, workflows
from wflint.model.contract import Certainty
from wflint.model.finding import Level
from wflint.model.workflow import Exchange, Step, StepKind, Workflow

HEAD = """
from typing import Annotated, Optional, Union

from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step

class A(Event):
    pass

class B(Event):
    pass
"""


def flow(name: str) -> Workflow:
    (found,) = (w for w in recovered(FOLDER / "llamaindex").workflows if w.name == name)
    return found


def one(folder: Path, source: str) -> Workflow:
    (found,) = workflows(folder, HEAD + source)
    return found


def step(workflow: Workflow, name: str) -> Step:
    found = workflow.step(name)
    assert found is not None
    return found


def test_fixtures_are_free_of_findings() -> None:
    folder = FOLDER / "llamaindex"
    assert [finding.message for finding in audited(folder).findings if finding.level is not Level.NOTE] == []


def test_fields_of_events_are_what_steps_offer_and_need() -> None:
    bake = step(flow("BakeryOrder"), "bake")
    assert [(offer.name, offer.type) for offer in bake.offers] == [("loaves", "list[str]"), ("customer", "str")]
    assert {(need.name, need.type, need.required) for need in bake.needs} == {
        ("kilos", "float", True),
        ("customer", "str", True),
    }
    assert bake.description == "Bakes as many loaves as the dough gives."
    assert not bake.offers_open
    assert not bake.needs_open


def test_declared_start_and_stop_events_are_inputs_and_outputs() -> None:
    workflow = flow("BakeryOrder")
    assert workflow.exchange is Exchange.MESSAGES
    assert workflow.inputs is not None
    assert workflow.outputs is not None
    assert [field.name for field in workflow.inputs.fields] == ["customer", "loaves"]
    assert [field.name for field in workflow.outputs.fields] == ["text"]
    assert [(call.keys, call.closed) for call in workflow.invocations] == [(("customer", "loaves"), True)]
    assert not workflow.externally_callable


def test_a_step_that_asks_a_model_is_an_agent() -> None:
    assert step(flow("PressReview"), "write").kind is StepKind.AGENT
    assert step(flow("BakeryOrder"), "bake").kind is StepKind.FUNCTION


def test_several_events_are_a_choice_of_the_step() -> None:
    choices = {choice.source: choice for choice in flow("PressReview").choices}
    assert {route.label for route in choices["criticise"].routes} == {"StopEvent", "CritiqueEvent"}
    assert choices["criticise"].closed
    assert choices["criticise"].is_goto
    assert not any(choice.may_return_none_at for choice in choices.values())


def test_collected_events_are_joined() -> None:
    workflow = flow("WeatherReport")
    assert [(set(join.sources), join.target) for join in workflow.joins] == [
        ({"measure_wind", "measure_rain"}, "report")
    ]
    assert step(workflow, "report").deferred


def test_retries_are_seen() -> None:
    assert step(flow("MarketScan"), "look_up").retries


def test_events_that_are_only_sent_are_possible_ways() -> None:
    edges = {(edge.source, edge.target): edge.certainty for edge in flow("AlarmCentre").edges}
    assert edges["listen", "note"] is Certainty.POSSIBLE
    assert edges["listen", "dispatch"] is Certainty.CERTAIN


def test_people_are_steps_and_may_answer_unasked() -> None:
    workflow = flow("VisaDesk")
    assert step(workflow, "__human__").kind is StepKind.HUMAN
    assert workflow.entries == ("__human__",)


def test_a_team_begins_with_its_root_agent() -> None:
    assert flow("newsroom").entries == ("Reporter",)
    assert step(flow("newsroom"), "Reporter").tools == ("search_archive",)
    assert step(flow("newsroom"), "Reporter").description == "Collects the facts of a story."


@pytest.mark.parametrize(
    "annotation",
    ["A | B", "Union[A, B]", "'A | B'", "Optional[Union[A, B]]", "A | B | None", "list[A | B]", "Annotated[A | B, 1]"],
)
def test_spellings_of_a_union(tmp_path: Path, annotation: str) -> None:
    source = f"""
class Flow(Workflow):
    @step()
    async def start(self, ctx: Context, ev: StartEvent) -> {annotation}:
        return A() if ev.x else B()

    @step
    async def one(self, ev: A) -> StopEvent: return StopEvent(result=1)

    @step
    async def two(self, ev: B) -> StopEvent: return StopEvent(result=2)
"""
    assert ways(one(tmp_path, source)) == {
        ("__start__", "start", "direct"),
        ("start", "one", "conditional"),
        ("start", "two", "conditional"),
        ("one", "__end__", "direct"),
        ("two", "__end__", "direct"),
    }


def test_an_unannotated_return_is_open(tmp_path: Path) -> None:
    source = """
class Flow(Workflow):
    @step
    async def start(self, ev: StartEvent): return A()

    @step
    async def one(self, ev: A) -> StopEvent: return StopEvent(result=1)
"""
    assert one(tmp_path, source).open_sources == {"start"}


def test_an_agent_of_older_versions_that_takes_its_tools_by_position(tmp_path: Path) -> None:
    source = """
from llama_index.core.agent import ReActAgent
from llama_index.llms.openai import OpenAI

async def answer(request):
    tools = [found(name) for name in request.tools]
    agent = ReActAgent.from_tools(tools, llm=OpenAI(model="gpt-5.2"))
    return (await agent.aquery(request.question)).response
"""
    (found,) = workflows(tmp_path, source)
    assert [(step.id, step.model, step.tools_open) for step in found.steps] == [("agent", "gpt-5.2", True)]


WORKERS = """
from llama_index.core.agent import AgentRunner, FunctionCallingAgentWorker
from llama_index.core.objects import ObjectIndex
from llama_index.llms.openai import OpenAI

def weigh(letter: str) -> str:
    return letter

llm = OpenAI(model="gpt-5.2")
"""


@pytest.mark.parametrize(
    ("made", "tools", "is_open"),
    [
        ("AgentRunner(FunctionCallingAgentWorker.from_tools([weigh], llm=llm))", ("weigh",), False),
        ("FunctionCallingAgentWorker.from_tools([weigh], llm=llm).as_agent()", ("weigh",), False),
        ("FunctionCallingAgentWorker.from_tools([weigh], llm=llm, **more()).as_agent()", ("weigh",), False),
        ("AgentRunner.from_llm([weigh], llm=llm)", ("weigh",), False),
        ("AgentRunner(FunctionCallingAgentWorker.from_tools(tool_retriever=more(), llm=llm))", (), True),
    ],
)
def test_agents_that_older_versions_made_of_a_worker(
    tmp_path: Path, made: str, tools: tuple[str, ...], *, is_open: bool
) -> None:
    """Nobody runs them where it is seen: a factory gives them away."""
    (found,) = workflows(tmp_path, f"{WORKERS}\ndef clerk():\n    helper = {made}\n    return helper\n")
    steps = [(step.id, step.model, step.tools, step.tools_open) for step in found.steps]
    assert steps == [("helper", "gpt-5.2", tools, is_open)]


def test_an_agent_with_an_unknown_worker_is_seen(tmp_path: Path) -> None:
    source = f"{WORKERS}\ndef clerk(worker):\n    helper = AgentRunner(worker)\n    return helper\n"
    (found,) = workflows(tmp_path, source)
    assert [(step.id, step.tools_open) for step in found.steps] == [("helper", True)]


def test_an_object_of_a_workflow_is_no_agent(tmp_path: Path) -> None:
    source = f"{HEAD}\nclass Flow(Workflow):\n    @step\n    async def one(self, ev: StartEvent) -> StopEvent: ...\n"
    assert [found.name for found in workflows(tmp_path, f"{source}\nflow = Flow(timeout=9)\n")] == ["Flow"]
