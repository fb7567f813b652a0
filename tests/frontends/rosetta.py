"""The same workflow once per framework: what has to be left out before their graphs are one.

`fixtures/rosetta/SHAPE/sound/in_FRAMEWORK.py` all come to the graph in `SHAPE/sound/expected.json`, and
`SHAPE/DEFECT/in_FRAMEWORK.py` all to the findings in `SHAPE/DEFECT/expected.json`. The folder's README says what is
left out and why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.frontends.fixtures import FOLDER, audited
from wflint.analyses.flow.reachability import reachability
from wflint.model.finding import Level
from wflint.model.program import Program
from wflint.model.workflow import END, START, EdgeKind, Workflow

ROSETTA = FOLDER / "rosetta"
SOUND = "sound"
JOIN = "joined"
"""What the fixtures call a node that only waits, where a framework needs one."""
DECIDED = frozenset({EdgeKind.CONDITIONAL, EdgeKind.HANDOFF})

Graph = dict[str, object]
Way = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Defect:
    """What is found of a defect: a code, and the step that it is about; for a way, the step at either end."""

    code: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One shape, sound or with a defect, in one framework."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROSETTA).as_posix()

    @property
    def expected(self) -> object:
        """What every framework's text in this folder has to come to."""
        return json.loads((self.path.parent / "expected.json").read_text(encoding="utf-8"))

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """The workflows of the file."""
        program = audited(self.path.parent).survey.program
        return tuple(flow for flow in program.workflows if flow.span.path == self.path.name)

    @property
    def warnings(self) -> tuple[tuple[str, str], ...]:
        """What is found in the file at level warning and above: codes, and the steps they are about."""
        found = [f for f in audited(self.path.parent).findings if f.span.path == self.path.name]
        loud = [finding for finding in found if finding.level.rank >= Level.WARNING.rank]
        return tuple((finding.code, finding.observation.step or "") for finding in loud)


def texts(*, sound: bool) -> tuple[Text, ...]:
    """Every file of the sound shapes, or of those with a defect, in order."""
    files = sorted(ROSETTA.glob("*/*/in_*.py"))
    return tuple(Text(path) for path in files if (path.parent.name == SOUND) is sound)


def graphs(text: Text) -> list[Graph]:
    """The workflows of a file that no other one holds, each with those inside it."""
    program = Program(text.workflows)
    return [_graph(flow, program) for flow in text.workflows if not flow.parents]


def _graph(workflow: Workflow, program: Program) -> Graph:
    inner = {step.id: program.workflow(step.workflow) for step in workflow.steps if step.workflow is not None}
    steps = [step.id for step in workflow.steps if not _is_left_out(step.id)]
    graph: Graph = {"begins": sorted(_first(workflow)), "steps": sorted(steps), "edges": sorted(_ways(workflow))}
    inside = {name: _graph(flow, program) for name, flow in inner.items() if flow is not None}
    return {**graph, "inside": inside} if inside else graph


def _is_left_out(step: str) -> bool:
    return step in (START, END, JOIN)


def _first(workflow: Workflow) -> set[str]:
    """Where a run begins, whether the framework draws a start or not."""
    entries = reachability(workflow).entries
    started = {edge.target for edge in workflow.edges if edge.source == START}
    return started | {entry for entry in entries if entry != START}


def _ways(workflow: Workflow) -> set[Way]:
    """The edges between steps: always or by a choice; what a join gathers reaches the step behind it."""
    ways = [(e.source, e.target, "choice" if e.kind in DECIDED else "always") for e in workflow.edges]
    into = [source for source, target, _ in ways if target == JOIN]
    through = [(source, target, kind) for source in into for start, target, kind in ways if start == JOIN]
    return {way for way in (*ways, *through) if not any(_is_left_out(end) for end in way[:2])}
