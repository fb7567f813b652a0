"""Everything that is derived about a workflow: computed once, on demand, from nothing but the model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from wflint.analyses.data.assignment import MessageAssignment, StateAssignment, assignment
from wflint.analyses.data.fields import FieldSet
from wflint.analyses.data.gaps import Gap, GapFinder
from wflint.analyses.data.impact import Impact, impact
from wflint.analyses.data.inputs import Inputs, channels, inputs_of
from wflint.analyses.data.overwritten import Overwritten, overwritten
from wflint.analyses.data.reaching_definitions import Definitions, definitions
from wflint.analyses.data.reads import Reads
from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.data.soft_matches import SoftMatch, soft_matches
from wflint.analyses.execution.execution_plan import ExecutionPlan, execution_plan
from wflint.analyses.execution.hierarchy import Load, load_of
from wflint.analyses.flow.budgets import Budget, budgets_of
from wflint.analyses.flow.concurrency import Concurrency
from wflint.analyses.flow.gate_bypasses import Bypass, Gates, bypasses
from wflint.analyses.flow.loops import Loop, loops_of
from wflint.analyses.flow.open_ended import OpenEnded, open_ended
from wflint.analyses.flow.races import Race, races
from wflint.analyses.flow.reachability import Reachability, reachability
from wflint.analyses.flow.strays import Stray, strays_of
from wflint.analyses.flow.supersteps import Exploration, Unexplored, explore
from wflint.analyses.flow.swelling import Swelling, swelling
from wflint.analyses.flow.unconnected import Unconnected, unconnected
from wflint.analyses.flow.waiting import Waiting, waiting
from wflint.analyses.labels.coordination import labels_of
from wflint.analyses.labels.edge_context import EdgeContext
from wflint.analyses.labels.labelling import DEFAULT_LABELLING, Labelling
from wflint.analyses.prose.in_words import InWords, in_words
from wflint.analyses.prose.overheard import Overheard, overheard
from wflint.analyses.prose.unoffered import Unoffered, unoffered
from wflint.analyses.prose.unpassed import Unpassed, unpassed
from wflint.analyses.prose.untold import Untold, untold
from wflint.analyses.repetition.repeats import Setting
from wflint.analyses.runs.anomalies import Anomaly, anomalies_of
from wflint.model.finding import EdgeLabel
from wflint.model.program import Program
from wflint.model.recorded import Recording
from wflint.model.workflow import Edge, Exchange, Workflow


class Facts:
    """What follows from one workflow, seen within its program."""

    def __init__(
        self,
        workflow: Workflow,
        program: Program,
        labelling: Labelling = DEFAULT_LABELLING,
        matching: SharedMatcher | None = None,
        recording: Recording | None = None,
        gates: Gates | None = None,
    ) -> None:
        self.workflow = workflow
        self.program = program
        self.labelling = labelling
        self.matching = matching or SharedMatcher()
        self.recording = recording
        self.gates: Gates = gates or {}

    @cached_property
    def reachability(self) -> Reachability:
        """Which steps lead to which."""
        return reachability(self.workflow)

    @cached_property
    def unconnected(self) -> tuple[Unconnected, ...]:
        """Parts that nothing connects, though one needs what another makes."""
        return unconnected(self.workflow)

    @cached_property
    def loops(self) -> tuple[Loop, ...]:
        """Cycles and the ways out of them."""
        return loops_of(self.workflow)

    @cached_property
    def supersteps(self) -> Exploration | Unexplored:
        """Every superstep that can come about."""
        return explore(self.workflow)

    @cached_property
    def concurrency(self) -> Concurrency | Unexplored:
        """What can happen at the same time, what happens twice, and what never happens."""
        explored = self.supersteps
        return explored if isinstance(explored, Unexplored) else Concurrency(self.workflow, explored)

    @cached_property
    def races(self) -> tuple[Race, ...]:
        """Steps whose work is lost because another one is done first."""
        found = self.concurrency
        if isinstance(found, Unexplored):
            return ()
        return tuple(races(self.workflow, found, self.reachability))

    @cached_property
    def waiting(self) -> Waiting | None:
        """What waits for an answer in a workflow that does not keep its runs."""
        return waiting(self.workflow, self.program, self.reachability)

    @cached_property
    def bypasses(self) -> tuple[Bypass, ...]:
        """Ways around the gates that the configuration names."""
        return tuple(bypasses(self.workflow, self.reachability, self.gates))

    @cached_property
    def strays(self) -> tuple[Stray, ...]:
        """Edges that always fire beside a choice of the same step."""
        return tuple(strays_of(self.workflow, self.reachability.reached))

    @cached_property
    def swelling(self) -> tuple[Swelling, ...]:
        """Steps of loops whose prompts grow from round to round."""
        return tuple(swelling(self.workflow, self.loops))

    @cached_property
    def open_ended(self) -> tuple[OpenEnded, ...]:
        """Loops that end only when a model says so."""
        return open_ended(self.workflow, self.loops)

    @cached_property
    def budgets(self) -> tuple[Budget, ...]:
        """What bounds the rounds of loops."""
        return tuple(budgets_of(self.workflow, self.loops))

    @cached_property
    def reads(self) -> Reads:
        """Who reads what."""
        return Reads.of(self.workflow)

    @cached_property
    def definitions(self) -> Definitions:
        """Whose writes get to whom."""
        return definitions(self.workflow, self.reachability)

    @cached_property
    def channels(self) -> FieldSet:
        """Every field that can hold a value."""
        return channels(self.workflow)

    @property
    def cut(self) -> str:
        """What the analyses have left out because the workflow is too large for them; empty where nothing is."""
        found = self.concurrency
        if isinstance(found, Unexplored):
            return f"its supersteps were not analysed: {found.reason}" if found.too_large else ""
        return "where its branches part was not analysed everywhere: ways are too long" if found.is_cut else ""

    @cached_property
    def overwritten(self) -> tuple[Overwritten, ...]:
        """Lists of messages of which only the last step's are kept."""
        return overwritten(self.workflow, self.reachability)

    @cached_property
    def inputs(self) -> Inputs:
        """What is set before the first step runs."""
        return inputs_of(self.workflow, self.program)

    @cached_property
    def assignment(self) -> StateAssignment | MessageAssignment | Unexplored:
        """Which fields are set, for certain, when a step runs."""
        explored = self.supersteps
        return explored if isinstance(explored, Unexplored) else assignment(self.workflow, explored, self.inputs)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Reads that find nothing; where messages are exchanged, only those of what nobody can have sent."""
        known = self.assignment if isinstance(self.assignment, StateAssignment) else None
        found = self.concurrency
        concurrency = None if isinstance(found, Unexplored) else found
        finder = GapFinder(self.workflow, self.inputs, self.reachability, known, self.reads, self.channels, concurrency)
        return finder.lost() if self.workflow.exchange is Exchange.MESSAGES else finder.gaps()

    @cached_property
    def soft_matches(self) -> tuple[SoftMatch, ...]:
        """The idle outputs under other names that come nearest to what reads of unwritten fields ask for."""
        return soft_matches(self.workflow, self.gaps, self.reads, self.reachability, self.matching)

    def meant_by(self, gap: Gap) -> SoftMatch | None:
        """The output that comes nearest to what a read asks for."""
        return next((match for match in self.soft_matches if match.gap == gap), None)

    @cached_property
    def unoffered(self) -> tuple[Unoffered, ...]:
        """Fields that steps are told to use by name, and that steps before them make under another one."""
        return unoffered(self.workflow, self.reachability, self.matching)

    @cached_property
    def in_words(self) -> tuple[InWords, ...]:
        """Results that get to the steps that are told to use them in words alone."""
        return in_words(self.workflow, self.reachability, self.matching)

    @cached_property
    def unpassed(self) -> tuple[Unpassed, ...]:
        """Results that steps are told to use and that do not get to them."""
        return unpassed(self.workflow, self.matching)

    @cached_property
    def untold(self) -> tuple[Untold, ...]:
        """Forms that code expects of what models write, while nobody tells the models."""
        return untold(self.workflow, self.reads, self.definitions)

    @cached_property
    def overheard(self) -> tuple[Overheard, ...]:
        """Words that are looked for, and that are part of their opposites."""
        return tuple(overheard(self.workflow, self.program, self.reads, self.definitions))

    @cached_property
    def impact(self) -> Impact:
        """How much of the workflow hangs on each step."""
        return impact(self.workflow, self.reachability)

    @cached_property
    def edge_context(self) -> EdgeContext:
        """What the label of an edge is told from."""
        likely = tuple(one for one in self.soft_matches if one.is_likely and not one.is_read_before)
        return EdgeContext.of(
            self.workflow, self.reads, self.definitions, self.gaps, self.loops, self.open_ended, likely
        )

    @cached_property
    def setting(self) -> Setting:
        """What the search for repeated calls has to know of the workflow's shape."""
        found = self.concurrency
        known = None if isinstance(found, Unexplored) else found
        return Setting(self.workflow, self.reachability, self.loops, self.impact, known)

    @cached_property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """Costs of the recorded runs that stand out."""
        found = anomalies_of(self.recording) if self.recording is not None else ()
        return tuple(one for one in found if one.workflow == self.workflow.id)

    @cached_property
    def execution(self) -> ExecutionPlan:
        """When the steps run."""
        found = self.concurrency
        known = None if isinstance(found, Unexplored) else found
        return execution_plan(self.workflow, self.program, self.reachability, self.loops, known, self.recording)

    @cached_property
    def load(self) -> Load:
        """What the orchestrator has to do."""
        return load_of(self.workflow, self.labels, self.execution)

    @cached_property
    def labels(self) -> Mapping[Edge, EdgeLabel]:
        """How each edge should be coordinated."""
        return labels_of(self.edge_context, self.impact, self.labelling)


class ProgramFacts:
    """The facts of every workflow of a program."""

    def __init__(
        self,
        program: Program,
        labelling: Labelling = DEFAULT_LABELLING,
        matching: SharedMatcher | None = None,
        recording: Recording | None = None,
        gates: Gates | None = None,
    ) -> None:
        self.program = program
        self.labelling = labelling
        self.matching = matching or SharedMatcher()
        self.recording = recording
        self.gates = gates
        self._facts: dict[str, Facts] = {}

    def of(self, workflow: Workflow) -> Facts:
        """The facts of one of the program's workflows."""
        return self._facts.setdefault(
            workflow.id, Facts(workflow, self.program, self.labelling, self.matching, self.recording, self.gates)
        )
