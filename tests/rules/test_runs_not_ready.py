"""Runs whose results are taken before they are there, or of parts that are not there: coroutines, streams, outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

CREW = """
from crewai import Agent, Crew, Task
scout = Agent(role="Scout", goal="find", backstory="old")
clerk = Agent(role="Clerk", goal="write", backstory="old")
find = Task(name="find", description="Find suppliers", expected_output="a list", agent=scout)
send = Task(name="send", description="Write to them", expected_output="letters", agent=clerk)
crew = Crew(agents=[scout, clerk], tasks=[find, send])
async def start():
    BODY
"""


@pytest.mark.parametrize(
    "body",
    [
        "found = crew.kickoff_async(inputs={})\n    return str(found)  # <- WF304",
        'found = crew.kickoff_async(inputs={})\n    return f"found: {found}"  # <- WF304',
        "return str(crew.akickoff(inputs={}))  # <- WF304",
        "crew.kickoff_async(inputs={})  # <- WF304",
        "result = await crew.kickoff_async()\n    return result.tasks_output[2].raw  # <- WF109",
        "return (await crew.kickoff_async()).tasks_output[-3].raw  # <- WF109",
    ],
)
def test_what_a_coroutine_or_a_crew_does_not_give_is_told(tmp_path: Path, body: str) -> None:
    source = CREW.replace("BODY", body)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    "body",
    [
        "found = await crew.kickoff_async(inputs={})\n    return str(found)",
        "found = crew.kickoff_async(inputs={})\n    print(f'{found}')\n    return await found",
        "await crew.kickoff_async(inputs={})",
        "result = await crew.kickoff_async()\n    return result.tasks_output[1].raw, result.tasks_output[-2].raw",
        "result = await crew.kickoff_async()\n    result = load(result)\n    return result.tasks_output[7]",
        "result = await crew.kickoff_async()\n    return [result.tasks_output[n].raw for n in range(9)]",
    ],
)
def test_what_is_awaited_and_there_is_not(tmp_path: Path, body: str) -> None:
    assert loud(tmp_path, CREW.replace("BODY", body)) == []


AGENTS = """
import asyncio
from agents import Agent, Runner
from agents.mcp import MCPServerStdio
writer = Agent(name="Writer", instructions="Write.")
SERVER
def plain(text):
    return Runner.run_sync(writer, text).final_output
async def start(text):
    BODY
"""
STREAM = "stream = Runner.run_streamed(writer, text)\n    "
EVENTS = "async for event in stream.stream_events():\n        print(event)\n    "


@pytest.mark.parametrize(
    "body",
    [
        f"{STREAM}note = stream.final_output  # <- WF304\n    {EVENTS}return note",
        "return plain(text)  # <- WF304",
        "return len(plain(text))  # <- WF304",
    ],
)
def test_a_run_that_comes_too_early_or_blocks_is_told(tmp_path: Path, body: str) -> None:
    source = AGENTS.replace("SERVER", "").replace("BODY", body)
    assert loud(tmp_path, source) == marked(source) != []


@pytest.mark.parametrize(
    "body",
    [
        f"{STREAM}{EVENTS}return stream.final_output",
        f"{STREAM}await read(stream)\n    note = stream.final_output\n    {EVENTS}return note",
        "return await asyncio.to_thread(plain, text)",
        "return await asyncio.get_running_loop().run_in_executor(None, plain, text)",
    ],
)
def test_a_run_that_is_read_in_time_or_elsewhere_is_not(tmp_path: Path, body: str) -> None:
    assert loud(tmp_path, AGENTS.replace("SERVER", "").replace("BODY", body)) == []


MAKE = 'def files():\n    return MCPServerStdio(params={"command": "npx"}, client_session_timeout_seconds=9)\n'
REPLY = 'agent = Agent(name="Files", mcp_servers=[server])\n    '


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (f"server = files()\n    {REPLY}return await Runner.run(agent, text)  # <- WF304", True),
        (f"server = files()\n    await server.connect()\n    {REPLY}return await Runner.run(agent, text)", False),
        (
            """async with files() as server:
        agent = Agent(name="Files", mcp_servers=[server])
        return await Runner.run(agent, text)""",
            False,
        ),
        (f"server = files()\n    {REPLY}async with server:\n        return await Runner.run(agent, text)", False),
        (f"server = await opened(files())\n    {REPLY}return await Runner.run(agent, text)", False),
    ],
)
def test_a_server_that_nobody_connects_is_told(tmp_path: Path, body: str, told: bool) -> None:  # noqa: FBT001 - a table
    source = AGENTS.replace("SERVER", MAKE).replace("BODY", body)
    assert loud(tmp_path, source) == marked(source)
    assert bool(marked(source)) is told


GUARD = """
from crewai import Agent, Crew, Task
def linked(output):  MARK
    BODY
cook = Agent(role="Cook", goal="cook", backstory="old")
brief = Task(name="brief", description="Write", expected_output="text", agent=cook, guardrail=linked)
Crew(agents=[cook], tasks=[brief]).kickoff()
"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('return output.raw.count("http") > 1', True),
        ('if not output.raw:\n        return False\n    return "http" in output.raw and len(output.raw) > 9', True),
        ('return ("http" in output.raw, output.raw)', False),
        ("return checked(output)", False),
        ("if not output.raw:\n        return False\n    return True, output.raw", False),
    ],
)
def test_a_guardrail_that_gives_a_truth_is_told(tmp_path: Path, body: str, told: bool) -> None:  # noqa: FBT001 - a table
    source = GUARD.replace("MARK", "# <- WF304" if told else "").replace("BODY", body)
    assert loud(tmp_path, source) == marked(source)


FORMED = """
from autogen_agentchat.agents import AssistantAgent
from pydantic import BaseModel
class Mark(BaseModel):
    points: int
marker = AssistantAgent("marker", model_client=client, output_content_type=Mark)
async def mark(text):
    result = await marker.run(task=text)
    return result.BODY
async def feedback(text):
    given = await mark(text)
    return given.points > 3
"""


def test_a_part_of_the_formed_answer_is_none_of_the_result(tmp_path: Path) -> None:
    assert loud(tmp_path, FORMED.replace("BODY", "messages[-1].content")) == []
