"""Logs of events that frameworks write themselves: turns, calls and failures out of what began and what ended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.traces.writing import edge, recorded, step, workflows_of, write

TEAM = """
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.teams import RoundRobinGroupChat


def team(client):
    pilot = AssistantAgent("pilot", model_client=client)
    warden = AssistantAgent("warden", model_client=client)
    return RoundRobinGroupChat([pilot, warden])
"""
CHAIN = """
from google.adk.agents import LlmAgent, SequentialAgent

plan = LlmAgent(name="plan", model="gemini-2.5-flash", instruction="Plan.", output_key="plan")
write = LlmAgent(name="write", model="gemini-2.5-flash", instruction="Write about {plan}.")
root_agent = SequentialAgent(name="chain", sub_agents=[plan, write])
"""
CREW = """
from crewai import Agent, Crew, Task

curator = Agent(role="Curator", goal="choose", backstory="old")
pick = Task(name="pick", description="Pick.", expected_output="a list", agent=curator)
tell = Task(name="tell", description="Tell.", expected_output="a text", agent=curator, context=[pick])
crew = Crew(agents=[curator], tasks=[pick, tell])
"""


def lines(records: Iterable[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _folder(tmp_path: Path) -> Path:
    found = tmp_path / "src"
    found.mkdir()
    return found


def _message(sender: str | None, receiver: str | None, payload: str, stage: str = "SEND") -> dict[str, object]:
    ends = {"sender": f"{sender}_t/t" if sender else None, "receiver": f"{receiver}_t/t" if receiver else None}
    return {"type": "Message", "payload": payload, "delivery_stage": f"DeliveryStage.{stage}", **ends}


def _asked(agent: str, given: int, written: int, cached: int = 0) -> dict[str, object]:
    usage = {
        "prompt_tokens": given,
        "completion_tokens": written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    response = {"model": "m-1", "usage": usage}
    counts = {"prompt_tokens": given, "completion_tokens": written}
    return {"type": "LLMCall", "agent_id": f"{agent}_t/t", "messages": ["x"], "response": response, **counts}


def test_what_an_agent_of_autogen_does_between_two_requests_is_one_execution(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), TEAM)
    run = [
        _message(None, "Manager", '{"messages":[]}'),
        _message(None, "Manager", '{"messages":[]}', "DELIVER"),
        _message("Manager", "pilot", "{}"),
        _asked("pilot", 100, 10),
        {"type": "ToolCall", "tool_name": "depth", "arguments": {}, "result": "7 m", "agent_id": "pilot_t/t"},
        _asked("pilot", 200, 20, cached=50),
        _message("pilot", "group_topic", '{"response":{}}'),
        _message("Manager", "warden", "{}"),
        _asked("warden", 300, 5),
        _message("warden", "group_topic", '{"response":{}}'),
        _message("Manager", "pilot", "{}"),
        _asked("pilot", 10, 1),
    ]
    broken = [
        _message(None, "Manager", '{"messages":[]}'),
        _message("Manager", "pilot", "{}"),
        {"type": "MessageHandlerException", "handling_agent": "pilot_t/t", "exception": "overloaded (500)"},
    ]
    found = recorded(write(tmp_path / "events.jsonl", lines((*run, *broken))), flows)
    pilot, warden = step(found, "pilot"), step(found, "warden")
    assert [one.failed for one in found.runs] == [False, True]
    assert (pilot.executions, pilot.calls, pilot.cached_tokens) == (3, 3, 50)
    assert (pilot.et, warden.et) == (140 + 235 + 14.0, 320.0)
    assert edge(found, "pilot", "warden").executions == 1


def _event(author: str, part: dict[str, object], at: float, *, given: int = 0, **more: object) -> dict[str, object]:
    usage = {"promptTokenCount": given, "candidatesTokenCount": 10, "thoughtsTokenCount": 5} if given else None
    return {
        "id": f"{author}{at}",
        "author": author,
        "invocationId": "e-1",
        "timestamp": 1_700_000_000 + at,
        "content": {"role": "model", "parts": [part]},
        "usageMetadata": usage,
        "actions": {},
        **more,
    }


def test_agents_of_autogen_that_speak_at_the_same_time_have_a_turn_each(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), TEAM)
    run = [
        _message(None, "Manager", '{"messages":[]}'),
        _message("Manager", "pilot", "{}"),
        _message("Manager", "warden", "{}"),
        _asked("pilot", 100, 10),
        _asked("warden", 300, 5),
        _asked("pilot", 200, 20),
        _message("warden", "group_topic", '{"response":{}}'),
        _message("pilot", "group_topic", '{"response":{}}'),
    ]
    found = recorded(write(tmp_path / "events.log", lines(run)), flows)
    told = [(one.step, one.executions, one.calls, one.et) for one in found.steps]
    assert told == [("pilot", 1, 2, 420.0), ("warden", 1, 1, 320.0)]


def test_turns_that_nobody_asked_for_end_where_another_agent_is_at_work(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), TEAM)
    run = [_asked("pilot", 100, 10), _asked("warden", 300, 5), _asked("pilot", 200, 20)]
    found = recorded(write(tmp_path / "events.log", lines(run)), flows)
    assert [(one.step, one.executions) for one in found.steps] == [("pilot", 2), ("warden", 1)]


def test_events_of_an_adk_session_tell_turns_and_tokens(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), CHAIN)
    events = [
        _event("user", {"text": "tides"}, 0),
        _event("plan", {"functionCall": {"id": "f", "name": "look", "args": {"at": 1}}}, 1, given=100),
        _event("plan", {"functionResponse": {"id": "f", "name": "look", "response": {"found": 2}}}, 2),
        _event("plan", {"text": "a pla"}, 3, given=140, partial=True),
        _event("plan", {"text": "a plan"}, 4, given=140),
        _event("write", {"text": "a text"}, 5, given=200),
    ]
    session = {"id": "s", "appName": "chain", "userId": "u", "state": {}, "events": events}
    found = recorded(write(tmp_path / "session.json", json.dumps(session)), flows)
    plan = step(found, "plan")
    assert (plan.executions, plan.calls, plan.reasoning_tokens, plan.et) == (1, 2, 10, 100 + 140 + 2 * 60.0)
    assert (step(found, "write").et, edge(found, "plan", "write").executions) == (260.0, 1)


def test_an_agent_of_adk_that_fails_is_the_last_one_of_the_path_not_the_one_that_the_event_names(
    tmp_path: Path,
) -> None:
    flows = workflows_of(_folder(tmp_path), CHAIN)
    failed = {"errorCode": "ValueError", "errorMessage": "no more", "nodeInfo": {"path": "plan@1/write@1"}}
    events = [
        _event("user", {"text": "tides"}, 0),
        _event("plan", {"text": "a plan"}, 4, given=140),
        {**_event("plan", {}, 5), "content": None, **failed},
    ]
    found = recorded(write(tmp_path / "events.jsonl", lines(events)), flows)
    assert [(one.step, one.executions, one.failures) for one in found.steps] == [("plan", 1, 0), ("write", 1, 1)]


def _moment(kind: str, name: str, parent: str | None, at: int, begun: str | None = None, **more: object) -> object:
    """An event of CrewAI; `begun` is the one that it ends."""
    times = {"timestamp": f"2026-01-01T00:00:{at:02}+00:00", "started_event_id": begun}
    return {"type": kind, "event_id": name, "parent_event_id": parent, **times, **more}


def test_events_of_a_crew_are_spans_whatever_their_order(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), CREW)
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "cached_prompt_tokens": 40, "reasoning_tokens": 2}
    records = [
        _moment("crew_kickoff_started", "k", None, 0),
        _moment("task_started", "p", "k", 1, task_name="pick"),
        _moment("llm_call_started", "c", "a", 3, model="m-1"),
        _moment("agent_execution_started", "a", "p", 2, agent_role="Curator"),
        _moment("llm_call_completed", "d", "a", 4, "c", usage=usage, response="four"),
        _moment("task_completed", "q", "k", 5, "p", output={"raw": "four"}),
        _moment("task_started", "t", "k", 6, task_name="tell"),
        _moment("llm_call_started", "e", "t", 7, model="m-1"),
        _moment("llm_call_failed", "f", "t", 8, "e", error="overloaded (500)"),
        _moment("task_failed", "g", "k", 9, "t", error="overloaded (500)"),
        _moment("crew_kickoff_failed", "h", None, 10, "k", error="overloaded (500)"),
    ]
    found = recorded(write(tmp_path / "events.jsonl", lines(records)), flows)
    pick, tell = step(found, "pick"), step(found, "tell")
    assert [(run.failed, run.calls) for run in found.runs] == [(True, 2)]
    assert (pick.et, pick.cached_tokens, pick.inferred) == (60 + 4 + 40.0, 40, 0)
    assert (tell.failures, tell.et) == (1, 0.0)


def test_a_call_of_a_crew_names_its_task_where_what_is_around_it_is_lost(tmp_path: Path) -> None:
    flows = workflows_of(_folder(tmp_path), CREW)
    records = [
        _moment("llm_call_started", "c", "lost", 3, model="m-1", task_name="pick"),
        _moment("llm_call_completed", "d", "lost", 4, "c", usage={"prompt_tokens": 100, "completion_tokens": 10}),
    ]
    found = recorded(write(tmp_path / "events.jsonl", lines(records)), flows)
    assert (step(found, "pick").et, found.unattributed) == (140.0, ())
