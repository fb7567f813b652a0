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
    happens whenever this one happens. `loop` is what the step goes over while it asks a model the same in each round.
    """

    callee: str
    kind: CallKind
    span: Span
    certainty: Certainty = Certainty.CERTAIN
    identity: str | None = None
    fields: tuple[str, ...] = ()
    within: int | None = None
    repeats: Span | None = None
    loop: Span | None = None


class SideEffect(Struct, frozen=True):
    """A call that changes something outside, for certain each time that it is made again.

    `outer` is where the step's own code calls the function that makes it, if that is another one. `likely` is false
    where it may as well only ask for something. `followed` is a call after it that may fail, `retried` is code around
    it that makes it again where it fails. `renewed` is where the step makes the key by which a second one would be
    known: it makes another one when it runs again.
    """

    callee: str
    span: Span
    likely: bool
    followed: Span | None = None
    retried: Span | None = None
    outer: Span | None = None
    renewed: Span | None = None


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


class Safeguard(StrEnum):
    """Whether something is done about failures, or about delays, of a call."""

    OFF = "off"
    """Code switches it off."""
    UNSET = "unset"
    """Code says that there is none, as there would not be anyway."""
    ABSENT = "absent"
    """Nobody does anything: the library does not by itself."""
    DEFAULT = "default"
    """The library does by itself."""
    GIVEN = "given"
    """Code sets it."""
    UNKNOWN = "unknown"
    """The source does not tell."""

    @property
    def is_missing(self) -> bool:
        """Whether it is known that nothing is done."""
        return self in (Safeguard.OFF, Safeguard.UNSET, Safeguard.ABSENT)


class StartedTogether(Struct, frozen=True):
    """Calls that code starts for all items of a list at the same time; `items` is the field or name that holds them."""

    span: Span
    items: str


class RemoteCall(Struct, frozen=True):
    """A call that leaves the process: of a model, or a plain request.

    `retry` and `time_limit` say what is done by the client, or by what is around the call in the step's own code;
    `handled` is true where the code catches what it raises. `made_at` is where the client is made. `together` is given
    where the call is made for many items at once and nothing is seen to bound how many, `admitted` is true where the
    code around it, a lock or a limit, may let in only a few at a time.
    """

    callee: str
    span: Span
    certainty: Certainty
    of_model: bool
    retry: Safeguard
    time_limit: Safeguard
    handled: bool = False
    made_at: Span | None = None
    together: StartedTogether | None = None
    admitted: bool = False


class Waiting(StrEnum):
    """How long code waits before it makes a call again."""

    NONE = "none"
    """It does not wait."""
    FIXED = "fixed"
    """The same time before each attempt."""
    GROWING = "growing"
    """Longer each time, or at random."""
    UNKNOWN = "unknown"
    """The source does not tell."""


class RetryScheme(Struct, frozen=True):
    """Code that makes a failed remote call again; `what` names it, `endless` where nothing bounds the attempts."""

    what: str
    span: Span
    endless: bool
    wait: Waiting


class Wait(Struct, frozen=True):
    """Time that the source allows a step for something, in seconds; `what` says for what, in words."""

    what: str
    seconds: float
    span: Span


class Threshold(Struct, frozen=True):
    """A comparison of a field with a number, or with another field: `fields` are all that it looks at.

    `at` is the number, None where both sides are fields, or it is a setting of the run; `operator` is as it is with the
    first field on the left.
    """

    fields: tuple[str, ...]
    operator: str
    span: Span
    at: float | None = None


class StuckCount(Struct, frozen=True):
    """A count that an object keeps of its own runs, compared with a bound here, and that nothing ever changes.

    `handed_on` is true where messages carry it from step to step, and none does with another number.
    """

    name: str
    span: Span
    handed_on: bool = False


class OwnRounds(Struct, frozen=True):
    """A count of its own runs that a step compares with a bound here: in run number `runs` it stops at last."""

    name: str
    runs: int
    span: Span


class ReplayedValue(Struct, frozen=True):
    """A value that differs when code is run again from its top: who got the first is not told of the second.

    `shown` is where it is handed out before the pause at `paused`, `used` where it is used after that.
    """

    callee: str
    span: Span
    shown: Span
    used: Span
    paused: Span


class ExitSignal(Struct, frozen=True):
    """A tool of a step that ends the loop around it; `loop` is the innermost one.

    `also_ends` is a loop around that one which ends as well, made at `other`. `asked_again` is true where the step's
    own turn goes on: its model is asked once more, and what it says then `overwrites` a field.
    """

    step: str
    tool: str
    span: Span
    loop: str
    also_ends: str = ""
    other: Span | None = None
    asked_again: bool = False
    overwrites: str = ""


class Told(Struct, frozen=True):
    """A call at `span` tells a model all that is in a field, or in a name of the code around."""

    name: str
    span: Span


class PassingGuard(Struct, frozen=True):
    """A check of a step, written in code, that looks at something and stops nothing; `span` is its last verdict."""

    name: str
    span: Span


class MissedLabels(Struct, frozen=True):
    """A dict that is looked into by `name`, which may be any of some labels that the dict lacks: that fails."""

    name: str
    labels: tuple[str, ...]
    span: Span


class LabelTest(Struct, frozen=True):
    """Code compares a field with a label; a part of a field goes by both names, with a dot between them."""

    field: str
    label: str
    span: Span


class UnlistedLabel(Struct, frozen=True):
    """Code compares `name`, a part of an answer whose type lists what it may be, with a label that is not `listed`."""

    name: str
    label: str
    listed: tuple[str, ...]
    span: Span


class UnknownTool(Struct, frozen=True):
    """A setting of a step, `role` in words, names a tool that the step does not have; it has the `known` ones."""

    name: str
    role: str
    known: tuple[str, ...]
    span: Span


class AwaitedInTurn(Struct, frozen=True):
    """Places in the code of one step that wait for models one after the other, and use no answer for the next."""

    spans: tuple[Span, ...]


class ErrorText(Struct, frozen=True):
    """A field gets the text of a failure where it otherwise gets a result, and no other field tells the two apart."""

    field: str
    span: Span


class FalseSuccess(Struct, frozen=True):
    """A handler of failures after which `function` says what it says where all went well."""

    function: str
    span: Span


class Outlet(Struct, frozen=True):
    """A call sends what is in a field to somebody, or keeps it for good, whatever the field says."""

    field: str
    callee: str
    span: Span
    keeps: bool


class StaleWrite(Struct, frozen=True):
    """Code sets a field of a shared object to what it made of the value that it had before the code waited."""

    field: str
    span: Span
    read: Span


class BadReturn(Struct, frozen=True):
    """A step returns something that its framework does not accept as an update; `shape` says what (`a string`)."""

    shape: str
    span: Span
    certainty: Certainty


class Mutation(Struct, frozen=True):
    """A step changes a field of the state in place; `nested` when it changes something inside the field's value.

    `used` is true where its own code goes on to read the field, `renewed` where nothing of the old value is left.
    `anew` is true where it is only ever set, and never to something that is made of what was there.
    """

    field: str
    span: Span
    nested: bool = False
    used: bool = False
    renewed: bool = False
    anew: bool = False


class Unapproved(Struct, frozen=True):
    """A tool of a step, made at `span`, that waits for an approval for which the caller at `run` never looks."""

    tool: str
    span: Span
    run: Span


class Conduct(Struct, frozen=True):
    """What a step's code was seen to do about failures, loops and pauses.

    `thresholds` are the numbers that it compares fields with, `tested` the fields in which it looks for fixed words.
    `told_whole` are the fields that it puts into a prompt from end to end, `extended` those that it hands back with
    more in them, `counted` those that it adds one to. `heeds_only_model` is true where what it leads on to hangs on
    nothing but what a model tells it; `heeded` are fields that it hangs on beside that, where it does on nothing else.
    `fewest_turns` is how often its model is asked before it answers, at least.
    `may_decline` is true where it may leave what it is given to other steps, and
    hand nothing on. `reworked` are the ways, from a field on, to what it changes something in, or may:
    `plan.stops`. `waits` are the times that it may take where nothing comes, by what the source says.
    """

    thresholds: tuple[Threshold, ...] = ()
    remote_calls: tuple[RemoteCall, ...] = ()
    retry_schemes: tuple[RetryScheme, ...] = ()
    error_texts: tuple[ErrorText, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    tested: tuple[str, ...] = ()
    replayed: tuple[ReplayedValue, ...] = ()
    told_whole: tuple[Told, ...] = ()
    extended: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    stale_writes: tuple[StaleWrite, ...] = ()
    heeds_only_model: bool = False
    heeded: tuple[str, ...] = ()
    may_decline: bool = False
    stuck_counts: tuple[StuckCount, ...] = ()
    own_rounds: tuple[OwnRounds, ...] = ()
    passing_guards: tuple[PassingGuard, ...] = ()
    missed_labels: tuple[MissedLabels, ...] = ()
    unlisted_labels: tuple[UnlistedLabel, ...] = ()
    unknown_tools: tuple[UnknownTool, ...] = ()
    fewest_turns: int = 1
    awaited_in_turn: tuple[AwaitedInTurn, ...] = ()
    false_successes: tuple[FalseSuccess, ...] = ()
    reworked: tuple[str, ...] = ()
    unapproved: tuple[Unapproved, ...] = ()
    waits: tuple[Wait, ...] = ()
