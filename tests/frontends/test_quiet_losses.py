"""Checks that are not made, steps that never run and parts that are refused, each beside the same thing done right."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.frontends.fixtures import audited

SAID = frozenset({"WF304", "WF407", "WF607"})

CREWAI = """
    from crewai import Agent, Crew, Process, Task

    clerk = Agent(role="Clerk", goal="work", backstory="old", llm="gpt-4o")


    def short(output):
        return (True, output.raw)


    note = Task(description="Write.", expected_output="x", agent=clerk, {task})
    crew = Crew(agents=[clerk], tasks=[note], {crew})
"""
LLAMA = """
    import asyncio

    from workflows import Context, Workflow, step
    from workflows.events import HumanResponseEvent, StartEvent, StopEvent


    class Mail(Workflow):
        @step
        async def ask(self, ev: StartEvent, ctx: Context) -> StopEvent:
            try:
                answer = await ctx.wait_for_event(HumanResponseEvent)
            {caught}
            return StopEvent(result=answer.response)


    async def main():
        return await Mail(timeout=3).run({given})


    asyncio.run(main())
"""
HAYSTACK = """
    from haystack import Pipeline, component
    from haystack.components.agents import Agent
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.tools import Tool, create_tool_from_function, tool
    from somewhere import Base, registered


    @component
    class Counting:
        @component.output_types(n=int)
        def run(self, text: str):
            return {{"n": len(text)}}


    def find(name: str, shop: str):
        \"\"\"Finds it.\"\"\"
        return name


    async def wait(name: str):
        return name


    {part}
"""
PIPELINE = "pipe = Pipeline()\npipe.add_component('count', Count())\npipe.run({'count': {'text': 'tea'}})"
BODY = "    def run(self, text: str):\n        return {'n': 1}\n\n\n"
AGENT = "clerk = Agent(chat_generator=OpenAIChatGenerator(), tools=[{}])"
ADK = """
    from google.adk.agents import BaseAgent, LlmAgent, LoopAgent, SequentialAgent
    from google.adk.events.event import Event
    from google.adk.events.event_actions import EventActions


    class Stop(BaseAgent):
        async def _run_async_impl(self, ctx):
            {stop}


    def keep(tool_context):
        tool_context.state["temp:note"] = "tea"
        return {{"status": "ok"}}


    write = LlmAgent(name="write", model="gemini-2.5-flash", instruction="Write.", tools=[{tool}])
    judge = LlmAgent(name="judge", model="gemini-2.5-flash", instruction="Judge {{temp:note{mark}}}")
    loop = LoopAgent(name="loop", sub_agents=[write, Stop(name="stop"), judge], max_iterations=3)
    root_agent = SequentialAgent(name="row", sub_agents=[loop])
"""
ENDS = "yield Event(author=self.name, actions=EventActions(escalate=True))"
FRAMEWORK = """
    from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler, tool
    from agent_framework.openai import OpenAIChatClient
    from typing_extensions import Never


    @tool
    def look(name: str) -> str:
        return name


    @tool(name="{name}")
    def look_there(name: str) -> str:
        return name


    class Count(Executor):
        def __init__(self, number: int):
            {begin}
            self.number = number

        @handler
        async def count(self, text: str, ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output(text)


    clerk = Agent(OpenAIChatClient(), name="clerk", tools=[look, look_there])
    flow = WorkflowBuilder(start_executor=Count(1)).build()
"""


def crewai(task: str = "", crew: str = "") -> str:
    return dedent(CREWAI).format(task=task, crew=crew)


def llama(caught: str, given: str = "") -> str:
    return dedent(LLAMA.format(caught=caught.replace("\n", "\n            "), given=given))


def haystack(part: str) -> str:
    return dedent(HAYSTACK.format(part=part.replace("\n", "\n    ")))


def adk(stop: str, tool: str = "keep", mark: str = "") -> str:
    return dedent(ADK.format(stop=stop.replace("\n", "\n            "), tool=tool, mark=mark))


def framework(begin: str = 'super().__init__(id="count")', name: str = "other") -> str:
    return dedent(FRAMEWORK.format(begin=begin, name=name))


def told(folder: Path, source: str) -> set[str]:
    folder.joinpath("flow.py").write_text(source, encoding="utf-8")
    return {finding.code for finding in audited(folder).findings} & SAID


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(crewai("guardrail=short, guardrails=[short]"), "WF607", id="guardrail beside guardrails"),
        pytest.param(crewai(crew='process="parallel"'), "WF304", id="process"),
        pytest.param(llama("except Exception:\n    return StopEvent(result='')"), "WF607", id="wait that is caught"),
        pytest.param(llama("finally:\n    pass", '"tea"'), "WF304", id="run of a text"),
        pytest.param(haystack("class Count:\n" + BODY + PIPELINE), "WF304", id="plain class"),
        pytest.param(
            haystack("@tool\ndef look(name):\n    return name\n\n\n" + AGENT.format("look")), "WF304", id="type"
        ),
        pytest.param(
            haystack(AGENT.format("create_tool_from_function(find, inputs_from_state={'place': 'town'})")),
            "WF304",
            id="state",
        ),
        pytest.param(
            haystack(AGENT.format("Tool(name='w', description='w', parameters={}, function=wait)")),
            "WF304",
            id="coroutine",
        ),
        pytest.param(adk(ENDS), "WF407", id="agent behind the end of the loop"),
        pytest.param(adk("if ctx.ended:\n    " + ENDS, tool=""), "WF304", id="key of another run"),
        pytest.param(framework(name="look"), "WF304", id="two tools"),
        pytest.param(framework(begin="self.first = 1"), "WF304", id="no id"),
    ],
)
def test_what_is_told(tmp_path: Path, source: str, code: str) -> None:
    assert code in told(tmp_path, source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(crewai("guardrails=[short, short]", "process=Process.sequential"), id="guardrails"),
        pytest.param(crewai("guardrail=short, guardrails=[]", 'process="sequential"'), id="no further guardrails"),
        pytest.param(
            llama("except asyncio.TimeoutError:\n    return StopEvent(result='')"), id="time-out that is caught"
        ),
        pytest.param(llama("except Exception:\n    print('again')\n    raise"), id="wait that is raised again"),
        pytest.param(llama("finally:\n    pass", 'text="tea"'), id="run of a name"),
        pytest.param(haystack("class Count(Counting):\n" + BODY + PIPELINE), id="heir of a component"),
        pytest.param(haystack("class Count(Base):\n" + BODY + PIPELINE), id="heir of what nobody knows"),
        pytest.param(haystack("@registered\nclass Count:\n" + BODY + PIPELINE), id="class of another decorator"),
        pytest.param(
            haystack("@tool\ndef look(name: str, *rest, **more):\n    return name\n\n\n" + AGENT.format("look")),
            id="types",
        ),
        pytest.param(
            haystack(AGENT.format("create_tool_from_function(find, inputs_from_state={'messages': 'shop'})")),
            id="state",
        ),
        pytest.param(
            haystack(AGENT.format("Tool(name='w', description='w', parameters={}, async_function=wait)")),
            id="coroutine",
        ),
        pytest.param(adk("if ctx.ended:\n    " + ENDS), id="loop that ends at times"),
        pytest.param(adk(ENDS.replace("True", "self.done"), mark="?"), id="loop that may end"),
        pytest.param(framework(), id="two names, and an id"),
        pytest.param(framework(begin='Executor.__init__(self, id="count")'), id="id by the base's name"),
    ],
)
def test_what_is_not(tmp_path: Path, source: str) -> None:
    assert told(tmp_path, source) == set()
