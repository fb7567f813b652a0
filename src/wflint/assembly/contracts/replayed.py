"""Values that differ each time that a framework runs code again from its top, and that outlive that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.contracts.clients import is_request
from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.pauses import is_pause
from wflint.assembly.contracts.side_effects import does
from wflint.assembly.contracts.varying import is_in, is_varying
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import ApiCall, LibraryCall
from wflint.evaluate.values import Location, Value
from wflint.model.conduct import ReplayedValue

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
        if not is_varying(call):
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
    return next((location for values, location in uses if is_in(call, values)), None)
