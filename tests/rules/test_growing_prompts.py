"""WF802 as the code says it: a prompt that holds all that earlier rounds have added."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

GRAPH = """
    import operator
    from typing import Annotated, TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        place: str
        days: Annotated[list[str], operator.add]
        diary: str
        number: int

    def shorten(texts):
        return texts[-1:]

    def travel(state: State):
        <0>
        return {"days": [day], "diary": state["diary"] + day, "number": state["number"] + 1}

    def more(state: State):
        return "travel" if state["number"] < 30 else END

    builder = StateGraph(State)
    builder.add_node("travel", travel)
    builder.add_edge(START, "travel")
    builder.add_conditional_edges("travel", more, ["travel", END])
    graph = builder.compile()
"""
CODE = """
    from agents import Agent, Runner

    guide = Agent(name="guide", instructions="Plan the next day.")

    async def plan(place):
        diary = place
        for number in range(30):
            day = (await Runner.run(guide, <0>)).final_output
            <1>
        return diary
"""
CONVERSATION = """
    from agents import Agent, Runner

    tagger = Agent(name="tagger", instructions="Five tags.")

    async def tag(pages):
        said = []
        tags = []
        for page in pages:
            question = {"role": "user", "content": page}
            answer = await Runner.run(tagger, <0>)
            tags.append(answer.final_output)
            said = answer.to_input_list()
        return tags
"""
ASKED = "day = llm.invoke(%s).content"
SAID = "tells its model all of"
NODES = """
    from __future__ import annotations
    from dataclasses import dataclass, field
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    guide = Agent("openai:gpt-4o", instructions="Plan the next day.")

    @dataclass
    class Trip:
        days: list[str] = field(default_factory=list)

    @dataclass
    class Travel(BaseNode[Trip, None, str]):
        async def run(self, ctx: GraphRunContext[Trip]) -> Travel | End[str]:
            trip = ctx.state
            day = (await guide.run(", ".join(<0>))).output
            trip.days.append(day)
            return Travel() if len(trip.days) < 30 else End(day)

    graph = Graph(nodes=[Travel])
"""
TWINS = (
    Twin(
        "joined",
        GRAPH,
        ((ASKED % '"Next day:" + ", ".join(state["days"])', ASKED % '"Next day:" + ", ".join(state["days"][-2:])'),),
        "day = llm",
    ),
    Twin(
        "over a name",
        GRAPH,
        (
            (
                'known = "\\n".join(day for day in state["days"])\n    ' + ASKED % 'f"Next day: {known}"',
                'known = "\\n".join(shorten(state["days"]))\n    ' + ASKED % 'f"Next day: {known}"',
            ),
        ),
        "day = llm",
    ),
    Twin(
        "a text",
        GRAPH,
        (
            (
                ASKED % "f\"{state['place']}: {state['diary']}\"",
                ASKED % "f\"{state['place']}: {state['diary'][-500:]}\"",
            ),
        ),
        "day = llm",
    ),
    Twin("counted only", GRAPH, ((ASKED % 'str(state["days"])', ASKED % 'str(len(state["days"]))'),), "day = llm"),
    Twin(
        "another name for the state",
        GRAPH.replace("travel(state: State)", "travel(trip: State)").replace(' state["', ' trip["'),
        ((ASKED % 'str(trip["days"])', ASKED % 'str(trip["days"][-3:])'),),
        "day = llm",
    ),
    Twin("a name for a part of the context", NODES, (("trip.days", "trip.days[-3:]"),), "day = (await"),
    Twin(
        "put together elsewhere",
        GRAPH.replace("def shorten", "def days_so_far(state):\n        return <0>\n\n    def shorten").replace(
            "        <0>\n        return {", "        " + ASKED % "days_so_far(state)" + "\n        return {"
        ),
        (('", ".join(state["days"])', 'state["days"][-1]'),),
        "day = llm",
    ),
    Twin(
        "a list put together elsewhere",
        GRAPH.replace("def shorten", "def listed(days):\n        return <0>\n\n    def shorten").replace(
            "        <0>\n        return {", "        " + ASKED % 'listed(state["days"])' + "\n        return {"
        ),
        (('"- " + ", ".join(days)', "len(days)"),),
        "day = llm",
    ),
    Twin(
        "a conversation that is carried on",
        CONVERSATION,
        (("said + [question]", "[question]"), ("", "")),
        "answer = await",
    ),
    Twin("plain code", CODE, (("diary", "diary[-500:]"), ("diary += day", "diary += day")), "day = (await"),
    Twin("begun again", CODE, (("diary", "diary"), ("diary += day", "diary = place + day")), "day = (await"),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_prompts_that_grow(twin: Twin, tmp_path: Path) -> None:
    (one,) = found(twin.bad, tmp_path, "prompt-grows-in-loop")
    assert one[0].startswith(twin.line)
    assert one[1] is Level.NOTE
    assert found(twin.good, tmp_path, "prompt-grows-in-loop") == []


def test_a_conversation_is_no_list_of_texts(tmp_path: Path) -> None:
    program = """
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, MessagesState, StateGraph

    llm = ChatOpenAI(model="gpt-4o")

    def talk(state: MessagesState):
        return {"messages": [llm.invoke(state["messages"])]}

    builder = StateGraph(MessagesState)
    builder.add_node("talk", talk)
    builder.add_edge(START, "talk")
    builder.add_conditional_edges("talk", lambda state: END if len(state["messages"]) > 9 else "talk", ["talk", END])
    graph = builder.compile()
"""
    assert found(Twin("", program, (), "").bad, tmp_path, "prompt-grows-in-loop") == []


WORKERS = """
    import operator
    from typing import Annotated, TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Send

    llm = ChatOpenAI(model="gpt-4o")

    class State(TypedDict):
        places: Annotated[list[str], operator.add]
        sights: Annotated[list[str], operator.add]

    def look(state: State):
        sight = llm.invoke(f"What is there to see in {state['places']}?").content
        return {"places": [sight], "sights": [sight]}

    def rank(state: State):
        return {"sights": []}

    def spread(state: State):
        return [Send("look", {"places": place}) for place in ("Ghent", "Bruges")]

    def further(state: State):
        return END if len(state["sights"]) > 9 else <0>

    builder = StateGraph(State)
    builder.add_node("look", look)
    builder.add_node("rank", rank)
    builder.add_conditional_edges(START, spread, ["look"])
    builder.add_edge("look", "rank")
    builder.add_conditional_edges("rank", further, ["look", END])
    graph = builder.compile()
"""
SENT = '[Send("look", {"places": place}) for place in ("Lille", "Metz")]'
WORKER = Twin("a worker", WORKERS, (('"look"', SENT),), "")


def test_what_a_worker_is_sent_does_not_grow(tmp_path: Path) -> None:
    assert len(found(WORKER.bad, tmp_path, "prompt-grows-in-loop")) == 1
    assert found(WORKER.good, tmp_path, "prompt-grows-in-loop") == []
