"""What is wrong with LlamaIndex workflows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import audited
from tests.frontends.sources import ways, workflows
from tests.frontends.test_llamaindex import HEAD, one
from wflint.model.finding import Level
from wflint.model.workflow import FaultKind


def faults(folder: Path, source: str) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.subject) for fault in one(folder, source).faults]


def test_an_event_that_nobody_takes(tmp_path: Path) -> None:
    source = """
class Flow(Workflow):
    @step
    async def start(self, ev: StartEvent) -> A: return A()

    @step
    async def other(self, ev: B) -> StopEvent: return StopEvent(result=1)
"""
    assert faults(tmp_path, source) == [(FaultKind.MISSING_PART, "a step that takes A")]


def test_no_start_and_no_stop(tmp_path: Path) -> None:
    source = """
class Flow(Workflow):
    @step
    async def go(self, ev: A) -> B: return B()

    @step
    async def back(self, ev: B) -> A: return A()
"""
    assert faults(tmp_path, source) == [
        (FaultKind.NO_ENTRY, "Flow"),
        (FaultKind.NO_EXIT, "Flow"),
    ]


def test_collecting_what_is_never_taken(tmp_path: Path) -> None:
    source = """
class Flow(Workflow):
    @step
    async def start(self, ev: StartEvent) -> A: return A()

    @step
    async def more(self, ev: A) -> B: return B()

    @step
    async def end(self, ctx: Context, ev: B) -> StopEvent | None:
        if ctx.collect_events(ev, [A, B]) is None:
            return None
        return StopEvent(result=1)
"""
    assert faults(tmp_path, source) == [(FaultKind.MISSING_PART, "A")]


def test_a_team_without_a_root_and_with_a_stranger(tmp_path: Path) -> None:
    source = """
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent

first = FunctionAgent(name="one", description="Begins.", can_handoff_to=["three"])
team = AgentWorkflow(agents=[first, FunctionAgent(name="two", description="Goes on.")])
"""
    team = one(tmp_path, source)
    assert [(fault.kind, fault.subject) for fault in team.faults] == [(FaultKind.MISSING_PART, "root_agent")]
    assert [(item.name, item.role, item.source) for item in team.unresolved_names] == [
        ("three", "hand-off target", "one")
    ]


def test_a_package_of_ones_own_may_be_called_workflows(tmp_path: Path) -> None:
    (tmp_path / "workflows").mkdir()
    (tmp_path / "workflows" / "__init__.py").write_text("from workflows.base import Workflow, step\n")
    (tmp_path / "workflows" / "base.py").write_text("class Workflow: pass\ndef step(f): return f\n")
    source = """
from workflows import Workflow, step

class Mine(Workflow):
    @step
    def go(self, ev): return 1
"""
    assert workflows(tmp_path, source) == ()


@pytest.mark.parametrize(
    ("added", "refused"),
    [
        pytest.param(
            "@step(workflow=Flow)\nasync def last(ev: A) -> StopEvent:\n    return StopEvent()", [], id="mark"
        ),
        pytest.param(
            "@step\nasync def last(ev: A) -> StopEvent:\n    return StopEvent()\n\nFlow.add_step(last)",
            ['step "last"'],
            id="method",
        ),
    ],
)
def test_functions_outside_of_the_class_may_be_steps_of_it(tmp_path: Path, added: str, refused: list[str]) -> None:
    source = f"""{HEAD}
class Flow(Workflow):
    @step
    async def first(self, ev: StartEvent) -> A:
        return A()

{added}
"""
    (found,) = workflows(tmp_path, source)
    expected = {("__start__", "first", "direct"), ("first", "last", "direct"), ("last", "__end__", "direct")}
    assert ways(found) == expected
    assert [fault.subject for fault in found.faults] == refused


def test_a_step_that_comes_from_elsewhere_leaves_the_steps_open(tmp_path: Path) -> None:
    source = f"""{HEAD}
class Flow(Workflow):
    @step
    async def first(self, ev: StartEvent) -> A:
        return A()

def extend(function):
    Flow.add_step(function)
"""
    (found,) = workflows(tmp_path, source)
    assert [item.reason for item in found.unresolved] == ["a step is not known statically"]
    assert not found.faults


def test_people_are_asked_with_events_of_the_server(tmp_path: Path) -> None:
    source = """
from llama_index.server.models import HumanInputEvent, HumanResponseEvent

class Ask(HumanInputEvent):
    pass

class Answer(HumanResponseEvent):
    pass

class Flow(Workflow):
    @step
    async def ask(self, ev: StartEvent) -> Ask:
        return Ask()

    @step
    async def go(self, ev: Answer) -> StopEvent:
        return StopEvent()
"""
    flow = one(tmp_path, source)
    assert flow.faults == ()
    assert ("ask", "__human__", "conditional") in ways(flow)


def test_events_of_other_libraries_may_be_of_any_kind(tmp_path: Path) -> None:
    source = """
from llama_index.somewhere import DoneEvent

class Done(DoneEvent):
    pass

class Flow(Workflow):
    @step
    async def only(self, ev: StartEvent) -> Done:
        return Done()
"""
    assert one(tmp_path, source).faults == ()


POSTPONED = "from __future__ import annotations\n"

ADDRESSED = """
class Post(Workflow):
    @step
    async def receive(self, ctx: Context, ev: StartEvent) -> A:
        ctx.send_event(A(){step})
        return None
    @step
    async def by_air(self, ev: A) -> StopEvent:
        return StopEvent(result="by air")
    @step
    async def by_sea(self, ev: A) -> StopEvent:
        return StopEvent(result="by sea")
async def main():
    return await Post().run()
"""

ABSTRACT = """
class Weighing(Workflow):
    @step
    async def receive(self, ev: StartEvent) -> A:
        return A()
    @step
    async def weigh(self, ev: A) -> A:
        return A()
"""

SHIPPING = """
class Shipping(Weighing):
    @step
    async def ship(self, ev: A) -> StopEvent:
        return StopEvent(result="gone")
async def main():
    return await Shipping().run()
"""

APART = """
class Doors(Workflow):
    @step
    async def front(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="rung")
    @step{options}
    async def back(self, ev: B) -> StopEvent:
        return StopEvent(result="knocked")
async def main():
    return await Doors().run()
"""

ANSWERED = """
class Desk(Workflow):
    @step
    async def ask(self, ev: StartEvent) -> {named}:
        return answer(ev)
async def main():
    return await Desk().run()
"""

TWO_ENDS = """
class Given(StopEvent):
    price: int
class Two(Workflow):
    @step
    async def quick(self, ev: StartEvent) -> Given:
        return Given(price=3)
    @step
    async def slow(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="slow")
async def main():
    return await Two().run()
"""

TURNS = """
class Desk(Workflow):
    @step
    async def ask(self, ev: StartEvent) -> A | None:
        if not ev.get("question"):
            return None
        return A()
    @step
    async def store(self, ev: StartEvent) -> StopEvent | None:
        {declines}
        return StopEvent(result="stored")
    @step
    async def answer(self, ev: A) -> StopEvent:
        return StopEvent(result="answered")
async def main():
    return await Desk().run()
"""

TAKES_THE_END = """
class Late(Workflow):
    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="done")
    @step
    async def tidy(self, ev: StopEvent) -> StopEvent:
        return StopEvent(result="tidy")
async def main():
    return await Late().run()
"""


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        pytest.param(ADDRESSED.format(step=""), {"WF509"}, id="both steps get the event"),
        pytest.param(ADDRESSED.format(step=', step="by_air"'), set(), id="one step gets the event"),
        pytest.param(ADDRESSED.format(step=', "by_air"'), set(), id="one step gets the event, by position"),
        pytest.param(ADDRESSED.format(step=", step=None"), {"WF509"}, id="no step is named"),
        pytest.param(ABSTRACT + "Weighing()", {"WF701"}, id="a loop without an end"),
        pytest.param(ABSTRACT + SHIPPING, {"WF509"}, id="a subclass ends the loop"),
        pytest.param(APART.format(options=""), {"WF301"}, id="nobody sends the event"),
        pytest.param(
            APART.format(options='(skip_graph_checks=["reachability"])'), set(), id="somebody outside sends the event"
        ),
        pytest.param(ANSWERED.format(named="A"), {"WF304"}, id="nobody takes the event"),
        pytest.param(ANSWERED.format(named='"Nowhere"'), set(), id="an annotation that means nothing here"),
        pytest.param(
            "from __future__ import annotations\n" + ANSWERED.format(named='"Nowhere"'), set(), id="postponed"
        ),
        pytest.param(TURNS.format(declines="if not ev.get('document'): return"), set(), id="each takes its own"),
        pytest.param(TURNS.format(declines="pass"), {"WF509"}, id="one takes all"),
        pytest.param(TWO_ENDS, {"WF304"}, id="what is refused has no run in which a branch is first"),
        pytest.param(TAKES_THE_END, {"WF304"}, id="a step after the end is refused, and not unreachable, too"),
    ],
)
def test_what_is_wrong_with_events(tmp_path: Path, source: str, codes: set[str]) -> None:
    text = POSTPONED + HEAD + source.removeprefix(POSTPONED) if source.startswith(POSTPONED) else HEAD + source
    (tmp_path / "main.py").write_text(text, encoding="utf-8")
    found = audited(tmp_path).findings
    assert {finding.code for finding in found if finding.level is not Level.NOTE} == codes


def test_an_event_that_nobody_takes_is_told_without_a_path_map(tmp_path: Path) -> None:
    source = """
class Post(Workflow):
    @step
    async def receive(self, ev: StartEvent) -> A | StopEvent:
        if ev.get("parcel"):
            return A()
        return StopEvent(result="no parcel")
async def main():
    return await Post().run()
"""
    (tmp_path / "main.py").write_text(HEAD + source, encoding="utf-8")
    (message,) = (finding.message for finding in audited(tmp_path).findings if finding.code == "WF401")
    assert message.startswith('step "receive" can return "A", but no step takes it')
