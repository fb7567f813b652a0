"""A small program by hand, pages for a few rules and findings about it: what writers, engine and commands are shown."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from wflint.analyses.execution.execution_plan import ExecutionPlan
from wflint.analyses.facts import Facts
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.finding import (
    Confidence,
    Coordination,
    EdgeLabel,
    Finding,
    Level,
    Observation,
    Persona,
    Reason,
    Related,
)
from wflint.model.program import Notice, Program
from wflint.model.span import Span
from wflint.model.text import PlainText, SourceText
from wflint.model.workflow import END, START, Aspect, Edge, EdgeKind, Step, StepKind, Unresolved, Workflow
from wflint.rulebook import Requirement, Rulebook, RulePage, Scope

PATH = "app/my graph.py"
SOURCE = """\
from langgraph.graph import END, START, StateGraph

builder = StateGraph(State)
builder.add_node("research", research)
builder.add_node("draft", draft)
builder.add_edge(START, "research")
builder.add_edge("research", "draft")
builder.add_conditional_edges("draft", route)
"""


def at(line: int, column: int = 1, width: int = 10) -> Span:
    """A stretch of one line of the sample."""
    return Span(PATH, line, column, line, column + width)


def page(code: str, name: str, scope: Scope = Scope.WORKFLOW, *needs: Requirement) -> RulePage:
    """A page that says little."""
    return RulePage(
        code=code,
        name=name,
        summary=f"Summary of {name}.",
        scope=scope,
        level=Level.WARNING,
        confidence=Confidence.HIGH,
        needs=needs,
        since="0.1.0",
        body=f"## What it finds\n\nWhat {name}\nfinds.\n",
    )


BOOK = Rulebook(
    (
        page("WF301", "unreachable-step", Scope.WORKFLOW, Requirement.COMPLETE_EDGES),
        page("WF501", "concurrent-write"),
        page("WF502", "join-runs-twice", Scope.PROGRAM),
        replace(page("WF951", "needs-dynamic"), level=Level.NOTE),
        replace(page("WF952", "likely-static"), level=Level.NOTE),
        page("WF990", "unused-ignore", Scope.PROGRAM),
    )
)

FIRST = Edge(START, "research", EdgeKind.DIRECT, at(6))
SECOND = Edge("research", "draft", EdgeKind.DIRECT, at(7, width=37))
BACK = Edge("draft", "research", EdgeKind.CONDITIONAL, at(8), Certainty.POSSIBLE, label='say "again"')
LAST = Edge("draft", END, EdgeKind.CONDITIONAL, at(8))

WORKFLOW = Workflow(
    id=f"{PATH}::builder",
    name="builder",
    framework="langgraph",
    span=Span(PATH, 3, 11, 3, 28),
    steps=(
        Step(START, StepKind.START, at(3)),
        Step(
            "research",
            StepKind.AGENT,
            at(4),
            definition=Span("app/steps.py", 2, 1, 2, 9),
            offers=(Offer("notes", at(4), type="list[str]", description="What was found."),),
            needs=(Need("topic", at(4), type="str"),),
            tools=("search",),
            model="some-model",
        ),
        Step(
            "draft",
            StepKind.FUNCTION,
            at(5),
            offers=(Offer("text", at(5)),),
            needs=(Need("notes", at(5), required=False),),
        ),
        Step(END, StepKind.END, at(3)),
    ),
    edges=(LAST, BACK, SECOND, FIRST),
    unresolved=(Unresolved("the router's return value is not known", at(8), Aspect.CONTRACT, ("draft",)),),
)

NOTICE = Notice("cannot be parsed: unexpected indent", Span("app/broken.py", 2, 3, 2, 3))
NOTHING_COVERED = {"sites": 0, "recovered": 0, "unresolved": 0, "steps_known": 1.0, "edges_open": 0}
"""The coverage of a program without workflows."""

PROGRAM = Program((WORKFLOW,), (NOTICE,))

STATIC = EdgeLabel(
    Coordination.STATIC, 0.08, 0.31, 0.93, (Reason("exact-match", "`notes` is offered and needed", -1.2),)
)
DYNAMIC = EdgeLabel(Coordination.DYNAMIC, 0.512345, 0.31, 0.81, (Reason("cycle", "the edge closes a loop", 0.9),))


def labels(workflow: Workflow) -> Mapping[Edge, EdgeLabel]:
    """The judgement about the sample's edges."""
    assert workflow is WORKFLOW
    return {FIRST: STATIC, SECOND: STATIC, BACK: DYNAMIC, LAST: STATIC}


def plans(workflow: Workflow) -> ExecutionPlan:
    """When the sample's steps run."""
    return Facts(workflow, PROGRAM).execution


def texts(path: str) -> SourceText:
    """The sample's source; other files cannot be read."""
    return PlainText(lambda: SOURCE if path == PATH else "")


def finding(code: str, observation: Observation, level: Level = Level.WARNING) -> Finding:
    """A finding as the engine would make it."""
    known = next(page for page in BOOK.pages if page.code == code)
    return Finding(
        code,
        known.name,
        level,
        Confidence.HIGH,
        Persona.REGULAR,
        observation,
        WORKFLOW.id,
        f"fp-{code}-{observation.span.line}",
    )


OVERWRITE = finding(
    "WF501",
    Observation(
        'steps "research" and "draft" both write "notes"',
        at(7, width=37),
        key=("notes",),
        related=(Related(at(4, width=38), 'here is "research" [again]'), Related(Span("gone.py", 9, 1, 9, 2), "gone")),
        edge=("research", "draft"),
        reasons=(Reason("width", "they run side by side", 0.5),),
    ),
    Level.ERROR,
)
LOOP = finding(
    "WF301",
    Observation(
        "never reached",
        at(5),
        key=("draft",),
        step="draft",
        path=(Related(at(6), "start here"), Related(at(7), "then here")),
    ),
)
LABEL_STATIC = finding(
    "WF952",
    Observation("likely-static", at(7), key=("research", "draft"), edge=("research", "draft"), label=STATIC),
    Level.NOTE,
)
LABEL_DYNAMIC = finding(
    "WF951",
    Observation("needs-dynamic", at(8), key=("draft", "research"), edge=("draft", "research"), label=DYNAMIC),
    Level.NOTE,
)
FINDINGS = (LOOP, LABEL_STATIC, OVERWRITE, LABEL_DYNAMIC)
