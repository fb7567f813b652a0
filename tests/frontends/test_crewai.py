from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.fixtures import FOLDER, audited, recovered
from tests.frontends.sources import ways, workflows
from wflint.audit import audit
from wflint.model.finding import Level
from wflint.model.workflow import Aspect, Exchange, FaultKind, Workflow
from wflint.request import CacheChoice, Request

CREW = """
from crewai import Agent, Crew, Process, Task
a = Agent(role="A", goal="g", backstory="b", llm="gpt-4o")
one = Task(description="One {topic}", expected_output="x", agent=a)
two = Task(description="Two", expected_output="y", agent=a)
"""
FLOW = """
from crewai.flow.flow import Flow, and_, listen, or_, router, start
"""


def flow(path: str, name: str) -> Workflow:
    program = recovered(FOLDER / "crewai")
    (found,) = (w for w in program.workflows if w.name == name and w.span.path == f"{path}.py")
    return found


def said(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is said of some code above a note: rule and message."""
    (folder / "main.py").write_text(text, encoding="utf-8")
    found = audited(folder).findings
    return [(finding.code, finding.message) for finding in found if finding.level is not Level.NOTE]


def test_nothing_is_said_of_the_fixtures() -> None:
    folder = FOLDER / "crewai"
    found = audited(folder).findings
    assert [f"{finding.span} {finding.message}" for finding in found if finding.level is not Level.NOTE] == []


# -------------------------------------------------------------------------------------------------------- crews


IDLE = f"""{CREW}
b = Agent(role="B", goal="g", backstory="b", llm="gpt-4o"%s)
crew = Crew(agents=[a, b], tasks=[one, two]%s)
crew.kickoff(inputs={{"topic": "rain"}})
"""


@pytest.mark.parametrize(
    ("agent", "crew", "unused"),
    [
        pytest.param("", "", ["b"], id="nobody gives it a task"),
        pytest.param("", ", process=Process.sequential", ["b"], id="and nobody hands tasks out"),
        pytest.param(", allow_delegation=True", "", [], id="it may be the one that delegates"),
        pytest.param("", ', process=Process.hierarchical, manager_llm="gpt-4o"', [], id="a manager hands tasks out"),
        pytest.param("", ", **settings", [], id="a manager may be among other settings"),
    ],
)
def test_an_agent_without_a_task(tmp_path: Path, agent: str, crew: str, unused: list[str]) -> None:
    (found,) = workflows(tmp_path, IDLE % (agent, crew))
    assert [item.name for item in found.unused] == unused


def test_an_agent_that_a_task_may_be_given_to_has_one(tmp_path: Path) -> None:
    (found,) = workflows(tmp_path, IDLE.replace("agent=a)", "agent=pick(a, b))") % ("", ""))
    assert found.unused == ()


def test_needs_are_placeholders_and_declared_context() -> None:
    brief = flow("market_brief", "crew").step("brief")
    assert brief is not None
    assert [(need.name, need.span.line) for need in brief.needs] == [("company", 42), ("figures", 41), ("compare", 41)]


def test_offers_are_the_result_and_the_fields_of_its_model() -> None:
    figures = flow("market_brief", "crew").step("figures")
    assert figures is not None
    assert [(offer.name, offer.type, offer.description) for offer in figures.offers] == [
        ("figures", "Figures", "Revenue and growth"),
        ("revenue", "float", "Yearly revenue in euros"),
        ("growth", "float", ""),
    ]


def test_results_travel_with_edges() -> None:
    crew = flow("market_brief", "crew")
    assert crew.exchange is Exchange.MESSAGES
    assert [(join.sources, join.target) for join in crew.joins] == [
        (("figures", "rivals"), "compare"),
        (("figures", "compare"), "brief"),
    ]
    assert [edge.label for edge in crew.edges if edge.target == "brief"] == ["context", "context"]


def test_agents_retry_unless_told_otherwise() -> None:
    crew = flow("market_brief", "crew")
    assert {step.id: step.retries for step in crew.steps}["compare"]
    assert not {step.id: step.retries for step in crew.steps}["brief"]


def test_runs_show_their_inputs() -> None:
    (run,) = flow("market_brief", "crew").invocations
    assert (run.keys, run.closed) == (("company", "industry"), True)
    (hooked,) = flow("reading_project", "ReadingCrew").invocations
    assert (hooked.keys, hooked.closed) == (("topic",), False)


def test_configuration_is_where_texts_are() -> None:
    crew = flow("reading_project", "ReadingCrew")
    find, judging = crew.step("find_books"), crew.step("judging")
    assert find is not None
    assert judging is not None
    assert {(need.name, need.span.path, need.span.line) for need in find.needs} == {
        ("topic", "config/reading_tasks.yaml", 2),
        ("audience", "config/reading_tasks.yaml", 2),
    }
    assert (find.model, find.tools, find.description) == (
        "gpt-4o-mini",
        ("SerperDevTool",),
        "Find books about {topic} that suit {audience}.",
    )
    assert judging.definition is not None
    assert judging.definition.path == "config/reading_tasks.yaml"


def test_a_crew_that_a_flow_runs_is_nested_in_it() -> None:
    assert flow("report_flow", "outline_crew").parent == "report_flow.py::ReportFlow"


def test_a_manager_must_be_given(tmp_path: Path) -> None:
    (crew,) = workflows(tmp_path, f"{CREW}crew = Crew(agents=[a], tasks=[one], process=Process.hierarchical)\n")
    assert [(fault.kind, fault.subject) for fault in crew.faults] == [
        (FaultKind.REFUSED, "a hierarchical crew without a manager")
    ]


@pytest.mark.parametrize("given", ["manager_llm='gpt-4o'", "manager_agent=a", "**options"])
def test_a_manager_may_be_given_in_many_ways(tmp_path: Path, given: str) -> None:
    text = f"{CREW}def make(options):\n    return Crew(agents=[], tasks=[one], process=Process.hierarchical, {given})\n"
    (crew,) = workflows(tmp_path, text)
    assert crew.faults == ()


def test_a_task_in_sequence_needs_an_agent(tmp_path: Path) -> None:
    text = (
        f'{CREW}three = Task(description="Three", expected_output="z")\ncrew = Crew(agents=[a], tasks=[one, three])\n'
    )
    assert [code for code, _ in said(tmp_path, text)] == ["WF304"]


def test_context_must_run_before_and_somewhere(tmp_path: Path) -> None:
    text = f"{CREW}one.context = [two]\ncrew = Crew(agents=[a], tasks=[one, two])\n"
    (crew,) = workflows(tmp_path, text)
    assert [(fault.subject, fault.span.line) for fault in crew.faults] == [("two", 6)]
    assert ways(crew) == {("one", "two", "direct")}
    (alone,) = workflows(tmp_path, f"{CREW}two.context = [one]\ncrew = Crew(agents=[a], tasks=[two])\n")
    assert [(item.name, item.role) for item in alone.unresolved_names] == [("one", "context task")]


def test_a_task_of_another_crew_may_be_context(tmp_path: Path) -> None:
    text = f"{CREW}two.context = [one]\nfirst = Crew(agents=[a], tasks=[one])\nsecond = Crew(agents=[a], tasks=[two])\n"
    assert [flow.unresolved_names for flow in workflows(tmp_path, text)] == [(), ()]


def test_tasks_in_a_loop_are_open(tmp_path: Path) -> None:
    crew = flow("survey_dynamic", "survey")
    assert [item.aspect for item in crew.unresolved] == [Aspect.STEPS]
    assert [step.id for step in crew.steps] == ["summary"]
    text = f"{CREW}def make(more):\n    return Crew(agents=[a], tasks=[one, *[Task(name=m) for m in more], two])\n"
    (gap,) = workflows(tmp_path, text)
    assert ways(gap) == set()


def test_a_project_reads_its_configuration_from_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "tasks.yaml").write_text("find: {description: 'Find {x}', expected_output: y}\n", encoding="utf-8")
    text = """
    from crewai import Crew, Task
    from crewai.project import CrewBase, crew, task

    @CrewBase
    class Finder:
        tasks_config = "tasks.yaml"

        @task
        def found(self):
            return Task(config=self.tasks_config["find"])

        @crew
        def team(self):
            return Crew(tasks=self.tasks, agents=self.agents, process="sequential")
    """
    (crew,) = workflows(tmp_path, text)
    (step,) = crew.steps
    assert (crew.name, step.id, [need.name for need in step.needs]) == ("Finder", "found", ["x"])


PROJECT = """
from crewai import Agent, Crew, Task
from crewai.project import CrewBase, agent, crew, task

@CrewBase
class Desk:
    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def finder(self):
        return Agent(config=self.agents_config["finder"])

    @task
    def find(self):
        return Task(config=self.tasks_config["find"])

    @crew
    def crew(self):
        return Crew(agents=self.agents, tasks=self.tasks)
"""
AGENTS_YAML = "finder:\n  role: Finder\n  goal: find\n  backstory: old\n"
TASKS_YAML = "find:\n  description: Find it.\n  expected_output: it\n  agent: finder\n"


def heard(folder: Path, agents: str | None, tasks: str | None, code: str = PROJECT) -> list[tuple[str, int, str]]:
    """What is said of a project, notices too: file, line and rule."""
    (folder / "config").mkdir()
    for name, text in (("agents", agents), ("tasks", tasks)):
        if text is not None:
            (folder / "config" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "main.py").write_text(code, encoding="utf-8")
    done = audit(Request(folder, (folder,), cache=CacheChoice(is_off=True)))
    loud = [finding for finding in done.findings if finding.level is not Level.NOTE]
    places = [(notice.span, "notice") for notice in done.survey.program.notices]
    places += [(finding.span, finding.code) for finding in loud]
    return [(span.path, span.line, what) for span, what in places]


@pytest.mark.parametrize(
    ("agents", "tasks", "expected"),
    [
        pytest.param(AGENTS_YAML, TASKS_YAML, [], id="sound"),
        pytest.param(
            AGENTS_YAML, f"{TASKS_YAML}  context: [", [("config/tasks.yaml", 5, "notice")], id="a bracket is open"
        ),
        pytest.param(
            AGENTS_YAML,
            TASKS_YAML.replace("  agent", "\tagent"),
            [("config/tasks.yaml", 4, "notice")],
            id="a tab",
        ),
        pytest.param(
            AGENTS_YAML, TASKS_YAML + TASKS_YAML, [("config/tasks.yaml", 5, "notice")], id="a task is there twice"
        ),
        pytest.param(AGENTS_YAML, None, [("main.py", 6, "notice")], id="a file is not there"),
        pytest.param(AGENTS_YAML, "", [], id="a file is empty"),
        pytest.param(
            AGENTS_YAML,
            TASKS_YAML.replace("  agent: finder\n", ""),
            [("config/tasks.yaml", 2, "WF304")],
            id="a task without an agent",
        ),
        pytest.param(
            AGENTS_YAML,
            TASKS_YAML.replace("agent: finder", "agent: findr"),
            [("config/tasks.yaml", 4, "WF304")],
            id="a task of an agent that no method makes",
        ),
        pytest.param(
            AGENTS_YAML + AGENTS_YAML.replace("finder", "teller"),
            TASKS_YAML,
            [("config/agents.yaml", 6, "WF301")],
            id="an agent that no method makes",
        ),
        pytest.param(
            AGENTS_YAML,
            TASKS_YAML.replace("find:", "fund:"),
            [("main.py", 16, "WF304")],
            id="a method with no entry",
        ),
        pytest.param(
            AGENTS_YAML,
            f"{TASKS_YAML}  context: [fnd]\n",
            [("config/tasks.yaml", 5, "WF303")],
            id="the context of a task that no method makes",
        ),
    ],
)
def test_code_and_configuration(
    tmp_path: Path, agents: str, tasks: str | None, expected: list[tuple[str, int, str]]
) -> None:
    assert heard(tmp_path, agents, tasks) == expected


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(f"{PROJECT}\n    def others(self):\n        return list(self.agents_config)\n", id="all of them"),
        pytest.param(PROJECT + PROJECT.replace("Desk", "Other").replace('"finder"', '"teller"'), id="others take it"),
    ],
)
def test_an_agent_that_some_code_may_make(tmp_path: Path, code: str) -> None:
    agents = AGENTS_YAML + AGENTS_YAML.replace("finder", "teller")
    assert heard(tmp_path, agents, TASKS_YAML, code) == []


# ----------------------------------------------------------------------------------------- one place, many callers


SHARED = """
from crewai import Agent, Crew, Task
from pydantic import BaseModel

class Verdict(BaseModel):
    cause: str

class Letter(BaseModel):
    greeting: str

def run(task, agent):
    return Crew(agents=[agent], tasks=[task]).kickoff()

def judge():
    agent = Agent(role="judge", goal="find causes", backstory="calm")
    task = Task(description="Find it.", expected_output="A verdict", agent=agent, output_pydantic=Verdict)
    return run(task, agent).pydantic.cause

def write():
    agent = Agent(role="writer", goal="write letters", backstory="warm")
    task = Task(description="Write it.", expected_output="A letter", agent=agent, output_pydantic=Letter)
    return run(task, agent).pydantic.{part}
"""


def test_each_caller_of_one_place_gets_the_form_of_its_own_task(tmp_path: Path) -> None:
    assert said(tmp_path, SHARED.format(part="greeting")) == []


def test_a_part_that_only_the_form_of_another_caller_has(tmp_path: Path) -> None:
    told = said(tmp_path, SHARED.format(part="cause"))
    assert [(code, "Letter has no part" in message) for code, message in told] == [("WF109", True)]


@pytest.mark.parametrize(
    ("requirement", "refused"),
    [
        pytest.param("crewai==0.11.2", [], id="a release that lets tasks be"),
        pytest.param("crewai>=0.28", ["WF304"], id="a release that asks for it"),
        pytest.param("", ["WF304"], id="none is named"),
    ],
)
def test_what_a_task_is_expected_to_answer(tmp_path: Path, requirement: str, refused: list[str]) -> None:
    (tmp_path / "requirements.txt").write_text(requirement, encoding="utf-8")
    text = CREW.replace(', expected_output="y"', "") + 'Crew(agents=[a], tasks=[one, two]).kickoff({"topic": "rain"})'
    assert [code for code, _ in said(tmp_path, text)] == refused
