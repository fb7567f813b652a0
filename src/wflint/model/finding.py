"""What wflint says: observations as rules make them, findings as writers print them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from wflint.model.fix import Fix, Patch
from wflint.model.span import Span


class Level(StrEnum):
    """How bad it is."""

    NOTE = "note"
    """Worth knowing."""
    WARNING = "warning"
    """Likely to go wrong."""
    ERROR = "error"
    """Goes wrong."""

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return list(Level).index(self)


class Confidence(StrEnum):
    """How sure wflint is that the finding is right."""

    LOW = "low"
    """A hint."""
    MEDIUM = "medium"
    """Right more often than not."""
    HIGH = "high"
    """Follows from the source."""


class Persona(StrEnum):
    """Who wants to hear it."""

    REGULAR = "regular"
    """Everybody."""
    PEDANTIC = "pedantic"
    """People who want every step in order."""
    AUDITOR = "auditor"
    """People who read everything, doubtful findings included."""

    @property
    def rank(self) -> int:
        """0 for regular, 2 for auditor: a persona hears its own rank and those below."""
        return list(Persona).index(self)


class Related(Struct, frozen=True):
    """Another place that the finding is about, with a phrase that says why."""

    span: Span
    phrase: str


class Reason(Struct, frozen=True):
    """A named feature that moved a judgement, with its weight in log-odds where it has one."""

    feature: str
    text: str
    weight: float = 0.0


class Coordination(StrEnum):
    """How an edge should be coordinated."""

    STATIC = "likely-static"
    """Once, at authoring time."""
    DYNAMIC = "needs-dynamic"
    """Watched at run time."""


class EdgeLabel(Struct, frozen=True):
    """The judgement about an edge: the likelier way to coordinate it and how it was reached.

    `p_mismatch` is the probability that what arrives does not meet the need, `threshold` the probability from which
    watching pays, `confidence` the probability that the label is right; all in 0..1.
    """

    label: Coordination
    p_mismatch: float
    threshold: float
    confidence: float
    reasons: tuple[Reason, ...] = ()
    executions: int = 0
    mismatches: int = 0


class Cause(Struct, frozen=True):
    """What people change to make an observation go away: in one workflow, those of one cause become one finding.

    `kind` says what sort of mistake it is, `names` which one (none: it is not told apart from others of its kind).
    `span` is where the mistake itself is, if it is at one place: what is seen there speaks for the others.
    """

    kind: str
    names: tuple[str, ...] = ()
    span: Span | None = None


class Observation(Struct, frozen=True):
    """What a rule saw.

    `message` names the thing, the reason, the other end and what to do. `level` and `confidence` are None where the
    rule's page decides. `key` makes the fingerprint stable: the names the observation is about, never a line. `cause`
    is None where nothing else comes of it.
    """

    message: str
    span: Span
    key: tuple[str, ...]
    related: tuple[Related, ...] = ()
    level: Level | None = None
    confidence: Confidence | None = None
    persona: Persona | None = None
    step: str | None = None
    edge: tuple[str, str] | None = None
    label: EdgeLabel | None = None
    reasons: tuple[Reason, ...] = ()
    path: tuple[Related, ...] = ()
    fix: Fix | None = None
    cause: Cause | None = None


class Standing(StrEnum):
    """Whether a finding was known before."""

    INTRODUCED = "introduced"
    """It was not."""
    EXISTING = "existing"
    """It was, and is still there."""


class Finding(Struct, frozen=True):
    """An observation with its rule: what writers print.

    `fingerprint` is stable when lines shift and unique within a run. `workflow` is the id of the workflow it is
    about. `standing` is None where nothing was compared. `patch` is the observation's fix, where it can be made.
    """

    code: str
    name: str
    level: Level
    confidence: Confidence
    persona: Persona
    observation: Observation
    workflow: str | None
    fingerprint: str
    standing: Standing | None = None
    patch: Patch | None = None

    @property
    def span(self) -> Span:
        return self.observation.span

    @property
    def message(self) -> str:
        return self.observation.message
