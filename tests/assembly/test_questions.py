"""Models that plain code asks one after the other: what is a step, what it is called, and where nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import ways, workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import StepKind, Workflow
from wflint.request import CacheChoice, Request

HEAD = """
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from langgraph.graph import END, START, StateGraph
from pydantic import BaseModel

class Plan(BaseModel):
    title: str

llm = ChatOpenAI(model="gpt-4o")
OUTLINE_PROMPT = "Outline {topic}."
DRAFT_PROMPT = "Write {outline}."
"""

PIPELINES = """
def work(topic):
    planner = ChatPromptTemplate.from_template("Plan {topic}") | llm.with_structured_output(Plan)
    writer = ChatPromptTemplate.from_template("Write {title}") | llm | StrOutputParser()
    plan = planner.invoke({"topic": topic})
    return writer.invoke({"title": plan.title})
"""

Drawn = set[tuple[str, str, str]]


def chain(folder: Path, body: str, name: str = "work") -> Workflow:
    (found,) = workflows(folder, HEAD + body)
    assert (found.name, found.framework, found.is_imperative) == (name, "langgraph", True)
    return found


NAMES = [
    pytest.param(
        """
def work(topic):
    outline = llm.invoke(OUTLINE_PROMPT.format(topic=topic)).content
    draft = llm.invoke(DRAFT_PROMPT.format(outline=outline)).content
    return llm.invoke("Polish: " + draft)
""",
        {("outline", "draft", "direct"), ("draft", "work", "direct")},
        id="the variable that takes the answer, and the function that gives it",
    ),
    pytest.param(
        """
def work(topic):
    response = llm.invoke(OUTLINE_PROMPT.format(topic=topic))
    response = llm.invoke(DRAFT_PROMPT.format(outline=response.content))
    return response
""",
        {("OUTLINE_PROMPT", "DRAFT_PROMPT", "direct")},
        id="the prompt, where variables say nothing",
    ),
    pytest.param(
        PIPELINES,
        {("planner", "writer", "direct")},
        id="pipelines",
    ),
    pytest.param(
        """
def ask(prompt):
    response = llm.invoke(prompt)
    return response.content

def work(topic):
    outline = ask(OUTLINE_PROMPT.format(topic=topic))
    return ask(DRAFT_PROMPT.format(outline=outline))
""",
        {("outline", "DRAFT_PROMPT", "direct")},
        id="one function that asks everything",
    ),
    pytest.param(
        """
class Writer:
    def __init__(self):
        self.llm = ChatOpenAI()

    def write_outline(self, topic):
        return self.llm.invoke(f"Outline {topic}").content

    async def write_draft(self, outline):
        response = await self.llm.ainvoke([HumanMessage(content=f"Write {outline}")])
        return response.content

    async def work(self, topic):
        result = self.write_outline(topic)
        return await self.write_draft(result)
""",
        {("write_outline", "write_draft", "direct")},
        id="methods",
    ),
    pytest.param(
        """
def work(topic):
    parts = llm.invoke(f"Split {topic}").content.split()
    texts = []
    for part in parts:
        texts.append(llm.invoke(f"Write {part}").content)
    return llm.invoke("Join " + " ".join(texts))
""",
        {("parts", "texts", "direct"), ("texts", "work", "fan-in")},
        id="a list that is filled",
    ),
    pytest.param(
        """
def work(topic):
    draft = llm.invoke(f"Write {topic}").content
    for _ in range(3):
        verdict = llm.invoke(f"Is this good? {draft}").content
        if "yes" in verdict:
            break
        draft = llm.invoke(f"Improve {draft} by {verdict}").content
    return draft
""",
        {
            ("draft", "verdict", "direct"),
            ("draft", "draft_2", "conditional"),
            ("verdict", "draft_2", "conditional"),
            ("draft_2", "verdict", "conditional"),
        },
        id="a loop with a test",
    ),
    pytest.param(
        """
def work(topic):
    facts = ""
    for chunk in llm.stream(f"Facts about {topic}"):
        facts += chunk.content
    title = llm.invoke(f"A title for {facts}")
    return title
""",
        {("work", "title", "direct")},
        id="an answer that comes in pieces",
    ),
]


@pytest.mark.parametrize(("body", "drawn"), NAMES)
def test_questions_are_steps_with_names(tmp_path: Path, body: str, drawn: Drawn) -> None:
    name = "Writer.work" if "class Writer" in body else "work"
    assert ways(chain(tmp_path, body, name)) == drawn


def test_a_question_says_its_model_and_the_form_of_its_answer(tmp_path: Path) -> None:
    found = chain(tmp_path, PIPELINES)
    planner, writer = found.step("planner"), found.step("writer")
    assert planner is not None
    assert writer is not None
    assert (planner.kind, planner.model) == (StepKind.AGENT, "gpt-4o")
    assert [(offer.name, offer.type) for offer in planner.offers] == [("answer", "Plan")]
    assert [(need.name, need.attributes) for need in writer.needs] == [("planner.answer", ("title",))]


SILENT = [
    pytest.param(
        """
def work(topic):
    outline = llm.invoke(f"Outline {topic}")
    title = llm.invoke(f"A title for {topic}")
    return outline, title
""",
        id="questions that have nothing to do with each other",
    ),
    pytest.param(
        """
def work(question):
    messages = [HumanMessage(content=question)]
    answer = llm.bind_tools([]).invoke(messages)
    messages.append(answer)
    messages.append(HumanMessage(content="And then?"))
    return llm.invoke(messages)
""",
        id="a conversation with one model",
    ),
    pytest.param(
        """
def work(question):
    first = llm.invoke(question)
    return llm.invoke([HumanMessage(content=question), AIMessage(content=first.content), HumanMessage(content="Why?")])
""",
        id="a conversation that is written out",
    ),
    pytest.param(
        """
def work(topic):
    text = llm.invoke(f"Write {topic}").content
    return OpenAIEmbeddings().invoke(text)
""",
        id="an embedding",
    ),
    pytest.param(
        """
def work(topic):
    text = topic
    for _ in range(3):
        text = llm.invoke(f"Improve {text}").content
    return text
""",
        id="one question again and again",
    ),
    pytest.param(
        """
def work(model, topic):
    outline = model.invoke(topic)
    return model.invoke(outline.content)
""",
        id="nobody knows what is asked",
    ),
]


@pytest.mark.parametrize("body", SILENT)
def test_what_is_no_chain(tmp_path: Path, body: str) -> None:
    assert workflows(tmp_path, HEAD + body) == ()


STEPS = """
class State(TypedDict):
    topic: str
    text: str

def write_both(topic):
    outline = llm.invoke(f"Outline {topic}").content
    return llm.invoke(f"Write {outline}").content

def write(state: State):
    return {"text": write_both(state["topic"])}

def check(state: State):
    verdict = llm.invoke(state["text"]).content
    return {"text": llm.invoke(f"Improve by {verdict}").content}

graph = StateGraph(State)
graph.add_node("write", write)
graph.add_node("check", check)
graph.add_edge(START, "write")
graph.add_edge("write", "check")
graph.add_edge("check", END)
app = graph.compile()
print(app.invoke({"topic": "tides"}))

def test_steps():
    state = {"topic": "tides"}
    state |= write(state)
    return check(state)

test_steps()
"""


def test_what_a_step_asks_is_the_work_of_that_step(tmp_path: Path) -> None:
    (found,) = workflows(tmp_path, "from typing import TypedDict\n" + HEAD + STEPS)
    assert (found.name, found.is_imperative) == ("graph", False)
    assert {step.workflow for step in found.steps} == {None}


CLIENTS = [
    pytest.param(
        """
from llama_index.core import Settings
from llama_index.llms.openai import OpenAI
from pydantic import BaseModel

class Song(BaseModel):
    title: str

def work(wish):
    llm = OpenAI(model="gpt-4o")
    mood = llm.complete(f"The mood of {wish}")
    song = llm.structured_predict(Song, "A song", mood=mood.text)
    review = Settings.llm.complete(f"Review {song.title}")
    return review
""",
        "llamaindex",
        {("mood", "song", "direct"), ("song", "review", "direct")},
        id="llamaindex",
    ),
    pytest.param(
        """
from autogen_core.models import UserMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

async def work(task):
    client = OpenAIChatCompletionClient(model="gpt-4o")
    facts = await client.create([UserMessage(content=task, source="user")])
    plan = await client.create([UserMessage(content=f"Plan with {facts.content}", source="user")])
    return plan
""",
        "autogen",
        {("facts", "plan", "direct")},
        id="autogen",
    ),
    pytest.param(
        """
from agent_framework.openai import OpenAIChatClient

async def work(task):
    client = OpenAIChatClient()
    idea = await client.get_response(task)
    story = await client.get_response(f"Tell {idea.text}")
    return story
""",
        "agent-framework",
        {("idea", "story", "direct")},
        id="agent-framework",
    ),
    pytest.param(
        """
from crewai import LLM

def work(task):
    llm = LLM(model="gpt-4o")
    idea = llm.call(task)
    story = llm.call(f"Tell {idea}")
    return story
""",
        "crewai",
        {("idea", "story", "direct")},
        id="crewai",
    ),
]


@pytest.mark.parametrize(("source", "framework", "drawn"), CLIENTS)
def test_models_of_every_library(tmp_path: Path, source: str, framework: str, drawn: Drawn) -> None:
    (found,) = workflows(tmp_path, source)
    assert (found.framework, ways(found)) == (framework, drawn)


def test_a_thread_is_a_conversation(tmp_path: Path) -> None:
    source = """
from agent_framework.openai import OpenAIChatClient

async def work(task):
    client = OpenAIChatClient()
    first = await client.get_response(task)
    again = await client.get_response("And then?", metadata={"thread_id": first.additional_properties["thread"]})
    return await client.get_response([*first.messages, "And then?"]), again
"""
    assert workflows(tmp_path, source) == ()


BY_HAND = [
    pytest.param(
        """
from agent_framework.openai import OpenAIChatClient

async def work(task):
    client = OpenAIChatClient()
    writer = client.as_agent(name="writer", instructions="Write.")
    critic = client.create_agent(name="critic", instructions="Criticise.")
    text = await writer.run(task)
    return await critic.run(f"Look at {text.text}")
""",
        id="agents of a client",
    ),
    pytest.param(
        """
from agent_framework.azure import AzureAIProjectAgentProvider

async def work(task):
    async with AzureAIProjectAgentProvider() as provider:
        writer = await provider.create_agent(name="writer", instructions="Write.")
        critic = await provider.create_agent(name="critic", instructions="Criticise.")
        text = await writer.run(task)
        return await critic.run(f"Look at {text.text}")
""",
        id="agents of a provider",
    ),
    pytest.param(
        """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import TextMessage
from autogen_ext.models.openai import OpenAIChatCompletionClient

async def work(task, token):
    client = OpenAIChatCompletionClient(model="gpt-4o")
    writer, critic = AssistantAgent("writer", client), AssistantAgent("critic", client)
    text = await writer.on_messages([TextMessage(content=task, source="user")], token)
    return await critic.on_messages([TextMessage(content=text.chat_message.content, source="user")], token)
""",
        id="messages of autogen",
    ),
    pytest.param(
        """
from llama_index.core.agent import ReActAgent
from llama_index.llms.openai import OpenAI

def work(task):
    llm = OpenAI(model="gpt-4o")
    writer = ReActAgent.from_tools([], llm=llm)
    critic = ReActAgent.from_tools([], llm=llm)
    text = writer.chat(task)
    return critic.chat(f"Look at {text.response}")
""",
        id="older agents of llamaindex",
    ),
    pytest.param(
        """
from llama_index.core.agent.workflow import FunctionAgent

async def work(task, llm):
    writer, critic = FunctionAgent(name="writer", llm=llm), FunctionAgent(name="critic", llm=llm)
    text = await writer.run(task)
    return await critic.run(f"Look at {text}")
""",
        id="agents in a function that nobody calls",
    ),
]


@pytest.mark.parametrize("source", BY_HAND)
def test_agents_that_are_run_by_hand(tmp_path: Path, source: str) -> None:
    (found,) = workflows(tmp_path, source)
    assert (found.name, ways(found)) == ("work", {("writer", "critic", "direct")})


ALONE = """
from langchain_anthropic import ChatAnthropic

class Desk:
    def __init__(self):
        self.model = ChatAnthropic(model="claude-sonnet-4-5")

    def ask(self, prompt):
        return self.model.invoke(prompt).content

    def work(self, topic):
        facts = self.ask(f"Facts about {topic}")
        story = self.ask(f"A story with {facts}")
        return story

print(Desk().work("tides"))
"""


def test_files_that_only_ask_models_are_read_beside_those_of_a_framework(tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text(ALONE, encoding="utf-8")
    (found,) = workflows(tmp_path, "from langgraph.graph import StateGraph\n")
    assert (found.id, ways(found)) == ("alone.py::Desk.work", {("facts", "story", "direct")})


def test_a_repository_without_a_framework_is_left_alone(tmp_path: Path) -> None:
    assert workflows(tmp_path, ALONE) == ()


def test_a_part_that_the_answer_lacks_is_told(tmp_path: Path) -> None:
    source = HEAD + PIPELINES.replace("plan.title", "plan.headline")
    assert [(code, line) for code, line in told(tmp_path, source) if code == "WF109"] == [("WF109", 20)]


@pytest.mark.parametrize(("body", "drawn"), NAMES)
def test_sound_chains_are_not_warned_about(tmp_path: Path, body: str, drawn: Drawn) -> None:
    assert drawn
    assert told(tmp_path, HEAD + body) == []


def told(folder: Path, source: str) -> list[tuple[str, int]]:
    """The warnings and errors about one file."""
    (folder / "flow.py").write_text(source, encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [(each.code, each.span.line) for each in found if each.level.rank >= Level.WARNING.rank]
