"""Why a framework refuses a graph."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from wflint.model.span import Span


class FaultKind(StrEnum):
    """Why a framework would refuse the graph."""

    DUPLICATE_STEP = "duplicate-step"
    """Two different steps under one name."""
    RESERVED_NAME = "reserved-name"
    """A step that takes a name the framework keeps for itself or for a field of the state."""
    NO_ENTRY = "no-entry"
    """Nothing leads from the start into the graph."""
    EDGE_FROM_END = "edge-from-end"
    """An edge that leaves the end."""
    EDGE_INTO_START = "edge-into-start"
    """An edge that leads back to the start."""
    NO_EXIT = "no-exit"
    """Nothing leads to the end, and the framework demands one."""
    SECOND_SENDER = "second-sender"
    """Two steps feed an input that takes one value."""
    SECOND_PARENT = "second-parent"
    """Two steps hold a step that may have one parent."""
    UNFED_INPUT = "unfed-input"
    """An input that a step does not run without, and that nobody feeds."""
    MISSING_PART = "missing-part"
    """A part that the framework demands is not given."""
    FAILING = "failing"
    """What the subject says in words, at which every run fails."""
    IDLE = "idle"
    """What the subject says in words, of which nothing comes, or not all that is meant to."""
    REFUSED = "refused"
    """What the subject says in words, which the framework's own checks reject."""


class Fault(Struct, frozen=True):
    """Something that makes the framework refuse the graph; `other` is the place it collides with.

    `step` is the step that it is about. `releases` says which releases do, where not all do; `in_some` is true where a
    repository may run with others, `may_be` where it depends on a value that may never come.
    """

    kind: FaultKind
    subject: str
    span: Span
    other: Span | None = None
    detail: str = ""
    releases: str = ""
    in_some: bool = False
    step: str | None = None
    may_be: bool = False
