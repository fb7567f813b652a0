"""What runs lack, and what is dropped on the way, is told; the same code done right is not. All of it was run."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.fixtures import audited

SAID = frozenset({"WF304", "WF407", "WF503", "WF504", "WF607"})

GRAPH = """
    import operator
    from dataclasses import dataclass
    from typing import Annotated, TypedDict

    from langchain_core.messages import AIMessage, RemoveMessage
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.func import entrypoint, task
    from langgraph.graph import END, START, StateGraph
    from langgraph.graph.message import REMOVE_ALL_MESSAGES, add_messages
    from langgraph.runtime import Runtime
    from langgraph.store.memory import InMemoryStore
    from langgraph.types import Command, interrupt
    from somewhere import merged, slowly


    @dataclass
    class Desk:
        tone: str


    class State(TypedDict):
        text: str
        price: str
        messages: Annotated[list, {reducer}]


    {step}


    builder = StateGraph(State, context_schema=Desk)
    builder.add_node("write", write)
    builder.add_edge(START, "write")
    {more}
    graph = builder.compile({saver})
    thread = {{"configurable": {{"thread_id": "1"}}}}


    def run():
        {run}
"""
PLAIN = 'def write(state: State):\n    return {"text": "x"}'
ASYNC = 'async def write(state: State):\n    return {"text": "x"}'
INVOKE = 'return graph.invoke({"text": "", "price": "", "messages": []}, thread)'
SAVED = "checkpointer=InMemorySaver()"
READS = 'def write(state: State, runtime: Runtime[Desk]):\n    return {"text": runtime.context.tone}'
ASKS = READS.replace("context.tone", 'context.tone if runtime.context else ""')
KEEPS = 'def write(state: State, runtime: Runtime):\n    runtime.store.put(("a",), "b", {})\n    return {"text": "x"}'
MAY_KEEP = (
    'def write(state: State, runtime: Runtime):\n    if runtime.store:\n        runtime.store.put(("a",), "b", {})'
)
REMOVES = 'def write(state: State):\n    return {"messages": [RemoveMessage(id=m.id) for m in state["messages"]]}'
ALL_FIRST = 'def write(state: State):\n    return {"messages": [RemoveMessage(id=REMOVE_ALL_MESSAGES), AIMessage("x")]}'
ALL_LAST = 'def write(state: State):\n    return {"messages": [AIMessage("x"), RemoveMessage(id=REMOVE_ALL_MESSAGES)]}'
ROUTED = "def judge(state: State):\n    return {way}\n\n\n" + PLAIN
TWO = (
    'def write(state: State):\n    return {"text": interrupt("text?")}\n\n\n'
    'def cost(state: State):\n    return {"price": interrupt("price?")}'
)
BESIDE = 'builder.add_node("cost", cost)\nbuilder.add_edge(START, "cost")'
BEHIND = 'builder.add_node("cost", cost)\nbuilder.add_edge("write", "cost")'
JUDGED = 'builder.add_conditional_edges("write", judge, {"end": END})'
TASKED = "@task\ndef note(text):\n    return text\n\n\n{}\n\n\n" + PLAIN


def graph(step: str = PLAIN, run: str = INVOKE, saver: str = "", reducer: str = "add_messages", more: str = "") -> str:
    blocks = {"step": step, "run": run, "more": more}
    spaces = {"step": " " * 4, "run": " " * 8, "more": " " * 4}
    placed = {name: text.replace("\n", "\n" + spaces[name]) for name, text in blocks.items()}
    return dedent(GRAPH.format(saver=saver, reducer=reducer, **placed)) + "\n\nrun()\n"


OPENAI = """
    import asyncio

    from agents import Agent, GuardrailFunctionOutput, ModelSettings, RunConfig, Runner, handoff, output_guardrail


    @output_guardrail
    async def polite(context, agent, output):
        return GuardrailFunctionOutput(output_info=None, tripwire_triggered=len(output) > 9)


    def cut(data):
        {cut}


    desk = Agent(name="desk", instructions="Answer.", handoff_description="answers")
    clerk = Agent(name="clerk", instructions="Answer.", {more})


    {run}
"""
AUTOGEN = """
    import asyncio

    from autogen_agentchat.agents import AssistantAgent, SocietyOfMindAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.messages import TextMessage
    from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, Swarm
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="own", model_info={{"function_calling": {calls}, "vision": False}})
    a, b, c, d = (AssistantAgent(name, client) for name in "abcd")


    def look(name: str) -> str:
        return name


    {body}
"""
TEAM = "team = RoundRobinGroupChat([a, b], max_turns=2)\n"
LOOP = (
    "builder = DiGraphBuilder().add_node(a).add_node(b).add_node(c).add_node(d)\n"
    "builder.add_edge(a, b, condition='{again}', activation_group='in')\n"
    "builder.add_edge(b, a, activation_group='back').add_edge(a, d, condition='{done}').add_edge(c, d)\n"
    "builder.add_edge(c, a, activation_group='first')\n"
    "team = GraphFlow([a, b, c, d], graph=builder.build(), max_turns=9)\nasyncio.run(team.run(task='go'))\n"
)


def openai(run: str, more: str = "", cut: str = "return data.model_data") -> str:
    return dedent(OPENAI.format(run=run.replace("\n", "\n    "), more=more, cut=cut))


def autogen(body: str, calls: str = "True") -> str:
    return dedent(AUTOGEN.format(calls=calls, body=body.replace("\n", "\n    ")))


def told(folder: Path, source: str) -> set[str]:
    folder.joinpath("flow.py").write_text(source, encoding="utf-8")
    return {finding.code for finding in audited(folder).findings} & SAID


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(graph(ASYNC), "WF304", id="plain run of a coroutine"),
        pytest.param(graph(run="return graph.get_state(thread)"), "WF304", id="state that nothing keeps"),
        pytest.param(graph(run='return graph.invoke(Command(resume="x"), thread)'), "WF304", id="answer kept nowhere"),
        pytest.param(graph(READS), "WF304", id="no context"),
        pytest.param(graph(KEEPS), "WF304", id="no store"),
        pytest.param(graph(REMOVES, reducer="operator.add"), "WF504", id="removal that is added"),
        pytest.param(graph(ALL_LAST), "WF504", id="removal of what stands before"),
        pytest.param(
            graph(ROUTED.replace("{way}", 'Command(goto="end")'), more=JUDGED), "WF407", id="command of a router"
        ),
        pytest.param(
            graph(TWO, 'return graph.invoke(Command(resume="x"), thread)', SAVED, more=BESIDE),
            "WF304",
            id="one answer for two",
        ),
        pytest.param(graph(TASKED.replace("{}", "note('x')")), "WF304", id="task by itself"),
        pytest.param(
            openai('async def main():\n    return Runner.run_sync(clerk, "go")'), "WF304", id="plain run in a coroutine"
        ),
        pytest.param(
            openai('Runner.run_sync(clerk, "go", conversation_id="c")', "output_guardrails=[polite]"),
            "WF304",
            id="guardrail of what the service keeps",
        ),
        pytest.param(
            openai('Runner.run_sync(clerk, "go", run_config=RunConfig(call_model_input_filter=cut))', cut="data.x = 1"),
            "WF304",
            id="filter without a result",
        ),
        pytest.param(autogen(TEAM + "team.run(task=['a', 'b'])"), "WF304", id="task of texts"),
        pytest.param(
            autogen(TEAM + "async def main():\n    await asyncio.gather(team.run(task='a'), team.run(task='b'))"),
            "WF304",
            id="two runs at once",
        ),
        pytest.param(autogen("e = AssistantAgent('e', client, tools=[look])", "False"), "WF304", id="no calls"),
        pytest.param(autogen(LOOP.format(again="on", done="on")), "WF503", id="sender that comes round"),
        pytest.param(
            autogen(
                "inner = Swarm([a, b], termination_condition=MaxMessageTermination(2))\n"
                "team = RoundRobinGroupChat([SocietyOfMindAgent('s', team=inner, model_client=client), c])"
            ),
            "WF304",
            id="swarm in a society",
        ),
    ],
)
def test_what_is_told(tmp_path: Path, source: str, code: str) -> None:
    assert code in told(tmp_path, source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(ASYNC, INVOKE.replace("invoke", "ainvoke")), id="run of a coroutine"),
        pytest.param(graph("@slowly\n" + ASYNC), id="coroutine that a decorator may change"),
        pytest.param(graph(run="return graph.get_state(thread)", saver=SAVED), id="state that is kept"),
        pytest.param(
            graph(run="graph.checkpointer = InMemorySaver()\nreturn graph.get_state(thread)"), id="saver given later"
        ),
        pytest.param(graph(run='return graph.invoke(Command(resume="x"), thread)', saver=SAVED), id="answer"),
        pytest.param(graph(READS, INVOKE.replace("thread)", 'thread, context=Desk("x"))')), id="context"),
        pytest.param(graph(ASKS), id="context that is asked for"),
        pytest.param(graph(KEEPS, saver="store=InMemoryStore()"), id="store"),
        pytest.param(graph(MAY_KEEP), id="store that is asked for"),
        pytest.param(graph(REMOVES), id="removal that removes"),
        pytest.param(graph(REMOVES, reducer="merged"), id="removal for a reducer of another library"),
        pytest.param(graph(ALL_FIRST), id="removal of all before the rest"),
        pytest.param(graph(ROUTED.replace("{way}", '"end"'), more=JUDGED), id="label of a router"),
        pytest.param(
            graph(TWO, 'return graph.invoke(Command(resume={"a": "x"}), thread)', SAVED, more=BESIDE),
            id="answers by id",
        ),
        pytest.param(
            graph(TWO, 'return graph.invoke(Command(resume="x"), thread)', SAVED, more=BEHIND), id="one after the other"
        ),
        pytest.param(
            graph(
                TASKED.replace(
                    "{}", "def twice():\n    return note('x').result()\n\n\n@entrypoint()\ndef go(x):\n    twice()"
                )
            ),
            id="task in a helper of an entrypoint",
        ),
        pytest.param(openai('def main():\n    return Runner.run_sync(clerk, "go")'), id="plain run"),
        pytest.param(
            openai(
                'async def main():\n    def work():\n        return Runner.run_sync(clerk, "go")\n\n'
                "    return await asyncio.to_thread(work)"
            ),
            id="plain run in a thread",
        ),
        pytest.param(
            openai('Runner.run_sync(clerk, "go")', "output_guardrails=[polite]"), id="guardrail of what we keep"
        ),
        pytest.param(
            openai('Runner.run_sync(clerk, "go", run_config=RunConfig(call_model_input_filter=cut))'), id="filter"
        ),
        pytest.param(
            autogen(TEAM + "asyncio.run(team.run(task=[TextMessage(content='a', source='user')]))"),
            id="task of messages",
        ),
        pytest.param(
            autogen(TEAM + "async def main():\n    await team.run(task='a')\n    await team.run(task='b')"),
            id="two runs",
        ),
        pytest.param(
            autogen(
                TEAM + "other = RoundRobinGroupChat([c, d], max_turns=2)\n"
                "async def main():\n    await asyncio.gather(team.run(task='a'), other.run(task='b'))"
            ),
            id="two teams at once",
        ),
        pytest.param(autogen("e = AssistantAgent('e', client, tools=[look])"), id="calls"),
        pytest.param(autogen(LOOP.format(again="again", done="done")), id="sender that goes round or on"),
        pytest.param(
            autogen(
                "inner = RoundRobinGroupChat([a, b], max_turns=2)\n"
                "team = RoundRobinGroupChat([SocietyOfMindAgent('s', team=inner, model_client=client), c], max_turns=4)"
            ),
            id="team in a society",
        ),
    ],
)
def test_what_is_not(tmp_path: Path, source: str) -> None:
    assert told(tmp_path, source) == set()
