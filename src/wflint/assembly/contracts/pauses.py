"""Places where a step waits for an answer from outside, and what it does again when it begins anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.assembly.contracts.calls import is_kept
from wflint.assembly.contracts.models import asks
from wflint.assembly.contracts.side_effects import does, short_name
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.events import LibraryCall, PathCondition, SourceCall
from wflint.model.conduct import Pause, Replay
from wflint.model.patterns import pattern

DOING: Final = pattern(
    r"(?i)^_*(?:async_|a_)?(?:"
    r"(?:send|notify|charge|refund|publish|deliver)(?:_\w+)?"
    r"|(?:submit|transfer|dispatch|book|pay|cancel)_\w*(?:orders?|payments?|mails?|emails?|tickets?|invoices?|money"
    r"|funds?|flights?|hotels?|tables?|bookings?|posts?|claims?|refunds?)"
    r"|(?:create|place|open)_(?:\w+_)?(?:order|payment|invoice|booking|ticket|issue|charge|refund)"
    r")$"
)
"""Names of functions of the source that do something which people notice each time."""


def pauses_of(
    summary: FunctionSummary | None, waiting: frozenset[str], runs: frozenset[str] = frozenset()
) -> tuple[Pause, ...]:
    """The calls at which the step waits, each with what is certain to have been done on the way there.

    `waiting` are the paths, or names of methods, of such calls; `runs` are calls that run a workflow of models.
    """
    if summary is None:
        return ()
    stops = [(number, call) for number, call in enumerate(summary.calls) if is_pause(call, waiting)]
    return tuple(
        Pause(call.span, tuple(_replays(summary, number, call, runs)) if summary.complete else ())
        for number, call in stops
    )


def is_pause(call: LibraryCall, waiting: frozenset[str]) -> bool:
    """Whether a call is one of those, given by their paths or the names of methods, at which a step waits."""
    return not waiting.isdisjoint((call.path, call.method))


def _replays(summary: FunctionSummary, number: int, pause: LibraryCall, runs: frozenset[str]) -> Iterator[Replay]:
    for call in summary.calls[:number]:
        found = _of_library(call, runs) if is_on_the_way(call.path_condition, pause) else None
        if found is not None and not any(is_kept(entered.function) for entered in call.within):
            yield found
    for entered in summary.source_calls:
        leads_there = any(record.location == entered.location for record in pause.within)
        if entered.before <= number and not leads_there and is_on_the_way(entered.path_condition, pause):
            yield from _of_source(entered)


def is_on_the_way(path_condition: PathCondition, pause: LibraryCall) -> bool:
    """Whether something was done whenever the pause is reached."""
    return pause.path_condition[: len(path_condition)] == path_condition


def _of_library(call: LibraryCall, runs: frozenset[str]) -> Replay | None:
    asking = asks(call) or call.path in runs
    likely = True if asking else does(call)
    if likely is None:
        return None
    if not call.within:
        return Replay(short_name(call), call.span, asking, likely)
    outer = call.within[0]
    return Replay(outer.function.name, outer.location.span, asking, likely, call.span)


def _of_source(entered: SourceCall) -> Iterator[Replay]:
    function = entered.function
    if DOING.search(function.name) and not is_kept(function) and not function.unmodelled_decorators:
        yield Replay(function.name, entered.location.span, asks_model=False)
