"""The workflow: steps, edges, choices and joins, with what is not known about them.

Every front end ends here and every analysis begins here; nothing below this line knows a framework's API.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from wflint.model.choice import Choice as Choice  # noqa: PLC0414 (a part of the workflow)
from wflint.model.choice import MappedRoute as MappedRoute  # noqa: PLC0414 (a part of the workflow)
from wflint.model.choice import Route as Route  # noqa: PLC0414 (a part of the workflow)
from wflint.model.code_runs import CommonTalk, FixedRun, SharedTalk, StuckLoop, SwellingLoop, VerdictLoop
from wflint.model.conduct import (
    BadReturn,
    Called,
    Conduct,
    ExitSignal,
    IdleTools,
    Mutation,
    Pause,
    ReplayedValue,
    RetryScheme,
    SideEffect,
    StartedTogether,
)
from wflint.model.contract import (
    Certainty,
    Check,
    FormatExpectation,
    Need,
    Offer,
    Part,
    Payload,
    Schema,
    Shape,
    TypedInput,
)
from wflint.model.fault import Fault as Fault  # noqa: PLC0414 (a part of the workflow)
from wflint.model.fault import FaultKind as FaultKind  # noqa: PLC0414 (a part of the workflow)
from wflint.model.fix import Idioms
from wflint.model.hidden_result import HiddenResult
from wflint.model.indices import WorkflowIndex
from wflint.model.kept_value import KeptValue
from wflint.model.limits import RunLimit, TimeLimit
from wflint.model.loss import Loss
from wflint.model.prompt import Prompt, TemplateGap, UnaskedKey
from wflint.model.span import Span
from wflint.model.unresolved_name import UnresolvedName as UnresolvedName  # noqa: PLC0414 (a part of the workflow)

START = "__start__"
"""Id of the step that stands for the beginning of a run."""
END = "__end__"
"""Id of the step that stands for the end of a run."""


class StepKind(StrEnum):
    """What does the work of a step."""

    START = "start"
    """The beginning of a run."""
    END = "end"
    """The end of a run."""
    FUNCTION = "function"
    """Plain code."""
    AGENT = "agent"
    """A language model, with or without tools."""
    TOOL = "tool"
    """A fixed set of tools that a model asked for."""
    ROUTER = "router"
    """Code whose whole job is to choose who goes next."""
    SUBWORKFLOW = "subworkflow"
    """A workflow of its own."""
    HUMAN = "human"
    """A person."""


class EdgeKind(StrEnum):
    """How control passes along an edge."""

    DIRECT = "direct"
    """Always."""
    CONDITIONAL = "conditional"
    """When a choice says so."""
    FAN_OUT = "fan-out"
    """Once per item of a collection."""
    FAN_IN = "fan-in"
    """When all sources of a join are done."""
    HANDOFF = "handoff"
    """When an agent gives the conversation away."""
    MESSAGE = "message"
    """When an event or message of a type is sent."""


class Exchange(StrEnum):
    """How results get from one step to the next."""

    STATE = "state"
    """A shared state: what a step writes reaches every step downstream until it is overwritten."""
    MESSAGES = "messages"
    """Messages: what a step writes reaches the target of the edge and nobody else."""


class Aspect(StrEnum):
    """The part of a workflow that something unresolved leaves open."""

    STEPS = "steps"
    """There may be more steps, or a step under another name."""
    EDGES = "edges"
    """There may be more edges."""
    CONTRACT = "contract"
    """A step may read or write more than is shown."""


class Step(Struct, frozen=True):
    """A unit of work.

    `span` is where the step is added to the workflow, `definition` where its code is. `offers_open` and `needs_open`
    say that the code may write or read more than is listed. `forwards_state` is true where the step returns the whole
    state it was given, so that it writes every field. `own_schema` is what the step itself declares as its input.
    `workflow` is the workflow that does the work; `maps_fields` is true where the step's own code runs it, and so hands
    fields in and out under any names, and false where the framework does. `checks` are what all that it hands on has to
    pass. `tools_open` is true where it may have more tools than are listed. `prompt` is what its model is told in
    words, None where nothing is known. `worker` is who does the work, where that is not the step itself; `agents` are
    those that its code runs, by name. `expectations` are what its code makes of what its model writes, `reaches_sink`
    says that it shows, stores or hands that on in its own way. `result` is what its code returns as one value, `taken`
    are the parts of it that its caller uses; `typed_inputs` are what else its code is given in a declared form.
    `keeps_turn` is true where it runs again and again until it leads on, and nothing else ends the run. `takes_one` is
    true where it takes one of several values that get to it, and the others are dropped. `hears` is true where its
    model is told what was said before it, whatever its own words ask for. `pauses` are the places where it waits for an
    answer from outside the run, `template_gaps` are those of the templates that its code fills, `unasked_keys` those
    that it reads of answers and that its prompt does not name. `idle_tools` are given to its model, while its own code
    runs none. `limited` is true where the framework ends it after a while.
    `most_runs` is how often the loops around it let it run, where they count. `conduct` is what its code was seen to do
    about failures, loops and pauses. `kept_values` are those that it sets for the run, or asks for, beside all that.
    `fills_prompt` is true where it puts what it needs into what a model is told. `turns_to` are names that the
    framework tells its model besides, of agents to which no edge leads and of tools; None where some are unknown.
    """

    id: str
    kind: StepKind
    span: Span
    definition: Span | None = None
    offers: tuple[Offer, ...] = ()
    needs: tuple[Need, ...] = ()
    offers_open: bool = False
    needs_open: bool = False
    forwards_state: bool = False
    own_schema: Schema | None = None
    workflow: str | None = None
    maps_fields: bool = False
    tools: tuple[str, ...] = ()
    tools_open: bool = False
    model: str | None = None
    deferred: bool = False
    interrupts: bool = False
    retries: bool = False
    checks: tuple[Check, ...] = ()
    bad_returns: tuple[BadReturn, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    calls: tuple[Called, ...] = ()
    description: str = ""
    prompt: Prompt | None = None
    worker: str = ""
    agents: tuple[str, ...] = ()
    expectations: tuple[FormatExpectation, ...] = ()
    hidden_results: tuple[HiddenResult, ...] = ()
    reaches_sink: bool = False
    result: Shape | None = None
    taken: tuple[Part, ...] = ()
    typed_inputs: tuple[TypedInput, ...] = ()
    keeps_turn: bool = False
    takes_one: bool = False
    hears: bool = False
    side_effects: tuple[SideEffect, ...] = ()
    pauses: tuple[Pause, ...] = ()
    template_gaps: tuple[TemplateGap, ...] = ()
    unasked_keys: tuple[UnaskedKey, ...] = ()
    idle_tools: IdleTools | None = None
    limited: bool = False
    most_runs: int | None = None
    conduct: Conduct = Conduct()
    kept_values: tuple[KeptValue, ...] = ()
    fills_prompt: bool = False
    turns_to: tuple[str, ...] | None = ()


class FieldMapping(Struct, frozen=True):
    """An offer of an edge's source and the need of its target that it serves.

    `fits` is false where their declared types are known not to go together, whatever the framework converts.
    """

    offer: str
    need: str
    fits: bool = True


class Edge(Struct, frozen=True):
    """A way from one step to the next, with the calls that declare it.

    `label` is the route that a choice returns to take it. `choice` is the index of that choice in `Workflow.choices`,
    `join` the index of the all-of join it belongs to in `Workflow.joins`. `assumes` are fields that are known to be set
    whenever the edge is taken, because the choice tested them. `payload` replaces the shared state for the target (a
    fan-out), and `fan_out` says that the target may be started several times at once. `field_map` says which offers
    travel along it and which needs they serve, where a framework connects them one by one; empty where all of them
    travel under their own names. `checks` are what has to be passed on the way.
    `limited` is true where code bounds how many copies of the target run at a time. `message` are the fields of what
    travels along it, where that is less than its source offers (messages of several kinds, nothing at all); else None.
    `reworked` is true where code on the way hands over something else than its source returns, `passed_on` the form of
    that, None where it is not known. Edges of one source that `enters` the same thing are taken together. `calls` is
    true where the target is a tool of the source's model, or what that tool runs: it gets what the model says to the
    tool, and answers it.
    """

    source: str
    target: str
    kind: EdgeKind
    span: Span
    certainty: Certainty = Certainty.CERTAIN
    label: str | None = None
    choice: int | None = None
    join: int | None = None
    assumes: tuple[str, ...] = ()
    payload: Payload | None = None
    fan_out: bool = False
    evidence: tuple[Span, ...] = ()
    field_map: tuple[FieldMapping, ...] = ()
    checks: tuple[Check, ...] = ()
    limited: bool = False
    message: tuple[Offer, ...] | None = None
    reworked: bool = False
    passed_on: Shape | None = None
    enters: str | None = None
    calls: bool = False


class Join(Struct, frozen=True):
    """A step that waits for all of its sources."""

    sources: tuple[str, ...]
    target: str
    span: Span


class Unused(Struct, frozen=True):
    """Something that is made to do work in a workflow and has no step there; `role` says what it is (`agent`)."""

    name: str
    role: str
    span: Span
    reason: str


class Invocation(Struct, frozen=True):
    """A place that runs the workflow, with the fields it passes in; `closed` is false where it may pass more.

    `unset` are those of them that it leaves as they are by default: None, or an empty text; `empty` those that it
    passes an empty list in. `takes` are the fields of the result that it goes on to use; `takes_all_shown` is false
    where it may use others. `limits_concurrency` is false where nothing bounds how many steps it runs at a time,
    `unlimited` is true where it says itself that no limit ends the run. `retry_schemes` are how the code around it
    starts it again where it fails. `begun_anew` are the fields that it passes a list of its own in, although the run
    may go on where an earlier one, of the same thread, has ended; `goes_on` is true where it will: somebody's runs are
    kept under one name.
    """

    keys: tuple[str, ...]
    span: Span
    closed: bool = True
    recursion_limit: int | None = None
    takes: tuple[str, ...] = ()
    takes_all_shown: bool = False
    limits_concurrency: bool = True
    unlimited: bool = False
    unset: tuple[str, ...] = ()
    retry_schemes: tuple[RetryScheme, ...] = ()
    begun_anew: tuple[str, ...] = ()
    goes_on: bool = False
    empty: tuple[str, ...] = ()


class Unresolved(Struct, frozen=True):
    """What the source does not tell: why, where, what it leaves open (perhaps meant so), which steps (none: all)."""

    reason: str
    span: Span
    aspect: Aspect
    affects: tuple[str, ...] = ()
    is_meant: bool = False


class Workflow(Struct, frozen=True, dict=True):
    """One object that its framework would run.

    `parents` are the workflows that hold it as a step. `state` is the union of all schemas whose fields the framework
    keeps; `inputs` and `outputs` are None where the state serves. `externally_callable` is true where code outside the
    repository may run it, so that its inputs are not all visible. `entries` are the steps that a caller may begin a run
    with, or enter later from outside, where a framework draws no start for that; `begins_with_one` is true where a run
    begins with just one of them. `prompt` is what the calls that run it tell every model in it, None where that is not
    known. `expectations` are what the workflow itself makes of what its steps write. `is_imperative` is true where
    plain code runs the steps, when and as often as it likes: edges say whose results get to whom, and start nobody.
    `inputs_fill_prompts` is true where what a caller passes, if it passes anything, is put into the texts of every
    step, and the results of steps are not. `persisted` is true where the state outlives a run: the next one may begin
    with it. `constructed_at` are further places that construct it: builders, groups. `rebuilds_state` is true where a
    step is given a state that is made anew of the fields that are set, so that those without a default must be.
    `ends_on_first` is true where the first value that gets to the end ends the run, and what is not done by then is
    cancelled, `ends_by_word` where nothing but a word that somebody says ends a run. `must_connect` is true where the
    framework refuses a workflow with steps that no run gets to, `runs_per_arrival` where a step runs once for each
    thing that gets to it. `limit` is what ends a run where its caller sets no limit, `timed` is true where one that
    takes too long is ended, `time_limit` says after how long, where that is known. `halts_at` is the place that
    makes runs halt before or after steps, `forgets_at` the one that sees to it that no run which waits can be taken
    up again. `pauses` are the places where the code around its steps stops until somebody answers and is run again
    from its top, `replayed` values of that code, `exit_signals` what ends its loops other than edges,
    `verdict_loops` the loops of that code which only a model's word ends, `swelling_loops` those whose prompts
    grow, `fixed_runs` the runs in them that are told the same in each round, `stuck_loops` those whose count stands
    still, `shared_talks` the runs at the same time that keep what is said in one place, `common_talks` those for
    one caller after the other that do, `started_together` are the places that start whole runs of it for all items
    of a list at once. `only_built` is true where a test builds it and no code is seen to run it. `idioms` are the
    framework's words for what a fix may add.
    """

    id: str
    name: str
    framework: str
    span: Span
    steps: tuple[Step, ...]
    edges: tuple[Edge, ...]
    exchange: Exchange = Exchange.STATE
    parent: str | None = None
    parents: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    joins: tuple[Join, ...] = ()
    unresolved_names: tuple[UnresolvedName, ...] = ()
    faults: tuple[Fault, ...] = ()
    losses: tuple[Loss, ...] = ()
    unused: tuple[Unused, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    state: Schema | None = None
    inputs: Schema | None = None
    outputs: Schema | None = None
    invocations: tuple[Invocation, ...] = ()
    externally_callable: bool = True
    compiled: bool = True
    persisted: bool = False
    entries: tuple[str, ...] = ()
    begins_with_one: bool = False
    prompt: Prompt | None = None
    expectations: tuple[FormatExpectation, ...] = ()
    is_imperative: bool = False
    inputs_fill_prompts: bool = False
    constructed_at: tuple[Span, ...] = ()
    rebuilds_state: bool = False
    ends_on_first: bool = False
    ends_by_word: bool = False
    must_connect: bool = False
    runs_per_arrival: bool = False
    limit: RunLimit | None = None
    timed: bool = False
    time_limit: TimeLimit | None = None
    halts_at: Span | None = None
    forgets_at: Span | None = None
    replayed: tuple[ReplayedValue, ...] = ()
    exit_signals: tuple[ExitSignal, ...] = ()
    verdict_loops: tuple[VerdictLoop, ...] = ()
    stuck_loops: tuple[StuckLoop, ...] = ()
    shared_talks: tuple[SharedTalk, ...] = ()
    common_talks: tuple[CommonTalk, ...] = ()
    swelling_loops: tuple[SwellingLoop, ...] = ()
    fixed_runs: tuple[FixedRun, ...] = ()
    started_together: tuple[StartedTogether, ...] = ()
    pauses: tuple[Pause, ...] = ()
    only_built: bool = False
    idioms: Idioms = Idioms()

    @cached_property
    def index(self) -> WorkflowIndex:
        """Its parts by name, gathered when somebody first asks."""
        return WorkflowIndex.of(self.steps, self.edges)

    def step(self, name: str) -> Step | None:
        """The step called `name`, or None."""
        return self.index.steps.get(name)

    def open_to(self, aspect: Aspect) -> tuple[Unresolved, ...]:
        """What is unresolved about `aspect`."""
        return tuple(item for item in self.unresolved if item.aspect is aspect)

    @cached_property
    def open_sources(self) -> frozenset[str]:
        """The steps whose targets are not all known."""
        return frozenset(name for item in self.open_to(Aspect.EDGES) for name in item.affects)

    @property
    def complete_edges(self) -> bool:
        """Whether every step and every edge is known, so that absence means something."""
        return not self.open_to(Aspect.EDGES) and not self.open_to(Aspect.STEPS)
