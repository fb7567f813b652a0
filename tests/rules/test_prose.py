"""What the rules about prose say of whole programs, and where they keep quiet."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request


def said(folder: Path, source: str, rule: str, persona: Persona = Persona.AUDITOR) -> list[str]:
    """The messages of one rule about one file."""
    (folder / "flow.py").write_text(dedent(source), encoding="utf-8")
    request = Request(folder, (folder,), overrides=Config(persona=persona), cache=CacheChoice(is_off=True))
    return [finding.message for finding in audit(request).findings if finding.name == rule]


TEAM = """
from autogen_agentchat.agents import AssistantAgent, UserProxyAgent
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_ext.models.replay import ReplayChatCompletionClient
from autogen_agentchat.teams import MagenticOneGroupChat, RoundRobinGroupChat

poet = AssistantAgent("poet", model_client=client, {poet})
critic = {critic}
team = {team}([poet, critic], termination_condition={stop})

async def main(topic):
    await team.run(task={task})
"""


def team(
    poet: str = "system_message='Write poems.'",
    critic: str = "AssistantAgent('critic', model_client=client, system_message='Judge poems.')",
    team: str = "RoundRobinGroupChat",
    stop: str = "TextMentionTermination('APPROVE')",
    task: str = "'Write on the sea.'",
) -> str:
    """Two who talk until somebody says a word."""
    return TEAM.format(poet=poet, critic=critic, team=team, stop=stop, task=task)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param(team(), 'waits for "APPROVE"', id="a stop word"),
        pytest.param(
            team(stop="TextMentionTermination('OK GO') | MaxMessageTermination(9)"), '"OK GO"', id="with a limit"
        ),
        pytest.param(
            team(stop="TextMentionTermination('A1') | TextMentionTermination('B2')"),
            '"A1" and "B2"',
            id="several words",
        ),
        pytest.param(
            team(poet="system_message='Say APPROVE.'", stop="TextMentionTermination('APPROVE', sources=['critic'])"),
            'step "critic" is never told',
            id="told to somebody who is not listened to",
        ),
    ],
)
def test_stop_words_that_nobody_is_told(tmp_path: Path, source: str, words: str) -> None:
    assert [words in message for message in said(tmp_path, source, "format-gap")] == [True]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(team(poet="system_message='Say APPROVE when done.'"), id="told"),
        pytest.param(team(poet="system_message='Say when you have approved it.'"), id="told in other words"),
        pytest.param(team(task="'Write on the sea until it is approved.'"), id="told by the task"),
        pytest.param(team(poet="", stop="TextMentionTermination('TERMINATE')"), id="told by the framework"),
        pytest.param(team().replace("client,", "ReplayChatCompletionClient(['APPROVE']),"), id="a script, for a test"),
        pytest.param(team(poet="system_message=load('poet.txt')"), id="a prompt that is not known"),
        pytest.param(team(poet="system_message=f'Write like {style}.'"), id="a part of a prompt that is not known"),
        pytest.param(team(poet="system_message='Write.', memory=[notes]"), id="a memory"),
        pytest.param(team(task="topic"), id="a task that is not known"),
        pytest.param(team().replace("await team.run", "print"), id="a task that nobody is seen to give"),
        pytest.param(team(critic="UserProxyAgent('critic')"), id="a person may say it"),
        pytest.param(team(critic="Stranger('critic')"), id="a stranger may say it"),
        pytest.param(team(stop="TextMentionTermination(word)"), id="a word that is not known"),
        pytest.param(team(stop="MaxMessageTermination(9)"), id="no word"),
    ],
)
def test_stop_words_that_somebody_may_know(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "format-gap") == []


GRAPH = """
import json, re
from typing import TypedDict
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.output_parsers import JsonOutputParser, StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph

llm = ChatOpenAI(model="gpt-4o"{model})

class State(TypedDict):
    essay: str
    prompt: str
    verdict: str
    score: int
    messages: list

def judge(state: State):
    answer = {ask}.content
    {use}
    return {{"verdict": answer}}

def other(state: State):
    {other}

def route(state: State):
    if {test}:
        return END
    return "judge"

builder = StateGraph(State)
builder.add_node("judge", judge)
builder.add_node("other", other)
builder.add_edge(START, "judge")
builder.add_edge("judge", "other")
builder.add_conditional_edges("other", route, {{"judge": "judge", END: END}})
graph = builder.compile()
"""


def graph(
    ask: str = "llm.invoke(f\"Judge the essay: {state['essay']}\")",
    use: str = "pass",
    test: str = "state.get('score', 0) > 3",
    other: str = "return {'score': 1}",
    model: str = "",
) -> str:
    """A model that judges, code that makes something of what it says, and a decision."""
    return GRAPH.format(ask=ask, use=use, test=test, other=other, model=model)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param(graph(use="json.loads(answer)"), 'step "judge" parses the answer as JSON', id="JSON"),
        pytest.param(graph(use="float(answer.strip())"), 'step "judge" converts the answer to a number', id="a number"),
        pytest.param(graph(use="print(answer == 'NO_GO')"), 'looks for "NO_GO" in the answer', id="a word as a whole"),
        pytest.param(
            graph(test="'APPROVED' in state['verdict'].upper()"),
            'router "route" after step "other" looks for "APPROVED" in "verdict", but step "judge" is never told',
            id="a word in a field",
        ),
        pytest.param(
            graph(other="return {'score': int(state['verdict'])}"),
            'step "other" converts "verdict" to a number, but step "judge" is never told',
            id="a number in a field",
        ),
        pytest.param(
            graph(
                "llm.invoke([SystemMessage('You judge.'), ('human', 'Judge ' + state['essay'])])", "json.loads(answer)"
            ),
            "JSON",
            id="messages",
        ),
    ],
)
def test_forms_that_no_prompt_asks_for(tmp_path: Path, source: str, message: str) -> None:
    assert [message in one for one in said(tmp_path, source, "format-gap")] == [True]


TOLD = "llm.invoke('Judge the essay. Answer in JSON.')"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(TOLD, "json.loads(answer)"), id="told"),
        pytest.param(graph("llm.invoke('Give a score from 1 to 5.')", "int(answer)"), id="a number is told"),
        pytest.param(
            graph("llm.invoke('Do you approve?')", test="'APPROVED' in state['verdict']"), id="in other words"
        ),
        pytest.param(graph("llm.invoke(state['prompt'])", "json.loads(answer)"), id="a prompt from the state"),
        pytest.param(graph("llm.invoke(load('judge.txt'))", "json.loads(answer)"), id="a prompt from a file"),
        pytest.param(graph("llm.invoke(state['messages'])", "json.loads(answer)"), id="a conversation"),
        pytest.param(graph("llm.invoke(f'Judge. {rules}')", "json.loads(answer)"), id="a part that is not known"),
        pytest.param(graph(use="json.loads(answer)", model=", model_kwargs={'x': 1}"), id="a mode of the model"),
        pytest.param(graph("llm.with_structured_output(State).invoke('Judge')", "json.loads(answer)"), id="structured"),
        pytest.param(graph(use="data = json.loads(repaired(answer))"), id="repaired before"),
        pytest.param(
            graph(use="try:\n        json.loads(answer)\n    except ValueError:\n        pass"), id="a fallback"
        ),
        pytest.param(graph(use="re.search('[0-9]+', answer)"), id="a pattern"),
        pytest.param(graph(use="print('error' in answer)"), id="a word that the text may be about"),
        pytest.param(
            graph(test="'APPROVED' in state['verdict']", other="return {'verdict': input()}"),
            id="a person writes it too",
        ),
        pytest.param(graph(test="'APPROVED' in state['essay']"), id="what the caller passes"),
    ],
)
def test_forms_that_are_asked_for_or_seen_to(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "format-gap") == []


CREW = """
from crewai import Agent, Crew, Process, Task

agent = Agent(role="Market Analyst", goal="Know the market", backstory="Careful.")
survey_task = Task(description="Ask visitors.", expected_output="{result}", agent=agent)
budget_task = Task(description="Count the money.", expected_output="{other}", agent=agent)
plan_task = Task(
    description="{text}", expected_output="A calendar of events", agent=agent, context=[{context}], tools=[{tools}]
)
crew = Crew(agents=[agent], tasks=[survey_task, budget_task, plan_task], {crew})
"""


def crew(
    text: str = "Plan the season based on the visitor wishes.",
    result: str = "Visitor wishes with counts",
    other: str = "One amount",
    context: str = "budget_task",
    tools: str = "",
    crew: str = "verbose=True",
) -> str:
    """A crew whose last task is told `text`."""
    return CREW.format(text=text, result=result, other=other, context=context, tools=tools, crew=crew)


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        pytest.param(crew(), "the visitor wishes", id="the result in its own words"),
        pytest.param(crew("Use the result of survey_task."), "the result of survey_task", id="the name in code"),
        pytest.param(crew("Given the survey findings, plan."), "the survey findings", id="the name in words"),
        pytest.param(crew("Use the wishes and the survey results.", "Counts"), "the survey results", id="in a row"),
        pytest.param(crew("Mend each of the findings of the survey_task task."), "survey_task", id="by its id"),
        pytest.param(crew("Mend what survey_task's results show to be amiss."), "survey_task", id="by its id, owning"),
    ],
)
def test_results_that_are_left_out_of_the_context(tmp_path: Path, source: str, phrase: str) -> None:
    assert said(tmp_path, source, "context-not-passed") == [
        message
        for message in said(tmp_path, source, "context-not-passed")
        if message.startswith(f'step "plan_task" is told to use "{phrase}", the result of step "survey_task"')
    ]
    assert len(said(tmp_path, source, "context-not-passed")) == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(crew(context="survey_task, budget_task"), id="passed"),
        pytest.param(crew().replace("context=[budget_task], ", ""), id="without a context everything is passed"),
        pytest.param(crew(context="budget_task, *more"), id="a context that is not fully known"),
        pytest.param(crew(crew="memory=True"), id="a crew with a memory"),
        pytest.param(crew(crew="process=Process.hierarchical, manager_llm='gpt-4o'"), id="a manager"),
        pytest.param(crew(other="Visitor wishes and what they cost"), id="what is shown may be meant"),
        pytest.param(crew(tools="search"), id="tools to look it up with"),
        pytest.param(crew("Plan the season based on the visitor wishes: {{visitor_wishes}}"), id="a placeholder"),
        pytest.param(crew("Plan the season for our visitors and their wishes."), id="no reference"),
        pytest.param(crew("Plan without a look at the visitor wishes."), id="denied"),
        pytest.param(crew("Do not repeat the findings of survey_task."), id="denied by its id"),
        pytest.param(crew("Plan what comes before survey_task."), id="named, and not its result"),
        pytest.param(crew("Plan the season based on the counts."), id="a single word may mean anything"),
        pytest.param(crew("Collect the visitor wishes of next year."), id="work of its own"),
    ],
)
def test_contexts_that_are_left_alone(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "context-not-passed") == []
