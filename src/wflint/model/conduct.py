"""What a step's code was seen to do beside reading and writing fields: calls that cost something, updates in place."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from wflint.model.contract import Certainty
from wflint.model.span import Span


class CallKind(StrEnum):
    """What a call is made for."""

    MODEL = "model"
    """It asks a language model."""
    LOOKUP = "lookup"
    """It looks something up: a search, a retrieval."""
    CHANGE = "change"
    """It changes what is looked up."""


class Called(Struct, frozen=True):
    """A call in a step's code that costs something, itself or by what it calls in turn.

    Two calls of one `identity` have the same callable and the same arguments, and give the same; it is None where that
    is not certain. `fields` are those of the step's input among the arguments. `within` is the place, in the step's
    calls, of the call that leads to this one. `repeats` is an earlier call in the same step that is the same and that
    happens whenever this one happens.
    """

    callee: str
    kind: CallKind
    span: Span
    certainty: Certainty = Certainty.CERTAIN
    identity: str | None = None
    fields: tuple[str, ...] = ()
    within: int | None = None
    repeats: Span | None = None


class SideEffect(Struct, frozen=True):
    """A call that changes something outside, for certain each time that it is made again.

    `likely` is false where it may as well only ask for something. `followed` is a call after it that may fail.
    """

    callee: str
    span: Span
    likely: bool
    followed: Span | None = None


class Replay(Struct, frozen=True):
    """A call on the way to a pause, which is made again when the run goes on.

    `asks_model` is true where it asks a model, false where it changes something outside; `likely` is false where it may
    do neither. `inner` is where the function that is called does so, where it is not the call itself that does.
    """

    callee: str
    span: Span
    asks_model: bool
    likely: bool = True
    inner: Span | None = None


class IdleTools(Struct, frozen=True):
    """Tools that a model is given, to be run by others than the code that asks it; `span` is where they are given."""

    names: tuple[str, ...]
    span: Span


class Pause(Struct, frozen=True):
    """A call in a step's code at which the run stops until somebody answers, and then begins the step anew."""

    span: Span
    replays: tuple[Replay, ...] = ()


class BadReturn(Struct, frozen=True):
    """A step returns something that its framework does not accept as an update; `shape` says what (`a string`)."""

    shape: str
    span: Span
    certainty: Certainty


class Mutation(Struct, frozen=True):
    """A step changes a field of the state in place; `nested` when it changes something inside the field's value.

    `used` is true where its own code goes on to read the field.
    """

    field: str
    span: Span
    nested: bool = False
    used: bool = False
