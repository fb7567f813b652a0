"""Forms that code expects of answers, whoever is asked and however: models' own libraries, agents, crews."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.test_prose import said

GRAPH = """
import json
from typing import TypedDict
import anthropic
from google import genai
from langchain_core.output_parsers import JsonOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from langgraph.graph import END, START, StateGraph
from litellm import completion
from openai import OpenAI

client = OpenAI()
claude = anthropic.Anthropic()
gemini = genai.Client()
llm = ChatOpenAI(model="gpt-4o")

class State(TypedDict):
    essay: str
    data: dict

def judge(state: State):
    {body}

builder = StateGraph(State)
builder.add_node("judge", judge)
builder.add_edge(START, "judge")
builder.add_edge("judge", END)
graph = builder.compile()
"""
SAYS = "[{'role': 'system', 'content': 'You judge essays.'}, {'role': 'user', 'content': state['essay']}]"
CHAT = f"reply = client.chat.completions.create(model='gpt-4o', messages={SAYS})"
CHAIN = "ChatPromptTemplate.from_template('Judge {essay}') | llm | JsonOutputParser()"


def graph(*lines: str) -> str:
    """A step with these lines of code."""
    return GRAPH.replace("{body}", "\n    ".join(lines))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(graph(CHAT, "return {'data': json.loads(reply.choices[0].message.content)}"), id="chat"),
        pytest.param(
            graph(CHAT, "return {'data': json.loads(reply['choices'][0]['message']['content'])}"), id="as a dict"
        ),
        pytest.param(
            graph(
                "reply = client.responses.create(model='m', instructions='Judge.', input='Judge ' + state['essay'])",
                "return {'data': json.loads(reply.output_text)}",
            ),
            id="responses",
        ),
        pytest.param(
            graph(
                "reply = claude.messages.create(model='m', system='You judge.', messages=[{'role': 'user', "
                "'content': state['essay']}])",
                "return {'data': json.loads(reply.content[0].text)}",
            ),
            id="messages",
        ),
        pytest.param(
            graph(
                f"reply = completion(model='m', messages={SAYS})",
                "return {'data': json.loads(reply.choices[0].message.content.strip())}",
            ),
            id="a function",
        ),
        pytest.param(
            graph(
                "reply = gemini.models.generate_content(model='m', contents='Judge ' + state['essay'])",
                "return {'data': json.loads(reply.text)}",
            ),
            id="contents",
        ),
        pytest.param(
            graph(f"chain = {CHAIN}", "return {'data': chain.invoke({'essay': state['essay']})}"), id="a parser"
        ),
    ],
)
def test_models_of_every_library(tmp_path: Path, source: str) -> None:
    (message,) = said(tmp_path, source, "format-gap")
    assert message.startswith('step "judge" parses the answer as JSON, but its model is never told to answer in JSON')


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            graph(CHAT.replace("judge essays", "judge essays in JSON"), "json.loads(reply.choices[0].message.content)"),
            id="told",
        ),
        pytest.param(
            graph(CHAT[:-1] + ", response_format=FORM)", "json.loads(reply.choices[0].message.content)"), id="a mode"
        ),
        pytest.param(
            graph(CHAT, "json.loads(reply.choices[0].message.tool_calls[0].function.arguments)"),
            id="a tool's arguments",
        ),
        pytest.param(
            graph(CHAT.replace("'user'", "'assistant'"), "json.loads(reply.choices[0].message.content)"),
            id="how the answer begins",
        ),
        pytest.param(
            graph(CHAT.replace("state['essay']", "load()"), "json.loads(reply.choices[0].message.content)"),
            id="a message that is not known",
        ),
        pytest.param(
            graph(
                f"chain = {CHAIN.replace('Judge {essay}', 'Judge {essay} {format_instructions}')}",
                "chain.invoke({'essay': state['essay'], 'format_instructions': JsonOutputParser().get()})",
            ),
            id="instructions of the parser",
        ),
        pytest.param(
            graph(f"chain = {CHAIN}", "chain.invoke({'essay': load()})"), id="what fills the prompt is not known"
        ),
        pytest.param(
            graph(
                f"chain = {CHAIN}", "try:\n        chain.invoke({'essay': 'x'})\n    except ValueError:\n        pass"
            ),
            id="a fallback",
        ),
        pytest.param(graph(CHAT, "print(int(len(reply.choices[0].message.content) / 4))"), id="its length"),
    ],
)
def test_forms_that_are_seen_to(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "format-gap") == []


AGENTS = """
import json
from agents import Agent, Runner

writer = Agent(name="writer", instructions="You write stories.")
judge = Agent(name="judge", instructions="{told}"{settings})

async def main():
    story = await Runner.run(writer, input("What about? "))
    verdict = await Runner.run(judge, {given})
    {use}
"""
CREW = """
import json
from crewai import Agent, Crew, Task

agent = Agent(role="Analyst", goal="Know the market", backstory="Careful.")
first = Task(description="Ask visitors of {{garden}}.", expected_output="A list in JSON", agent=agent)
last = Task(description="Plan the season.", expected_output="{result}", agent=agent)
crew = Crew(agents=[agent], tasks=[first, last])

def run(garden):
    return json.loads(crew.kickoff(inputs={{"garden": garden}}).raw)
"""


FLOW = """
import json
from crewai import Agent, Crew, Task
from crewai.flow.flow import Flow, listen, start

agent = Agent(role="Analyst", goal="Know the market", backstory="Careful.")
plan = Task(description="Plan the season.", expected_output="{result}", agent=agent)
crew = Crew(agents=[agent], tasks=[plan])

class Season(Flow):
    @start()
    def ask(self):
        return crew.kickoff(inputs={{"garden": "rose"}}){text}

    @listen(ask)
    def read(self, text):
        {use}
"""
MESSAGES = """
import json
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat

poet = AssistantAgent("poet", client, system_message="Write a poem.")
judge = AssistantAgent("judge", client, system_message="{told}")
team = RoundRobinGroupChat([poet, judge], max_turns=2)

async def main():
    result = await team.run(task="the sea")
    {use}
"""
FRAMEWORK = """
import json
from agent_framework import Agent
from agent_framework.openai import OpenAIChatClient

poet = Agent(OpenAIChatClient(), name="poet", instructions="Write a poem.")
judge = Agent(OpenAIChatClient(), name="judge", instructions="{told}")

async def main():
    poem = str(await poet.run("the sea"))
    return json.loads(str(await judge.run(f"Judge {{poem}}")))
"""


LETTER = """
import json
from agents import Agent, Runner

reader = Agent(name="reader", instructions="Say who sends it and what is to be paid.")

async def read({name}):
    result = await Runner.run(reader, {name})
    return json.loads(result.final_output)
"""


def agents(
    use: str = "json.loads(verdict.final_output)",
    told: str = "You judge stories.",
    given: str = "story.final_output",
    settings: str = "",
) -> str:
    """Two agents that plain code runs one after the other."""
    return AGENTS.format(use=use, told=told, given=given, settings=settings)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        pytest.param(agents(), 'parses the answer as JSON, but step "judge" is never told', id="JSON"),
        pytest.param(agents("print('NO_GO' in verdict.final_output.upper())"), 'looks for "NO_GO"', id="a word"),
        pytest.param(agents(given="f'Judge {story.final_output}'"), 'step "judge" is never told', id="in a text"),
        pytest.param(LETTER.format(name="letter"), 'step "reader" is never told', id="what nobody is seen to give"),
        pytest.param(CREW.format(result="A calendar"), 'step "last" is never told', id="a crew's last task"),
        pytest.param(
            FLOW.format(result="A calendar", text=".raw", use="json.loads(text)"),
            'step "plan" is never told',
            id="the next step of a flow",
        ),
        pytest.param(
            MESSAGES.format(told="You judge poems.", use="json.loads(result.messages[-1].content)"),
            'step "judge" is never told',
            id="a team's last message",
        ),
        pytest.param(
            MESSAGES.replace(", max_turns=2", "").format(
                told="You judge poems.", use="json.loads(result.messages[-1].content)"
            ),
            'none of the steps "poet" and "judge" is told',
            id="the last message of whoever speaks last",
        ),
        pytest.param(FRAMEWORK.format(told="You judge poems."), 'step "judge" is never told', id="made into a text"),
    ],
)
def test_callers_that_expect_a_form(tmp_path: Path, source: str, message: str) -> None:
    found = said(tmp_path, source, "format-gap")
    assert [one.startswith("the code that runs it ") and message in one for one in found] == [True]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(agents(told="Judge stories. Answer in JSON."), id="told"),
        pytest.param(LETTER.format(name="prompt"), id="what may tell it, from outside"),
        pytest.param(LETTER.format(name="request"), id="what may ask for it"),
        pytest.param(LETTER.format(name="wish"), id="what may be anything"),
        pytest.param(agents(given="'Answer in JSON: ' + story.final_output"), id="told by the call"),
        pytest.param(agents(given="load(story)"), id="a call that may tell it"),
        pytest.param(agents(settings=", output_type=dict"), id="a declared form"),
        pytest.param(agents("print(float(len(verdict.final_output)))"), id="its length"),
        pytest.param(agents("print('sea' in verdict.final_output)"), id="what it is about"),
        pytest.param(
            agents("try:\n        json.loads(verdict.final_output)\n    except ValueError:\n        pass"),
            id="a fallback",
        ),
        pytest.param(CREW.format(result="A calendar as JSON"), id="a crew that is told"),
        pytest.param(
            FLOW.format(result="A calendar as JSON", text=".raw", use="json.loads(text)"), id="a crew of a flow is told"
        ),
        pytest.param(
            FLOW.format(result="A calendar", text="", use="json.loads(text)"),
            id="a step that is handed all of a result",
        ),
        pytest.param(
            FLOW.format(result="A calendar", text=".raw", use="return len(text)"), id="a step that counts letters"
        ),
        pytest.param(
            MESSAGES.format(told="Answer in JSON.", use="json.loads(result.messages[-1].content)"),
            id="one is told",
        ),
        pytest.param(
            MESSAGES.format(told="Judge.", use="print([m for m in result.messages if 'NO_GO' in m.content])"),
            id="words in any message of a team",
        ),
        pytest.param(FRAMEWORK.format(told="Answer in JSON."), id="made into a text, and told"),
    ],
)
def test_callers_that_get_what_they_expect(tmp_path: Path, source: str) -> None:
    assert said(tmp_path, source, "format-gap") == []
