"""The summary of a repository: what other repositories are compared with, without a word of its source.

Names stand in it, of workflows, steps, fields, types, tools, routes and packages, and places; texts are a digest, a
sketch and a vector. Fields may be added, never changed within a version.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

VERSION: Final = 1
"""The version that is written; all versions up to it are read."""
FORMAT: Final = "wflint-summary"

Positive = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Share = Annotated[float, Meta(ge=0, le=1)]
Tokens = Annotated[float, Meta(ge=0, le=2**53 - 1)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
WebAddress = Annotated[str, Meta(pattern=r"^https://[^\s@]+$")]


class Place(Struct, frozen=True, order=True, rename="camel"):
    """A stretch of source: a relative posix path, lines and columns from 1, the end exclusive."""

    path: str
    line: Positive
    column: Positive
    end_line: Positive
    end_column: Positive


class FieldSummary(Struct, frozen=True, omit_defaults=True):
    """A field that is offered or needed; literal texts in its type are left out."""

    name: str
    type: str | None = None
    required: bool = True


class Told(Struct, frozen=True, omit_defaults=True):
    """What a step's model is told, as far as it can be compared: no word can be read from it.

    `digest` is of the whole text, case and white space aside. `sketch` and `vector` are base64: small hashes of what
    the text is made of, and its meaning by the encoder, a byte a dimension. `complete` is false where a part of it is
    not known, `asked` where only people are told it.
    """

    digest: Digest
    sketch: str
    vector: str
    words: Count
    complete: bool = True
    asked: bool = True


class Cost(Struct, frozen=True, omit_defaults=True):
    """Effective tokens of one execution; a range unless it is recorded, with the executions that were recorded."""

    low: Tokens
    typical: Tokens
    high: Tokens
    recorded: bool = False
    executions: Count | None = None


class StepSummary(Struct, frozen=True, omit_defaults=True):
    """A unit of work; `told` is null where too little is said about it to be compared."""

    id: str
    kind: str
    location: Place
    definition: Place | None = None
    needs: tuple[FieldSummary, ...] = ()
    offers: tuple[FieldSummary, ...] = ()
    needs_open: bool = False
    offers_open: bool = False
    tools: tuple[str, ...] = ()
    model: str | None = None
    workflow: str | None = None
    told: Told | None = None
    cost: Cost | None = None


class EdgeSummary(Struct, frozen=True, omit_defaults=True):
    """A way from one step to the next, with its label and the probability that what arrives does not fit."""

    source: str
    target: str
    kind: str
    coordination: str | None = None
    p_mismatch: Share | None = None
    certain: bool = True


class CoverageSummary(Struct, frozen=True):
    """How much of what the source constructs is recovered."""

    sites: Count
    recovered: Count
    steps_known: Share
    edges_open: Count


class Contract(Struct, frozen=True, omit_defaults=True):
    """What has to be handed in and what comes back; open where there may be more than is listed."""

    needs: tuple[FieldSummary, ...] = ()
    offers: tuple[FieldSummary, ...] = ()
    needs_open: bool = True
    offers_open: bool = True


class WorkflowSummary(Struct, frozen=True, omit_defaults=True):
    """One object that its framework would run, with what a caller hands in and gets."""

    id: str
    name: str
    framework: str
    location: Place
    steps: tuple[StepSummary, ...]
    edges: tuple[EdgeSummary, ...]
    coverage: CoverageSummary
    contract: Contract = Contract()
    parents: tuple[str, ...] = ()
    complete: bool = True
    test: bool = False


class Channel(StrEnum):
    """The way that one repository gets at another."""

    PACKAGE = "package"
    """An import of what the other publishes."""
    HTTP = "http"
    """A request to a route of the other's."""
    MCP = "mcp"
    """A call of a tool on a server of the other's."""
    A2A = "a2a"
    """A remote agent of the other's."""


class Provided(Struct, frozen=True, omit_defaults=True):
    """Something that other repositories may call.

    `address` is the dotted name, the route, the tool or the path of the agent; `hosts` are names that it goes by.
    """

    channel: Channel
    address: str
    location: Place
    contract: Contract = Contract()
    method: str = ""
    hosts: tuple[str, ...] = ()
    workflow: str | None = None


class OutsideCall(Struct, frozen=True, omit_defaults=True):
    """A call of something that lies outside of the repository.

    `passes` are the fields that are handed over, `takes` those of the answer that are used; open where there may be
    more. `host` is empty where it is not known.
    """

    channel: Channel
    address: str
    location: Place
    passes: tuple[str, ...] = ()
    passes_open: bool = True
    takes: tuple[str, ...] = ()
    method: str = ""
    host: str = ""


class RepositorySummary(Struct, frozen=True, omit_defaults=True):
    """Everything that is kept of one repository.

    `address` is where others find it, null where nobody can; `encoder` made the vectors. `packages` are the names that
    others import its code by. `notices` are so many things that could not be read or followed.
    """

    format: Literal["wflint-summary"]
    version: Literal[1]
    wflint: str
    repository: Annotated[str, Meta(min_length=1, max_length=500)]
    encoder: str
    coverage: CoverageSummary
    workflows: tuple[WorkflowSummary, ...] = ()
    provides: tuple[Provided, ...] = ()
    calls: tuple[OutsideCall, ...] = ()
    packages: tuple[str, ...] = ()
    address: WebAddress | None = None
    revision: str | None = None
    notices: Count = 0
