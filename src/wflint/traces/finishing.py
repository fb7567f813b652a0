"""What can be said of a span once all of its attributes are read."""

from __future__ import annotations

from wflint.traces.columns import COUNTS
from wflint.traces.content import HANDED_ON, PAUSES, REPEATED, look_at_output, look_at_raw_input
from wflint.traces.draft import AGENT, MODEL, OTHER, STEP, UNKNOWN, Draft, Flag, Kind
from wflint.traces.values import take_result

_UNNAMED = frozenset({"unknown", "Unknown", "None"})


def finish(draft: Draft) -> Draft:
    """The same draft, its kind and counts settled and its result looked at."""
    if draft.second is not None:
        _merge(draft, draft.second)
    if draft.model and draft.model in _UNNAMED:
        draft.model = ""
    if draft.error and draft.error in PAUSES:
        _take_for_pause(draft)
    if draft.kind == OTHER:
        draft.kind = _kind(draft)
    elif draft.kind == MODEL:
        _look_at_call(draft)
    if draft.given is not None:
        look_at_raw_input(draft, draft.given)
        draft.given = None
    if draft.returned is not None:
        take_result(draft)
    if draft.result is not None:
        look_at_output(draft, draft.result)
        draft.result = None
    if draft.task and draft.kind not in REPEATED and not draft.path:
        draft.task = ""
    return draft


def _take_for_pause(draft: Draft) -> None:
    """What looks like an error is none."""
    if draft.error not in HANDED_ON:
        draft.flags |= Flag.PAUSED
    draft.flags &= ~(Flag.FAILED | Flag.EXCEPTION)
    draft.error = ""


def _look_at_call(draft: Draft) -> None:
    if _only_prepares(draft):
        draft.kind = OTHER
    elif draft.is_client:
        _part_call(draft)


def _kind(draft: Draft) -> Kind:
    """The kind of a span that no attribute names."""
    if draft.input != UNKNOWN and draft.model and not draft.rank:
        return MODEL
    if draft.path or draft.step:
        return STEP
    return AGENT if draft.agent and not draft.rank else OTHER


def _part_call(draft: Draft) -> None:
    """Of a component that is a model's client, make the step and the call in it."""
    call = Draft(draft.trace, f"{draft.span}/0", draft.span, draft.name, draft.start, draft.end, kind=MODEL)
    call.model, call.flags, call.error = draft.model, draft.flags, draft.error
    for name in COUNTS:
        setattr(call, name, getattr(draft, name))
        setattr(draft, name, UNKNOWN)
    if draft.result or draft.returned:
        call.flags |= Flag.OUTPUT
    draft.kind, draft.model, draft.inner = STEP, "", (call,)


def _only_prepares(draft: Draft) -> bool:
    """Whether it is a private method of a model's class: tracers that record each method mark those as calls, too."""
    return "._" in draft.name and draft.input == UNKNOWN and draft.output == UNKNOWN


def _merge(draft: Draft, second: list[int]) -> None:
    """Counts of a second convention on the same span fill in what the first one lacks; they are never added."""
    if draft.input == UNKNOWN and draft.output == UNKNOWN:
        draft.input, draft.output = second[0], second[1]
    if (draft.input, draft.output) != (second[0], second[1]):
        return
    draft.cached = second[2] if draft.cached == UNKNOWN else draft.cached
    draft.written = second[3] if draft.written == UNKNOWN else draft.written
    draft.reasoning = second[4] if draft.reasoning == UNKNOWN else draft.reasoning
    draft.total = second[5] if draft.total == UNKNOWN else draft.total
