"""Flows of CrewAI: methods that start, listen and route."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.sources import ways, workflows
from tests.frontends.test_crewai import CREW, FLOW, flow, said
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, Exchange, FaultKind, StepKind
from wflint.request import CacheChoice, Request


def test_a_flow_shares_its_state() -> None:
    report = flow("report_flow", "ReportFlow")
    assert report.exchange is Exchange.STATE
    assert report.state is not None
    assert {(field.name, field.type, field.preset) for field in report.state.fields} == {
        ("topic", "str", True),
        ("outline", "Outline | None", True),
        ("text", "str", True),
        ("id", "str", True),
        ("plan", None, False),
    }


def test_results_are_handed_to_those_who_take_them() -> None:
    report = flow("report_flow", "ReportFlow")
    plan, write = report.step("plan"), report.step("write")
    assert plan is not None
    assert write is not None
    assert [(offer.name, offer.type) for offer in plan.offers] == [("outline", "Outline | None"), ("plan", "Outline")]
    assert [(need.name, need.type, need.attributes) for need in write.needs] == [
        ("text", "str", ()),
        ("plan", "Outline", ("chapters",)),
    ]


def test_kinds_of_methods() -> None:
    kinds = {step.id: step.kind for name in ("ReportFlow",) for step in flow("report_flow", name).steps}
    kinds |= {step.id: step.kind for step in flow("approval_flow", "ApprovalFlow").steps if step.id == "review"}
    kinds |= {step.id: step.kind for step in flow("post_loop_flow", "PostFlow").steps if step.id == "tone"}
    assert kinds == {
        "__start__": StepKind.START,
        "plan": StepKind.SUBWORKFLOW,
        "write": StepKind.AGENT,
        "save": StepKind.FUNCTION,
        "review": StepKind.HUMAN,
        "tone": StepKind.ROUTER,
    }


def test_labels_of_routers() -> None:
    post = flow("post_loop_flow", "PostFlow")
    assert {choice.source: ([route.label for route in choice.routes], choice.declared) for choice in post.choices} == {
        "judge": (["give_up", "good", "again"], None),
        "tone": (["dry", "loud"], ("dry", "loud")),
        "file": (["archived", "lost"], ("archived", "lost")),
    }
    assert post.entries == ("draft",)


def test_a_listener_to_nobody_dangles(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Digest(Flow):
    @start()
    def collect(self): ...
    @listen("collect_items")
    def summarise(self): ...
"""
    (digest,) = workflows(tmp_path, text)
    assert [(item.name, item.role, item.span.line) for item in digest.unresolved_names] == [
        ("collect_items", "trigger", 7)
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("return self.state['way']", id="a label from the state"),
        pytest.param("self.n += 1\n        return 'b' if self.n % 2 else 'c'", id="an attribute that changes"),
        pytest.param("here = True\n        return 'b' if here else 'c'", id="a way that is switched off"),
        pytest.param("return helper()", id="a label from elsewhere"),
    ],
)
def test_a_label_that_may_be_returned_does_not_dangle(tmp_path: Path, body: str) -> None:
    text = f"""{FLOW}
class Ways(Flow):
    n = 0
    @start()
    def begin(self): ...
    @router(begin)
    def choose(self):
        {body}
    @listen("c")
    def on_c(self): ...
"""
    assert [message for code, message in said(tmp_path, text) if code != "WF401"] == []


def test_a_label_starts_everybody_who_waits_for_it(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Both(Flow):
    @start()
    def begin(self): ...
    @router(begin)
    def choose(self):
        return "go"
    @listen("go")
    def left(self): ...
    @listen("go")
    def right(self): ...
    @listen(and_(left, right))
    def end(self): ...
"""
    (both,) = workflows(tmp_path, text)
    assert [choice.exclusive for choice in both.choices] == [False]
    assert said(tmp_path, text) == []


def test_a_step_cannot_wait_for_its_own_name(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Own(Flow):
    @start()
    def begin(self): ...
    @router(begin)
    def choose(self):
        return "work"
    @listen("work")
    def work(self): ...
"""
    (own,) = workflows(tmp_path, text)
    assert [fault.kind for fault in own.faults] == [FaultKind.RESERVED_NAME]
    assert ("choose", "work", "conditional") in ways(own)


def test_state_may_be_set_before_a_run(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Counted(Flow):
    def __init__(self):
        super().__init__()
        self.state["count"] = 1
    @start()
    def begin(self):
        return self.state["count"] + self.state["step"] + self.state["size"]

counted = Counted()
counted.state["step"] = 2
counted.kickoff(inputs={{"size": 3}})
"""
    (counted,) = workflows(tmp_path, text)
    assert [run.keys for run in counted.invocations] == [("count", "size", "step")]
    assert said(tmp_path, text) == []


def test_inherited_steps_count(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Base(Flow):
    @start()
    def begin(self): ...

class Longer(Base):
    @listen("begin")
    def end(self): ...
"""
    assert {flow.name: [step.id for step in flow.steps] for flow in workflows(tmp_path, text)} == {
        "Base": ["begin", "__start__"],
        "Longer": ["begin", "end", "__start__"],
    }


def test_a_field_that_is_found_or_set_is_there(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Asking(Flow):
    @start()
    def gather(self):
        if not self.state.get("topic"):
            self.state["topic"] = input()
        return self.state["topic"]
"""
    (asking,) = workflows(tmp_path, text)
    gather = asking.step("gather")
    assert gather is not None
    assert [(need.name, need.required) for need in gather.needs] == [("topic", False)]


def test_a_conversation_has_steps_of_the_framework(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Chat(Flow):
    conversational = True
    @listen("work")
    def do_work(self): ...
"""
    (chat,) = workflows(tmp_path, text)
    assert (chat.unresolved_names, [item.aspect for item in chat.unresolved]) == ((), [Aspect.STEPS])
    assert said(tmp_path, text) == []


@pytest.mark.parametrize(
    ("trigger", "codes"),
    [
        pytest.param('"gathered"', ["WF303"], id="a name that nobody has"),
        pytest.param('and_(gather, "gathered")', ["WF303"], id="one of two that are both waited for"),
        pytest.param('or_(gather, "gathered")', ["WF303"], id="one of two"),
        pytest.param("gather", [], id="a step"),
    ],
)
def test_a_trigger_that_names_nothing_is_one_finding(tmp_path: Path, trigger: str, codes: list[str]) -> None:
    text = f"""{FLOW}
class Telling(Flow):
    @start()
    def gather(self): return "news"

    @listen({trigger})
    def tell(self): print("told")

    @listen(tell)
    def file(self): print("filed")
"""
    assert [code for code, _ in said(tmp_path, text)] == codes


def test_a_start_that_waits_in_vain_for_something_more_starts_all_the_same(tmp_path: Path) -> None:
    text = f"""{FLOW}
class Telling(Flow):
    @start()
    @listen("again")
    def gather(self): return "news"
"""
    folder = tmp_path / "flow"
    folder.mkdir()
    (folder / "main.py").write_text(text, encoding="utf-8")
    found = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True))).findings
    assert [(each.code, each.level) for each in found if each.code == "WF303"] == [("WF303", Level.WARNING)]


def test_a_state_takes_no_other_fields(tmp_path: Path) -> None:
    text = f"""{FLOW}
from pydantic import BaseModel
class News(BaseModel):
    text: str = ""
class Telling(Flow[News]):
    @start()
    def gather(self): self.state.author = "me"
"""
    ((code, message),) = said(tmp_path, text)
    assert (code, "the run fails" in message) == ("WF102", True)


@pytest.mark.parametrize(
    ("passed", "codes"),
    [
        pytest.param('inputs={"topic": "tides"}', ["WF101"], id="without it"),
        pytest.param('inputs={"topic": "tides", "tone": "dry"}', [], id="with it"),
        pytest.param("", [], id="nothing, so that texts stay as they are"),
        pytest.param("inputs=unknown()", [], id="what cannot be told"),
    ],
)
def test_a_place_in_a_text_that_no_call_fills_is_found(tmp_path: Path, passed: str, codes: list[str]) -> None:
    source = f"""
from crewai import Agent, Crew, Task
writer = Agent(role="Writer", goal="Write", backstory="Fast.")
facts = Task(description="Collect facts about {{topic}}.", expected_output="Facts", agent=writer)
draft = Task(description="Write in a {{tone}} tone.", expected_output="A draft", agent=writer, context=[facts])
Crew(agents=[writer], tasks=[facts, draft]).kickoff({passed})
"""
    (tmp_path / "flow.py").write_text(source, encoding="utf-8")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [finding.code for finding in found if finding.level is Level.ERROR] == codes


def test_a_step_that_starts_the_crew_of_a_project_holds_it(tmp_path: Path) -> None:
    source = f"""{CREW}{FLOW}
from crewai.project import CrewBase, agent, crew, task

@CrewBase
class Press:
    @task
    def report(self):
        return Task(description="Report on {{topic}}", expected_output="x", agent=a)

    @crew
    def crew(self):
        return Crew(agents=[a], tasks=[self.report()])

class Day(Flow):
    @start()
    def morning(self):
        return Press().crew().kickoff(inputs={{"topic": "tides"}})
"""
    found = {each.name: each for each in workflows(tmp_path, source)}
    morning = found["Day"].step("morning")
    assert morning is not None
    assert (morning.kind, morning.workflow) == (StepKind.SUBWORKFLOW, found["Press"].id)
    assert found["Press"].parents == (found["Day"].id,)


def test_a_start_after_the_end_of_a_method_never_runs(tmp_path: Path) -> None:
    text = """
from crewai.flow.flow import Flow, listen, start

class Ferry(Flow):
    @start()
    def board(self):
        return "aboard"

    @start(board)
    def sail(self):
        return "at sea"

Ferry().kickoff()
"""
    (tmp_path / "flow.py").write_text(text, encoding="utf-8")
    found = audit(Request(tmp_path, (tmp_path,), cache=CacheChoice(is_off=True))).findings
    assert [(each.code, each.span.line) for each in found if each.level is not Level.NOTE] == [("WF301", 9)]


# ------------------------------------------------------------------------------------------------------- labels


ROUTED = f"""{FLOW}
class Desk(Flow):
    @start()
    def read(self):
        return input()
    @router(read)
    def judge(self, text):
        %s
    @listen("publish")
    def put_out(self):
        return "out"
%s
Desk().kickoff()
"""


@pytest.mark.parametrize(
    ("returned", "more", "label"),
    [
        pytest.param('return "publish" if text else "revise"', "", "revise", id="returned"),
        pytest.param('return "publish" if text else "publsh"', "", "publsh", id="misspelt"),
        pytest.param('return "publish" if text else "revise"', '    @listen("revise")\n    def again(self): ...', None,
                     id="somebody waits for it"),
        pytest.param('return "publish" if text else "all_done"', "", None, id="it says that this is the end"),
        pytest.param("return text", "", None, id="not known"),
        pytest.param('return "kept" if text else "dropped"', "", None, id="nobody waits for any"),
        pytest.param('return "publish" if text else "revise"',
                     'class More(Desk):\n    @listen("revise")\n    def again(self): ...', None,
                     id="a class that inherits may wait for it"),
    ],
)  # fmt: skip
def test_a_label_that_nobody_waits_for(tmp_path: Path, returned: str, more: str, label: str | None) -> None:
    found = [message for code, message in said(tmp_path, ROUTED % (returned, more)) if code == "WF401"]
    assert found == [] if label is None else f'router "judge" can return "{label}", but no step waits' in found[0]
