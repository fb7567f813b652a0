"""Values that differ each time that a framework runs code again from its top, and that outlive that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wflint.assembly.contracts.clients import is_request
from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.pauses import is_pause
from wflint.assembly.contracts.side_effects import does
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.dependencies import depends_on, untracked_in
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.values import ExternalAttribute, Location, Object, Value, alternatives
from wflint.model.conduct import ReplayedValue

VARYING: Final = frozenset(
    {
        "time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
        "datetime.date.today", "uuid.uuid1", "uuid.uuid4", "os.urandom", "secrets.token_hex", "secrets.token_urlsafe",
        "secrets.token_bytes", "secrets.randbelow", "secrets.choice", "random.random", "random.randint",
        "random.choice", "random.choices", "random.sample", "random.uniform", "random.randrange", "random.shuffle",
        "random.getrandbits",
    }
)  # fmt: skip
"""Calls that give something else each time."""

DEEPEST: Final = 3
_Use = tuple[tuple[Value, ...], Location]


def replayed_in(
    summary: FunctionSummary | None, pauses: frozenset[str], kept: Sequence[ApiCall] = ()
) -> tuple[ReplayedValue, ...]:
    """The values that are handed out before or at a pause, and used once the code has been run again from its top.

    `pauses` are the paths, or names of methods, of calls at which the framework stops the code, `kept` the calls whose
    results it keeps.
    """
    if summary is None or not summary.complete:
        return ()
    return tuple(_replayed(summary, pauses, kept))


def _replayed(summary: FunctionSummary, pauses: frozenset[str], kept: Sequence[ApiCall]) -> Iterator[ReplayedValue]:
    for number, call in enumerate(summary.calls):
        if call.path not in VARYING or not call.certain:
            continue
        later = summary.calls[number + 1 :]
        at = next((place for place, other in enumerate(later) if is_pause(other, pauses)), None)
        if at is None:
            continue
        pause = later[at]
        early = [_use(c) for c in kept if _is_before(c.location, pause.location)]
        late = [_use(c) for c in kept if _is_before(pause.location, c.location)]
        shown = _first(call, [*early, *(_use(c) for c in later[:at] if _hands_out(c)), _use(pause)])
        used = _first(call, [*late, *_after(summary, later[at + 1 :])])
        if shown is not None and used is not None:
            yield ReplayedValue(call.path, call.span, shown.span, used.span, pause.span)


def _use(call: LibraryCall | ApiCall) -> _Use:
    return tuple(call.arguments), call.location


def _is_before(one: Location, other: Location) -> bool:
    return one.module is other.module and one.at[1] <= other.at[0]


def _hands_out(call: LibraryCall) -> bool:
    return asks(call) or is_request(call) or does(call) is not None


def _after(summary: FunctionSummary, later: tuple[LibraryCall, ...]) -> list[_Use]:
    uses: list[_Use] = [((site.value,), site.location) for site in summary.returns if site.location is not None]
    uses += [((one.left, one.right), one.location) for one in summary.comparisons]
    return uses + [_use(call) for call in later if _hands_out(call)]


def _first(call: LibraryCall, uses: list[_Use]) -> Location | None:
    """The first use of what a call gives."""
    return next((location for values, location in uses if _is_in(call, values)), None)


def _is_in(call: LibraryCall, values: tuple[Value, ...], depth: int = DEEPEST) -> bool:
    """Whether what a call gives is in some values, or in what they were made with."""
    found = [*untracked_in(depends_on(*values)), *(one for value in values for one in alternatives(value))]
    if any(_made_by(made, call) for made in found):
        return True
    made_with = [one for made in found if isinstance(made, Object) for one in made.arguments]
    return depth > 0 and bool(made_with) and _is_in(call, tuple(made_with), depth - 1)


def _made_by(value: Value, call: LibraryCall) -> bool:
    """Whether something is what the call gives, or is made of it by a method."""
    while isinstance(value, ExternalAttribute) or (isinstance(value, Object) and value.path != call.path):
        if value.receiver is None:
            return False
        value = value.receiver
    return isinstance(value, Object) and value.location == call.location
