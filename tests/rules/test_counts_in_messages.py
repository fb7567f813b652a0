"""WF703 for counts that messages carry round a loop (Agent Framework), and for bounds that are settings of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

MESSAGES = """
    from dataclasses import dataclass, replace

    from drafts import next_of
    from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, handler

    MOST = 5


    @dataclass
    class Draft:
        text: str
        round: int = {begin}


    class Writer(Executor):
        def __init__(self, agent: Agent):
            super().__init__(id="writer")
            self.agent = agent

        @handler
        async def first(self, task: str, ctx: WorkflowContext[Draft]) -> None:
            await ctx.send_message(Draft(task))

        @handler
        async def again(self, draft: Draft, ctx: WorkflowContext[Draft]) -> None:
            answer = await self.agent.run(draft.text)
            {write}


    class Judge(Executor):
        def __init__(self, agent: Agent):
            super().__init__(id="judge")
            self.agent = agent

        @handler
        async def judge(self, draft: Draft, ctx: WorkflowContext[Draft, str]) -> None:
            verdict = await self.agent.run(draft.text)
            if "good" in verdict.text or draft.round >= MOST:{mark}
                await ctx.yield_output(draft.text)
                return
            {judge}


    def build(agent: Agent):
        writer, judge = Writer(agent), Judge(agent)
        return WorkflowBuilder(start_executor=writer).add_edge(writer, judge).add_edge(judge, writer).build()
"""
SENT = "await ctx.send_message({})"
KEPT = "replace(draft, text=answer.text)"
MARK = "  # <- WF703"


def messages(**parts: str) -> str:
    usual = {"begin": "0", "write": SENT.format(KEPT), "judge": SENT.format("draft"), "mark": ""}
    return MESSAGES.format(**usual | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(messages(mark=MARK), id="as-it-came"),
        pytest.param(messages(write=SENT.format("Draft(answer.text, draft.round)"), mark=MARK), id="by-its-place"),
        pytest.param(messages(write=SENT.format("Draft(answer.text)"), mark=MARK), id="begun-anew"),
        pytest.param(messages(judge=SENT.format("replace(draft, round=draft.round + 1)")), id="counted"),
        pytest.param(
            messages(judge="draft.round += 1\n            " + SENT.format("draft")), id="counted-in-the-message"
        ),
        pytest.param(messages(judge="await self.back(draft, ctx)"), id="sent-elsewhere"),
        pytest.param(messages(write=SENT.format("next_of(draft)")), id="a-message-that-is-not-known"),
        pytest.param(messages(begin="3"), id="a-field-that-begins-no-count"),
    ],
)
def test_a_count_that_every_message_hands_on_as_it_is(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


SETTINGS = """
    from __future__ import annotations

    from dataclasses import dataclass

    from counting import count
    from pydantic_ai import Agent
    from pydantic_graph import BaseNode, End, Graph, GraphRunContext

    judge = Agent("openai:gpt-4o", output_type=bool)


    @dataclass
    class Post:
        text: str
        rounds: int = 0


    @dataclass
    class Limits:
        most: int


    @dataclass
    class Write(BaseNode[Post, Limits, str]):
        async def run(self, ctx: GraphRunContext[Post, Limits]) -> Judge:
            {write}
            return Judge()


    @dataclass
    class Judge(BaseNode[Post, Limits, str]):
        async def run(self, ctx: GraphRunContext[Post, Limits]) -> Write | End[str]:
            fine = await judge.run(ctx.state.text)
            if fine.output or ctx.state.rounds >= ctx.deps.most:{mark}
                return End(ctx.state.text)
            return Write()


    graph = Graph(nodes=[Write, Judge])
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SETTINGS.format(write="ctx.state.text += '.'", mark=MARK), id="never-counted"),
        pytest.param(SETTINGS.format(write="ctx.state.rounds += 1", mark=""), id="counted"),
        pytest.param(SETTINGS.format(write="count(ctx.state)", mark=""), id="counted-elsewhere-perhaps"),
    ],
)
def test_a_bound_that_is_a_setting_of_the_run(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
