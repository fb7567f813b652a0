"""WF109 where frameworks hand functions an object of a declared form: callbacks, hand-offs, contexts of runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CALLBACK = """
from crewai import Agent, Crew, LLM, Task, TaskOutput
from pydantic import BaseModel

class Article(BaseModel):
    title: str
    text: str

def keep(output: TaskOutput) -> None:
    article = output.pydantic
    print(READ)MARK

writer = Agent(role="Writer", goal="Write", backstory="You write.", llm=LLM(model="gpt-4o"))
task = Task(description="Write it.", expected_output="A text.", agent=writer, FORM callback=keep)
print(Crew(agents=[writer], tasks=[task]).kickoff().raw)
"""
HANDOFF = """
import logging
from agents import Agent, RunContextWrapper, Runner, handoff
from pydantic import BaseModel

class Escalation(BaseModel):
    reason: str
    urgency: int = 1

async def note(ctx: RunContextWrapper[None], data: Escalation) -> None:
    logging.info(READ)MARK

expert = Agent(name="expert", instructions="Solve it.")
front = Agent(name="front", instructions="Help.", handoffs=[handoff(expert, on_handoff=note, input_type=Escalation)])
print(Runner.run_sync(front, "It is broken.", max_turns=5).final_output)
"""
CONTEXT = """
from dataclasses import dataclass
from typing import TypedDict
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

@dataclass
class Shop:
    country: str = "DE"

class State(TypedDict, total=False):
    rate: str

def add_tax(state: State, runtime: Runtime[Shop]):
    return {"rate": READ}MARK

builder = StateGraph(State, context_schema=Shop)
builder.add_node("add_tax", add_tax)
builder.add_edge(START, "add_tax")
builder.add_edge("add_tax", END)
print(builder.compile().invoke({}, context=Shop())["rate"])
"""


@pytest.mark.parametrize(
    ("program", "read"),
    [
        (CALLBACK.replace("FORM", "output_pydantic=Article,"), "article.headline"),
        (HANDOFF, "data.priority"),
        (CONTEXT, "runtime.context.region"),
    ],
    ids=["callback", "hand-off", "context"],
)
def test_a_part_that_the_form_lacks(tmp_path: Path, program: str, read: str) -> None:
    source = program.replace("READ", read).replace("MARK", "  # <- WF109")
    assert loud(tmp_path, source) == marked(source)


@pytest.mark.parametrize(
    ("program", "read"),
    [
        (CALLBACK.replace("FORM", "output_pydantic=Article,"), "article.title"),
        (CALLBACK.replace("FORM", "output_pydantic=Article,"), "article.model_dump()"),
        (CALLBACK.replace("FORM", "output_pydantic=Article,"), 'getattr(article, "headline", "")'),
        (CALLBACK.replace("FORM", ""), "article.headline"),
        (HANDOFF, "data.urgency"),
        (CONTEXT, "runtime.context.country"),
    ],
)
def test_a_part_that_is_there_or_may_be(tmp_path: Path, program: str, read: str) -> None:
    assert loud(tmp_path, program.replace("READ", read).replace("MARK", "")) == []


FLOW = """
from crewai import LLM
from crewai.flow.flow import Flow, start
from pydantic import BaseModel, ConfigDict

class Tour(BaseModel):
    CONFIG
    place: str = ""
    days: int = 3

class Plan(Flow[Tour]):
    @start()
    def find(self):
        return LLM(model="gpt-4o").call(f"{self.state.days} days in {self.state.place}")

def plan(city: str, more: dict):
    return Plan().kickoff(inputs=INPUTS)MARK
"""


@pytest.mark.parametrize(
    ("config", "inputs", "mark"),
    [
        ("", '{"city": city, "days": 2}', "  # <- WF102"),
        ("", '{"place": city, "days": 2}', ""),
        ("", '{"place": city, "id": "one"}', ""),
        ("", '{"place": city, **more}', ""),
        ('model_config = ConfigDict(extra="allow")', '{"city": city}', ""),
    ],
)
def test_an_input_that_the_state_does_not_declare(tmp_path: Path, config: str, inputs: str, mark: str) -> None:
    source = FLOW.replace("CONFIG", config).replace("INPUTS", inputs).replace("MARK", mark)
    assert loud(tmp_path, source) == marked(source)
