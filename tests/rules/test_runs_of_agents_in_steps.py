"""What the code of a step does about failures of the agents that it runs: WF602 and WF603 (Agent Framework)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

RETRYING = """
    import asyncio

    from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler
    from agent_framework.openai import OpenAIChatClient
    from typing_extensions import Never


    async def insist(ask):
        {loop}{mark}
            try:
                return await ask()
            except {caught}:
                await asyncio.sleep({pause})


    class Quote(Executor):
        def __init__(self, agent: Agent) -> None:
            super().__init__(id="quote")
            self.agent = agent

        @handler
        async def quote(self, subject: str, ctx: WorkflowContext[Never, str]) -> None:
            answer = await insist({asked})
            await ctx.yield_output(answer.text)


    agent = Agent(OpenAIChatClient(model="gpt-4o-mini"), name="poet", instructions="Quote poets.")
    flow = WorkflowBuilder(start_executor=Quote(agent)).build()
"""
HAMMERED = "  # <- WF602"


def retrying(asked: str, mark: str = "", loop: str = "while True:", caught: str = "Exception", pause: str = "1") -> str:
    return RETRYING.format(asked=asked, mark=mark, loop=loop, caught=caught, pause=pause)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(retrying("lambda: self.agent.run(subject)", HAMMERED), id="a run, in a function"),
        pytest.param(retrying("self.agent.run", HAMMERED), id="the method itself"),
        pytest.param(retrying("lambda: self.agent.run(subject)", loop="for number in range(4):"), id="a few times"),
        pytest.param(retrying("lambda: asyncio.sleep(1)"), id="nothing that asks anybody"),
    ],
)
def test_a_loop_around_a_run(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


HANDING = """
    from dataclasses import dataclass

    from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler
    from agent_framework.openai import OpenAIChatClient
    from typing_extensions import Never


    @dataclass
    class Draft:
        topic: str
        text: str
        failed: bool = False


    class Write(Executor):
        def __init__(self, agent: Agent) -> None:
            super().__init__(id="write")
            self.agent = agent

        @handler
        async def write(self, topic: str, ctx: WorkflowContext[Draft]) -> None:
            try:
                text = (await self.agent.run(topic)).text
            except Exception:
                {failure}
            await ctx.send_message(Draft(topic, text)){mark}


    class Polish(Executor):
        def __init__(self, agent: Agent) -> None:
            super().__init__(id="polish")
            self.agent = agent

        @handler
        async def polish(self, draft: Draft, ctx: WorkflowContext[Never, str]) -> None:
            await ctx.yield_output((await self.agent.run(f"Polish: {{draft.text}}")).text)


    client = OpenAIChatClient(model="gpt-4o-mini")
    write, polish = Write(Agent(client, name="poet")), Polish(Agent(client, name="editor"))
    flow = WorkflowBuilder(start_executor=write).add_edge(write, polish).build()
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            HANDING.format(failure='text = "Sorry, something went wrong."', mark="  # <- WF603"), id="an apology"
        ),
        pytest.param(
            HANDING.format(failure='text = "We are sorry, but an error came up."', mark="  # <- WF603"), id="another"
        ),
        pytest.param(HANDING.format(failure='text = "Sorry, we are closed on Mondays."', mark=""), id="an answer"),
        pytest.param(HANDING.format(failure="raise", mark=""), id="it fails"),
        pytest.param(
            HANDING.format(failure=f'await ctx.send_message(Draft(topic, "Failed", True))\n{" " * 16}return', mark=""),
            id="a field says so",
        ),
    ],
)
def test_a_failure_that_is_handed_on_by_position(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
