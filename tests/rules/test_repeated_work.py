"""What is said of whole programs that do one thing twice, and of those that mean to."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request


def said(folder: Path, **files: str) -> list[str]:
    """What the two rules about repeated work say; an underscore in a name stands for a folder."""
    for name, source in files.items():
        path = folder / f"{name.replace('_', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source), encoding="utf-8")
    wanted = Config(persona=Persona.AUDITOR, select=("WF201", "WF202"))
    request = Request(folder, (folder,), overrides=wanted, cache=CacheChoice(is_off=True))
    return [
        f"{finding.level} {finding.persona} {finding.span.path}:{finding.span.line}: {finding.message}"
        for finding in audit(request).findings
    ]


CREW = """
from crewai import Agent, Crew, Task

gardener = Agent(role="Gardener", goal="Keep the beds healthy.", backstory="Grew up on a farm.")
botanist = Agent(role="Botanist", goal="Know every plant.", backstory="Teaches at the school.")

{first} = Task(
    description="{work}",
    expected_output="A table of the plants with the week in which each is sown.",
    agent=gardener,
)
middle = Task(
    description="{between}", expected_output="Ten lines.", agent=botanist,
)
{second} = Task(
    description="{work}",
    expected_output="A table of the plants with the week in which each is sown.",
    agent={worker},{more}
)
last = Task(description="{end}", expected_output="A page.", agent=botanist)
crew = Crew(agents=[gardener, botanist], tasks=[{first}, middle, {second}, last])
crew.kickoff()
"""


def crew(
    work: str = "Find out which vegetables grow in a shady bed, and when each of them is sown.",
    between: str = "Draw the plan of the beds with the paths between them.",
    end: str = "Write the letter to the neighbours about the summer party.",
    worker: str = "gardener",
    names: tuple[str, str] = ("choose", "sow"),
    more: str = "",
) -> str:
    return CREW.format(work=work, between=between, end=end, worker=worker, first=names[0], second=names[1], more=more)


def test_two_tasks_of_one_crew_are_told_the_same(tmp_path: Path) -> None:
    (message,) = said(tmp_path, flow=crew())
    assert message.startswith(
        'warning regular flow.py:7: step "choose" is told the same as step "sow" (word for word); '
        "sharing it saves 1 model call (about"
    )
    assert message.endswith('effective tokens), and "last" could reuse its output')


def test_two_workers_with_one_task_are_worth_a_note(tmp_path: Path) -> None:
    (message,) = said(tmp_path, flow=crew(worker="botanist"))
    assert message.startswith('note regular flow.py:7: step "choose" is told the same as step "sow"')


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(crew(work="Review the plan of the beds and write down what is missing."), id="work on results"),
        pytest.param(crew(more="\n    context=[choose],"), id="the second works on the first"),
        pytest.param(crew(names=("idea_1", "idea_2")), id="numbered copies"),
        pytest.param(crew(end="Compare both tables and choose the better one."), id="somebody compares both"),
    ],
)
def test_tasks_that_are_meant_to_be_the_same(source: str, tmp_path: Path) -> None:
    assert said(tmp_path, flow=source) == []


AGENT = """
from agents import Agent, Runner

{name} = Agent(
    name="{name}",
    instructions="{text}",
)
lead = Agent(name="{lead}", instructions="{task}", tools=[{name}.as_tool("{name}", "Looks things up.")])


async def main(question):
    return (await Runner.run(lead, question)).final_output
"""
MUSHROOMS = (
    "Look up the mushroom that the caller describes in the regional guide. Name the three species that come nearest, "
    "each with the mark that tells it from the others, and warn of every poisonous one."
)
MUSHROOMS_AGAIN = (
    "You are asked about a mushroom. Please search the regional guide for what the caller describes and list the three "
    "nearest species with the mark that sets each apart. Give a warning about any poisonous species."
)


def agent(lead: str, task: str, text: str = MUSHROOMS, name: str = "guide") -> str:
    return AGENT.format(name=name, text=text, lead=lead, task=task)


def test_an_agent_is_copied_into_another_file(tmp_path: Path) -> None:
    (message,) = said(
        tmp_path,
        hotline=agent("hotline", "Answer the call. Ask the guide first."),
        shop=agent("shop", "Sell baskets and books about the woods."),
    )
    assert message == (
        'warning regular hotline.py:4: step "guide" of "hotline" is told the same as step "guide" of "shop" '
        "(word for word); define it once and share it"
    )


def test_an_agent_is_copied_and_reworded(tmp_path: Path) -> None:
    (message,) = said(
        tmp_path,
        north_hotline=agent("hotline", "Answer the call. Ask the guide first."),
        south_shop=agent("shop", "Sell baskets and books about the woods.", MUSHROOMS_AGAIN, "mushroom_guide"),
    )
    assert message.startswith(
        'note regular north/hotline.py:4: step "guide" of "hotline" probably does the same work as '
        'step "mushroom_guide" of "shop"'
    )


def test_agents_with_a_word_of_welcome_in_common(tmp_path: Path) -> None:
    text = "You are a helpful assistant. Answer the questions of the user."
    files = {"hotline": agent("hotline", "Answer the call.", text), "shop": agent("shop", "Sell baskets.", text)}
    assert said(tmp_path, **files) == []


FACTORY = """
from agents import Agent


def make(name):
    return Agent(name=name, instructions="{text}")


north, south = make("north"), make("south")
"""


def test_replicas_of_one_definition(tmp_path: Path) -> None:
    assert said(tmp_path, flow=FACTORY.format(text=MUSHROOMS)) == []


GRAPH = """
from typing import TypedDict

from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o")


class State(TypedDict):
    letter: str
    facts: str
    notes: str
    answer: str


def collect(state: State):
    return {{"facts": llm.invoke(f"{first} {{state['letter']}}").content}}


def gather(state: State):
    return {{"notes": llm.invoke(f"{second} {{state['letter']}}").content}}


def reply(state: State):
    return {{"answer": llm.invoke(f"{third} {{state['facts']}} {{state['notes']}}").content}}


builder = StateGraph(State)
builder.add_node("collect", collect)
builder.add_node("gather", gather)
builder.add_node("reply", reply)
builder.add_edge(START, "collect")
builder.add_edge(START, "gather")
builder.add_edge(["collect", "gather"], "reply")
builder.add_edge("reply", END)
graph = builder.compile()
"""
FACTS = "List the dates, the amounts and the names of people that the letter of the tenant mentions, one a line:"
NOTES = "Please enumerate, one a line, the names of people, the amounts and the dates mentioned in the tenant's letter:"
REPLY = "Write an answer to the tenant that settles each point:"


def graph(first: str = FACTS, second: str = NOTES, third: str = REPLY) -> str:
    return GRAPH.format(first=first, second=second, third=third)


def test_twins_of_one_graph_are_reworded(tmp_path: Path) -> None:
    (message,) = said(tmp_path, flow=graph())
    assert message.startswith(
        'warning regular flow.py:17: step "collect" probably does the same work as step "gather" (0.99; '
    )
    assert message.endswith('"reply" could reuse its output (1 of 3 steps depends on it)')


def test_twins_of_one_graph_are_told_call_by_call(tmp_path: Path) -> None:
    (message,) = said(tmp_path, flow=graph(second=FACTS))
    assert message.startswith('warning regular flow.py:22: step "gather" calls `llm.invoke` with the same "letter" as')


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(third="Choose the better of the two lists and answer the tenant:"), id="a vote"),
        pytest.param(graph(second="Say in a sentence whether the tenant sounds angry:"), id="other work"),
    ],
)
def test_branches_that_are_meant(source: str, tmp_path: Path) -> None:
    assert said(tmp_path, flow=source) == []


def test_lessons_are_versions(tmp_path: Path) -> None:
    files = {
        f"lesson{number}_graph": graph(second="Say in a sentence how angry the tenant is:") for number in (1, 2, 3)
    }
    (message,) = said(tmp_path, **files)
    assert message == (
        'note regular lesson1/graph.py:29: 3 versions of one workflow: "builder" (lesson1/graph.py), '
        '"builder" (lesson2/graph.py) and "builder" (lesson3/graph.py) share steps "collect", "gather" and "reply"; '
        "keep one, or build them from the same steps"
    )


TRIAGE = """
from agents import Agent

history = Agent(
    name="History Agent",
    handoff_description="Handles questions about historical events, people, and periods.",
    instructions="You are a history expert. Answer history questions clearly and concisely.",
)
general = Agent(
    name="General Agent",
    handoff_description="Handles general questions that are not about math or history.",
    instructions="You are a helpful general-purpose assistant. Answer questions clearly and concisely.",
)
triage = Agent(name="Triage Agent", instructions="Hand off to the right specialist.", handoffs=[history, general])
"""


def test_agents_that_a_third_one_picks_between_are_told_apart(tmp_path: Path) -> None:
    assert said(tmp_path, desk=TRIAGE) == []


ANALYSTS = """
from agent_framework import ChatAgent, ConcurrentBuilder
from agent_framework.openai import OpenAIChatClient

DATA = (
    "The harbour was planned for 40 boats. The budget is 900 thousand, of which 610 are spent. "
    "The timeline has four milestones. The last one slipped by three weeks."
)
SPENT = f"Analyse ONLY the budget of the harbour. {DATA} Produce a concise assessment. Use at most five bullet points."
LATE = f"Analyse ONLY the timeline of the harbour. {DATA} Produce a concise assessment. Use at most five bullet points."
budget = ChatAgent(chat_client=OpenAIChatClient(), name="budget_agent", instructions=SPENT)
timeline = ChatAgent(chat_client=OpenAIChatClient(), name="timeline_agent", instructions=LATE)
workflow = ConcurrentBuilder().participants([budget, timeline]).build()
"""


def test_analysts_of_one_report_are_named_after_what_is_their_own(tmp_path: Path) -> None:
    assert said(tmp_path, harbour=ANALYSTS) == []
