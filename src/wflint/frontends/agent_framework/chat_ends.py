"""What ends a group chat: a condition, a limit, its manager's model; code that picks the next speaker does not."""

from __future__ import annotations

from typing import Final

from wflint.assembly.function_summary import summarize
from wflint.assembly.sequences import may_be_set
from wflint.evaluate.events import ApiCall
from wflint.evaluate.values import Bound, Function, Value, alternatives, last_of, text_of
from wflint.frontends.agent_framework.building import Building

CHAT: Final = "GroupChatBuilder"
ENDING: Final = ("termination_condition", "max_rounds")
"""What a builder is given that ends the conversation."""
ENDING_METHODS: Final = frozenset({"with_termination_condition", "with_max_rounds", "with_request_info"})
"""Methods that tell a builder of such a thing, or of a person who is asked."""


def may_end(building: Building, pickers: list[tuple[str, Value, ApiCall]], api_calls: list[ApiCall]) -> bool:
    """Whether something may end a managed conversation: all but a chat in which code picks a speaker each time."""
    arguments = building.builder.arguments
    if last_of(building.builder.path) != CHAT or arguments.open or not pickers or building.draft.unresolved:
        return True
    if any(may_be_set(arguments.get(name)) for name in ENDING) or any(map(_tells_end, api_calls)):
        return True
    return not all(_always_picks(building, value, call) for _, value, call in pickers)


def _tells_end(api_call: ApiCall) -> bool:
    given = [*api_call.arguments.positional, *(value for _, value in api_call.arguments.keywords)]
    return api_call.method in ENDING_METHODS and (not given or any(map(may_be_set, given)))


def _always_picks(building: Building, picking: Value, api_call: ApiCall) -> bool:
    """Whether a function names somebody on every way."""
    if not isinstance(picking, Function | Bound):
        return False
    summary = summarize(building.interp, picking, None, api_call.location)
    if summary is None or not summary.complete or summary.falls_through or not summary.returns:
        return False
    return all(text_of(option) is not None for site in summary.returns for option in alternatives(site.value))
