"""WF703: counts that the loop itself sets back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "budget-never-advances"
FLOW = """
    from crewai import LLM
    from crewai.flow.flow import Flow, listen, or_, router, start
    from pydantic import BaseModel

    llm = LLM(model="gpt-4o")

    class Work(BaseModel):
        text: str = ""
        attempts: int = 0

    class Writing(Flow[Work]):
        @start()
        def open(self):
            <1>

        @listen(or_(open, "again"))
        def write(self):
            <0>
            self.state.text = llm.call("Write about cats")

        @listen(write)
        def judge(self):
            self.state.text = llm.call(f"Say good or bad: {self.state.text}")
            self.state.attempts += 1

        @router(judge)
        def decide(self):
            if self.state.attempts >= 3:
                return "done"
            return "done" if "good" in self.state.text else "again"

        @listen("done")
        def finish(self):
            return self.state.text
"""
GRAPH = """
    from typing import Literal, TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        topic: str
        chapter: int
        text: str
        rounds: int

    def begin(state: State):
        return {"chapter": state["chapter"] + 1, "rounds": 0}

    def write(state: State):
        text = llm.invoke(f"Write about {state['topic']}").content
        return <0>

    def judge(state: State):
        text = llm.invoke(f"Say good or bad: {state['text']}").content
        return {"text": text, "rounds": state["rounds"] + 1}

    def decide(state: State) -> <2>:
        if state["rounds"] > 4 or "good" in state["text"]:
            return <1>
        return "write"

    builder = StateGraph(State)
    builder.add_node("begin", begin)
    builder.add_node("write", write)
    builder.add_node("judge", judge)
    builder.add_edge(START, "begin")
    builder.add_edge("begin", "write")
    builder.add_edge("write", "judge")
    builder.add_conditional_edges("judge", decide)
    graph = builder.compile()
"""
EVENTS = """
    from workflows import Workflow, step
    from workflows.events import Event, StartEvent, StopEvent

    class Draft(Event):
        text: str
        attempt: int = 0

    class Written(Event):
        text: str
        attempt: int

    class Writing(Workflow):
        def __init__(self, llm, **kwargs):
            super().__init__(**kwargs)
            self.llm = llm

        @step
        async def begin(self, ev: StartEvent) -> Draft:
            return Draft(text=ev.text)

        @step
        async def write(self, ev: Draft) -> Written:
            answer = await self.llm.acomplete(f"Better: {ev.text}")
            return Written(text=str(answer), attempt=ev.attempt)

        @step
        async def judge(self, ev: Written) -> Draft | StopEvent:
            if ev.attempt >= 3 or "good" in ev.text:
                return StopEvent(result=ev.text)
            return Draft(<0>)
"""
PLAIN = '{"text": text}'
WAYS = 'Literal["write", "__end__"]'
BACK = '{"text": text, "rounds": 0}'
TWINS = (
    Twin("flow", FLOW, (("self.state.attempts = 0", "pass"), ("pass", "self.state.attempts = 0")), "attempts = 0"),
    Twin("flow, nearly there", FLOW, (("self.state.attempts = 1", "self.state.attempts = 2"), ("pass",) * 2), "= 1"),
    Twin("graph", GRAPH, ((BACK, PLAIN), ("END", "END"), (WAYS, WAYS)), "rounds"),
    Twin(
        "event whose count has a default",
        EVENTS,
        (("text=ev.text", "text=ev.text, attempt=ev.attempt + 1"),),
        "ev.attempt >= 3",
    ),
    Twin(
        "event whose count is set to one number",
        EVENTS,
        (("text=ev.text, attempt=1", "text=ev.text, attempt=3"),),
        "ev.attempt >= 3",
    ),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_a_count_that_is_set_back_in_each_round(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.ERROR)]
    assert found(twin.good, tmp_path, RULE) == []


SILENT = (
    pytest.param(
        GRAPH,
        (PLAIN, '"begin" if state["chapter"] < 9 else END', 'Literal["write", "begin", "__end__"]'),
        id="set back by a loop around it",
    ),
    pytest.param(GRAPH, ('{"text": text, "rounds": 5}', "END", WAYS), id="set to what ends the loop"),
    pytest.param(
        GRAPH, ('{"text": text, "rounds": 0} if "new" in text else {"text": text}', "END", WAYS), id="now and then"
    ),
    pytest.param(FLOW, ('if "new" in self.state.text: self.state.attempts = 0', "pass"), id="under a condition"),
    pytest.param(EVENTS, ("**ev.model_dump()",), id="fields that are not known"),
)


@pytest.mark.parametrize(("program", "places"), SILENT)
def test_silence(program: str, places: tuple[str, ...], tmp_path: Path) -> None:
    assert found(Twin("", program, tuple((place, place) for place in places), "").bad, tmp_path, RULE) == []
