"""WF501 around runs: what is said in one place by runs that go on at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import asyncio

    from agents import Agent, Runner, SQLiteSession

    screener = Agent(name="screener", instructions="Does the applicant fit?")
    ranker = Agent(name="ranker", instructions="Rank the applicants.")

    class Screening:
        def __init__(self):
            self.session = SQLiteSession("screening")

        async def screen(self, letter):
            <0>
            return (await Runner.run(screener, letter, session=session)).final_output

        async def everyone(self, letters):
            kept = SQLiteSession("all")
            <1>
            return (await Runner.run(ranker, str(notes))).final_output
"""
EACH = "notes = await asyncio.gather(*(self.screen(letter) for letter in letters))"
PAIR = (
    "notes = await asyncio.gather(Runner.run(screener, letters[0], session=kept), "
    "Runner.run(screener, letters[1], session=kept))"
)
IN_TURN = "notes = [await self.screen(letter) for letter in letters]"


def said(folder: Path, session: str, gathered: str) -> list[tuple[str, Level]]:
    program = Twin("", PROGRAM, ((session, ""), (gathered, "")), "").bad
    return found(program, folder, "concurrent-write")


@pytest.mark.parametrize(
    ("session", "gathered"),
    [
        pytest.param("session = self.session", EACH, id="one-for-all-items"),
        pytest.param("session = None", PAIR, id="one-for-two-runs"),
    ],
)
def test_a_place_that_runs_share(session: str, gathered: str, tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, session, gathered)
    assert "Runner.run(screener" in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    ("session", "gathered"),
    [
        pytest.param("session = SQLiteSession(letter)", EACH, id="each-has-its-own"),
        pytest.param("session = self.session", IN_TURN, id="one-after-the-other"),
        pytest.param("session = None", EACH, id="none"),
    ],
)
def test_places_that_are_not_shared(session: str, gathered: str, tmp_path: Path) -> None:
    assert said(tmp_path, session, gathered) == []


DOCTORS = """
    import asyncio

    from autogen_agentchat.agents import AssistantAgent
    from autogen_core.model_context import BufferedChatCompletionContext

    class Clinic:
        def __init__(self, client):
            self.client = client
            self.context = BufferedChatCompletionContext(buffer_size=12)

        async def opinion(self, field, case):
            <0>
            doctor = AssistantAgent(field, model_client=self.client, model_context=context)
            return (await doctor.run(task=case)).messages[-1].content

        async def decide(self, case):
            said = await asyncio.gather(self.opinion("heart", case), self.opinion("nerves", case))
            chair = AssistantAgent("chair", model_client=self.client)
            return (await chair.run(task=str(said))).messages[-1].content
"""


def test_a_context_that_agents_share(tmp_path: Path) -> None:
    bad, good = "context = self.context", "context = BufferedChatCompletionContext(buffer_size=12)"
    twin = Twin("", DOCTORS, ((bad, good),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "concurrent-write")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "concurrent-write") == []


LESSONS = """
    from fastapi import FastAPI
    from google.adk.agents import Agent
    from google.adk.runners import Runner
    from google.adk.sessions import InMemorySessionService

    app = FastAPI()
    SERVICE = InMemorySessionService()

    class Planner:
        def __init__(self):
            self.agent = Agent(name="planner", model="m", instruction="Plan a lesson.")

        async def opened(self):
            <0>
            await service.create_session(app_name="school", user_id="u", session_id="planner_1")
            return service

        async def plan(self, message):
            runner = Runner(app_name="school", agent=self.agent, session_service=await self.opened())
            async for event in runner.run_async(user_id="u", session_id="planner_1", new_message=message):
                if event.is_final_response():
                    return event.content.parts[0].text

    planner = Planner()

    @app.post("/plan")
    async def plan(request):
        return await planner.plan(request.text)
"""


def test_a_service_made_for_each_call_keeps_nothing_for_the_next_one(tmp_path: Path) -> None:
    twin = Twin("", LESSONS, (("service = SERVICE", "service = InMemorySessionService()"),), "")
    assert [level for _, level in found(twin.bad, tmp_path, "concurrent-write")] == [Level.WARNING]
    assert found(twin.good, tmp_path, "concurrent-write") == []
