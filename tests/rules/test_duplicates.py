"""What is said of work that is done twice, across workflows and within one, and what is left alone."""

from __future__ import annotations

from itertools import pairwise

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
    assert "; where one run needs both, sharing it saves 1 model call (about" in message
    assert message.endswith('"fraud_use" could reuse its output (1 of 2 steps depends on it)')


@pytest.mark.parametrize(
    ("imports", "level"),
    [
        pytest.param((("main.py", "claims/flow.py"), ("main.py", "fraud/flow.py")), "warning", id="one program"),
        pytest.param((("claims/flow.py", "llm.py"), ("fraud/flow.py", "llm.py")), "note", id="code in common"),
        pytest.param((), "note", id="nothing in common"),
    ],
)
def test_workflows_belong_together_by_their_imports(imports: tuple[tuple[str, str], ...], level: str) -> None:
    found = repeated(moved(CLAIMS, "claims/flow.py"), moved(FRAUD, "fraud/flow.py"), imports=imports)
    assert [message.partition(":")[0] for message in found] == [level]


@pytest.mark.parametrize(
    ("folders", "level"),
    [
        pytest.param(("desk", "board"), "warning", id="folders"),
        pytest.param(("course/23Guards", "course/24Outputs"), "note", id="lessons, one after the other"),
        pytest.param(("tasks/task_2", "tasks/task_3"), "note", id="names with numbers"),
        pytest.param(("2fa/claims", "2fa/fraud"), "warning", id="one number"),
    ],
)
def test_lessons_repeat_themselves(folders: tuple[str, str], level: str) -> None:
    copy = team("fraud", "summarise_report", SUMMARY, line=40)
    found = repeated(moved(CLAIMS, f"{folders[0]}/flow.py"), moved(copy, f"{folders[1]}/flow.py"))
    assert [message.partition(":")[0] for message in found] == [level]


def test_agents_that_hand_over_to_others_do_other_work() -> None:
    def desk(name: str, target: str, line: int) -> Workflow:
        told = asking("desk", "report", "summary", SUMMARY, line)
        flow = workflow("start -> desk", f"desk -> {target}", steps=(told, step(target)))
        handing = tuple(replace(edge, kind=EdgeKind.HANDOFF) if edge.target == target else edge for edge in flow.edges)
        return moved(replace(flow, name=name, edges=handing), f"{name}/flow.py")

    same = repeated(desk("claims", "clerk", 5), desk("fraud", "clerk", 40))
    other = repeated(desk("claims", "clerk", 5), desk("fraud", "judge", 40))
    assert [message.partition(":")[0] for message in (*same, *other)] == ["warning", "note"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(team("fraud", "condense_report", DIGEST), id="the same code"),
        pytest.param(team("fraud", "condense_report", DIGEST, "invoice", line=40), id="another input"),
        pytest.param(
            team("fraud", "find_contradictions", "List the statements that exclude each other.", "report", "found", 40),
            id="other work",
        ),
        pytest.param(
            team(
                "fraud", "load_orders", "Work on the state of the run, then return the update of the fields.", line=40
            ),
            id="boilerplate of another step",
        ),
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
    whole = replace(FRAUD, steps=(*FRAUD.steps, replace(inner, id="summarise_1"), replace(inner, id="summarise_2")))
    assert [message for message in repeated(CLAIMS, whole) if "claims" in message] == []


def test_the_same_words_under_one_name_in_two_workflows() -> None:
    (message,) = repeated(
        moved(CLAIMS, "claims.py"), moved(team("fraud", "summarise_report", SUMMARY, line=40), "fraud.py")
    )
    assert message.startswith(
        'warning: step "summarise_report" of "claims" is told the same as step "summarise_report" of "fraud" '
        "(word for word); define it once and share it"
    )


def test_what_people_say_of_many_steps_is_boilerplate() -> None:
    said = "Works on the state of the run and returns the update of its fields."
    assert repeated(team("claims", "load_orders", said), team("fraud", "send_mail", said, line=40)) == []


LONG = (
    "You are a loss adjuster. Read the accident report and the photos of the damage. List each damaged part with the "
    "cause that the witnesses give. Estimate what the repair costs in a workshop of the region. When a witness "
    "contradicts the driver, quote both statements."
)
LONG_AGAIN = (
    "Act as a loss adjuster. Go through the report of the accident and the pictures of the damage, then enumerate "
    "every damaged part with the cause given by the witnesses. Quote both statements when a witness contradicts the "
    "driver. Please estimate the cost of the repair in a workshop of the region."
)


def test_long_texts_in_other_words_are_told_by_what_they_share() -> None:
    one, other = team("claims", "adjust_loss", LONG), team("fraud", "adjust_loss", LONG_AGAIN, line=40)
    (message,) = repeated(moved(one, "a/claims.py"), moved(other, "b/fraud.py"))
    assert message.startswith('note: step "adjust_loss" of "claims" probably does the same work as step "adjust_loss"')
    assert "most of what either is told, the other is told, too" in message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "You are an insurance seller. Read the accident report and the photos of the damage. Offer the client "
            "a better contract, explain its premium and its excess, and ask for a date to sign it.",
            id="the same material, another job",
        ),
        pytest.param(f"{LONG} Reply with CLAIM_ACCEPTED.".replace("CLAIM", "FRAUD"), id="another answer is asked for"),
    ],
)  # fmt: skip
def test_long_texts_of_one_trade_are_left_alone(text: str) -> None:
    one = team("claims", "adjust_loss", f"{LONG} Reply with CLAIM_ACCEPTED.")
    assert repeated(one, team("fraud", "look_at_case", text, line=40)) == []


def personas(*flows: Workflow) -> list[str]:
    program = Program(flows)
    found = duplicate_step.check(program, ProgramFacts(program))
    return [f"{one.level}: {one.persona}" for one in found]


@pytest.mark.parametrize(
    ("paths", "heard"),
    [
        pytest.param(("a/claims.py", "b/fraud.py"), "warning: regular", id="product"),
        pytest.param(("examples/claims.py", "fraud.py"), "note: regular", id="an example and what it shows"),
        pytest.param(("examples/claims.py", "examples/fraud.py"), "note: pedantic", id="examples"),
        pytest.param(("tests/test_claims.py", "tests/test_fraud.py"), "note: auditor", id="tests"),
        pytest.param(("lesson1/flow.py", "lesson2/flow.py"), "note: regular", id="lessons"),
        pytest.param(("class_03/flow.py", "class_04/flow.py"), "note: regular", id="classes of a course"),
        pytest.param(("archive/flow.py", "work/flow.py"), "note: regular", id="put aside"),
    ],
)
def test_who_hears_of_copies(paths: tuple[str, str], heard: str) -> None:
    other = team("fraud", "summarise_report", SUMMARY, line=40)
    assert personas(moved(CLAIMS, paths[0]), moved(other, paths[1])) == [heard]


def test_what_is_merely_near_is_for_the_pedantic() -> None:
    near = f"{LONG} Then send a letter to the workshop, and another one to the other side."
    flows = (
        moved(team("claims", "adjust_loss", LONG), "a.py"),
        moved(team("fraud", "correspond", near, line=40), "b.py"),
    )
    (message,) = repeated(*flows)
    assert message.startswith(
        'note: step "adjust_loss" of "claims" may do the same work as step "correspond" of "fraud"'
    )
    assert personas(*flows) == ["note: pedantic"]


def version(name: str, path: str, *docs: str, more: tuple[Step, ...] = ()) -> Workflow:
    made = [asking(f"step_{number}", "report", f"out_{number}", doc, number) for number, doc in enumerate(docs)]
    steps = (*(replace(one, span=replace(one.span, path=path), definition=None) for one in made), *more)
    lines = [f"{one.id} -> {other.id}" for one, other in pairwise(steps)]
    flow = workflow(f"start -> {steps[0].id}", *lines, f"{steps[-1].id} -> end", steps=steps)
    return replace(flow, id=f"{path}::{name}", name=name, span=Span(path, 1, 1, 1, 2))


READ = "Read the letter of the customer and note the names, the dates and the amounts."
ANSWER = "Write an answer to the letter that settles each complaint in a polite paragraph."


def test_versions_of_a_workflow_are_told_once() -> None:
    flows = [version("desk", f"step{number}/desk.py", READ, ANSWER) for number in range(1, 6)]
    (message,) = repeated(*flows)
    assert message == (
        'note: 5 versions of one workflow: "desk" (step1/desk.py), "desk" (step2/desk.py) and 3 more share steps '
        '"step_0" and "step_1"; keep one, or build them from the same steps'
    )


def test_a_version_may_have_changed() -> None:
    more = (asking("check", "out_1", "verdict", "Say whether the answer keeps to the house style.", 9),)
    first, last = (
        version("desk", "v1.py", READ, ANSWER),
        version("help", "v2.py", f"{READ} Skip ads.", ANSWER, more=more),
    )
    (message,) = repeated(first, last)
    assert message.startswith('note: 2 versions of one workflow: "desk" (v1.py) and "help" (v2.py) share steps')


def coded(name: str, line: int | None) -> Workflow:
    """A workflow without prompts, whose steps have code of their own where a line is given."""
    made = (step("load", "", "rows"), step("store", "rows", "done"))
    steps = tuple(
        replace(
            one,
            span=Span(f"{name}.py", 9 + place, 1, 9 + place, 9),
            definition=None if line is None else at(line + place),
        )
        for place, one in enumerate(made)
    )
    return moved(
        replace(workflow("start -> load", "load -> store", "store -> end", steps=steps), name=name), f"{name}.py"
    )


def test_graphs_of_code_of_their_own_are_versions_without_prompts() -> None:
    (message,) = repeated(coded("books", 60), coded("songs", 70))
    assert message.startswith('note: 2 versions of one workflow: "books" (books.py) and "songs" (songs.py)')
    assert repeated(coded("books", None), coded("songs", None)) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            version(
                "shop", "shop.py", "Look up the goods that the order lists in the warehouse.", "Print the label for it."
            ),
            id="other work under the same names",
        ),
        pytest.param(
            replace(version("desk", "desk.py", READ, ANSWER), id="desk.py::again", name="again"), id="one builder twice"
        ),
    ],
)
def test_what_is_no_version(other: Workflow) -> None:
    assert repeated(version("desk", "desk.py", READ, ANSWER), other) == []


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
