"""Parts of declared answers that the asking step uses (WF109), and texts of agents in the next step (WF112)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked
from tests.rules.twins import Twin, found

ASKED = """
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel


    class Weather(BaseModel):
        sky: str
        wind: float | None = None

        def short(self) -> str:
            return self.sky[:3]


    class State(TypedDict):
        letter: str
        sky: str


    model = ChatOpenAI(model="gpt-4o", timeout=9).with_structured_output(Weather)


    def read(state: State):
        weather = model.invoke(state["letter"])
        return {"sky": {used}}


    builder = StateGraph(State)
    builder.add_node("read", read)
    builder.add_edge(START, "read")
    builder.add_edge("read", END)
    app = builder.compile()
"""
GRAPH = """
    from __future__ import annotations

    import json
    from dataclasses import dataclass

    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    poet = Agent("openai:gpt-4o", output_type=str, instructions="{told}")


    {more}


    @dataclass
    class Write(BaseNode[None, None, str]):
        flower: str

        async def run(self, ctx: GraphRunContext) -> Bind:
            verse = await poet.run(f"A verse on {self.flower}.")
            return Bind(verse=verse.output)


    @dataclass
    class Bind(BaseNode[None, None, str]):
        verse: str

        async def run(self, ctx: GraphRunContext) -> End[str]:
            {parse}


    graph = Graph(nodes=[Write, Bind])
"""
CREW = """
    from crewai import Agent, Crew, Task
    from crewai.flow.flow import Flow, listen, start

    AGENTS = {name: Agent(role=name, goal="Guess", backstory="Guesses.") for name in ("ann", "bob")}


    def crew():
        import os

        guesser = AGENTS[os.environ["GUESSER"]]
        task = Task(description="Describe the jar {jar}.", expected_output="{result}", agent=guesser)
        return Crew(agents=list(AGENTS.values()), tasks=[task])


    class Fair(Flow):
        @start()
        def ask(self):
            return crew().kickoff(inputs={"jar": "blue"}).raw

        @listen(ask)
        def count(self, guess: str):
            {count}


    Fair().kickoff()
"""
PARSED = 'return End(json.loads(self.verse.strip())["line"])'


def _asked(used: str, besides: str = "") -> str:
    return ASKED.replace("{used}", used).replace("(Weather)", f"(Weather{besides})")


def _graph(told: str, parse: str = PARSED, more: str = "") -> str:
    lines = parse.replace("\n", "\n            "), more.replace("\n", "\n    ")
    return GRAPH.replace("{told}", told).replace("{parse}", lines[0]).replace("{more}", lines[1])


def _crew(count: str, result: str = "A sentence.") -> str:
    return CREW.replace("{count}", count).replace("{result}", result)


CASES = [
    pytest.param(_crew("return float(guess.strip())  # <- WF112"), id="trimmed words of a crew as a number"),
    pytest.param(_crew("return float(guess.strip())", "A number."), id="a number that is asked for"),
    pytest.param(_crew("return guess.strip()"), id="one of several agents, nobody knows which"),
    pytest.param(
        _asked("weather.clouds").replace("clouds}", "clouds}  # <- WF109"), id="an attribute that is not there"
    ),
    pytest.param(_asked("weather.sky + weather.short()"), id="a field and a method"),
    pytest.param(_asked('weather["parsed"].sky', ", include_raw=True"), id="the answer beside what was made of it"),
    pytest.param(_asked("weather.sky", ", include_raw=os.environ"), id="nobody knows whether it is"),
    pytest.param(_asked('getattr(weather, "clouds", "")'), id="an attribute that may be missing"),
    pytest.param(_graph("You write with warmth.", PARSED + "  # <- WF112"), id="an agent's words in the next node"),
    pytest.param(_graph("You answer as JSON."), id="an agent that is told to answer so"),
    pytest.param(_graph("You write with warmth.", "return End(self.verse)"), id="words that are taken as they are"),
    pytest.param(
        _graph(
            "You write with warmth.",
            more='@poet.instructions\ndef form() -> str:\n    return "Answer as JSON."',
        ),
        id="an agent that a function tells more",
    ),
    pytest.param(
        _graph(
            "You write with warmth.",
            "try:\n    return End(json.loads(self.verse))\nexcept ValueError:\n    return End(self.verse)",
        ),
        id="words that need not be JSON",
    ),
]


@pytest.mark.parametrize("source", CASES)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


TASK = """
    import asyncio

    from agents import Agent, Runner
    from pydantic import BaseModel

    class Verdict(BaseModel):
        fine: bool

    guard = Agent(name="guard", instructions="Judge it.", output_type=Verdict)
    writer = Agent(name="writer", instructions="Write it.")

    async def check(text: str) -> Verdict:
        return (await Runner.run(guard, text)).final_output_as(Verdict)

    async def main(question):
        task = None
        async for event in Runner.run_streamed(writer, question).stream_events():
            if not task:
                task = asyncio.create_task(check(str(event)))
            if task and task.done() and not task.result().<0>:
                task.cancel()
"""


def test_methods_of_a_task_are_no_parts_of_what_it_gives(tmp_path: Path) -> None:
    twin = Twin("", TASK, (("good", "fine"),), "")
    assert [line for line, _ in found(twin.bad, tmp_path, "type-mismatch")] == [
        "if task and task.done() and not task.result().good:"
    ]
    assert found(twin.good, tmp_path, "type-mismatch") == []
