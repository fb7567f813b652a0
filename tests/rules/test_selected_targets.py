"""Whom a function picks, and who takes what is sent (Agent Framework): strangers, joins that wait, dropped messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

SELECTING = """
    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


    class Say(Executor):
        @handler
        async def say(self, text: str, ctx: WorkflowContext[str]) -> None:
            await ctx.send_message(text)


    class Bundle(Executor):
        @handler
        async def bundle(self, texts: list[str], ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(" ".join(texts))


    def pick(text: str, targets: list[str]) -> list[str]:
        if "both" in text:
            return targets
        return {picked}


    start, left, right, other = Say(id="start"), Say(id="left"), Say(id="right"), Say(id="other")
    bundle = Bundle("bundle")
    builder = WorkflowBuilder(start_executor=start, output_from=[bundle])
    builder.add_multi_selection_edge_group(start, [left, right, other], selection_func={function})
    builder.add_fan_in_edges([left, right], bundle){mark}
    {more}
    flow = builder.build()
"""


def selecting(picked: str, mark: str = "", function: str = "pick", more: str = "") -> str:
    return SELECTING.format(picked=picked, mark=mark, function=function, more=more)


WAITS = "  # <- WF503"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(selecting("targets[:1]", WAITS), id="the first one only"),
        pytest.param(selecting("[targets[0], targets[2]]", WAITS), id="one of the two by its number"),
        pytest.param(selecting('["left"]', WAITS), id="one by its name"),
        pytest.param(selecting('["left"]', WAITS, "lambda text, targets: pick(text, targets)"), id="through a lambda"),
        pytest.param(selecting("targets[:2]"), id="both that are joined"),
        pytest.param(selecting('["other"]'), id="none of those that are joined"),
        pytest.param(selecting("[]"), id="nobody"),
        pytest.param(selecting("[t for t in targets if t in text]"), id="not known"),
        pytest.param(selecting("targets[: len(text)]"), id="as many as the message says"),
        pytest.param(selecting("targets[:1]", more="builder.add_edge(other, right)"), id="it comes otherwise"),
        pytest.param(selecting("targets[:1]", function="picks.pick"), id="a function of a library"),
        pytest.param(selecting('["left", "wright"]  # <- WF303', WAITS), id="a stranger"),
    ],
)
def test_a_join_over_what_is_selected(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


SPEAKING = """
    from agent_framework import Agent
    from agent_framework.openai import OpenAIChatClient
    from agent_framework.orchestrations import GroupChatBuilder

    client = OpenAIChatClient(model="gpt-4o-mini")
    people = [Agent(client, name=name, instructions=f"You are the {{name}}.") for name in ("optimist", "skeptic")]


    def next_speaker(state):
        if state.current_round > 3:
            return {last}
        return "optimist" if state.current_round % 2 else "skeptic"


    chat = GroupChatBuilder(participants={people}, selection_func=next_speaker, max_rounds=4).build()
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SPEAKING.format(last='"referee"  # <- WF303', people="people"), id="a stranger"),
        pytest.param(SPEAKING.format(last='"skeptic"', people="people"), id="one of them"),
        pytest.param(SPEAKING.format(last="state.conversation[-1].author_name", people="people"), id="not known"),
        pytest.param(SPEAKING.format(last='"referee"', people="people + more()"), id="more people may be there"),
    ],
)
def test_a_function_that_picks_the_speaker(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


SENDING = """
    from dataclasses import dataclass

    from agent_framework import AgentExecutor, Executor, WorkflowBuilder, WorkflowContext, handler


    @dataclass
    class Paper:
        title: str


    class Report(Paper):
        pass


    @dataclass
    class Note:
        text: str


    class Reader(Executor):
        @handler
        async def read(self, text: str, ctx: WorkflowContext[Paper | str | Report]) -> None:
            if not text:
                await ctx.send_message({sent}){mark}
                return
            await ctx.send_message(Paper(text))


    class Grader(Executor):
        @handler
        async def grade(self, paper: {taken}, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(str(paper))


    class Teller(Executor):
        @handler
        async def tell(self, text: str, ctx: WorkflowContext[str, str]) -> None:
            await ctx.yield_output(text)


    reader, grader, teller = Reader(id="reader"), Grader(id="grader"), Teller(id="teller")
    builder = WorkflowBuilder(start_executor=reader, output_from=[grader]).add_edge(reader, grader)
    {more}
    flow = builder.build()
"""


def sending(sent: str, mark: str = "", taken: str = "Paper", more: str = "") -> str:
    return SENDING.format(sent=sent, taken=taken, more=more, mark=mark)


DROPPED = "  # <- WF407"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(sending('"empty"', DROPPED), id="a text"),
        pytest.param(sending('f"empty: {text}"', DROPPED), id="a text with a hole"),
        pytest.param(sending("Note(text)", DROPPED), id="of another class"),
        pytest.param(sending("Report(text)"), id="of a class below"),
        pytest.param(sending("make(text)"), id="not known"),
        pytest.param(sending('"empty"', taken="Paper | str"), id="the step takes both"),
        pytest.param(sending('"empty"', taken="object"), id="the step takes anything"),
        pytest.param(sending('"empty"', more="builder.add_edge(reader, teller)"), id="another step takes it"),
        pytest.param(sending('"empty"', more="builder.add_edge(reader, others())"), id="somebody else may take it"),
        pytest.param(
            sending('"empty"').replace("class Grader(Executor)", "class Grader(AgentExecutor)"),
            id="handlers it inherits",
        ),
    ],
)
def test_a_message_that_nobody_takes(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


COUNTING = """
    from dataclasses import dataclass

    from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler

    ROUNDS = 8


    @dataclass
    class Text:
        body: str
        round: int = 0


    class Writer(Executor):
        @handler
        async def start(self, topic: str, ctx: WorkflowContext[Text]) -> None:
            await ctx.send_message(Text(topic))

        @handler
        async def improve(self, text: Text, ctx: WorkflowContext[Text]) -> None:
            await ctx.send_message(Text(text.body + "!", {kept}))


    class Judge(Executor):
        @handler
        async def judge(self, text: Text, ctx: WorkflowContext[Text, str]) -> None:
            if text.round >= ROUNDS:{mark}
                await ctx.yield_output(text.body)
                return
            await ctx.send_message(Text(text.body, text.round + {step}))


    writer, judge = Writer(id="writer"), Judge(id="judge")
    builder = WorkflowBuilder(start_executor=writer, output_from=[judge]{limit})
    flow = builder.add_edge(writer, judge).add_edge(judge, writer).build()
"""


def counting(limit: str, kept: str = "text.round", step: str = "1", mark: str = "") -> str:
    return COUNTING.format(limit=limit, kept=kept, step=step, mark=mark)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(counting(", max_iterations=10", mark="  # <- WF704"), id="too few supersteps"),
        pytest.param(counting(", max_iterations=20"), id="enough"),
        pytest.param(counting(""), id="as many as the framework has them"),
        pytest.param(counting(", max_iterations=10", kept="text.round + 1"), id="two steps count"),
        pytest.param(counting(", max_iterations=limit()"), id="not known"),
    ],
)
def test_a_limit_below_the_rounds_that_messages_count(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
