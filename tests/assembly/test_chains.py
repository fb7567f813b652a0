"""Agents that plain code runs one after the other: who gets whose answer, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import connected, ways
from wflint.analyses.flow.loops import loops_of
from wflint.audit import audit
from wflint.model.contract import Certainty
from wflint.model.finding import Level
from wflint.model.workflow import Edge, Exchange, StepKind, Workflow
from wflint.request import CacheChoice, Request

HEAD = """
import asyncio
import json
import sys
from agents import Agent, ItemHelpers, Runner
from pydantic import BaseModel

class Plan(BaseModel):
    title: str
    topics: list[str]

class Verdict(BaseModel):
    ok: bool
    remarks: str

planner = Agent(name="planner", output_type=Plan)
writer = Agent(name="writer")
critic = Agent(name="critic", output_type=Verdict)
editor = Agent(name="editor")
"""

Drawn = set[tuple[str, str, str]]


def chain(folder: Path, body: str, name: str = "work") -> Workflow:
    (found,) = connected(folder, HEAD + body)
    assert found.name == name
    assert found.is_imperative
    assert found.exchange is Exchange.MESSAGES
    return found


def edge(workflow: Workflow, source: str, target: str) -> Edge:
    return next(item for item in workflow.edges if (item.source, item.target) == (source, target))


FLOWS = [
    pytest.param(
        """
async def work(wish):
    plan = await Runner.run(planner, wish)
    text = await Runner.run(writer, plan.final_output.title)
    return text.final_output
""",
        {("planner", "writer", "direct")},
        id="an attribute",
    ),
    pytest.param(
        """
def work(wish):
    plan = Runner.run_sync(planner, wish)
    prompt = f"Write about {plan.final_output.title}, {', '.join(plan.final_output.topics)}"
    return Runner.run_sync(writer, input=[{"role": "user", "content": prompt}])
""",
        {("planner", "writer", "direct")},
        id="a text in a message",
    ),
    pytest.param(
        """
async def asked(agent, prompt):
    result = await Runner.run(agent, prompt)
    return result.final_output

def prompt_of(plan):
    return "Write: " + json.dumps(plan.model_dump())

async def work(wish):
    plan = await asked(planner, wish)
    return await asked(writer, prompt_of(plan))
""",
        {("planner", "writer", "direct")},
        id="helpers",
    ),
    pytest.param(
        """
async def work(wish):
    draft = await Runner.run(writer, wish)
    return await Runner.run(editor, draft.to_input_list() + [{"role": "user", "content": "Shorten it."}])
""",
        {("writer", "editor", "direct")},
        id="a conversation",
    ),
    pytest.param(
        """
async def work(wish):
    first, second = await asyncio.gather(Runner.run(writer, wish), Runner.run(planner, wish))
    return await Runner.run(editor, f"{first.final_output} {second.final_output.title}")
""",
        {("writer", "editor", "fan-in"), ("planner", "editor", "fan-in")},
        id="side by side",
    ),
    pytest.param(
        """
async def work(wish):
    plan = (await Runner.run(planner, wish)).final_output
    results = await asyncio.gather(*[Runner.run(writer, topic) for topic in plan.topics])
    texts = [result.final_output for result in results]
    return await Runner.run(editor, "\\n".join(texts))
""",
        {("planner", "writer", "fan-out"), ("writer", "editor", "fan-in")},
        id="for each of several",
    ),
    pytest.param(
        """
class Desk:
    async def work(self, wish):
        plan = await self._plan(wish)
        chapters = []
        for task in asyncio.as_completed([asyncio.create_task(self._write(topic)) for topic in plan.topics]):
            chapters.append(await task)
        return await Runner.run(editor, str(chapters))

    async def _plan(self, wish):
        result = await Runner.run(planner, wish)
        return result.final_output_as(Plan)

    async def _write(self, topic):
        return (await Runner.run(writer, topic)).final_output

async def main():
    print(await Desk().work("bread"))
""",
        {("planner", "writer", "fan-out"), ("writer", "editor", "fan-in")},
        id="methods",
    ),
    pytest.param(
        """
async def work(wish):
    verdict = (await Runner.run(critic, wish)).final_output
    if not verdict.ok:
        return verdict.remarks
    return await Runner.run(writer, wish)
""",
        {("critic", "writer", "conditional")},
        id="a gate that returns",
    ),
    pytest.param(
        """
async def work(wish):
    draft = await Runner.run(writer, wish)
    verdict = await Runner.run(critic, draft.final_output)
    if not verdict.final_output.ok:
        sys.exit("no")
    return await Runner.run(editor, draft.final_output)
""",
        {("writer", "critic", "direct"), ("writer", "editor", "conditional"), ("critic", "editor", "conditional")},
        id="a gate that ends the program",
    ),
    pytest.param(
        """
async def work(wish):
    plan = await Runner.run(planner, wish)
    if plan.final_output.title:
        text = await Runner.run(writer, plan.final_output.title)
    else:
        text = await Runner.run(editor, wish)
    return text
""",
        {("planner", "writer", "conditional"), ("planner", "editor", "conditional")},
        id="one of two",
    ),
    pytest.param(
        """
async def work(wish):
    prompt = wish
    while True:
        draft = await Runner.run(writer, prompt)
        verdict = (await Runner.run(critic, draft.final_output)).final_output
        if verdict.ok:
            return draft.final_output
        prompt = f"{wish}: {verdict.remarks}"
""",
        {("writer", "critic", "direct"), ("critic", "writer", "conditional")},
        id="again and again",
    ),
    pytest.param(
        """
async def work(wish):
    prompt, approved = wish, False
    while not approved:
        draft = await Runner.run(writer, prompt)
        verdict = (await Runner.run(critic, draft.final_output)).final_output
        approved = verdict.ok
        prompt = f"{prompt}: {verdict.remarks}"
    return await Runner.run(editor, draft.final_output)
""",
        {("writer", "critic", "direct"), ("critic", "writer", "conditional"), ("writer", "editor", "direct")},
        id="until it is good",
    ),
    pytest.param(
        """
async def work(wish, rounds):
    messages = [{"role": "user", "content": wish}]
    for _ in range(rounds):
        draft = await Runner.run(writer, messages)
        messages = draft.to_input_list()
        verdict = await Runner.run(critic, messages)
        if verdict.final_output.ok:
            break
        messages.append({"role": "user", "content": verdict.final_output.remarks})
    return messages
""",
        {("writer", "critic", "direct"), ("critic", "writer", "conditional")},
        id="a few rounds",
    ),
    pytest.param(
        """
async def work(wish):
    text = await Runner.run(writer, wish)
    second = Agent(name="second", instructions=f"You know this: {text.final_output}")
    return await Runner.run(second, wish)
""",
        {("writer", "second", "direct")},
        id="instructions",
    ),
]


@pytest.mark.parametrize(("body", "edges"), FLOWS)
def test_answers_are_followed(tmp_path: Path, body: str, edges: Drawn) -> None:
    workflow = chain(tmp_path, body, "Desk.work" if "class Desk" in body else "work")
    assert ways(workflow) == edges


SILENT = [
    pytest.param(
        """
async def work(wish):
    print(await Runner.run(planner, "one"))
    print(await Runner.run(writer, "two"))
""",
        id="runs that have nothing to do with each other",
    ),
    pytest.param(
        """
async def work(wish):
    result = await Runner.run(writer, wish)
    while wish:
        result = await Runner.run(writer, result.to_input_list() + [{"role": "user", "content": input()}])
""",
        id="one agent that somebody talks to",
    ),
    pytest.param(
        """
async def work(wish):
    result = await Runner.run(writer, wish)
    return result.final_output
""",
        id="one run",
    ),
    pytest.param(
        """
async def first(wish):
    return await Runner.run(planner, wish)

async def second(plan):
    return await Runner.run(writer, plan.title)
""",
        id="functions that nobody calls together",
    ),
]


@pytest.mark.parametrize("body", SILENT)
def test_there_may_be_no_chain(tmp_path: Path, body: str) -> None:
    assert connected(tmp_path, HEAD + body) == ()


def test_a_chain_is_where_its_function_is(tmp_path: Path) -> None:
    workflow = chain(tmp_path, FLOWS[0].values[0])  # type: ignore[arg-type]
    assert workflow.id == "flow.py::work"
    assert workflow.framework == "openai-agents"
    assert workflow.span.line == HEAD.count("\n") + 2
    assert workflow.entries == ("planner",)


def test_a_script_is_called_like_its_file(tmp_path: Path) -> None:
    body = "plan = Runner.run_sync(planner, 'tea')\nRunner.run_sync(writer, plan.final_output.title)\n"
    assert ways(chain(tmp_path, body, "flow")) == {("planner", "writer", "direct")}


def test_the_innermost_function_that_sees_all_runs_is_the_workflow(tmp_path: Path) -> None:
    body = """
async def draft(wish):
    plan = await Runner.run(planner, wish)
    return await Runner.run(writer, plan.final_output.title)

async def publish(wish):
    text = await draft(wish)
    return await Runner.run(editor, text.final_output)

asyncio.run(publish("tea"))
"""
    assert {step.id for step in chain(tmp_path, body, "publish").steps} == {"planner", "writer", "editor"}


def test_order_alone_makes_a_possible_edge(tmp_path: Path) -> None:
    body = """
async def work(wish):
    one = await Runner.run(writer, wish)
    two = await Runner.run(planner, wish)
    return await Runner.run(editor, f"{one.final_output} {two.final_output.title}")
"""
    between = edge(chain(tmp_path, body), "writer", "planner")
    assert between.certainty is Certainty.POSSIBLE
    assert between.field_map == ()


def test_a_test_of_something_else_makes_an_edge_possible(tmp_path: Path) -> None:
    body = """
async def work(wish, polish):
    one = await Runner.run(writer, wish)
    return await Runner.run(editor, one.final_output) if polish else one
"""
    assert edge(chain(tmp_path, body), "writer", "editor").certainty is Certainty.POSSIBLE


def test_a_round_that_may_be_the_last_leads_back_perhaps(tmp_path: Path) -> None:
    body = """
async def work(wish):
    for _ in range(3):
        one = await Runner.run(writer, wish)
        wish = (await Runner.run(critic, one.final_output)).final_output.remarks
"""
    workflow = chain(tmp_path, body)
    assert edge(workflow, "critic", "writer").certainty is Certainty.POSSIBLE
    assert edge(workflow, "writer", "critic").certainty is Certainty.CERTAIN


def test_what_is_read_of_an_answer_is_needed(tmp_path: Path) -> None:
    workflow = chain(tmp_path, FLOWS[1].values[0])  # type: ignore[arg-type]
    planner, writer = (workflow.step(name) for name in ("planner", "writer"))
    assert planner is not None
    assert writer is not None
    (offer,), (need,) = planner.offers, writer.needs
    assert (offer.name, offer.type, offer.shape and offer.shape.parts) == ("final_output", "Plan", ("title", "topics"))
    assert (need.name, set(need.attributes)) == ("planner.final_output", {"title", "topics"})
    assert [(item.offer, item.need) for item in workflow.edges[0].field_map] == [
        ("final_output", "planner.final_output")
    ]


def test_what_a_test_reads_of_an_answer_belongs_to_the_decision(tmp_path: Path) -> None:
    workflow = chain(tmp_path, FLOWS[7].values[0])  # type: ignore[arg-type]
    (choice,) = workflow.choices
    assert (choice.source, [route.label for route in choice.routes]) == ("critic", ["writer"])
    assert [part.name for part in choice.needs[0].parts] == ["ok"]


def test_a_group_of_agents_that_is_run_is_a_nested_workflow(tmp_path: Path) -> None:
    body = """
desk = Agent(name="desk", handoffs=[editor])

async def work(wish):
    plan = await Runner.run(planner, wish)
    return await Runner.run(desk, plan.final_output.title)
"""
    found = {workflow.name: workflow for workflow in connected(tmp_path, HEAD + body)}
    step = found["work"].step("desk")
    assert step is not None
    assert (step.kind, step.workflow) == (StepKind.SUBWORKFLOW, found["desk"].id)
    assert found["desk"].parent == found["work"].id


NOISE = [
    pytest.param(
        """
async def work(wish):
    one = await Runner.run(writer, wish)
    two = await Runner.run(critic, one.final_output)
    return await Runner.run(editor, f"{one.final_output}: {two.final_output.remarks}")
""",
        id="an answer that two get, one of them from the other too",
    ),
    pytest.param(
        """
async def work(wish):
    plan = (await Runner.run(planner, wish)).final_output
    if plan.title:
        text = await Runner.run(writer, plan.title)
    else:
        text = await Runner.run(critic, wish)
    return await Runner.run(editor, f"{plan.topics} {text.final_output}")
""",
        id="one of two, and then a third",
    ),
    pytest.param(
        """
async def work(wish):
    while True:
        one = await Runner.run(writer, wish)
        wish = (await Runner.run(critic, one.final_output)).final_output.remarks
""",
        id="a server's loop",
    ),
]


@pytest.mark.parametrize("body", NOISE)
def test_plain_code_starts_nobody_twice(tmp_path: Path, body: str) -> None:
    chain(tmp_path, body)
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [finding.code for finding in found if finding.level is not Level.NOTE] == []


def test_a_loop_is_seen(tmp_path: Path) -> None:
    body = next(case.values[0] for case in FLOWS if case.id == "again and again")
    assert isinstance(body, str)
    (loop,) = loops_of(chain(tmp_path, body))
    assert set(loop.steps) == {"writer", "critic"}
    assert not loop.endless


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("STAGES = [planner, writer, editor]", id="a list"),
        pytest.param("STAGES = (planner, writer, editor)", id="a tuple"),
        pytest.param("STAGES = {one.name: one for one in (planner, writer, editor)}.values()", id="a dict"),
    ],
)
def test_agents_kept_in_a_table_of_the_module(tmp_path: Path, kept: str) -> None:
    agents = "\n".join(f'{name} = Agent(name="{name}")' for name in ("planner", "writer", "editor"))
    names = ["planner", "writer", "editor"]
    body = """
async def work(text):
    for stage in STAGES:
        text = (await Runner.run(stage, text)).final_output
    return text
"""
    source = f"from agents import Agent, Runner\n\n{agents}\n{kept}\ndel {', '.join(names)}\n{body}"
    (found,) = connected(tmp_path, source)
    assert ways(found) == {("planner", "writer", "direct"), ("writer", "editor", "direct")}
    assert {edge.certainty for edge in found.edges} == {Certainty.CERTAIN}


def test_one_of_several_agents_is_run_perhaps(tmp_path: Path) -> None:
    found = chain(
        tmp_path,
        """
BY_SIZE = {"small": writer, "large": editor}

async def work(wish, size):
    plan = await Runner.run(planner, wish)
    text = await Runner.run(BY_SIZE[size], plan.final_output.title)
    return text.final_output
""",
    )
    assert ways(found) == {("planner", "writer", "direct"), ("planner", "editor", "direct")}
    assert {edge.certainty for edge in found.edges} == {Certainty.POSSIBLE}


def test_agents_of_one_name_are_steps_of_their_own(tmp_path: Path) -> None:
    found = chain(
        tmp_path,
        """
patient = Agent(name="writer", instructions="Take your time.")

async def work(wish):
    text = await Runner.run(writer, wish)
    again = await Runner.run(writer, text.final_output)
    return await Runner.run(patient, again.final_output)
""",
    )
    assert ways(found) == {("writer", "writer", "direct"), ("writer", "writer_2", "direct")}
