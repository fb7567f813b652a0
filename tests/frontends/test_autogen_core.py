from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, recovered
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request

HEAD = """
import asyncio
from dataclasses import dataclass
from autogen_core import (
    AgentId, DefaultTopicId, DefaultInterventionHandler, MessageContext, RoutedAgent, SingleThreadedAgentRuntime,
    TopicId, default_subscription, message_handler, type_subscription,
)
from autogen_ext.runtimes.grpc import GrpcWorkerAgentRuntime

@dataclass
class Job:
    text: str

@dataclass
class Done:
    text: str

@default_subscription
class Worker(RoutedAgent):
    @message_handler
    async def work(self, message: Job, ctx: MessageContext) -> None:
        WORK

@default_subscription
class Clerk(RoutedAgent):
    @message_handler
    async def file(self, message: Done, ctx: MessageContext) -> None:
        print(message.text)

async def main():
    runtime = RUNTIME
    await Worker.register(runtime, "worker", lambda: Worker("works"))
    await Clerk.register(runtime, "clerk", lambda: Clerk("files"))
    runtime.start()
    BEGIN
    await runtime.stop_when_idle()

asyncio.run(main())
"""
WORK = "await self.publish_message(Done(message.text), DefaultTopicId())"
BEGIN = 'await runtime.publish_message(Job("wall"), DefaultTopicId())'
ALONE = "SingleThreadedAgentRuntime()"


def office(folder: Path, *, work: str = WORK, runtime: str = ALONE, begin: str = BEGIN, more: str = "") -> Path:
    text = HEAD.replace("WORK", work).replace("RUNTIME", runtime).replace("BEGIN", begin)
    (folder / "main.py").write_text(text.replace("async def main", f"{more}\n\nasync def main", 1), encoding="utf-8")
    return folder


def said(folder: Path) -> list[tuple[str, str, Level]]:
    """What is said, but for the labels of edges: rule, message and level."""
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [(finding.code, finding.message, finding.level) for finding in found if finding.code < "WF900"]


def fixture(name: str, called: str) -> Workflow:
    program = recovered(FOLDER / "autogen")
    (found,) = (w for w in program.workflows if w.name == called and w.span.path == f"{name}.py")
    return found


def test_one_agent_hands_on_to_the_next(tmp_path: Path) -> None:
    office(tmp_path)
    (found,) = recovered(tmp_path).workflows
    assert [(edge.source, edge.target, edge.label) for edge in found.edges] == [
        ("__start__", "worker", "Job"),
        ("worker", "clerk", "Done"),
    ]
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (
            'await self.publish_message(Done(message.text), TopicId("done", source="x"))',
            (
                'the Done that agent "worker" publishes is dropped: no other agent is subscribed to topic "done"; '
                "subscribe one, or publish to another topic"
            ),
        ),
        (
            "await self.publish_message(Job(message.text), DefaultTopicId())",
            (
                'the Job that agent "worker" publishes is dropped: of topic "default", "clerk" has no handler; '
                "give an agent a handler for Job"
            ),
        ),
        (
            'await self.send_message(Job(message.text), AgentId("clerk", "default"))',
            (
                'the Job that agent "worker" sends is dropped, and its answer is None: agent "clerk" has no handler '
                "for Job; give it a handler for Job"
            ),
        ),
    ],
)
def test_a_message_that_nobody_takes(tmp_path: Path, work: str, message: str) -> None:
    office(tmp_path, work=work)
    assert [each for each in said(tmp_path) if each[0] == "WF407"] == [("WF407", message, Level.WARNING)]


def test_a_result_for_nobody_is_only_noted(tmp_path: Path) -> None:
    more = "@dataclass\nclass Result:\n    text: str"
    office(tmp_path, work=f"{WORK}\n        await self.publish_message(Result('x'), DefaultTopicId())", more=more)
    (found,) = (each for each in said(tmp_path) if each[0] == "WF407")
    assert found[2] is Level.NOTE


@pytest.mark.parametrize(
    "runtime",
    [
        "SingleThreadedAgentRuntime(intervention_handlers=[DefaultInterventionHandler()])",
        'GrpcWorkerAgentRuntime(host_address="localhost:50051")',
    ],
)
def test_others_may_take_a_message(tmp_path: Path, runtime: str) -> None:
    """Code that sees every message, or agents of other processes."""
    office(tmp_path, work='await self.publish_message(Done("x"), TopicId("done", source="x"))', runtime=runtime)
    assert [each for each in said(tmp_path) if each[2] is not Level.NOTE] == []


def test_an_agent_may_note_what_it_does_not_take(tmp_path: Path) -> None:
    office(tmp_path, begin=f'{BEGIN}\n    await runtime.publish_message("wall", DefaultTopicId())')
    assert [each[0] for each in said(tmp_path)] == ["WF407"]
    main = tmp_path / "main.py"
    noting = "    async def on_unhandled_message(self, message, ctx):\n        print(message)\n"
    text = main.read_text(encoding="utf-8")
    main.write_text(
        text.replace("class Clerk(RoutedAgent):\n", f"class Clerk(RoutedAgent):\n{noting}"), encoding="utf-8"
    )
    assert said(tmp_path) == []


def test_an_answer_that_somebody_waits_for(tmp_path: Path) -> None:
    work = "return Done(message.text)"
    asking = 'print(await runtime.send_message(Job("wall"), AgentId("worker", "default")))'
    office(tmp_path, work=work, begin=asking)
    assert [each for each in said(tmp_path) if each[0] == "WF407"] == []
    office(tmp_path, work=work)
    assert [each[:2] for each in said(tmp_path) if each[0] == "WF407"] == [
        (
            "WF407",
            (
                'what agent "worker" returns is dropped: its message is published, and nobody waits for an answer to '
                "that; publish it, or let the sender use send_message"
            ),
        )
    ]


def test_two_agents_that_answer_each_other_for_ever(tmp_path: Path) -> None:
    more = """
@default_subscription
class Boss(RoutedAgent):
    @message_handler
    async def ask(self, message: Done, ctx: MessageContext) -> None:
        await self.publish_message(Job(message.text), DefaultTopicId())
"""
    begin = f'await Boss.register(runtime, "boss", lambda: Boss("asks"))\n    {BEGIN}'
    office(tmp_path, begin=begin, more=more)
    assert [each[0] for each in said(tmp_path) if each[2] is not Level.NOTE] == ["WF701"]


def test_what_an_agent_is_told_and_which_tools_it_has() -> None:
    bakery = fixture("core_bakery", "runtime")
    baker, scales = bakery.step("baker"), bakery.step("scales")
    assert baker is not None
    assert baker.prompt is not None
    assert scales is not None
    assert baker.description == "Writes recipes and mends them."
    assert [text.text for text in baker.prompt.texts] == ["Write a recipe of at most ten steps.", "…"]
    assert scales.tools == ("weigh",)


def test_a_runtime_that_comes_from_elsewhere_may_have_other_agents() -> None:
    joined = fixture("core_unknown_topics", "join")
    assert joined.entries == ("worker", "desk")
    assert "agents that other code registers may take part" in {item.reason for item in joined.unresolved}


DESK = """
@dataclass
class Memo:
    text: str

class Desk(RoutedAgent):
    @message_handler
    async def read(self, MESSAGE: KIND, ctx: MessageContext) -> RESULT:
        print(MESSAGE)
"""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((), None),
        (
            ("MESSAGE", "memo"),
            'the handler "read" (its parameter has to be called `message`, with an annotation)',
        ),
        ((" -> RESULT", ""), 'the handler "read" (annotate what it returns, `None` if that is nothing)'),
        (("KIND", "str"), "str as a message (a message is a dataclass or a pydantic model)"),
        (("@dataclass\nclass Memo", "class Memo"), "Memo as a message (a message is a dataclass or a pydantic model)"),
    ],
)
def test_what_the_framework_refuses_of_an_agent(
    tmp_path: Path, change: tuple[str, str] | tuple[()], problem: str | None
) -> None:
    desk = DESK.replace(*change) if change else DESK
    desk = desk.replace("MESSAGE", "message").replace("KIND", "Memo").replace("RESULT", "None")
    office(tmp_path, begin=f'await Desk.register(runtime, "desk", lambda: Desk("reads"))\n    {BEGIN}', more=desk)
    refused = [message for code, message, _ in said(tmp_path) if code == "WF304"]
    assert refused == ([f"the framework refuses {problem}"] if problem else [])


def test_functions_and_bare_factories_may_take_texts(tmp_path: Path) -> None:
    more = """
from autogen_core import ClosureAgent, ClosureContext, DefaultSubscription

async def note(agent: ClosureContext, message: str, ctx: MessageContext) -> None:
    print(message)

class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: str, ctx: MessageContext) -> None:
        print(message)
"""
    begin = """await ClosureAgent.register_closure(
        runtime, "log", note, subscriptions=lambda: [DefaultSubscription()])
    await runtime.register_factory("desk", lambda: Desk("reads"), expected_class=Desk)
    await runtime.add_subscription(DefaultSubscription(agent_type="desk"))
    await runtime.publish_message("hello", DefaultTopicId())"""
    office(tmp_path, begin=f"{begin}\n    {BEGIN}", more=more)
    (found,) = recovered(tmp_path).workflows
    assert {("__start__", "log"), ("__start__", "desk")} <= {(edge.source, edge.target) for edge in found.edges}
    assert said(tmp_path) == []


TWICE = 'await Worker.register(runtime, "worker", lambda: Worker("works, too"))'
SUBSCRIBING = 'await runtime.add_subscription(DefaultSubscription(agent_type="worker"))'


@pytest.mark.parametrize(
    ("again", "problems"),
    [
        (TWICE, ['duplicate step name "worker": the graph does not build; rename one of the steps']),
        (
            SUBSCRIBING,
            ['the framework refuses the subscription of agent "worker" to topic "default" (it is there already)'],
        ),
        (f"if len(__import__('sys').argv) > 5:\n        {TWICE}", []),
        (f"if len(__import__('sys').argv) > 5:\n        {SUBSCRIBING}", []),
    ],
)
def test_what_is_registered_or_subscribed_twice(tmp_path: Path, again: str, problems: list[str]) -> None:
    office(tmp_path, begin=f"{again}\n    {BEGIN}", more="from autogen_core import DefaultSubscription")
    assert [message for code, message, _ in said(tmp_path) if code == "WF304"] == problems


def test_each_of_several_functions_may_register_an_agent_with_one_runtime(tmp_path: Path) -> None:
    """Nobody says that both are called."""
    text = HEAD.replace("WORK", WORK).partition("async def main")[0]
    setting_up = "".join(
        f'async def {name}():\n    await Worker.register(RUNTIME, "worker", lambda: Worker("works"))\n\n'
        for name in ("start", "restart")
    )
    text += f"RUNTIME = {ALONE}\n\n{setting_up}"
    (tmp_path / "main.py").write_text(text, encoding="utf-8")
    assert [each for each in said(tmp_path) if each[0] == "WF304"] == []


def test_what_an_agent_always_sends_is_no_edge_beside_what_it_sends_at_times(tmp_path: Path) -> None:
    more = """
@dataclass
class Alarm:
    text: str

@default_subscription
class Guard(RoutedAgent):
    @message_handler
    async def ring(self, message: Alarm, ctx: MessageContext) -> None:
        print(message.text)
"""
    work = f"{WORK}\n        if message.text:\n            await self.publish_message(Alarm('x'), DefaultTopicId())"
    begin = f'await Guard.register(runtime, "guard", lambda: Guard("rings"))\n    {BEGIN}'
    office(tmp_path, work=work, begin=begin, more=more)
    (found,) = recovered(tmp_path).workflows
    assert {(edge.source, edge.target): edge.kind.value for edge in found.edges} == {
        ("__start__", "worker"): "direct",
        ("worker", "clerk"): "direct",
        ("worker", "guard"): "conditional",
    }
    assert said(tmp_path) == []


def test_everything_may_be_imported_at_once(tmp_path: Path) -> None:
    office(tmp_path)
    main = tmp_path / "main.py"
    head, _, rest = main.read_text(encoding="utf-8").partition("from autogen_core import (")
    main.write_text(f"{head}from autogen_core import *{rest.partition(')')[2]}", encoding="utf-8")
    (found,) = recovered(tmp_path).workflows
    assert [(edge.source, edge.target) for edge in found.edges] == [("__start__", "worker"), ("worker", "clerk")]


def test_a_factory_may_be_registered_with_the_runtime_itself(tmp_path: Path) -> None:
    """Then the class does not subscribe it."""
    more = """
class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Done, ctx: MessageContext) -> None:
        print(message.text)
"""
    added = """await runtime.register_factory("desk", lambda: Desk("reads"), expected_class=Desk)
    await runtime.add_subscription(TypeSubscription("default", "desk"))"""
    office(tmp_path, begin=f"{added}\n    {BEGIN}", more=f"from autogen_core import TypeSubscription\n{more}")
    (found,) = recovered(tmp_path).workflows
    assert ("worker", "desk") in {(edge.source, edge.target) for edge in found.edges}
