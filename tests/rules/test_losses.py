"""What frameworks leave out, through sources: WF407, WF509, WF607, the endless turn of a swarm, and their silence."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from wflint.audit import audit
from wflint.request import CacheChoice, Request

ROUTERS = """
    from crewai.flow.flow import Flow, listen, router, start


    class Desk(Flow):
        @start()
        def read(self):
            return input()

        @router(read)
        def tone(self, text):
            return "angry" if "!" in text else "calm"

        @router(read)
        def topic(self, text):
            {last}

        {after}("angry")
        def soothe(self):
            return "sorry"

        @listen("sorry")
        def apologise(self):
            self.state["said"] = "sorry"

        @listen("bill")
        def explain(self):
            self.state["said"] = "how"
"""
RACE = """
    import asyncio

    from crewai.flow.flow import Flow, and_, listen, or_, start


    class Report(Flow):
        @start()
        def begin(self):
            self.state["topic"] = "tea"

        @listen(begin)
        {kind} {name}(self):
            self.state["figures"] = 1

        @listen({other})
        async def quotes(self):
            {body}

        @listen({wait}({name}, quotes))
        def write(self):
            return self.state["topic"]
        {more}
"""
GUARDED = """
    import asyncio

    from agents import Agent, GuardrailFunctionOutput, Runner, input_guardrail


    @input_guardrail
    async def numbered(ctx, agent, text) -> GuardrailFunctionOutput:
        return GuardrailFunctionOutput(output_info=None, tripwire_triggered="#" not in str(text))


    refunds = Agent(name="refunds", instructions="Pay back.", input_guardrails=[numbered])
    desk = Agent(name="desk", instructions="Send on.", {desk})


    async def main(text: str):
        result = await Runner.run(desk, text)
        {more}


    asyncio.run(main("money"))
"""
SWARM = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import HandoffTermination, MaxMessageTermination, TextMentionTermination
    from autogen_agentchat.teams import Swarm
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    desk = AssistantAgent("desk", client, handoffs=["flights", "user"])
    flights = AssistantAgent("flights", client{handoffs})
    team = Swarm([desk, flights], termination_condition={condition})


    async def main(task: str):
        return await team.run(task=task)
"""
FORGETFUL = """
    from google.adk.agents import LlmAgent, SequentialAgent

    writer = LlmAgent(name="writer", model="m", instruction="Write a tale.", output_key="first_draft")
    namer = LlmAgent(name="namer", model="m", instruction="Name it: {{first_draft}}", output_key="title")
    critic = LlmAgent(name="critic", model="m", instruction="{told}"{settings})
    root_agent = SequentialAgent(name="line", sub_agents=[{order}])
"""


def routers(last: str = 'return "bill" if "pay" in text else "other"', after: str = "@router") -> str:
    return ROUTERS.format(last=last, after=after)


def race(
    name: str = "figures",
    kind: str = "async def",
    other: str = "begin",
    body: str = 'self.state["quotes"] = 2',
    wait: str = "or_",
    more: str = "",
) -> str:
    return RACE.format(name=name, kind=kind, other=other, body=body, wait=wait, more=more)


def guarded(desk: str = "handoffs=[refunds]", more: str = "return result.final_output") -> str:
    return GUARDED.format(desk=desk, more=more)


def swarm(condition: str = 'HandoffTermination(target="user")', handoffs: str = "") -> str:
    return SWARM.format(condition=condition, handoffs=handoffs)


def forgetful(
    told: str = "Read the tale in the state key 'first_draft' and list three flaws.",
    settings: str = ', include_contents="none"',
    order: str = "writer, namer, critic",
) -> str:
    return FORGETFUL.format(told=told, settings=settings, order=order)


def said(folder: Path, source: str, code: str) -> list[str]:
    """What one rule says of a program."""
    (folder / "main.py").write_text(dedent(source), encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [finding.message for finding in found if finding.code == code]


@pytest.mark.parametrize(
    ("source", "code", "parts"),
    [
        pytest.param(
            routers(), "WF407", ['router "soothe" never runs after "tone" returns "angry"'], id="a hidden router"
        ),
        pytest.param(
            race(),
            "WF509",
            ['step "figures" is cancelled when "quotes"', 'step "quotes" is cancelled when "figures"'],
            id="a race of coroutines",
        ),
        pytest.param(
            race(kind="def"), "WF509", ['step "quotes" is cancelled when "figures"'], id="a function beside a coroutine"
        ),
        pytest.param(
            race(body="await asyncio.sleep(1)"),
            "WF509",
            ['step "figures" is cancelled when "quotes"'],
            id="a coroutine beside one that writes nothing",
        ),
        pytest.param(guarded(), "WF607", ['the input guardrail of agent "refunds" never runs'], id="a late guardrail"),
        pytest.param(swarm(), "WF701", ['step "flights" never ends'], id="a turn that never ends"),
        pytest.param(
            forgetful(),
            "WF113",
            ['"critic" is told to use "the tale", the result of step "writer"'],
            id="a key",
        ),
    ],
)
def test_what_never_comes_is_told(tmp_path: Path, source: str, code: str, parts: list[str]) -> None:
    found = said(tmp_path, source, code)
    assert len(found) == len(parts)
    assert all(part in message for part, message in zip(parts, found, strict=True))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param(routers(after="@listen"), "WF407", id="a listener does run"),
        pytest.param(routers(last='return "angry"'), "WF407", id="the last router returns it too"),
        pytest.param(routers(last="return text"), "WF407", id="the last router's labels are not known"),
        pytest.param(race(wait="and_"), "WF509", id="all are awaited"),
        pytest.param(race(other="figures"), "WF509", id="one after the other"),
        pytest.param(race(name="fastest"), "WF509", id="a race on purpose"),
        pytest.param(
            race(more="\n        @listen(quotes)\n        def keep(self):\n            return 1"),
            "WF509",
            id="one leads elsewhere, too",
        ),
        pytest.param(guarded(desk="handoffs=[refunds], input_guardrails=[numbered]"), "WF607", id="guarded before"),
        pytest.param(guarded(more="return await Runner.run(refunds, text)"), "WF607", id="run by itself as well"),
        pytest.param(guarded(more="return await Runner.run(result.last_agent, text)"), "WF607", id="carried on"),
        pytest.param(guarded(more="return await Runner.run(pick(), text)"), "WF607", id="a run that is not known"),
        pytest.param(
            guarded(desk='tools=[refunds.as_tool(tool_name="pay", tool_description="d")]'), "WF607", id="a tool is run"
        ),
        pytest.param(swarm('HandoffTermination(target="user") | MaxMessageTermination(9)'), "WF701", id="a limit"),
        pytest.param(swarm('TextMentionTermination("DONE")'), "WF701", id="a word"),
        pytest.param(swarm(handoffs=', handoffs=["desk"]'), "WF701", id="a way back"),
        pytest.param(swarm(handoffs=", **more"), "WF701", id="settings that are not known"),
        pytest.param(forgetful(settings=""), "WF113", id="the conversation is shown"),
        pytest.param(forgetful(told="List three flaws of {first_draft}."), "WF113", id="a placeholder"),
        pytest.param(forgetful(order="namer, writer, critic"), "WF113", id="the answer just before is shown"),
        pytest.param(
            forgetful(settings=', include_contents="none", tools=[look_up]'), "WF113", id="a tool may look it up"
        ),
    ],
)  # fmt: skip
def test_what_comes_is_left_alone(tmp_path: Path, source: str, code: str) -> None:
    assert said(tmp_path, source, code) == []
