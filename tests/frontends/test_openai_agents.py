from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, EdgeKind, Step, Workflow
from wflint.request import CacheChoice, Request


def flow(name: str) -> Workflow:
    program = recovered(FOLDER / "openai-agents")
    (found,) = (workflow for workflow in program.workflows if workflow.name == name)
    return found


def step(workflow: Workflow, name: str) -> Step:
    found = workflow.step(name)
    assert found is not None
    return found


def checked(folder: Path, text: str, path: str = "main.py") -> list[tuple[str, int]]:
    """The rules that say something above a note, with the lines they say it of."""
    (folder / path).write_text(text, encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    return [(finding.code, finding.span.line) for finding in found if finding.level is not Level.NOTE]


def test_output_type_is_what_an_agent_offers() -> None:
    loans = step(flow("Summariser"), "Loans")
    assert [(o.name, o.type, o.description) for o in loans.offers] == [
        ("title", "str", "What is borrowed"),
        ("due", "str", ""),
        ("renewals", "int", ""),
    ]
    assert not loans.offers_open


def test_free_text_may_hold_anything() -> None:
    desk = step(flow("Summariser"), "Desk")
    assert desk.offers == ()
    assert desk.offers_open
    assert desk.needs_open


def test_tools_are_called_what_the_model_calls_them() -> None:
    workflow = flow("Summariser")
    assert step(workflow, "Loans").tools == ("renew",)
    assert step(workflow, "Catalogue").tools == ("find_shelf",)


def test_instructions_describe_an_agent() -> None:
    assert step(flow("Summariser"), "Catalogue").description == "Find books."


def test_runs_say_how_many_turns_they_may_take() -> None:
    limits = {call.recursion_limit for call in flow("Summariser").invocations}
    assert limits == {12}
    assert {call.recursion_limit for call in flow("front").invocations} == {None, 10}


def test_what_is_run_or_led_to_by_nobody_is_an_entry() -> None:
    assert flow("Summariser").entries == ("Desk",)
    assert set(flow("front").entries) == {"front", "night front"}


def test_an_agent_may_keep_the_conversation() -> None:
    choices = flow("Summariser").choices
    assert all(choice.is_goto and choice.may_return_none_at is not None for choice in choices)
    assert {choice.exclusive for choice in choices if choice.name == "tool call"} == {False}


def test_what_cannot_be_told_is_open() -> None:
    workflow = flow("chair")
    assert workflow.open_sources == {"chair", "host"}
    assert workflow.open_to(Aspect.STEPS)


def test_agents_that_nothing_connects_are_a_workflow_each() -> None:
    found = [flow for flow in recovered(FOLDER / "openai-agents").workflows if flow.span.path == "lonely_steps.py"]
    assert [(flow.name, [s.id for s in flow.steps], flow.edges) for flow in found] == [
        ("writer", ["writer"], ()),
        ("translator", ["translator"], ()),
    ]
    assert [len(flow.invocations) for flow in found] == [1, 0]


def test_fixtures_are_free_of_findings() -> None:
    folder = FOLDER / "openai-agents"
    assert [finding.message for finding in audited(folder).findings if finding.level is not Level.NOTE] == []


def test_two_agents_of_one_name_are_one_step(tmp_path: Path) -> None:
    text = """
from agents import Agent
one = Agent(name="same", instructions="a")
two = Agent(name="same", instructions="b")
head = Agent(name="head", handoffs=[one, two])
"""
    assert checked(tmp_path, text) == [("WF407", 3)]
    (workflow,) = recovered(tmp_path).workflows
    assert [s.id for s in workflow.steps] == ["head", "same"]


def test_one_place_may_make_a_workflow_under_each_of_several_names(tmp_path: Path) -> None:
    text = """
from agents import Agent
class Trader:
    def __init__(self, name):
        self.name = name
    def agent(self):
        helper = Agent(name="helper")
        return Agent(name=self.name, tools=[helper.as_tool(tool_name="help", tool_description="")])
traders = []
for name in ["ann", "bob"]:
    traders.append(Trader(name))
agents = [trader.agent() for trader in traders]
"""
    (tmp_path / "main.py").write_text(text, encoding="utf-8")
    found = {w.name: {(e.source, e.target, e.kind) for e in w.edges} for w in recovered(tmp_path).workflows}
    assert found == {name: {(name, "helper", EdgeKind.CONDITIONAL)} for name in ("ann", "bob")}


@pytest.mark.parametrize("module", ["desk", "agents"])
def test_modules_that_share_an_agent_are_apart(tmp_path: Path, module: str) -> None:
    (tmp_path / f"{module}_shared.py").write_text(
        'from agents import Agent\nhelp = Agent(name="help")\n', encoding="utf-8"
    )
    for name in ("a", "b"):
        text = (
            f'from agents import Agent\nfrom {module}_shared import help\nx = Agent(name="{name}", handoffs=[help])\n'
        )
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    found = [(w.span.path, [s.id for s in w.steps]) for w in recovered(tmp_path).workflows]
    assert found == [("a.py", ["a", "help"]), ("b.py", ["b", "help"])]


PROGRAM = """
from agents import Agent, Runner
network = Agent(name="Network")
hardware = Agent(name="Hardware")
desk = Agent(name="Desk", handoffs=[network])
"""


def test_an_agent_that_a_program_forgets(tmp_path: Path) -> None:
    assert checked(tmp_path, f'{PROGRAM}Runner.run_sync(desk, "help")\n') == [("WF301", 4)]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("", id="nothing is run here, so others may"),
        pytest.param("Runner.run_sync(desk, 'a')\nRunner.run_sync(hardware, 'b')\n", id="it is run itself"),
        pytest.param("Runner.run_sync(desk, 'a')\nTEAM = {'hardware': hardware}\n", id="somebody keeps it"),
        pytest.param("Runner.run_sync(desk, 'a')\n__all__ = ['hardware']\n", id="others may take it"),
    ],
)
def test_an_agent_that_somebody_may_use(tmp_path: Path, rest: str) -> None:
    assert checked(tmp_path, PROGRAM + rest) == []


def test_an_agent_that_another_file_takes(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text("from main import hardware\n", encoding="utf-8")
    assert checked(tmp_path, f'{PROGRAM}Runner.run_sync(desk, "help")\n') == []


@pytest.mark.parametrize(
    ("own", "names"),
    [
        pytest.param(None, ["desk", "help"], id="only the library is called so"),
        pytest.param("", ["desk", "help"], id="a folder of the repository, with nothing in it"),
        pytest.param("class Agent:\n    def __init__(self, **given): pass\n", [], id="a package of the repository"),
    ],
)
def test_every_name_of_the_library(tmp_path: Path, own: str | None, names: list[str]) -> None:
    if own is not None:
        (tmp_path / "agents").mkdir()
        (tmp_path / "agents" / "__init__.py").write_text(own, encoding="utf-8")
    text = 'from agents import *\nhelp = Agent(name="help")\ndesk = Agent(name="desk", handoffs=[help])\n'
    (tmp_path / "main.py").write_text(text, encoding="utf-8")
    assert [step.id for flow in recovered(tmp_path).workflows for step in flow.steps] == names


@pytest.mark.parametrize(
    ("files", "names"),
    [
        pytest.param(("desk/agents/__init__.py",), [], id="what is in a folder is imported from there"),
        pytest.param(("desk/__init__.py", "desk/agents/__init__.py"), ["Help"], id="what is in a package is not"),
    ],
)
def test_a_package_in_a_package_does_not_hide_the_library(
    tmp_path: Path, files: tuple[str, ...], names: list[str]
) -> None:
    (tmp_path / "desk" / "agents").mkdir(parents=True)
    for path in files:
        (tmp_path / path).write_text("class Agent: ...\n" if "agents" in path else "", encoding="utf-8")
    text = 'from agents import Agent\nhelp = Agent(name="Help")\n'
    (tmp_path / "desk" / "help.py").write_text(text, encoding="utf-8")
    assert [step.id for flow in recovered(tmp_path).workflows for step in flow.steps] == names


TWO_CLERKS = """
from agents import Agent, Runner, handoff
first = Agent(name="Clerk", instructions="You answer in English.")
second = Agent(name="clerk", instructions="You answer in French.")
desk = Agent(name="desk", instructions="You greet.", {links})
async def main(is_french):
    return await Runner.run(desk, "Hello")
"""


@pytest.mark.parametrize(
    ("links", "codes"),
    [
        pytest.param("handoffs=[first, second]", ["WF407"], id="hand-offs"),
        pytest.param("handoffs=[handoff(first), handoff(second, is_enabled=True)]", ["WF407"], id="both are on"),
        pytest.param("handoffs=[first, handoff(second, is_enabled=False)]", [], id="one hand-off is off"),
        pytest.param(
            "handoffs=[handoff(first, is_enabled=lambda c, a: not c), handoff(second, is_enabled=lambda c, a: c)]",
            [],
            id="one hand-off at a time is on",
        ),
        pytest.param("tools=[first.as_tool(None, 'English'), second.as_tool(None, 'French')]", ["WF407"], id="tools"),
        pytest.param(
            "tools=[first.as_tool(None, 'English'), second.as_tool(None, 'French', is_enabled=False)]",
            [],
            id="one tool is off",
        ),
    ],
)
def test_two_ways_of_one_name(tmp_path: Path, links: str, codes: list[str]) -> None:
    assert [code for code, _ in checked(tmp_path, TWO_CLERKS.format(links=links))] == codes


SHARED_TOOLS = """
from agents import Agent, Runner, function_tool
reader = Agent(name="reader", instructions="You read.")
@function_tool
async def read(text: str) -> str:
    return str((await Runner.run(reader, text)).final_output)
quick = Agent(name="quick", instructions="You answer fast.", tools=[read])
careful = Agent(name="careful", instructions="You answer well.", tools=[read])
async def main(text):
    await Runner.run(quick, text)
    return await Runner.run(careful, text)
"""


def test_agents_that_share_a_tool_each_begin(tmp_path: Path) -> None:
    assert checked(tmp_path, SHARED_TOOLS) == []
    (workflow,) = recovered(tmp_path).workflows
    assert workflow.entries == ("quick", "careful")


EQUIPPED = """
from agents import Runner, function_tool
from agents.sandbox import SandboxAgent
from agents.sandbox.capabilities import Shell
@function_tool
def file_report(text: str) -> str:
    return text
clerk = SandboxAgent(
    name="clerk", instructions="Use `exec_command` to look around. Then call `file_report`.", tools=[file_report]{more}
)
async def main():
    return await Runner.run(clerk, "Look around")
"""


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        pytest.param("", [], id="as it comes"),
        pytest.param(", capabilities=[Shell()]", [], id="with a shell"),
        pytest.param(", capabilities=[]", ["WF003"], id="with nothing"),
    ],
)
def test_what_an_agent_is_equipped_with(tmp_path: Path, more: str, codes: list[str]) -> None:
    assert [code for code, _ in checked(tmp_path, EQUIPPED.format(more=more))] == codes


@pytest.mark.parametrize(
    ("base", "targets"),
    [("BaseSettings", {"billing": "certain", "legal": "possible"}), ("BaseModel", {"billing": "certain"})],
)
def test_switches_of_settings_may_be_set_from_outside(tmp_path: Path, base: str, targets: dict[str, str]) -> None:
    source = f"""
from agents import Agent
from pydantic import BaseModel
from pydantic_settings import BaseSettings

class Options({base}):
    legal: bool = False

options = Options()
desks = [Agent(name="billing", instructions="Explain the invoice.")]
if options.legal:
    desks.append(Agent(name="legal", instructions="Quote the contract."))
front = Agent(name="front", instructions="Hand over.", handoffs=desks)
"""
    (found,) = (flow for flow in workflows(tmp_path, source) if flow.name == "front")
    assert {edge.target: edge.certainty.value for edge in found.edges} == targets


@pytest.mark.parametrize("leading", ["handoffs=crm.experts()", "handoffs=[crm.expert('tax')]"])
def test_an_agent_that_leads_to_somebody_unknown_says_so(tmp_path: Path, leading: str) -> None:
    source = f"""
from agents import Agent, Runner
from house import crm

desk = Agent(name="desk", instructions="Hand over.", {leading})
Runner.run_sync(desk, "hello")
"""
    (found,) = workflows(tmp_path, source)
    assert {step.id for step in found.steps} == {"desk"}
    assert [(item.aspect, item.affects) for item in found.unresolved] == [(Aspect.EDGES, ("desk",))]


def test_a_handler_is_run_even_where_its_name_is_taken_again(tmp_path: Path) -> None:
    source = """
import subprocess
import chat
from agents import Agent

@chat.on_start
async def start():
    bills = Agent(name="bills", instructions="Answer for bills.")
    chat.session.set("desk", Agent(name="desk", instructions="Hand over.", handoffs=[bills]))

def start():
    subprocess.run(["chat", "run", "desk.py"])
"""
    (found,) = workflows(tmp_path, source)
    assert [(edge.source, edge.target) for edge in found.edges] == [("desk", "bills")]
