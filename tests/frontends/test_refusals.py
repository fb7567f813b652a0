"""What constructors of frameworks refuse is told where it is written, and nothing else is; all of it was run."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.frontends.fixtures import audited

CREWAI = """
    from typing import Any

    from crewai import Agent, Crew, Process, Task
    from crewai.tasks.conditional_task import ConditionalTask
    from pydantic import BaseModel


    class Note(BaseModel):
        text: str = ""


    cook = Agent(role="Cook", goal="cook", backstory="old", llm="gpt-4o")
    chef = Agent(role="Chef", goal="lead", backstory="older", llm="gpt-4o")


    def pair(output) -> tuple[bool, Any]:
        return True, output


    def flag(output) -> bool:
        return True


    def two(output, other):
        return True, output


    def defaulted(output, strict=False):
        return True, output


    def task(text, **more):
        return Task(description=text, expected_output="a dish", agent=cook, **more)


    def later():
        return True


    def build():
"""
OPENAI = """
    from agents import Agent, handoff
    from pydantic import BaseModel


    class Reason(BaseModel):
        text: str


    refunds = Agent(name="refunds", instructions="Refund.")


    def told(wanted):
        return Reason if wanted else None


    def build(wanted=None, noted=None):
"""
AUTOGEN = """
    from autogen_agentchat.agents import AssistantAgent
    from autogen_agentchat.conditions import MaxMessageTermination
    from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm
    from autogen_ext.models.openai import OpenAIChatCompletionClient

    client = OpenAIChatCompletionClient(model="gpt-4o")
    a = AssistantAgent("a", client)
    b = AssistantAgent("b", client)
    c = AssistantAgent("c", client, handoffs=["a"])
    soon = MaxMessageTermination(6)
    graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c)


    def build():
"""
AGENT_FRAMEWORK = """
    from agent_framework import Message, WorkflowBuilder, WorkflowContext, executor
    from typing_extensions import Never


    @executor(id="start")
    async def start(text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


    @executor(id="talk")
    async def talk(messages: list[Message], ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(messages[-1].text)


    @executor(id="left")
    async def left(text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


    @executor(id="right")
    async def right(text: str, ctx: WorkflowContext[str]) -> None:
        await ctx.send_message(text)


    @executor(id="texts")
    async def texts(found: list[str], ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output("".join(found))


    @executor(id="numbers")
    async def numbers(found: list[int], ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(str(found))


    @executor(id="one")
    async def one(text: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(text)


    def build():
"""
ONE = 'Task(description="1", expected_output="a dish", agent=cook%s)'
SLOW = ONE % ", async_execution=True"
MAYBE = "Conditional" + ONE % ", condition=later%s"
FAN = "WorkflowBuilder(start_executor=start).add_fan_out_edges(start, [left, right])"


def said(folder: Path, head: str, body: str) -> list[str]:
    """The errors that a program gets, without the rest."""
    text = dedent(head) + indent(dedent(body).strip(), "    ") + "\n"
    (folder / "main.py").write_text(text, encoding="utf-8")
    return [finding.message for finding in audited(folder).findings if finding.code == "WF304"]


@pytest.mark.parametrize(
    ("head", "body", "part"),
    [
        pytest.param(
            CREWAI,
            f"first = {SLOW}\nsecond = {SLOW}\nreturn Crew(agents=[cook], tasks=[first, second])",
            'the asynchronous task "first"',
            id="two asynchronous tasks at the end",
        ),
        pytest.param(
            CREWAI,
            f"first = {MAYBE % ''}\nsecond = {ONE % ''}\nreturn Crew(agents=[cook], tasks=[first, second])",
            'the first task "first"',
            id="a conditional task first",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ''}\nsecond = {MAYBE % ', async_execution=True'}\n"
            "return Crew(agents=[cook], tasks=[first, second])",
            'the conditional task "second"',
            id="a conditional task beside others",
        ),
        pytest.param(
            CREWAI,
            f"first = {SLOW}\nsecond = {ONE % ', async_execution=True, context=[first]'}\nthird = {ONE % ''}\n"
            "return Crew(agents=[cook], tasks=[first, second, third])",
            '"first" in its context is still under way',
            id="what is still under way as context",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ''}\nreturn Crew(agents=[cook, chef], tasks=[first], process=Process.hierarchical, "
            "manager_agent=chef)",
            "the manager among the agents",
            id="a manager of itself",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ', output_json=Note, output_pydantic=Note'}\nreturn Crew(agents=[cook], tasks=[first])",
            'two output types of task "first"',
            id="two forms",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ', guardrail=flag'}\nreturn Crew(agents=[cook], tasks=[first])",
            "its return annotation",
            id="a guardrail that gives a flag",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ', guardrail=two'}\nreturn Crew(agents=[cook], tasks=[first])",
            "it has to take the result, and nothing else",
            id="a guardrail that takes two",
        ),
        pytest.param(
            "from __future__ import annotations\n" + dedent(CREWAI),
            f"first = {ONE % ', guardrail=pair'}\nreturn Crew(agents=[cook], tasks=[first])",
            "makes its return annotation a text",
            id="a guardrail whose annotation is a text",
        ),
        pytest.param(
            CREWAI,
            'first = Task(description="1", agent=cook)\nreturn Crew(agents=[cook], tasks=[first])',
            '"expected_output" is missing',
            id="a task without its result",
        ),
        pytest.param(
            CREWAI,
            'maid = Agent(role="Maid", goal="clean")\n'
            'first = Task(description="1", expected_output="x", agent=maid)\n'
            "return Crew(agents=[maid], tasks=[first])",
            '"backstory" is missing',
            id="an agent without a text",
        ),
        pytest.param(
            OPENAI,
            "return Agent(name='desk', instructions='Help.', handoffs=[handoff(refunds, input_type=Reason)])",
            "an `input_type` needs an `on_handoff`",
            id="a form of a hand-off that nothing takes",
        ),
        pytest.param(
            AUTOGEN,
            'graph.add_edge(a, b, condition="X").add_edge(a, c)\nreturn GraphFlow([a, b, c], graph=graph.build())',
            'the edge to "c" has no condition, others do',
            id="edges with and without conditions",
        ),
        pytest.param(
            AUTOGEN,
            'graph.add_edge(a, b).add_edge(b, c, condition="X").add_edge(c, a, condition="Y").set_entry_point(a)\n'
            "return GraphFlow([a, b, c], graph=graph.build(), termination_condition=soon)",
            "without a last step",
            id="a graph without a last step",
        ),
        pytest.param(
            AUTOGEN,
            'graph.add_edge(a, c, activation_group="g", activation_condition="any")\n'
            'graph.add_edge(b, c, activation_group="g", activation_condition="all")\n'
            "return GraphFlow([a, b, c], graph=graph.build())",
            "edges of one activation group have different activation conditions",
            id="a group that waits in two ways",
        ),
        pytest.param(
            AUTOGEN,
            "return SelectorGroupChat([a], model_client=client, termination_condition=soon)",
            'refuses "build" with one participant',
            id="nobody to choose from",
        ),
        pytest.param(
            AUTOGEN,
            'return RoundRobinGroupChat([a, AssistantAgent("the cook", client)], max_turns=2)',
            'the agent name "the cook"',
            id="a name with a blank",
        ),
        pytest.param(
            AUTOGEN,
            'return Swarm([c, AssistantAgent("d", client, handoffs=["a", "a"]), a], termination_condition=soon)',
            'two hand-offs "a" of agent "d"',
            id="a hand-off twice",
        ),
        pytest.param(
            AUTOGEN,
            "return Swarm([c, a, RoundRobinGroupChat([b], max_turns=1, name='x')], termination_condition=soon)",
            'the team "x" in a swarm',
            id="a team in a swarm",
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            f"return {FAN}.add_fan_in_edges([left, right], one).build()",
            '"a handler of one for list[str]" is missing',
            id="a join into a step that takes one text",
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            f"return {FAN}.add_fan_in_edges([left, right], numbers).build()",
            '"a handler of numbers for list[str]" is missing',
            id="a join into a step that takes numbers",
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            "builder = WorkflowBuilder(start_executor=start).add_edge(start, one)\n"
            "return builder.add_edge(start, one).build()",
            'a second edge from "start" to "one"',
            id="an edge twice",
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            'return WorkflowBuilder(start_executor=start).add_edge(start, one).build().as_agent(name="helper")',
            '"a handler of start for list[Message]" is missing',
            id="an agent that takes no messages",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, head: str, body: str, part: str) -> None:
    (message,) = said(tmp_path, head, body)
    assert part in message


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(
            CREWAI,
            f"first = {SLOW}\nsecond = {ONE % ', guardrail=pair, output_pydantic=Note'}\n"
            f"third = {ONE % ', async_execution=True, context=[first]'}\n"
            "return Crew(agents=[cook], tasks=[first, second, third])",
            id="one asynchronous task at each end, awaited in between",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ', guardrail=defaulted'}\nreturn Crew(agents=[cook], tasks=[first])",
            id="a guardrail with a default",
        ),
        pytest.param(
            CREWAI,
            "first = task('1', **settings())\nreturn Crew(agents=[cook], tasks=[first])",
            id="a task with further settings",
        ),
        pytest.param(
            CREWAI,
            'maid = Agent(from_repository="maid")\nfirst = Task(description="1", expected_output="x", agent=maid)\n'
            "return Crew(agents=[maid], tasks=[first])",
            id="an agent that is looked up",
        ),
        pytest.param(
            CREWAI,
            "from staff import agents\nmaid = agents.maid()\nmaid.verbose = False\n"
            'first = Task(description="1", expected_output="x", agent=maid)\n'
            "return Crew(agents=[maid], tasks=[first])",
            id="an agent that unseen code makes",
        ),
        pytest.param(
            "from __future__ import annotations\n"
            + dedent(CREWAI).replace("def flag", 'pair.__annotations__["return"] = tuple[bool, Any]\n\n\ndef flag'),
            f"first = {ONE % ', guardrail=pair'}\nreturn Crew(agents=[cook], tasks=[first])",
            id="a guardrail whose annotation is set again",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ''}\nreturn Crew(agents=[cook], tasks=[first], process=Process.hierarchical, "
            "manager_agent=chef)",
            id="a manager of others",
        ),
        pytest.param(
            CREWAI,
            f"first = {ONE % ', output_json=Note if later() else None, output_pydantic=None if later() else Note'}\n"
            "return Crew(agents=[cook], tasks=[first])",
            id="one form or the other",
        ),
        pytest.param(
            OPENAI,
            "more = {}\nif told(wanted) is not None:\n    more['input_type'] = told(wanted)\n"
            "return Agent(name='desk', instructions='Help.', handoffs=[handoff(refunds, **more)])",
            id="a form of a hand-off that is only there at times",
        ),
        pytest.param(
            AUTOGEN,
            'graph.add_edge(a, b).add_edge(b, a, condition="AGAIN", activation_group="back")\n'
            'graph.add_edge(b, c, condition="DONE").set_entry_point(a)\n'
            "return GraphFlow([a, b, c], graph=graph.build(), max_turns=9)",
            id="a loop with a way out and a limit",
        ),
        pytest.param(
            AUTOGEN,
            "return SelectorGroupChat([a, *others()], model_client=client, termination_condition=soon)",
            id="more to choose from elsewhere",
        ),
        pytest.param(AUTOGEN, "return RoundRobinGroupChat([a], max_turns=turns())", id="turns from elsewhere"),
        pytest.param(
            AGENT_FRAMEWORK, f"return {FAN}.add_fan_in_edges([left, right], texts).build()", id="a join into a list"
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            "builder = WorkflowBuilder(start_executor=start)\nif later():\n    builder.add_edge(start, one)\n"
            "else:\n    builder.add_edge(start, one)\nreturn builder.build()",
            id="one edge, either way",
        ),
        pytest.param(
            AGENT_FRAMEWORK,
            'return WorkflowBuilder(start_executor=talk).add_edge(talk, one).build().as_agent(name="helper")',
            id="an agent that takes messages",
        ),
    ],
)
def test_what_is_taken(tmp_path: Path, head: str, body: str) -> None:
    assert said(tmp_path, head, body) == []
