"""Fields that prose names count as soft offers and as asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_prose import said
from wflint.model.finding import Persona

GRAPH = """
from typing import TypedDict
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o")

class State(TypedDict):
    article: str
    report: str
    {declared}: str
    post: str

def study(state: State):
    return {{"report": llm.invoke("Study the article. {told}").content}}

def write(state: State):
    return {{"post": llm.invoke(f"Write from {{state['key_findings']}} and {{state['report']}}").content}}

builder = StateGraph(State)
builder.add_node("study", study)
builder.add_node("write", write)
builder.add_edge(START, "study")
builder.add_edge("study", "write")
builder.add_edge("write", END)
graph = builder.compile()
"""
KEYS = "Return a JSON object with the keys summary and key_findings."


def test_a_field_that_a_model_is_told_to_answer_with_is_probably_meant(tmp_path: Path) -> None:
    (message,) = said(tmp_path, GRAPH.format(declared="key_findings", told=KEYS), "soft-gap")
    assert message.startswith(
        'step "write" reads "key_findings", which no step writes, while step "study" is told to answer with '
        '"key_findings": probably the same ('
    )
    assert message.endswith("; write it to the state or pass it in the call")


def test_a_field_that_can_never_be_set_is_still_missing(tmp_path: Path) -> None:
    (message,) = said(tmp_path, GRAPH.format(declared="other", told=KEYS), "read-never-written")
    assert message.endswith('; step "study" is told to answer with "key_findings": write that to the state')


def test_prose_that_names_no_field_offers_none(tmp_path: Path) -> None:
    source = GRAPH.format(declared="key_findings", told="Return the key findings.")
    assert said(tmp_path, source, "soft-gap") == []


CREW = """
from crewai import Agent, Crew, Task

agent = Agent(role="Analyst", goal="Know the market", backstory="Careful.")
survey_task = Task(description="Ask visitors.", expected_output="{result}", agent=agent)
plan_task = Task(description="{text}", expected_output="A calendar", agent=agent)
crew = Crew(agents=[agent], tasks=[survey_task, plan_task])
"""
RESULT = "A JSON object with the keys visitor_wishes and headcount"


def crew(text: str, result: str = RESULT) -> str:
    """Two tasks, one after the other."""
    return CREW.format(text=text, result=result)


def test_a_field_that_is_made_under_another_name(tmp_path: Path) -> None:
    (message,) = said(tmp_path, crew("Plan using the `visitor_wish_list` and the `headcount`."), "soft-gap")
    assert message == (
        'step "plan_task" is told to use "visitor_wish_list", which no earlier step produces, while step '
        '"survey_task" is told to answer with "visitor_wishes": probably the same ('
        + message.partition("probably the same (")[2]
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(crew("Plan using the visitor_wishes."), id="the name itself"),
        pytest.param(crew("Plan using the visitor wish list."), id="no name"),
        pytest.param(crew("Plan using the opening_hours."), id="nothing like it"),
        pytest.param(crew("Plan using the visitor_wish_list tool."), id="a tool"),
        pytest.param(crew("Plan using the {visitor_wish_list}."), id="a placeholder"),
        pytest.param(crew("Plan using the visitor_wish_list.", "The wishes of visitors"), id="no keys are told"),
    ],
)
def test_asks_that_are_left_alone(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "soft-gap", Persona.REGULAR) == []


def test_an_ask_that_nothing_comes_near_is_for_the_pedantic(tmp_path: Path) -> None:
    (message,) = said(tmp_path, crew("Plan using the opening_hours."), "soft-gap", Persona.PEDANTIC)
    assert message.startswith(
        'step "plan_task" is told to use "opening_hours", which no earlier step produces; the nearest, "'
    )
    assert message.endswith("; produce it or leave it out")


# ------------------------------------------------------------------------------------------ results in words alone

TASKS = """
from crewai import Agent, Crew, Task

agent = Agent(role="Analyst", goal="Know the market", backstory="Careful.")
{first} = Task(description="{asked}", expected_output="{result}", agent=agent)
second_task = Task(description="{text}", expected_output="A calendar", agent=agent)
crew = Crew(agents=[agent], tasks=[{first}, second_task])
"""


def tasks(text: str, first: str = "survey_task", asked: str = "Ask visitors.", result: str = "The wishes") -> str:
    return TASKS.format(first=first, asked=asked, result=result, text=text)


@pytest.mark.parametrize(
    ("source", "start"),
    [
        pytest.param(
            tasks("Plan the season based on the visitor wishes.", result="The wishes of visitors with counts"),
            'step "second_task" is told to use "the visitor wishes", which no step offers under that name; the '
            'likeliest is what step "survey_task" makes (',
            id="what is promised",
        ),
        pytest.param(
            tasks("Review the draft job posting.", first="draft_job_posting_task", result="A text in Markdown"),
            'step "second_task" is told to use "the draft job posting", which no step offers under that name; the '
            'likeliest is what step "draft_job_posting_task" makes (',
            id="what the step is called",
        ),
        pytest.param(
            tasks("Review the draft job posting and start editing.", first="draft_job_posting_task", result="A text"),
            'step "second_task" is told to use "the draft job posting", which no step offers under that name; the ',
            id="what to do with it is left out",
        ),
    ],
)
def test_a_result_in_words_alone_is_for_the_pedantic(tmp_path: Path, source: str, start: str) -> None:
    (message,) = said(tmp_path, source, "soft-gap", Persona.PEDANTIC)
    assert message.startswith(start)
    assert message.endswith("; use the same words on both sides or declare a field")
    assert said(tmp_path, source, "soft-gap", Persona.REGULAR) == []


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(tasks("Plan using the user wishes.", result="The wishes of users"), id="what a user brings"),
        pytest.param(tasks("Plan using the wishes tool.", result="The wishes of visitors"), id="a tool"),
        pytest.param(tasks("Plan using the following format.", result="The format of wishes"), id="the prompt itself"),
        pytest.param(tasks("Follow the ReACT framework.", result="The wishes of visitors"), id="a way to work"),
        pytest.param(tasks("Search the web and our old posts.", result="A blog post"), id="other sources"),
        pytest.param(tasks("Use the survey task.", result="The wishes of visitors"), id="the step itself, by name"),
        pytest.param(tasks("Plan using the {wishes}.", result="The wishes of visitors"), id="a placeholder"),
        pytest.param(tasks("Do not use the visitor wishes.", result="The wishes of visitors"), id="a denial"),
        pytest.param(tasks("Plan using the research.", result="A report"), id="no word in common"),
        pytest.param(
            tasks("Use all information gathered so far.", result="A report of all information gathered"),
            id="anything whatever",
        ),
    ],
)
def test_words_that_mean_no_result_of_another_step(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "soft-gap", Persona.PEDANTIC) == []


def test_a_field_that_is_read_by_name_is_not_in_words_alone(tmp_path: Path) -> None:
    source = GRAPH.format(declared="key_findings", told="List the key findings.").replace("key_findings']", "report']")
    assert said(tmp_path, source, "soft-gap", Persona.PEDANTIC) == []
