"""WF602 around whole runs: code that starts a failed run of a workflow again for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CREW = """
    import time

    from crewai import LLM, Agent, Crew, Task

    cook = Agent(role="Cook", goal="Cook", backstory="Cooks.", llm=LLM(model="gpt-4o", max_retries=3, timeout=9))
    dish = Task(description="Name a dish of {{season}}.", expected_output="One dish.", agent=cook)


    def menu(season):
        {begin}
            try:
                return Crew(agents=[cook], tasks=[dish]).kickoff(inputs={{"season": season}})
            except {error}:
                {then}
        return None


    menu("spring")
"""
GRAPH = """
    import time
    from typing import TypedDict

    from langgraph.graph import END, START, StateGraph
    {client}

    class Order(TypedDict):
        dish: str


    def cook(order: Order):
        return {{"dish": {asked}}}


    builder = StateGraph(Order)
    builder.add_node("cook", cook)
    builder.add_edge(START, "cook")
    builder.add_edge("cook", END)
    graph = builder.compile()


    def serve(dish):
        while True:{mark}
            try:
                return graph.invoke({{"dish": dish}})
            except Exception:
                time.sleep(2)


    serve("soup")
"""
MARK = "  # <- WF602"
CLIENT = "import requests\n"
ASKED = 'requests.get("https://cook.example/" + order["dish"], timeout=5).text'


def crew(begin: str = "while True:", error: str = "Exception", then: str = "time.sleep(5)", mark: str = "") -> str:
    return CREW.format(begin=begin + mark, error=error, then=then)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(crew(mark=MARK), id="for-ever"),
        pytest.param(crew(then="continue", mark=MARK), id="at-once"),
        pytest.param(crew(begin="for attempt in range(4):", then="time.sleep(2 ** attempt)"), id="bounded"),
        pytest.param(crew(then="raise"), id="gives-up"),
        pytest.param(crew(error="KeyError"), id="another-failure"),
        pytest.param(GRAPH.format(client=CLIENT, asked=ASKED, mark=MARK), id="graph"),
        pytest.param(GRAPH.format(client="", asked='order["dish"].upper()', mark=""), id="no-service"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
