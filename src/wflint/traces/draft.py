"""One span on its way into the table: what every adapter fills in."""

from __future__ import annotations

from enum import IntEnum

import msgspec

UNKNOWN = -1
"""A count that nobody wrote; never 0, which is a count."""


class Kind(IntEnum):
    """What a span stands for."""

    OTHER = 0
    """Anything that is none of the below."""
    MODEL = 1
    """A call of a language model."""
    AGENT = 2
    """An agent at work: its model calls and tools are inside."""
    TOOL = 3
    """A tool at work."""
    STEP = 4
    """A step of a workflow: node, task, executor, component."""
    DECISION = 5
    """Code that chose who goes next, or a hand-off."""
    RUN = 6
    """A whole workflow at work."""
    BUILD = 7
    """Something made before any run."""
    MESSAGE = 8
    """A message on its way: no work by itself."""
    CHECK = 9
    """A guardrail."""


OTHER, MODEL, STEP, AGENT = Kind.OTHER, Kind.MODEL, Kind.STEP, Kind.AGENT
"""The same by short names, for what is done with each span: looking a member up on its class takes a microsecond."""


class Flag:
    """What else is known of a span: bits of one number. An `IntFlag` would cost a microsecond an operation."""

    FAILED = 1
    """It ended with an error."""
    EXCEPTION = 2
    """The error is written down."""
    INPUT = 4
    """What it was given is written down."""
    OUTPUT = 8
    """What it gave back is written down."""
    REDACTED = 16
    """Content was hidden on purpose."""
    REJECTS = 32
    """It says that what it was given is not valid."""
    NOTE = 64
    """It is no span, but says something about the one whose id it has."""
    ENDED = 128
    """It has an end."""
    EMPTY = 256
    """It gave nothing back, in a source that writes results."""
    SKEWED = 512
    """It ends before it starts."""
    BAD_COUNT = 1024
    """A count of it is negative or absurd, and so unknown."""
    STREAMED = 2048
    """Its answer came in pieces."""
    INNER = 4096
    """It is no span, but written inside of one, perhaps of several."""
    PAUSED = 8192
    """It stopped to wait for somebody, and may be gone on with in another trace."""
    RESUMES = 16384
    """It goes on with what has waited, in an earlier trace of its session."""


class Draft(msgspec.Struct, gc=False):
    """A span as an adapter reads it; ids are texts as they stand in the file, times nanoseconds."""

    trace: str = ""
    span: str = ""
    parent: str = ""
    name: str = ""
    start: int = 0
    end: int = 0
    source: str = ""
    kind: int = 0
    step: str = ""
    """The step's name, where the source writes one."""
    agent: str = ""
    workflow: str = ""
    model: str = ""
    tool: str = ""
    path: str = ""
    """Names of the steps around and including this one, outermost first, separated by `|`."""
    task: str = ""
    """What tells two executions of a step apart, and is the same for two attempts of one."""
    iteration: int = UNKNOWN
    input: int = UNKNOWN
    output: int = UNKNOWN
    cached: int = UNKNOWN
    written: int = UNKNOWN
    reasoning: int = UNKNOWN
    total: int = UNKNOWN
    target: str = ""
    """Who goes next, as the span says it; several are separated by `|`."""
    origin: str = ""
    """Who handed over to it."""
    error: str = ""
    keys: str = ""
    """The names of the fields it gave back, sorted, separated by `,`."""
    session: str = ""
    links: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    """Steps of a workflow that is written down whole."""
    edges: tuple[str, ...] = ()
    """Its edges, as `a -> b`."""
    inner: tuple[Draft, ...] = ()
    """Calls that are written inside this span and are no spans."""
    is_client: bool = False
    """Where it is a call of a model, it is the step that makes the call, too."""
    flags: int = 0
    rank: int = 0
    """How far to trust the kind."""
    second: list[int] | None = None
    """Counts of another convention on the same span: input, output, cached, written, reasoning, total."""
    result: object = None
    """What it gave back, until it has been looked at."""
    returned: msgspec.Raw | None = None
    """The same, as it stands in the file."""
    given: msgspec.Raw | None = None
    """What it was given, as it stands in the file."""
    line: int = 0
