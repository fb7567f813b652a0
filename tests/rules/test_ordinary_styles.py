"""Known defects in the styles of ordinary programs: settings of classes, verdicts in a declared form, other modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PAUSES = """
    import time
    from typing import TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    class Lead(TypedDict, total=False):
        company: str
        profile: str

    class Enricher:
        PAUSE = 2

        def __init__(self):
            self.llm = ChatOpenAI(model="gpt-4o", timeout=15, max_retries=0)

        def enrich(self, state: Lead):
            while True:{mark}
                try:
                    return {"profile": self.llm.invoke(state["company"]).content}
                except Exception:
                    time.sleep(self.PAUSE)
                    {then}

    graph = StateGraph(Lead)
    graph.add_node("enrich", Enricher().enrich)
    graph.add_edge(START, "enrich")
    graph.add_edge("enrich", END)
    app = graph.compile()
"""
VERDICT = """
    from typing import Literal, TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from pydantic import BaseModel

    llm = ChatOpenAI(model="gpt-4o", timeout=15)

    class Grade(BaseModel):
        ok: bool
        then: Literal["write", "look", "stop"]

    class State(TypedDict, total=False):
        text: str
        ok: bool
        then: str
        notes: str

    def write(state: State):
        return {"text": llm.invoke(f"Write. {state.get('notes')}").content}

    def look(state: State):
        return {"notes": llm.invoke("Look it up.").content}

    def grade(state: State):
        made = llm.with_structured_output(Grade).invoke(state["text"])
        return {"ok": {ok}, "then": made.then}

    def next_step(state: State):
        {test}
        return "write"

    graph = StateGraph(State)
    for step in (write, look, grade):
        graph.add_node(step)
    graph.add_edge(START, "write")
    graph.add_edge("write", "grade")
    graph.add_edge("look", "grade")
    graph.add_conditional_edges("grade", next_step, {ways}){mark}
    app = graph.compile()
    print(app.invoke({"text": ""})["text"])
"""
TALK = """
    from typing import TypedDict
    from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o", timeout=15)

    class State(TypedDict):
        messages: list[BaseMessage]{mark}

    def node(system):
        def run(state: State):
            reply = llm.invoke({told})
            return {"messages": [AIMessage(content=reply.content)]}
        return run

    graph = StateGraph(State)
    graph.add_node("find", node("Collect the facts."))
    graph.add_node("answer", node("Answer the question."))
    graph.add_edge(START, "find")
    graph.add_edge("find", "answer")
    graph.add_edge("answer", END)
    app = graph.compile()

    def ask(question):
        return app.invoke({"messages": [HumanMessage(question)]})["messages"][-1].content
"""
ROUNDS = """
    from dataclasses import dataclass, field
    from agents import Agent, Runner

    writer = Agent(name="writer", instructions="Write the text.")
    critic = Agent(name="critic", instructions="Say what is wrong.")

    @dataclass
    class Session:
        text: str = ""
        rounds: int = 0
        remarks: list[str] = field(default_factory=list)

    async def revise(task):
        session = Session()
        while session.rounds < 5:{mark}
            session.text = (await Runner.run(writer, task)).final_output
            session.remarks, found = [(await Runner.run(critic, session.text)).final_output], 1
            {then}
        return session.text
"""
DESK = """
    from agents import Agent, Runner, handoff
    from staff import {names}

    triage = Agent(name="triage", instructions="Hand over.", handoffs=[handoff(each) for each in ALL])

    async def ask(question):
        return (await Runner.run(triage, question, max_turns=5)).final_output
"""
STAFF = """
from agents import Agent

billing = Agent(name="billing", instructions="Invoices.")
returns = Agent(name="returns", instructions="Returns.")
ALL = [billing{all}]
"""
RING = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import TextMentionTermination
    from autogen_agentchat.teams import RoundRobinGroupChat
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o", timeout=30)
    pro = AssistantAgent("pro", model_client=client, system_message="Argue for the motion.")
    chair = AssistantAgent("chair", model_client=client, system_message="{told}")
    end = TextMentionTermination("CONSENSUS"){mark}

    def team():
        return RoundRobinGroupChat([pro, chair], termination_condition=end, max_turns=9)
"""
TYPED = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_ext.models.openai import OpenAIChatCompletionClient
    from pydantic import BaseModel

    class Triage(BaseModel):
        priority: str

    client = OpenAIChatCompletionClient(model="gpt-4o", timeout=30)
    agent = AssistantAgent("triager", model_client=client, output_content_type=Triage)

    async def triage(ticket: str) -> bool:
        result = await agent.run(task=ticket)
        return result.messages[-1].content.{part} == "high"{mark}
"""


TABLE = """
    from typing import TypedDict
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph

    llm = ChatOpenAI(model="gpt-4o", timeout=15)

    class Lesson(TypedDict, total=False):
        topic: str
        quiz: str
        handout: str

    def ask(field):
        def step(state: Lesson):
            return {field: llm.invoke(state["topic"]).content}
        return step

    graph = StateGraph(Lesson)
    for name, step in [("quiz", ask("quiz")), ("{name}", ask("handout"))]:
        graph.add_node(name, step){mark}
    graph.add_edge(START, "quiz")
    app = graph.compile()
"""


def filled(source: str, **parts: str) -> str:
    for name, text in ({"mark": "", "then": "pass"} | parts).items():
        source = source.replace("{" + name + "}", text)
    return source


BOTH = {"ok": "made.ok", "test": "if state['ok']: return END", "ways": "['write', END]"}
CHOSEN = {"ok": "made.ok", "test": "if state['then'] != 'stop': return state['then']", "ways": "['write', 'look', END]"}
WHOLE = '[SystemMessage(system), *state["messages"]]'


@pytest.mark.parametrize(
    ("code", "source"),
    [
        pytest.param("WF602", filled(PAUSES, mark="  # <- WF602"), id="a pause that the class sets"),
        pytest.param("WF602", filled(PAUSES, then="self.PAUSE *= 2"), id="a pause that grows"),
        pytest.param("WF702", filled(VERDICT, mark="  # <- WF702", **BOTH), id="on or out, in a declared form"),
        pytest.param("WF702", filled(VERDICT, **{**BOTH, "ok": "len(state['text']) > 9"}), id="code decides"),
        pytest.param("WF702", filled(VERDICT, **CHOSEN), id="work is handed out"),
        pytest.param("WF505", filled(TALK, mark="  # <- WF505", told=WHOLE), id="the question is lost"),
        pytest.param("WF505", filled(TALK, told='state["messages"][-1].content'), id="the last one is asked for"),
        pytest.param("WF703", filled(ROUNDS, mark="  # <- WF703"), id="other attributes are set"),
        pytest.param("WF703", filled(ROUNDS, then="session.rounds += found"), id="the count is set"),
        pytest.param("WF304", filled(TABLE, name="quiz", mark="  # <- WF304"), id="two rows of one name"),
        pytest.param("WF304", filled(TABLE, name="handout"), id="two rows of two names"),
        pytest.param("WF112", filled(RING, told="If they agree, say AGREED.", mark="  # <- WF112"), id="another word"),
        pytest.param("WF112", filled(RING, told="When both agree, write CONSENSUS."), id="the word"),
        pytest.param("WF112", filled(RING, told="When you are asked, write JSON."), id="a form, no word"),
        pytest.param("WF109", filled(TYPED, part="urgency", mark="  # <- WF109"), id="a part that is not there"),
        pytest.param("WF109", filled(TYPED, part="priority"), id="a part that is there"),
    ],
)  # fmt: skip
def test_what_is_said_of_it(tmp_path: Path, code: str, source: str) -> None:
    assert [(line, found) for line, found in loud(tmp_path, source) if found == code] == marked(source)


@pytest.mark.parametrize(
    ("listed", "names", "told"),
    [("", "ALL", True), (", returns", "ALL", False), ("", "ALL, returns", False)],
    ids=["left out", "handed over to", "taken by name"],
)
def test_an_agent_of_another_module_that_nobody_gets(tmp_path: Path, listed: str, names: str, *, told: bool) -> None:
    (tmp_path / "staff.py").write_text(filled(STAFF, all=listed), encoding="utf-8")
    found = [(line, code) for line, code in loud(tmp_path, filled(DESK, names=names)) if code == "WF301"]
    assert found == ([(5, "WF301")] if told else [])
