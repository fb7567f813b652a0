"""What is said of work that is done twice, across workflows and within one, and what is left alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, step, workflow
from wflint.analyses.facts import ProgramFacts
from wflint.model.program import Program
from wflint.model.span import Span
from wflint.model.workflow import EdgeKind, Exchange, Step, StepKind, Workflow
from wflint.rules import duplicate_step

SUMMARY = "Summarise the accident report in five sentences for the clerk."
DIGEST = "Condense the accident report into five sentences for the clerk."


def asking(name: str, reads: str, writes: str, doc: str, line: int = 5) -> Step:
    return replace(step(name, reads, writes, line), kind=StepKind.AGENT, description=doc, definition=at(line))


def team(name: str, work: str, doc: str, reads: str = "report", writes: str = "summary", line: int = 5) -> Workflow:
    one = asking(work, reads, writes, doc, line)
    flow = workflow(
        f"start -> {work}", f"{work} -> {name}_use", f"{name}_use -> end", steps=(one, step(f"{name}_use", writes))
    )
    return replace(flow, id=name, name=name)


def moved(flow: Workflow, path: str) -> Workflow:
    return replace(flow, id=f"{path}::{flow.name}", span=Span(path, 1, 1, 1, 2))


def repeated(*flows: Workflow, imports: tuple[tuple[str, str], ...] = ()) -> list[str]:
    program = Program(flows, imports=imports)
    return [f"{one.level}: {one.message}" for one in duplicate_step.check(program, ProgramFacts(program))]


CLAIMS = team("claims", "summarise_report", SUMMARY)
FRAUD = team("fraud", "condense_report", DIGEST, line=40)


def test_the_same_work_in_two_workflows() -> None:
    (message,) = repeated(CLAIMS, FRAUD)
    assert message.startswith(
        'warning: step "summarise_report" of "claims" probably does the same work as step "condense_report" of "fraud"'
    )
    assert "sharing it saves 1 model call (about" in message
    assert message.endswith('"fraud_use" could reuse its output (1 of 2 steps depends on it)')


@pytest.mark.parametrize(
    ("imports", "level"),
    [
        pytest.param((("main.py", "claims/flow.py"), ("main.py", "fraud/flow.py")), "warning", id="one program"),
        pytest.param((("claims/flow.py", "llm.py"), ("fraud/flow.py", "llm.py")), "warning", id="code in common"),
        pytest.param((), None, id="nothing in common"),
    ],
)
def test_workflows_belong_together_by_their_imports(imports: tuple[tuple[str, str], ...], level: str | None) -> None:
    found = repeated(moved(CLAIMS, "claims/flow.py"), moved(FRAUD, "fraud/flow.py"), imports=imports)
    assert [message.partition(":")[0] for message in found] == ([] if level is None else [level])


def test_neighbours_in_a_folder_are_worth_a_note() -> None:
    found = repeated(moved(CLAIMS, "work/claims.py"), moved(FRAUD, "work/fraud.py"))
    assert [message.partition(":")[0] for message in found] == ["note"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(team("fraud", "condense_report", DIGEST), id="the same code"),
        pytest.param(team("fraud", "condense_report", DIGEST, "invoice", line=40), id="another input"),
        pytest.param(
            team("fraud", "find_contradictions", "List the statements that exclude each other.", "report", "found", 40),
            id="other work",
        ),
        pytest.param(team("fraud", "condense_report", SUMMARY, line=40), id="boilerplate under another name"),
        pytest.param(
            team(
                "fraud", "summarise_weather", "Summarise the weather report in five sentences for the clerk.", line=40
            ),
            id="another object",
        ),
    ],
)
def test_work_that_is_not_repeated(other: Workflow) -> None:
    assert repeated(CLAIMS, other) == []


def test_a_workflow_that_has_both_has_them_for_different_things() -> None:
    inner = next(one for one in CLAIMS.steps if one.id == "summarise_report")
    whole = replace(FRAUD, steps=(*FRAUD.steps, replace(inner, id="read_report")))
    assert repeated(CLAIMS, whole) == []


def test_workflows_of_one_name_with_a_step_of_one_name_are_versions() -> None:
    one, other = team("claims", "summarise", SUMMARY), team("fraud", "summarise", DIGEST, line=40)
    assert len(repeated(one, other)) == 1
    assert repeated(one, replace(other, name=one.name)) == []


def both(one: Step, other: Step, use: Step | None = None) -> Workflow:
    """Two steps that begin at one point, and one that reads both."""
    last = use or step("use", " ".join(offer.name for made in (one, other) for offer in made.offers))
    return workflow(
        f"start -> {one.id}", f"start -> {other.id}", f"{one.id} + {other.id} -> {last.id}", f"{last.id} -> end",
        steps=(one, other, last),
    )  # fmt: skip


FIRST = asking("summarise_report", "report", "summary", SUMMARY)
SECOND = asking("condense_report", "report", "digest", DIGEST, line=40)


def test_agents_of_which_one_gets_the_conversation_are_worth_a_note() -> None:
    flow = workflow("start -> desk", "desk -> summarise_report | condense_report", steps=(FIRST, SECOND))
    edges = tuple(replace(edge, kind=EdgeKind.HANDOFF) if edge.choice is not None else edge for edge in flow.edges)
    assert [message.partition(":")[0] for message in repeated(replace(flow, edges=edges))] == ["note"]


def test_the_same_work_side_by_side() -> None:
    (message,) = repeated(both(FIRST, SECOND))
    assert message.startswith('warning: step "summarise_report" probably does the same work as step "condense_report"')
    assert message.endswith('"use" could reuse its output (1 of 3 steps depends on it)')


def test_the_same_work_one_after_the_other() -> None:
    flow = workflow(
        "start -> summarise_report", "summarise_report -> condense_report", "condense_report -> end",
        steps=(FIRST, SECOND),
    )  # fmt: skip
    assert [message.partition(":")[0] for message in repeated(flow)] == ["warning"]


def test_other_tools_are_worth_a_note() -> None:
    one, other = replace(FIRST, tools=("search",)), replace(SECOND, tools=("search", "read"))
    assert [message.partition(":")[0] for message in repeated(both(one, other))] == ["note"]


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(
            both(FIRST, SECOND, asking("judge", "summary digest", "best", "Choose the better of the two summaries.")),
            id="a judge reads both",
        ),
        pytest.param(
            both(replace(FIRST, id="summarise_1"), replace(SECOND, id="summarise_2", offers=FIRST.offers)),
            id="numbered copies",
        ),
        pytest.param(both(replace(FIRST, model="gpt-4o"), replace(SECOND, model="o3")), id="each a model of its own"),
        pytest.param(both(FIRST, replace(SECOND, definition=FIRST.definition)), id="one piece of code"),
        pytest.param(
            both(replace(FIRST, tools=("news",)), replace(SECOND, tools=("archive",))), id="each a source of its own"
        ),
        pytest.param(
            both(
                asking("to_french", "report", "french", "Translate the accident report into French."),
                asking("to_spanish", "report", "spanish", "Translate the accident report into Spanish.", 9),
            ),
            id="a family of translators",
        ),
        pytest.param(
            both(
                asking("bull_researcher", "report", "bull", "Argue from the report why the share will rise."),
                asking("bear_researcher", "report", "bear", "Argue from the report why the share will fall.", 9),
            ),
            id="two sides of a debate",
        ),
        pytest.param(
            both(
                asking("insurance_advice", "report", "insurance", f"{SUMMARY} Then give insurance advice."),
                asking("investment_advice", "report", "investment", f"{DIGEST} Then give investment advice.", 9),
            ),
            id="specialists with a common beginning",
        ),
        pytest.param(
            workflow(
                "start -> summarise_report", "summarise_report -> condense_report", "condense_report -> end",
                steps=(FIRST, replace(SECOND, needs=(*SECOND.needs, *step("x", "summary").needs))),
            ),
            id="the second works on what the first has made",
        ),
        pytest.param(
            replace(
                workflow(
                    "start -> summarise_report", "summarise_report -> condense_report", "condense_report -> end",
                    steps=(FIRST, SECOND),
                ),
                exchange=Exchange.MESSAGES,
            ),
            id="the second is handed what the first has made",
        ),
        pytest.param(
            workflow(
                "start -> summarise_report", "summarise_report -> extend", "extend -> condense_report",
                "condense_report -> end", steps=(FIRST, step("extend", "", "report"), SECOND),
            ),
            id="the report has changed in between",
        ),
        pytest.param(
            workflow(
                "start -> summarise_report", "summarise_report -> condense_report", "condense_report -> end",
                steps=(replace(FIRST, needs=()), replace(SECOND, needs=())),
            ),
            id="the conversation goes on",
        ),
    ],
)  # fmt: skip
def test_repetition_that_is_none(flow: Workflow) -> None:
    assert repeated(flow) == []
