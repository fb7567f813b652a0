"""What recorded runs say: the records that traces are boiled down to, before anything is judged."""

from __future__ import annotations

from msgspec import Struct, field


class StepRun(Struct, frozen=True):
    """One execution of a step: the run, its effective tokens (None: not known), and whether it ended well."""

    run: int
    et: float | None
    attempts: int
    failed: bool


class RecordedStep(Struct, frozen=True):
    """What runs of a step cost. `workflow` is empty where the trace names a step that the source does not have.

    Counts are None where nobody wrote them. `et` counts the calls that are the step's own, `inner_et` those of the
    workflow that it runs, `money` what they cost by the configured prices. `blank` are calls that ended well and have
    no tokens. `retry_et` went into attempts and answers after the first, `loop_et` into executions after the first of a
    run. `growing` are runs in which its input grew from round to round, to twice the first and more. `inferred` calls
    are joined by the name of their model only. `runs` are its executions, empty where the source writes none.
    """

    workflow: str
    step: str
    executions: int | None
    calls: int
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    reasoning_tokens: int | None
    et: float | None
    input_et: float | None
    inner_et: float | None = None
    blank: int = 0
    inferred: int = 0
    attempts: int | None = None
    failures: int = 0
    retry_et: float = 0.0
    loop_et: float = 0.0
    largest_input: int | None = None
    growing: tuple[int, ...] = ()
    money: float | None = None
    models: tuple[str, ...] = ()
    runs: tuple[StepRun, ...] = ()


class RecordedEdge(Struct, frozen=True):
    """How often an edge was taken, and how often what came over it did not fit; None where that cannot be told.

    `et` is what its target cost when it was reached over this edge: edges that lead into one execution each count it.
    `premium` is how much more the target and what follows cost after a mismatch.
    """

    workflow: str
    source: str
    target: str
    executions: int | None
    mismatches: int | None
    et: float | None
    reasons: tuple[str, ...] = ()
    ok_et: float | None = None
    mismatch_et: float | None = None

    @property
    def premium(self) -> float | None:
        """Mean effective tokens after a mismatch, less those without one."""
        if self.ok_et is None or self.mismatch_et is None:
            return None
        return self.mismatch_et - self.ok_et


class Unattributed(Struct, frozen=True):
    """Calls that no step can be given, by the source that wrote them, and what would help."""

    source: str
    calls: int
    input_tokens: int | None
    output_tokens: int | None
    reason: str


class MissingPart(Struct, frozen=True):
    """A part of a complete trace that is not there: for a run (None: all), for a step (None: all)."""

    part: str
    run: int | None
    workflow: str | None
    step: str | None
    reason: str


class TraceSource(Struct, frozen=True):
    """Who wrote spans, and what such spans have and lack."""

    format: str
    version: str | None
    spans: int
    has: tuple[str, ...]
    lacks: tuple[str, ...]


class Unlisted(Struct, frozen=True):
    """A step, or an edge, that runs show and the source graph does not have; `target` is None for a step."""

    workflow: str
    source: str
    target: str | None
    evidence: str
    times: int


class RecordedRun(Struct, frozen=True):
    """One run: its number in order of start, its first trace, whether it failed, its effective tokens."""

    run: int
    trace: str
    traces: int
    failed: bool
    et: float | None
    calls: int
    start: int = 0


class Recording(Struct, frozen=True):
    """Everything that traces were boiled down to."""

    steps: tuple[RecordedStep, ...] = ()
    edges: tuple[RecordedEdge, ...] = ()
    runs: tuple[RecordedRun, ...] = ()
    unattributed: tuple[Unattributed, ...] = ()
    missing: tuple[MissingPart, ...] = ()
    sources: tuple[TraceSource, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    notes: tuple[str, ...] = field(default=())
    spans: int = 0
    calls: int = 0
    et: float | None = None
    money: float | None = None

    def step(self, workflow: str, step: str) -> RecordedStep | None:
        """What is recorded of a step."""
        return next((one for one in self.steps if (one.workflow, one.step) == (workflow, step)), None)
