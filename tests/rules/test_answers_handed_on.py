"""What a step reads of an answer that the step before hands to it; models that are asked where to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

FLOW = """
    from crewai import Agent, Crew, Task
    from crewai.flow.flow import Flow, listen, start
    from pydantic import BaseModel


    class Ideas(BaseModel):
        ideas: list[str]


    thinker = Agent(role="Thinker", goal="Have ideas", backstory="You think.")
    think = Task(description="Have ideas.", expected_output="Ideas", agent=thinker, output_pydantic=Ideas)
    crew = Crew(agents=[thinker], tasks=[think])


    class IdeaFlow(Flow):
        @start()
        def begin(self):
            return crew.kickoff(){given}

        @listen(begin)
        def choose(self, found):
            return found{used}


    print(IdeaFlow().kickoff())
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(FLOW.format(given=".pydantic", used=".notes  # <- WF109"), id="the-object"),
        pytest.param(FLOW.format(given="", used=".pydantic.notes  # <- WF109"), id="the-result"),
        pytest.param(FLOW.format(given=".pydantic", used=".ideas"), id="a-part-that-is-there"),
        pytest.param(FLOW.format(given=".raw", used=".notes"), id="a-text"),
    ],
)
def test_parts_of_a_crew_s_answer_that_a_flow_hands_on(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


DESKS = """
    from typing import TypedDict

    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph
    from langgraph.types import Command

    llm = ChatOpenAI(model="gpt-4o")
    WAYS = {{"bill": "bills", "law": "laws"}}


    class Call(TypedDict, total=False):
        question: str
        topic: str
        answer: str


    def sort(state: Call):
        topic = llm.invoke("Is this a bill or law? " + state["question"]).content
        return Command(goto={goto}, update={{"topic": topic}}){mark}


    def answer(state: Call):
        return {{"answer": llm.invoke(state["question"]).content}}


    builder = StateGraph(Call)
    builder.add_node("sort", sort)
    builder.add_node("bills", answer)
    builder.add_node("laws", answer)
    builder.add_edge(START, "sort")
    builder.add_edge("bills", END)
    builder.add_edge("laws", END)
    print(builder.compile().invoke({{"question": "why?"}})["answer"])
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(DESKS.format(goto="WAYS[topic]", mark=""), id="it-picks-the-way"),
        pytest.param(DESKS.format(goto='"bills"', mark="  # <- WF110"), id="it-picks-nothing"),
    ],
)
def test_a_model_that_is_asked_where_to_go_on(source: str, tmp_path: Path) -> None:
    assert [one for one in loud(tmp_path, source) if one[1] == "WF110"] == marked(source)


FILLED = """
    from typing import TypedDict

    from langchain_core.prompts import ChatPromptTemplate
    from langchain_openai import ChatOpenAI
    from langgraph.graph import END, START, StateGraph


    class State(TypedDict, total=False):
        text: str
        list: str


    class Writer:
        def __init__(self, template):
            self.chain = ChatPromptTemplate.from_template(template) | ChatOpenAI(model="gpt-4o")

        def write(self, **values):
            return self.chain.invoke(values).content


    lists = Writer("List the actions of {{text}}, from {{today}} on.")


    def actions(state: State):
        return {{"list": lists.write({values})}}{mark}


    builder = StateGraph(State)
    builder.add_node("actions", actions)
    builder.add_edge(START, "actions")
    builder.add_edge("actions", END)
    print(builder.compile().invoke({{"text": "..."}})["list"])
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(FILLED.format(values="text=state['text']", mark="  # <- WF001"), id="one-lacks"),
        pytest.param(FILLED.format(values="text=state['text'], today='Monday'", mark=""), id="all-there"),
    ],
)
def test_values_are_lacking_where_they_are_given(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
