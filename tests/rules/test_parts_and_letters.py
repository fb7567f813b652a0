"""What code makes and nobody looks for: labels of parts (WF404), single letters (WF001), lists never filled (WF101)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

REVIEW = """
    from typing import Literal, TypedDict
    from pydantic import BaseModel
    from langgraph.graph import END, START, StateGraph

    class Verdict(BaseModel):
        kind: Literal["fine", "edit", "replan"]
        words: str = ""<2>

    class State(TypedDict):
        draft: str
        verdict: Verdict

    def write(state: State):
        return {"draft": "a draft"}

    def review(state: State):
        if len(state["draft"]) > 5:
            return {"verdict": Verdict(kind="fine")}
        return {"verdict": <0>}

    def plan(state: State):
        return {"draft": state["verdict"].words}

    def decide(state: State):
        kind = state["verdict"].kind
        if kind == "replan":
            return "plan"
        return "write" if kind == "edit" else END

    builder = StateGraph(State)
    builder.add_node("write", write)
    builder.add_node("review", review)
    builder.add_node("plan", plan)
    builder.add_edge(START, "write")
    builder.add_edge("write", "review")
    builder.add_edge("plan", "write")
    builder.add_conditional_edges("review", decide, ["write", "plan", END])
    graph = builder.compile()
"""
EDIT = 'Verdict(kind="edit", words=state["draft"])'


def review(made: str, more: str = "") -> str:
    return Twin("", REVIEW, ((made, ""), ("", ""), (more, "")), "").bad


def test_a_label_of_a_part_that_is_never_made(tmp_path: Path) -> None:
    (said,) = found(review(EDIT), tmp_path, "dead-route")
    assert said[0] == 'if kind == "replan":'


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(review('Verdict(kind="edit" if state["draft"] else "replan")'), id="it is made"),
        pytest.param(review('Verdict(kind=state["draft"])'), id="anything may be made"),
        pytest.param(review('state["verdict"]'), id="what was there before"),
        pytest.param(
            review(EDIT, "\n\n        def settle(self):\n            self.kind = 'replan'"),
            id="its own code may set it",
        ),
    ],
)
def test_labels_of_parts_that_may_come(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "dead-route") == []


NOTE = """
    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator

    @component
    class Check:
        @component.output_types(names=<0>)
        def run(self, replies: list[str]):
            return {"names": replies<1>}

    def build():
        pipeline = Pipeline()
        pipeline.add_component("check", Check())
        pipeline.add_component("prompt", PromptBuilder("Look again: <2>", required_variables=["names"]))
        pipeline.add_component("llm", OpenAIChatGenerator())
        pipeline.connect("check.names", "prompt.names")
        pipeline.connect("prompt.prompt", "llm.messages")
        return pipeline
"""


def note(kind: str, taken: str, text: str) -> str:
    return Twin("", NOTE, ((kind, ""), (taken, ""), (text, "")), "").bad


@pytest.mark.parametrize("text", ["{{ names[0] }}", "{% for name in names %}- {{ name }}{% endfor %}"])
def test_letters_of_a_text(text: str, tmp_path: Path) -> None:
    (said,) = found(note("str", "[0]", text), tmp_path, "template-unresolved")
    assert said[0].startswith('pipeline.add_component("prompt"')
    assert said[1] is Level.WARNING


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(note("list[str]", "", "{{ names[0] }}"), id="a list"),
        pytest.param(note("str", "[0]", "{{ names }}"), id="the whole text"),
        pytest.param(note("str", "[0]", "{{ names[:200] }}"), id="its beginning"),
        pytest.param(note("str", "[0]", "{{ names[0] | upper }}"), id="an initial"),
        pytest.param(note("str", "[0]", "{% for name in names.split(', ') %}{{ name }}{% endfor %}"), id="its words"),
    ],
)
def test_texts_and_lists_that_are_shown_as_they_are(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "template-unresolved") == []


MAIL = """
    from typing import Annotated, TypedDict
    from langchain_core.tools import tool
    from langgraph.graph import END, START, StateGraph
    from langgraph.graph.message import add_messages
    from langgraph.prebuilt import create_react_agent
    from langgraph.types import Command

    @tool
    def look_up(name: str) -> str:
        "Looks up a person."
        return name

    class State(TypedDict):
        mail: str
        messages: Annotated[list, add_messages]

    def sort(state: State) -> Command:
        if "urgent" not in state["mail"]:
            return Command(goto=END)
        return Command(goto="answer"<0>)

    def run(mail: str, talk: list):
        builder = StateGraph(State)
        builder.add_node("sort", sort)
        builder.add_node("answer", create_react_agent("openai:gpt-4o", [look_up], prompt="You answer mails."<1>))
        builder.add_edge(START, "sort")
        return builder.compile(<3>).invoke(<2>)
"""


def mail(update: str = "", options: str = "", given: str = '{"mail": mail}', compiled: str = "") -> str:
    return Twin("", MAIL, ((update, ""), (options, ""), (given, ""), (compiled, "")), "").bad


@pytest.mark.parametrize("given", ['{"mail": mail}', '{"mail": mail, "messages": []}'])
def test_an_agent_that_is_told_nothing(given: str, tmp_path: Path) -> None:
    (said,) = found(mail(given=given), tmp_path, "read-never-written")
    assert said[0].startswith('builder.add_node("answer"')
    assert said[1] is Level.WARNING


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(mail(', update={"messages": [("user", state["mail"])]}'), id="the step before writes it"),
        pytest.param(mail(given='{"mail": mail, "messages": talk}'), id="the caller passes it"),
        pytest.param(mail(given='{"messages": []}'), id="nothing is passed on purpose"),
        pytest.param(mail(given="{**talk[0]}"), id="anything may be passed"),
        pytest.param(mail(options=", state_schema=State"), id="the agent is shown the mail, too"),
    ],
)
def test_agents_that_are_told_something(program: str, tmp_path: Path) -> None:
    said = found(program, tmp_path, "read-never-written")
    assert not any(line.startswith("builder.add_node") for line, _ in said)


NAMES = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.teams import RoundRobinGroupChat
    from autogen_ext.models.<1> import <2>

    client = <2>(model="some-model")
    finder = AssistantAgent("<0>", model_client=client)
    writer = AssistantAgent("writer", model_client=client)
    team = RoundRobinGroupChat([finder, writer], termination_condition=MaxMessageTermination(4))
"""


def names(name: str, module: str = "openai", client: str = "OpenAIChatCompletionClient") -> str:
    return Twin("", NAMES, ((name, ""), (module, ""), (client, "")), "").bad


@pytest.mark.parametrize("name", ["研究", "prüfer", "a" * 65])
def test_names_that_a_client_refuses(name: str, tmp_path: Path) -> None:
    (said,) = found(names(name), tmp_path, "invalid-graph")
    assert said[1] is Level.ERROR


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(names("finder"), id="a plain name"),
        pytest.param(names("研究", "anthropic", "AnthropicChatCompletionClient"), id="another client"),
    ],
)
def test_names_that_a_client_takes(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "invalid-graph") == []


BARE = """
    from typing import TypedDict
    from langgraph.graph import END, START, StateGraph

    class State(TypedDict):
        text: str

    def write(state):
        return {"text": "a text"}

    builder = StateGraph(<0>)
    builder.add_node("write", write)
    builder.add_edge(START, "write")
    builder.add_edge("write", END)
    graph = builder.compile()
"""


def test_a_graph_without_a_state(tmp_path: Path) -> None:
    (said,) = found(Twin("", BARE, (("", ""),), "").bad, tmp_path, "invalid-graph")
    assert said[0] == "builder = StateGraph()"
    assert said[1] is Level.ERROR


@pytest.mark.parametrize("given", ["State", "state_schema=State", "dict", "*OPTIONS", "**OPTIONS"])
def test_a_graph_with_a_state(given: str, tmp_path: Path) -> None:
    assert found(Twin("", BARE, ((given, ""),), "").bad, tmp_path, "invalid-graph") == []
