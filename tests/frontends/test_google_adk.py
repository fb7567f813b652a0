from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from tests.frontends.sources import ways, workflows
from wflint.model.contract import Certainty
from wflint.model.workflow import Aspect, StepKind

AGENTS = "from google.adk.agents import BaseAgent, LlmAgent, LoopAgent, ParallelAgent, SequentialAgent\n"


@pytest.mark.parametrize(
    ("instruction", "needs"),
    [
        pytest.param("Read {draft}.", {("draft", True)}, id="key"),
        pytest.param("Read {draft?} and { notes }.", {("draft", False), ("notes", True)}, id="optional and spaces"),
        pytest.param("Read {user:name} and {app:x?}.", {("user:name", True), ("app:x", False)}, id="scopes"),
        pytest.param("Read {{draft}}.", {("draft", True)}, id="double braces are braces"),
        pytest.param('{artifact.plan} {"a": 1} {two words} {other:x} ${price}', set(), id="not keys"),
    ],
)
def test_needs_are_the_placeholders_of_the_instruction(
    tmp_path: Path, instruction: str, needs: set[tuple[str, bool]]
) -> None:
    source = f"""{AGENTS}
a = LlmAgent(name="a", instruction={instruction!r})
root = SequentialAgent(name="root", sub_agents=[a])
"""
    step = workflows(tmp_path, source)[0].step("a")
    assert step is not None
    assert {(need.name, need.required) for need in step.needs} == needs


def test_keys_that_code_writes_are_offers_and_those_written_before_the_model_runs_are_no_needs(tmp_path: Path) -> None:
    source = f"""{AGENTS}
def begin(callback_context):
    callback_context.state["topic"] = "rain"

def search(query: str, tool_context) -> str:
    tool_context.state["found"] = tool_context.state.get("limit", 3)
    return query

a = LlmAgent(name="a", instruction="On {{topic}}", before_agent_callback=begin, tools=[search], output_key="text")
b = LlmAgent(name="b", instruction="Use {{found}}")
root = SequentialAgent(name="root", sub_agents=[a, b])
"""
    step = workflows(tmp_path, source)[0].step("a")
    assert step is not None
    assert {(need.name, need.required) for need in step.needs} == {("limit", False)}
    assert {(offer.name, offer.certainty) for offer in step.offers} == {
        ("topic", Certainty.CERTAIN),
        ("found", Certainty.POSSIBLE),
        ("text", Certainty.CERTAIN),
    }
    assert [offer.name for offer in step.offers if offer.by_tool] == ["found"]
    assert not step.offers_open


def test_nested_composites_are_dissolved(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a, b, c, d, e = [LlmAgent(name=n) for n in "abcde"]
loop = LoopAgent(name="loop", max_iterations=3, sub_agents=[c, d])
side = ParallelAgent(name="side", sub_agents=[SequentialAgent(name="s", sub_agents=[a, b]), loop])
root = SequentialAgent(name="root", sub_agents=[side, e])
"""
    flow = workflows(tmp_path, source)[0]
    assert ways(flow) == {
        ("__start__", "a", "fan-out"),
        ("__start__", "c", "fan-out"),
        ("a", "b", "direct"),
        ("c", "d", "direct"),
        ("d", "c", "direct"),
        ("b", "e", "fan-in"),
        ("d", "e", "fan-in"),
    }
    assert [edge.label for edge in flow.edges if (edge.source, edge.target) == ("d", "c")] == ["loop"]


def test_a_loop_without_any_bound_decides_nothing(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a, b = LlmAgent(name="a"), LlmAgent(name="b")
root = LoopAgent(name="root", sub_agents=[a, b])
"""
    assert workflows(tmp_path, source)[0].choices == ()


@pytest.mark.parametrize(
    ("code", "decided"),
    [
        pytest.param('tool_context.state["done"] = True', False, id="only the state"),
        pytest.param("return tool_context.agent_name", False, id="only a name"),
        pytest.param("helper(tool_context)", True, id="handed on"),
        pytest.param("context = tool_context\n    context.actions.escalate = True", True, id="another name"),
        pytest.param("tool_context._invocation_context.end_invocation = True", True, id="below the surface"),
    ],
)
def test_a_tool_ends_a_loop_by_the_actions_of_its_context(tmp_path: Path, code: str, decided: bool) -> None:  # noqa: FBT001
    source = f"""{AGENTS}
from google.adk.tools import ToolContext
def stop(tool_context: ToolContext):
    {code}
root = LoopAgent(name="root", sub_agents=[LlmAgent(name="a", tools=[stop]), LlmAgent(name="b")])
"""
    assert bool(workflows(tmp_path, source)[0].choices) is decided


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param('LoopAgent(name="r", max_iterations=2, sub_agents=[a])', id="bound"),
        pytest.param('LoopAgent(name="r", sub_agents=[LlmAgent(name="x", tools=[exit_loop])])', id="exit_loop"),
        pytest.param('LoopAgent(name="r", sub_agents=[LlmAgent(name="x", tools=[stop])])', id="tool with context"),
        pytest.param('LoopAgent(name="r", sub_agents=[Checker(name="x")])', id="custom agent"),
    ],
)
def test_a_loop_that_may_stop_decides_after_its_last_step(tmp_path: Path, ending: str) -> None:
    source = f"""{AGENTS}
from google.adk.tools import ToolContext, exit_loop
def stop(tool_context: ToolContext): tool_context.actions.escalate = True
class Checker(BaseAgent):
    async def _run_async_impl(self, ctx):
        yield 1
a = LlmAgent(name="a")
root = {ending}
"""
    assert [choice.is_goto for choice in workflows(tmp_path, source)[0].choices] == [True]


def test_what_cannot_be_told_is_said_and_not_guessed(tmp_path: Path) -> None:
    source = f"""{AGENTS}
import os
a = LlmAgent(name="a")
b = LlmAgent(name=os.environ["NAME"])
root = SequentialAgent(name="root", sub_agents=[a, b, *os.environ["MORE"]])
"""
    flow = workflows(tmp_path, source)[0]
    assert [step.id for step in flow.steps] == ["a", "__start__"]
    assert {item.aspect for item in flow.unresolved} == {Aspect.STEPS}


def test_single_agents_and_children_are_no_workflows(tmp_path: Path) -> None:
    source = f"""{AGENTS}
def tool(): ...
alone = LlmAgent(name="alone", tools=[tool])
def child(): return LlmAgent(name="child", sub_agents=[LlmAgent(name="grandchild")])
root = LlmAgent(name="root", sub_agents=[child()])
"""
    assert [flow.name for flow in workflows(tmp_path, source)] == ["root"]


def test_a_class_is_no_agent_until_the_source_makes_one(tmp_path: Path) -> None:
    source = f"""{AGENTS}
class Gate(BaseAgent):
    def __init__(self):
        super().__init__(name="gate", sub_agents=[LlmAgent(name="a")])
    async def _run_async_impl(self, ctx):
        yield 1
root = Gate()
"""
    assert [(flow.name, flow.span.line) for flow in workflows(tmp_path, source)] == [("root", 8)]


RUNS = f"""{AGENTS}
from google.adk.runners import InMemoryRunner, Runner
from google.adk.sessions import DatabaseSessionService, InMemorySessionService

a = LlmAgent(name="a", instruction="On {{topic}}", output_key="text")
b = LlmAgent(name="b", instruction="Use {{text}}")
root = SequentialAgent(name="root", sub_agents=[a, b])
other = SequentialAgent(name="other", sub_agents=[LlmAgent(name="c", instruction="Talk")])
"""
MADE = 'Runner(agent=root, app_name="x", session_service=service)'
MAKES = 'await service.create_session(app_name="x", user_id="u", state={"topic": "rain"})'


@pytest.mark.parametrize(
    ("code", "calls"),
    [
        pytest.param(
            ["service = InMemorySessionService()", f"runner = {MADE}", MAKES],
            [(("topic",), True)],
            id="a session with a state",
        ),
        pytest.param(
            [
                'runner = InMemoryRunner(agent=root, app_name="x")',
                'runner.session_service.create_session(user_id="u")',
            ],
            [((), True)],
            id="the runner's own sessions, without a state",
        ),
        pytest.param(
            [
                "service = InMemorySessionService()",
                f"runner = {MADE}",
                MAKES.replace("rain", "x").replace("}", ", **more()}"),
            ],
            [(("topic",), False)],
            id="a state with more than can be seen",
        ),
        pytest.param(
            ["service = DatabaseSessionService('db')", f"runner = {MADE}", MAKES], [], id="sessions that are kept"
        ),
        pytest.param(
            ["service = InMemorySessionService()", f"runner = {MADE}", MADE.replace("root", "other"), MAKES],
            [],
            id="a service of two agents",
        ),
        pytest.param(
            [
                "service = InMemorySessionService()",
                f"runner = {MADE}",
                MAKES,
                "runner.run_async(user_id='u', state_delta={'city': 'Oslo'})",
            ],
            [],
            id="a run that adds to the state",
        ),
    ],
)
def test_sessions_that_the_source_makes_show_what_a_run_is_given(
    tmp_path: Path, code: list[str], calls: list[tuple[tuple[str, ...], bool]]
) -> None:
    body = "\n    ".join(code)
    flow = workflows(tmp_path, f"{RUNS}\nasync def main():\n    {body}\n")[0]
    assert [(call.keys, call.closed) for call in flow.invocations] == calls


def test_placeholders_are_texts_and_keep_the_sentence_that_asks_for_them(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a = LlmAgent(name="a", instruction="Be kind. Read {{draft?}}\\nand say so.", output_key="notes")
root = SequentialAgent(name="root", sub_agents=[a])
"""
    step = workflows(tmp_path, source)[0].step("a")
    assert step is not None
    assert [(need.type, need.wording) for need in step.needs] == [("str", "Read {draft?} and say so.")]
    assert [(offer.name, offer.description) for offer in step.offers] == [("notes", "Be kind.")]


def test_what_an_agent_answers_is_shown_to_whoever_runs_it(tmp_path: Path) -> None:
    source = f"""{AGENTS}
a = LlmAgent(name="a", instruction="Write.", output_key="text")
b = LlmAgent(name="b", instruction="Go on.", output_key="rest")
root = SequentialAgent(name="root", sub_agents=[a, b])
"""
    assert all(step.reaches_sink for step in workflows(tmp_path, source)[0].steps if step.kind is StepKind.AGENT)


@pytest.mark.parametrize(
    ("given", "model"),
    [
        pytest.param('"gemini-2.5-flash"', "gemini-2.5-flash", id="by name"),
        pytest.param('LiteLlm(model="openai/gpt-4o")', "openai/gpt-4o", id="an object that stands for it"),
        pytest.param('os.getenv("MODEL")', None, id="whatever the environment says"),
    ],
)
def test_the_model_of_an_agent(tmp_path: Path, given: str, model: str | None) -> None:
    source = f"""
import os
from google.adk.agents import LlmAgent, SequentialAgent
from google.adk.models.lite_llm import LiteLlm
first = LlmAgent(name="first", model={given})
root_agent = SequentialAgent(name="root", sub_agents=[first, LlmAgent(name="second")])
"""
    step = workflows(tmp_path, source)[0].step("first")
    assert step is not None
    assert step.model == model


@pytest.mark.parametrize("inner", ["PLUGINS", "[ParallelAgent(name='both', sub_agents=PLUGINS)]"])
def test_rows_in_which_nobody_is_known_are_no_agents(tmp_path: Path, inner: str) -> None:
    source = f"""
from importlib.metadata import entry_points
from google.adk.agents import ParallelAgent, SequentialAgent

PLUGINS = [point.load()() for point in entry_points(group="agents")]
root_agent = SequentialAgent(name="root", sub_agents={inner})
"""
    assert not workflows(tmp_path, source)


def test_agents_of_one_name_in_a_row_are_steps_of_their_own(tmp_path: Path) -> None:
    source = f"""{AGENTS}
first = LlmAgent(name="reader", instruction="Find pages.", output_key="pages")
second = LlmAgent(name="reader", instruction="Read {{pages}}.", output_key="text")
last = LlmAgent(name="writer", instruction="Sum up {{text}}.")
root = SequentialAgent(name="root", sub_agents=[first, second, last])
"""
    (found,) = workflows(tmp_path, source)
    assert ways(found) == {
        ("__start__", "reader", "direct"),
        ("reader", "reader_2", "direct"),
        ("reader_2", "writer", "direct"),
    }


def test_one_of_two_agents_of_one_name_is_one_step(tmp_path: Path) -> None:
    source = f"""{AGENTS}
import os

if os.environ.get("LONG"):
    reader = LlmAgent(name="reader", instruction="Read all of it.")
else:
    reader = LlmAgent(name="reader", instruction="Read it.")
last = LlmAgent(name="writer", instruction="Sum up.")
root = SequentialAgent(name="root", sub_agents=[reader, last])
"""
    (found,) = workflows(tmp_path, source)
    assert ways(found) == {("__start__", "reader", "direct"), ("reader", "writer", "direct")}


HELD = """
from google.adk.agents import LlmAgent, SequentialAgent

search = LlmAgent(name="search", model="gemini-2.5-flash", instruction="Search.", output_key="found")
tell = LlmAgent(name="tell", model="gemini-2.5-flash", instruction="Tell about {found}.")
tour = SequentialAgent(name="tour_workflow", sub_agents=[search, tell])
root_agent = LlmAgent(
    name="greeter", model="gemini-2.5-flash", instruction="Greet, then transfer control to the '%s' agent.",
    sub_agents=[tour],
)
"""


@pytest.mark.parametrize(("told", "codes"), [("tour_workflow", []), ("tours_desk", ["WF003"])])
def test_a_model_hands_over_to_a_sequence_by_its_name(tmp_path: Path, told: str, codes: list[str]) -> None:
    (tmp_path / "agent.py").write_text(HELD % told, encoding="utf-8")
    assert [finding.code for finding in audited(tmp_path).findings if finding.code == "WF003"] == codes
